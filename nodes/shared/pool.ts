import type { Lane } from './lane';

/** Works on the items of a run: on no more at a time than the user allows, nor than their servers bear. */
export class Pool {
	private isStopped = false;

	private readonly lanes = new Map<Lane, Places>();

	/** @param most How many items may be worked on at the same time. */
	constructor(private readonly most: number) {}

	/**
	 * Works on items in the order of their indexes.
	 *
	 * @param work Throws nothing.
	 */
	async each(count: number, work: (index: number) => Promise<void>): Promise<void> {
		let next = 0;
		const worker = async () => {
			while (next < count && !this.isStopped) await work(next++);
		};
		await Promise.all(Array.from({ length: Math.min(this.most, count) }, worker));
		for (const places of this.lanes.values()) places.close();
	}

	/** Nothing that waits for a place is begun, and no further item; what is under way goes on. */
	stop(): void {
		this.isStopped = true;
		for (const places of this.lanes.values()) places.close();
	}

	/**
	 * Does what an item takes as soon as its lane has room for one more.
	 *
	 * @param lane None where nothing is known of the server.
	 * @returns whether it was begun
	 */
	async begin(lane: Lane | undefined, work: () => Promise<void>): Promise<boolean> {
		const places = lane && this.placesOf(lane);
		if (places && !(await places.take())) return false;
		try {
			await work();
		} finally {
			places?.leave();
		}
		return true;
	}

	private placesOf(lane: Lane): Places {
		const known = this.lanes.get(lane);
		if (known) return known;
		const places = new Places(lane);
		this.lanes.set(lane, places);
		if (this.isStopped) places.close();
		return places;
	}
}

/** The places of a run in a lane: as many as there may be requests under way, since an item has one at a time. */
class Places {
	private taken = 0;

	private readonly waiting: Array<(isGiven: boolean) => void> = [];

	private isClosed = false;

	private readonly unlisten: () => unknown;

	constructor(private readonly lane: Lane) {
		this.unlisten = lane.onWiden(() => this.call());
	}

	/** Resolves when there is a place, which is taken then; false where none will be given any more. */
	async take(): Promise<boolean> {
		const isFree = this.waiting.length === 0 && this.taken < this.lane.width;
		if (!isFree && this.isClosed) return false;
		if (!isFree) return await new Promise<boolean>((resolve) => this.waiting.push(resolve));
		this.taken += 1;
		return true;
	}

	leave(): void {
		this.taken -= 1;
		this.call();
	}

	close(): void {
		this.isClosed = true;
		this.unlisten();
		for (const go of this.waiting.splice(0)) go(false);
	}

	private call(): void {
		while (this.waiting.length > 0 && this.taken < this.lane.width) {
			this.taken += 1;
			this.waiting.shift()?.(true);
		}
	}
}
