import { sleep } from 'n8n-workflow';
import { Pace } from './pace';
import { Width } from './width';

/** What the requests of one run have in common. */
export interface Share {
	/** How many of them are under way. */
	underWay: number;
}

export interface Ask {
	/** Requests per second that the run allows itself; 0 for no limit. */
	perSecond: number;
	share: Share;
	/** Whether the request had its turn before, and goes before those that had none. */
	again?: boolean;
	/** For how many milliseconds it may be held back because the server refuses requests; Infinity: ever so long. */
	patience?: number;
	/** After which time of `performance.now()` it may not start any more. */
	until?: number;
	signal?: AbortSignal;
}

/** A request that is under way. */
export interface Turn {
	readonly ask: Ask;
	/** Milliseconds of the lane's clock. */
	readonly startedAt: number;
	/** Milliseconds that this process had been at work by then. */
	readonly busyBefore: number;
}

interface Waiter {
	ask: Ask;
	/** Milliseconds of the lane's clock. */
	since: number;
	go(turn: Turn | undefined): void;
}

/**
 * The longest pause of the lane; after it one request tests the server, unless a request may wait
 * longer.
 */
const LONGEST_HOLD_MS = 120_000;

/** No request gives up because of a shorter hold. */
const SHORT_HOLD_MS = 1000;

/** No timer is set for longer: one that nobody waits for any more must not keep the process. */
const LONGEST_SLEEP_MS = 1000;

/** Nothing is nearer than this for a timer. */
const TICK_MS = 1;

/**
 * The way of all requests to one server with one key, whichever run sends them: one queue, one pace, and
 * one measure of how many go at the same time.
 */
export class Lane {
	/** Those that had their turn before, and those that had none. */
	private readonly queues: [Waiter[], Waiter[]] = [[], []];

	private underWay = 0;

	private readonly pace = new Pace();

	private readonly measure = new Width();

	private readonly listeners = new Set<() => void>();

	private isServing = false;

	/** By how much timers came too early. */
	private skew = 0;

	private usedAt = this.clock();

	private answeredAt = -Infinity;

	/** How many requests may be under way at the same time. */
	get width(): number {
		return this.measure.now;
	}

	/** How many requests wait for their turn. */
	get waiting(): number {
		return this.queues[0].length + this.queues[1].length;
	}

	/** For how many milliseconds nothing has gone this way. */
	get idleFor(): number {
		return this.underWay + this.waiting > 0 ? 0 : this.clock() - this.usedAt;
	}

	/** Whether the server has given an answer within this time, in milliseconds. */
	hasAnsweredWithin(milliseconds: number): boolean {
		return this.clock() - this.answeredAt < milliseconds;
	}

	/** How long a request that asked now would wait because of the pace, in milliseconds. */
	expectedWait(perSecond: number): number {
		const now = this.clock();
		const before = this.waiting * (1000 / this.pace.rate(perSecond, now));
		return this.pace.wait(now) + before;
	}

	/** For how many milliseconds the server wants to be left alone by all; 0 where requests are sent. */
	get heldFor(): number {
		return this.pace.heldFor(this.clock());
	}

	/** Requests per second, as things are; Infinity for no limit. */
	rate(perSecond: number): number {
		return this.pace.rate(perSecond, this.clock());
	}

	/** @returns how to take the listener away again; it is told when more may be under way than before. */
	onWiden(listener: () => void): () => boolean {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	/**
	 * Waits until a request may start. Whoever has a turn ends it with one of the other methods.
	 *
	 * @returns undefined where the execution was cancelled, or where the request cannot wait so long
	 */
	async turn(ask: Ask): Promise<Turn | undefined> {
		const { signal } = ask;
		const since = this.clock();
		if (signal?.aborted || this.waitsInVain({ ask, since }, since)) return undefined;
		const queue = this.queues[ask.again ? 0 : 1];
		let waiter: Waiter | undefined;
		let leave: () => void = () => {};
		const turn = new Promise<Turn | undefined>((resolve) => {
			waiter = { ask, since, go: resolve };
			leave = () => {
				const position = queue.indexOf(waiter as Waiter);
				if (position >= 0) queue.splice(position, 1);
				resolve(undefined);
			};
			queue.push(waiter);
		});
		signal?.addEventListener('abort', leave, { once: true });
		this.serve();
		const given = await turn;
		signal?.removeEventListener('abort', leave);
		return given;
	}

	/**
	 * The server answered, and not that it has too much to do.
	 *
	 * @param kind What tells requests apart that take a different time anyway.
	 */
	answered(turn: Turn, kind: string): void {
		const now = this.clock();
		const isFull = this.underWay >= this.width / 2;
		this.answeredAt = now;
		this.pace.taken();
		const { startedAt, busyBefore } = turn;
		const busy = busyTime() - busyBefore;
		this.end(turn, () => this.measure.answered(kind, { startedAt, now, busy }, isFull));
	}

	/**
	 * The server refused the request for the rate of requests.
	 *
	 * @param waitMs For how many milliseconds it wants to be left alone, if it says so.
	 * @returns how many milliseconds it will be until a next request may start
	 */
	refused(turn: Turn, waitMs: number | undefined): number {
		const now = this.clock();
		this.answeredAt = now;
		const { perSecond } = turn.ask;
		const wait = this.pace.refused(turn.startedAt, perSecond, waitMs, now, longestHold(turn));
		this.end(turn, () => this.measure.overloaded(turn.startedAt, now));
		return wait;
	}

	/**
	 * The server, or what is before it, could not cope.
	 *
	 * @param waitMs For how many milliseconds it wants to be left alone, if it says so.
	 */
	overloaded(turn: Turn, waitMs = 0): void {
		const now = this.clock();
		if (waitMs > 0) this.pace.hold(waitMs, now, longestHold(turn));
		this.end(turn, () => this.measure.overloaded(turn.startedAt, now));
	}

	/** The request ended in a way that says nothing of the server. */
	over(turn: Turn): void {
		this.end(turn, () => {});
	}

	private end({ ask }: Turn, learn: () => void): void {
		const before = this.width;
		learn();
		this.underWay -= 1;
		ask.share.underWay -= 1;
		this.serve();
		if (this.width > before) for (const listener of [...this.listeners]) listener();
	}

	/** Lets start what may, and comes back for the rest when it is time, or when something has ended. */
	private serve(): void {
		if (this.isServing) return;
		for (;;) {
			const found = this.first();
			if (!found) return;
			const now = this.clock();
			const wait = this.pace.wait(now);
			if (wait >= TICK_MS) {
				this.release(now);
				if (this.waiting === 0) return;
				void this.serveAfter(Math.min(wait, LONGEST_SLEEP_MS));
				return;
			}
			this.start(found, now);
		}
	}

	/** Those that cannot wait any longer go without having had a turn. */
	private release(now: number): void {
		for (const queue of this.queues) {
			for (const waiter of queue.splice(0)) {
				if (this.waitsInVain(waiter, now)) waiter.go(undefined);
				else queue.push(waiter);
			}
		}
	}

	/** What was looked at before a request can be old by now, or the server takes nothing. */
	private waitsInVain({ ask, since }: Omit<Waiter, 'go'>, now: number): boolean {
		const { again, patience = Infinity, until = Infinity } = ask;
		if (performance.now() > until) return true;
		const held = this.pace.heldFor(now);
		// One that was refused itself knows how long it waits for another try.
		if (again || held === 0) return false;
		const mayWait = Math.max(patience, SHORT_HOLD_MS);
		return held > mayWait || Math.min(now - since, this.pace.refusingFor(now)) > mayWait;
	}

	private async serveAfter(milliseconds: number): Promise<void> {
		this.isServing = true;
		const until = this.clock() + milliseconds;
		await sleep(milliseconds);
		this.skew += Math.max(0, until - this.clock());
		this.isServing = false;
		this.serve();
	}

	/** Milliseconds of this lane: what was slept has passed. */
	private clock(): number {
		return performance.now() + this.skew;
	}

	private start({ queue, position }: Found, now: number): void {
		const [waiter] = queue.splice(position, 1) as [Waiter];
		const { ask, go } = waiter;
		if (this.waitsInVain(waiter, now)) {
			go(undefined);
			return;
		}
		this.pace.take(ask.perSecond, now);
		this.usedAt = now;
		this.underWay += 1;
		ask.share.underWay += 1;
		go({ ask, startedAt: now, busyBefore: busyTime() });
	}

	/** No run is kept from going on by another one that has filled the width with slow requests. */
	private first(): Found | undefined {
		const isFull = this.underWay >= this.width;
		for (const queue of this.queues) {
			const position = isFull ? queue.findIndex(({ ask }) => ask.share.underWay === 0) : 0;
			if (position >= 0 && position < queue.length) return { queue, position };
		}
		return undefined;
	}
}

/** Bound when this is loaded: fake timers take it from the object. */
const loopUtilization = performance.eventLoopUtilization.bind(performance);

/** For how many milliseconds the event loop of this process has been at work, and not waited for anything. */
function busyTime(): number {
	return loopUtilization().active;
}

/** A request that may wait longer than others waits as long as the server wants, and so do they. */
function longestHold({ ask: { patience = 0 } }: Turn): number {
	return Math.max(LONGEST_HOLD_MS, patience);
}

interface Found {
	queue: Waiter[];
	position: number;
}
