import type { Look, Memory } from './trigger';
import type { Result } from './operation';

/**
 * How triggers find out what is new. Each of these takes what the last look left behind and gives what
 * to report now and what to remember, so that nothing is reported twice and nothing is left out.
 */

interface Timed {
	id: string;
	/** Epoch milliseconds. */
	time: number;
	/** Whether the record itself does not tell it: it is remembered for as long as it is there. */
	isUntimed?: boolean;
	result: Result;
}

/** Records may become visible later than their time says: looks overlap by this much. */
const OVERLAP_MS = 10 * 60_000;

/** By how much the server's clock may be ahead; a record beyond that does not move the cursor. */
const AHEAD_MS = 60 * 60_000;

/**
 * Events with a time, such as log records: reports each that happened since the trigger was turned on.
 *
 * The cursor is the newest time that was seen, on the server's clock; those within the overlap before
 * it are remembered by id. A clock that was wrong for a moment must not put it so far ahead that
 * nothing is news any more.
 *
 * @param load Everything from a time on, in any order.
 * @param newest The time of the newest record there is, or undefined where there is none; asked for
 * at the first look only.
 */
export async function sinceLastLook(
	memory: Memory | undefined,
	load: (since: number) => Promise<Timed[]>,
	newest: () => Promise<number | undefined>,
): Promise<Look> {
	const isFirst = typeof memory?.cursor !== 'number';
	const now = Date.now();
	const horizon = now + AHEAD_MS;
	const latest = isFirst ? ((await newest()) ?? 0) : (memory?.cursor as number);
	const cursor = isFirst && latest > horizon ? now - AHEAD_MS : latest;
	const since = Math.max(0, cursor - OVERLAP_MS);
	const known = new Set((memory?.seen ?? []) as string[]);
	const loaded = await load(since);
	const distinct = new Map(loaded.map((record) => [record.id, record]));
	const records = [...distinct.values()].sort((a, b) => a.time - b.time);
	// What is there already when the trigger is turned on is no news.
	const fresh = isFirst
		? records.filter(({ time }) => time > latest)
		: records.filter(({ id, time }) => time >= since && !known.has(id));
	const reached = records.map(({ time }) => time).filter((time) => time <= horizon);
	const next = Math.max(cursor, ...reached);
	const current = records
		.filter(({ time, isUntimed }) => isUntimed === true || time >= next - OVERLAP_MS)
		.map(({ id }) => id);
	// A server that gives nothing for once must not make the next look repeat everything.
	const seen = next === cursor ? [...new Set([...known, ...current])] : current;
	return {
		results: fresh.map(({ result }) => result),
		memory: { cursor: next, seen },
	};
}

/**
 * Servers give an empty list for once, with a status that says that all is well. That everything is
 * gone at the same time is believed when it is still so at the next look.
 *
 * @returns what to make of this look meanwhile, where it is in doubt
 */
function doubted(memory: Memory | undefined, current: unknown[]): Look | undefined {
	const remembered = Object.keys((memory?.told ?? memory?.known ?? {}) as object);
	if (current.length > 0 || remembered.length === 0 || memory?.doubted === true) return undefined;
	return { results: [], memory: { ...memory, doubted: true } };
}

/**
 * A condition that things meet for a while, such as a key that expires soon: reports each thing once
 * for each key. What no longer meets the condition is forgotten.
 */
export function oncePerKey(
	memory: Memory | undefined,
	current: Array<{ key: string; result: Result }>,
): Look {
	const doubt = doubted(memory, current);
	if (doubt) return doubt;
	const told = new Set((memory?.told ?? []) as string[]);
	const distinct = new Map(current.map((entry) => [entry.key, entry]));
	return {
		results: [...distinct.values()].filter(({ key }) => !told.has(key)).map(({ result }) => result),
		memory: { told: [...distinct.keys()] },
	};
}

/**
 * Things that come and go without a time: reports those that were not there at the last look. At the
 * first look everything is known already.
 */
export function newcomers(
	memory: Memory | undefined,
	current: Array<{ id: string; result: Result }>,
): Look {
	const doubt = doubted(memory, current);
	if (doubt) return doubt;
	const known = memory ? new Set((memory.known ?? []) as string[]) : undefined;
	const distinct = new Map(current.map((entry) => [entry.id, entry]));
	return {
		results: [...distinct.values()]
			.filter(({ id }) => known && !known.has(id))
			.map(({ result }) => result),
		memory: { known: [...distinct.keys()] },
	};
}

/**
 * The reverse: reports what was there at the last look and is no longer, as it was then.
 *
 * @param current What is there now, small enough to be remembered.
 */
export function leavers(
	memory: Memory | undefined,
	current: Array<{ id: string; result: Result }>,
): Look {
	const doubt = doubted(memory, current);
	if (doubt) return doubt;
	const known = (memory?.known ?? {}) as Record<string, Result>;
	const now = Object.fromEntries(current.map(({ id, result }) => [id, result]));
	return {
		results: Object.entries(known)
			.filter(([id]) => !(id in now))
			.map(([, result]) => result),
		memory: { known: now as unknown as Memory },
	};
}

/** The newest of records with a time, newest first, for a test run. */
export function newestFirst(records: Timed[], count: number): Result[] {
	return [...records]
		.sort((a, b) => b.time - a.time)
		.slice(0, count)
		.map(({ result }) => result);
}
