import { leastWithin } from './days';
import type { Result } from './operation';
import type { Look, Memory } from './trigger';
import { oncePerKey } from './watch';

/** A record whose end is watched. */
export interface Expiring {
	/**
	 * What tells the record from others, and its date as the vendor writes it: a time zone that is set later
	 * changes nothing.
	 */
	key: unknown[];
	/** Milliseconds until then, not negative; null where the date cannot be read. */
	left: number | null;
	/** @param daysBefore The least of the numbers of days within which it is; null where it is within none. */
	result(daysBefore: number | null): Result;
}

/**
 * Reports each record once for each of the numbers of days, the soonest first. One whose date cannot be
 * read may expire tomorrow: it is reported once, before the others.
 */
export function expiringSoon(
	memory: Memory | undefined,
	records: Expiring[],
	daysBefore: number[],
): Look {
	const current = soonestFirst(records).flatMap(({ key, left, result }) => {
		const within = withinOf(left, daysBefore);
		if (within === null && left !== null) return [];
		return [{ key: JSON.stringify([...key, within]), result: result(within) }];
	});
	return oncePerKey(memory, current);
}

/** For a test run: those that expire next, soon enough or not. */
export function nextToExpire(records: Expiring[], daysBefore: number[], count: number): Result[] {
	return soonestFirst(records)
		.slice(0, count)
		.map(({ left, result }) => result(withinOf(left, daysBefore)));
}

function soonestFirst(records: Expiring[]): Expiring[] {
	return [...records].sort((a, b) => (a.left ?? -1) - (b.left ?? -1));
}

function withinOf(left: number | null, daysBefore: number[]): number | null {
	return left === null ? null : leastWithin(left, daysBefore);
}

/** What the description of such an event says of dates that cannot be read. */
export const UNREAD_REPORTED =
	"One whose date cannot be read is reported once, with an empty 'daysBefore'.";
