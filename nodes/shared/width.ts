import { putNewest } from './newest';

/** With so many requests at the same time it begins. */
const FIRST = 8;

/** More than this are never under way at the same time. */
export const WIDEST = 50;

/** A server that cannot take two requests has another problem than load. */
const NARROWEST = 2;

/** What is no sign of load in the time of an answer: a few milliseconds that vary anyway. */
const SLACK_MS = 12;

/** By so much each quick answer widens it at first: twice as wide with each round. */
const FAST_STEP = 1;

/** An answer that takes more than this multiple of its time without load slows the growth down. */
const QUICK = 1.25;

/** Beyond this one, the growth ends. */
const USUAL = 1.5;

/** Beyond this one, answers are slow. */
const SLOW = 2;

/** A server that has got slower for good is measured anew after this time. */
const MEMORY_MS = 30_000;

/** How many kinds of requests are told apart. */
const MOST_KINDS = 64;

/** An answer: when its request was sent, when it was looked at, and for how long this process was at work meanwhile. */
export interface Timing {
	startedAt: number;
	now: number;
	busy: number;
}

/**
 * How many requests may be under way at the same time. It begins with a few, doubles with each round while
 * answers are quick, goes on by one where that has an end, and is halved where the server shows that it is
 * too much. All times are milliseconds of one clock.
 */
export class Width {
	private allowed = FIRST;

	/** Up to here it grows fast. */
	private threshold = WIDEST;

	private halvedAt = -Infinity;

	private round = new Round();

	private isSlow = false;

	private readonly quickest = new Map<string, Quickest>();

	get now(): number {
		return Math.floor(this.allowed);
	}

	/**
	 * An answer came that says nothing of a load.
	 *
	 * @param kind What tells requests apart that take a different time anyway.
	 * @param isFull Whether the width is made use of: where it is not, it is no limit either.
	 */
	answered(kind: string, { startedAt, now, busy }: Timing, isFull: boolean): void {
		const took = now - startedAt;
		// What this process did meanwhile may be all that was slow; what it did not wait for, the server did not take.
		const ratio = (took - busy) / (this.usual(kind, took, now) + SLACK_MS);
		if (isFull) this.grow(ratio);
		if (startedAt > this.halvedAt) this.judge(ratio, now);
	}

	/** The server, or the way to it, showed that it has too much to do; once for all that was under way. */
	overloaded(startedAt: number, now: number): void {
		if (startedAt > this.halvedAt) this.halve(now);
	}

	private grow(ratio: number): void {
		const isFast = this.allowed < this.threshold;
		if (ratio > (isFast ? QUICK : USUAL)) return;
		const step = isFast ? FAST_STEP : 1 / this.allowed;
		this.allowed = Math.min(WIDEST, this.allowed + step);
	}

	/** A pause of this process makes one round slow; what stays slow is the server. */
	private judge(ratio: number, now: number): void {
		this.round.add(ratio);
		if (this.round.count < this.now) return;
		const { mean } = this.round;
		this.round = new Round();
		if (mean > QUICK) this.threshold = Math.min(this.threshold, this.allowed);
		const wasSlow = this.isSlow;
		this.isSlow = mean > SLOW;
		if (wasSlow && this.isSlow) this.halve(now);
	}

	private halve(now: number): void {
		this.allowed = Math.max(NARROWEST, this.allowed / 2);
		this.threshold = this.allowed;
		this.halvedAt = now;
		this.round = new Round();
		this.isSlow = false;
	}

	/** The time that an answer of this kind takes without load, as far as that was seen. */
	private usual(kind: string, milliseconds: number, now: number): number {
		const known = this.quickest.get(kind) ?? new Quickest();
		// The kind that was not met for the longest time is forgotten first.
		putNewest(this.quickest, kind, known, MOST_KINDS);
		return known.with(milliseconds, now);
	}
}

class Round {
	count = 0;

	private sum = 0;

	add(ratio: number): void {
		this.count += 1;
		this.sum += ratio;
	}

	get mean(): number {
		return this.sum / this.count;
	}
}

/** The shortest time of the last while. */
class Quickest {
	private before = Infinity;

	private current = Infinity;

	private since = -Infinity;

	with(milliseconds: number, now: number): number {
		if (now - this.since > MEMORY_MS) {
			this.before = this.current;
			this.current = Infinity;
			this.since = now;
		}
		this.current = Math.min(this.current, milliseconds);
		return Math.min(this.before, this.current);
	}
}
