import { backOff } from './wait';

/** The pace never falls below this: requests per second. */
const SLOWEST = 1;

/** Limits are counted by the second or longer: what a slow-down does shows after this time. */
const NEWS_MS = 1000;

/** Of the rate that was refused, how much comes back in a second. */
const RECOVERY = 0.2;

/** A pace that was slowed down, and comes back step by step. */
interface Slowed {
	/** The rate that was refused, in requests per second. */
	refused: number;
	/** What it was brought down to. */
	to: number;
	/** From when on it rises again. */
	from: number;
}

/**
 * When the next request may start. Requests are spaced evenly, not sent in bursts: a burst of eight at the
 * turn of a second can make sixteen within one second of the server's. All times are milliseconds of one
 * clock.
 */
export class Pace {
	private next = -Infinity;

	private heldUntil = -Infinity;

	/** Until when the server wants to be left alone, which can be longer than it is. */
	private askedUntil = -Infinity;

	/** Since when it has refused whatever it got; Infinity where it takes requests. */
	private refusing = Infinity;

	private slowed?: Slowed;

	private slowedAt = -Infinity;

	private readonly recent = new Recent();

	/** How long until the next request may start. */
	wait(now: number): number {
		return Math.max(0, this.next - now, this.heldUntil - now);
	}

	/**
	 * Notes that a request starts.
	 *
	 * @param perSecond What its sender allows itself; 0 for no limit.
	 */
	take(perSecond: number, now: number): void {
		this.recent.count(now);
		this.next = Math.max(now, this.next) + 1000 / this.rate(perSecond, now);
	}

	/** What is sent in a second at most, as things are. */
	rate(perSecond: number, now: number): number {
		return Math.min(perSecond > 0 ? perSecond : Infinity, this.borne(now));
	}

	/**
	 * Holds back every request that has not started yet.
	 *
	 * @param milliseconds For how long the server wants to be left alone.
	 * @param longest For how long nothing is sent at most: then one request finds out if it is still so.
	 */
	hold(milliseconds: number, now: number, longest = Infinity): void {
		this.heldUntil = Math.max(this.heldUntil, now + Math.min(milliseconds, longest));
		this.askedUntil = now + milliseconds;
		this.refusing = Math.min(this.refusing, now);
	}

	/** The server has taken a request. */
	taken(): void {
		this.askedUntil = -Infinity;
		this.refusing = Infinity;
	}

	/** While nothing is sent: for how many milliseconds the server wants to be left alone; else 0. */
	heldFor(now: number): number {
		return now < this.heldUntil ? Math.max(this.heldUntil, this.askedUntil) - now : 0;
	}

	/** For how many milliseconds the server has taken nothing. */
	refusingFor(now: number): number {
		return Math.max(0, now - this.refusing);
	}

	/**
	 * The server refused a request for its rate: half as many are sent from now on, and none for the time
	 * that it asks for, or a moment. What was on its way already says nothing new.
	 *
	 * @param startedAt When the request started.
	 * @param perSecond What its sender allows itself; 0 for no limit.
	 * @param waitMs For how long the server wants to be left alone, if it says so.
	 * @param longest For how long nothing is sent at most.
	 * @returns for how long nothing is sent
	 */
	refused(
		startedAt: number,
		perSecond: number,
		waitMs: number | undefined,
		now: number,
		longest = Infinity,
	): number {
		const isNews = startedAt > this.slowedAt && now - this.slowedAt >= NEWS_MS;
		if (isNews) this.slowDown(perSecond, now);
		this.hold(waitMs ?? backOff(1), now, longest);
		if (this.slowed) this.slowed.from = Math.max(this.slowed.from, this.heldUntil);
		return this.heldUntil - now;
	}

	private slowDown(perSecond: number, now: number): void {
		const refused = Math.min(this.rate(perSecond, now), this.recent.perSecond(now, perSecond > 0));
		this.slowed = { refused, to: Math.max(SLOWEST, refused / 2), from: now };
		this.slowedAt = now;
	}

	/** What the server seems to bear, in requests per second. */
	private borne(now: number): number {
		if (!this.slowed) return Infinity;
		const { refused, to, from } = this.slowed;
		const risen = to + refused * RECOVERY * (Math.max(0, now - from) / 1000);
		if (risen < 2 * refused) return risen;
		this.slowed = undefined;
		return Infinity;
	}
}

/** A shorter time than this tells nothing of a rate. */
const SHORTEST_MS = 250;

/** How many requests were sent in the last second. */
class Recent {
	private since = -Infinity;

	private second = -Infinity;

	private current = 0;

	private before = 0;

	count(now: number): void {
		this.turn(now);
		this.current += 1;
	}

	/**
	 * @param isLimited Whether there is another limit, so that nothing need be told in the first second.
	 */
	perSecond(now: number, isLimited: boolean): number {
		this.turn(now);
		const known = now - this.since;
		if (known >= 1000)
			return Math.max(SLOWEST, this.current + this.before * (1 - (now % 1000) / 1000));
		return isLimited
			? Infinity
			: (this.current + this.before) / (Math.max(SHORTEST_MS, known) / 1000);
	}

	private turn(now: number): void {
		const second = Math.floor(now / 1000);
		if (second === this.second) return;
		const isNext = second === this.second + 1;
		// After a pause, what was before it tells nothing.
		if (!isNext) this.since = now;
		this.before = isNext ? this.current : 0;
		this.current = 0;
		this.second = second;
	}
}
