import { sleep } from 'n8n-workflow';

/** What a timer of Node.js can count to, in milliseconds; set to more, it fires at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Waits, but no longer than until the execution is cancelled. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
	if (milliseconds <= 0 || signal?.aborted) return;
	if (!signal) return await sleep(milliseconds);
	let wake: () => void = () => {};
	const cancelled = new Promise<void>((resolve) => {
		wake = resolve;
		signal.addEventListener('abort', wake, { once: true });
	});
	await Promise.race([sleep(milliseconds), cancelled]);
	signal.removeEventListener('abort', wake);
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;

/**
 * How long to wait before the given retry: exponential, with jitter of a quarter to either side so
 * that many callers do not come back at once.
 *
 * @param retry 1 for the first retry.
 * @returns milliseconds
 */
export function backOff(retry: number): number {
	const delay = Math.min(FIRST_DELAY_MS * 2 ** (retry - 1), LONGEST_DELAY_MS);
	return delay * (0.75 + Math.random() / 2);
}

/**
 * What a `Retry-After` header asks for (RFC 9110, 10.2.3: seconds or an HTTP date).
 *
 * @returns milliseconds, or undefined when there is no such wish
 */
export function retryAfter(header: string | undefined, now = Date.now()): number | undefined {
	const text = header?.trim() ?? '';
	if (/^-?\d+(\.\d+)?$/.test(text)) return Math.max(0, Number(text) * 1000);
	// `Date.parse` finds a date in every text that ends with a number; a real one has a time of day.
	const date = /\d{2}:\d{2}/.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * Spaces calls evenly, for all items of a run. Evenly, not in bursts: a burst of eight calls at the
 * turn of a second can make sixteen within one second of the vendor's.
 */
export class Pace {
	private next = 0;

	/** @param perSecond Calls per second; 0 sets no limit. */
	constructor(
		private readonly perSecond: number,
		private readonly signal?: AbortSignal,
	) {}

	/** Resolves when the next call may start. */
	async turn(): Promise<void> {
		const now = Date.now();
		const start = Math.max(now, this.next);
		if (this.perSecond > 0) this.next = start + 1000 / this.perSecond;
		await pause(start - now, this.signal);
	}

	/** Holds back every call that has not started yet, because the vendor asked for quiet. */
	hold(milliseconds: number): void {
		this.next = Math.max(this.next, Date.now() + milliseconds);
	}
}
