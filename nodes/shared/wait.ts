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
 * How long the server asks to be left alone: `Retry-After` (RFC 9110, 10.2.3: seconds or an HTTP date),
 * or, with it missing, the `X-RateLimit-Reset` of some servers as a Unix time. Dates are the server's: they
 * are compared with its own clock where it tells that.
 *
 * @param headers Names in lower case.
 * @returns milliseconds, or undefined when there is no such wish
 */
export function askedWait(headers: Record<string, string>, now = Date.now()): number | undefined {
	const clock = dateOf(headers.date) ?? now;
	const text = headers['retry-after']?.trim() ?? '';
	if (/^-?\d+(\.\d+)?$/.test(text)) return Math.max(0, Number(text) * 1000);
	const reset = headers['x-ratelimit-reset'] ?? '';
	const until = dateOf(text) ?? (UNIX_TIME.test(reset) ? Number(reset) * 1000 : undefined);
	return until === undefined ? undefined : Math.max(0, until - clock);
}

/** Seconds since 1970, of this century; others count the seconds that are left. */
const UNIX_TIME = /^[1-9]\d{9}$/;

/** `Date.parse` finds a date in every text that ends with a number; a real one has a time of day. */
function dateOf(text = ''): number | undefined {
	const date = /\d{2}:\d{2}/.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? undefined : date;
}
