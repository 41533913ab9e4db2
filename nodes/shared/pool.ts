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

	/** No further item is begun; those that are under way go on. */
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
		await places?.take();
		if (this.isStopped) return false;
		try {
			await work();
		} finally {
			places?.leave();
		}
		return true;
	}

	private placesOf(lane: Lane): Places {
		const places = this.lanes.get(lane) ?? new Places(lane);
		this.lanes.set(lane, places);
		return places;
	}
}

/** The places of a run in a lane: as many as there may be requests under way, since an item has one at a time. */
class Places {
	private taken = 0;

	private readonly waiting: Array<() => void> = [];

	private isClosed = false;

	private readonly unlisten: () => unknown;

	constructor(private readonly lane: Lane) {
		this.unlisten = lane.onWiden(() => this.call());
	}

	/** Resolves when there is a place, which is taken then, or none will be given any more. */
	async take(): Promise<void> {
		if (this.isClosed) return;
		if (this.waiting.length > 0 || this.taken >= this.lane.width) {
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		} else {
			this.taken += 1;
		}
	}

	leave(): void {
		this.taken -= 1;
		this.call();
	}

	close(): void {
		this.isClosed = true;
		this.unlisten();
		for (const go of this.waiting.splice(0)) go();
	}

	private call(): void {
		while (this.waiting.length > 0 && this.taken < this.lane.width) {
			this.taken += 1;
			this.waiting.shift()?.();
		}
	}
}
