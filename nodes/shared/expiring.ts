import { DAY_MS } from './dates';
import { daysParam, leastWithin } from './days';
import { ifGiven, wholeNumber } from './input';
import type { Result } from './operation';
import { param } from './param';
import type { Param, ValuesOf } from './param';
import type { Look, Memory } from './trigger';
import { oncePerKey } from './watch';

/**
 * Whether something expires within some days: it has not expired, and does so when they are over at the latest.
 * What expires at a time that nobody knows may do so.
 *
 * @param left Milliseconds until then, negative afterwards; null where the date cannot be read.
 */
export function expiresWithin(left: number | null, days: number): boolean {
	return left === null || (left >= 0 && left <= days * DAY_MS);
}

/**
 * A filter for what expires soon.
 *
 * @param plural What is listed.
 * @param more What else there is to say, as sentences.
 */
export function expiresWithinParam<const Name extends string>(
	name: Name,
	standard: number,
	plural: string,
	more: string,
) {
	return param(
		{
			displayName: 'Expires Within (Days)',
			name,
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: standard,
			description: `Only ${plural} that expire in at most this many days. Expired ones are left out; those with an expiry date that the node cannot read are included. ${more}`,
		},
		ifGiven(wholeNumber({ unit: 'days' })),
	);
}

/** A record whose end is watched. */
export interface Expiring {
	/**
	 * What tells the record from others, and its date as the vendor writes it: a time zone that is set later
	 * changes nothing.
	 */
	key: unknown[];
	/** Milliseconds until then, negative afterwards; null where the date cannot be read. */
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

/** What events for what expires soon differ in, beside their names. */
interface ExpiringEvent<Api, Params extends readonly Param[]> {
	/** In the singular, for texts. */
	noun: string;
	/** What is not reported, in the plural, to begin a sentence. */
	leftOut: string;
	/** The numbers of days at first. */
	default: string;
	/** Beside the numbers of days. */
	params: Params;
	/** All that may expire. */
	records(api: Api, input: ValuesOf<Params>): Promise<Expiring[]>;
}

/** An event for what expires soon, but for its names. */
export function expiringEvent<Api, const Params extends readonly Param[]>(
	event: ExpiringEvent<Api, Params>,
) {
	type Input = { daysBefore: number[] } & ValuesOf<Params>;
	return {
		description: `Reports each ${event.noun} once for every number in 'Days Before', and again when its expiry date changes. ${event.leftOut} are left out. One whose date cannot be read is reported once, with an empty 'daysBefore'.`,
		params: [daysBeforeParam(event.default), ...event.params] as const,
		async look(api: Api, input: Input, memory: Memory | undefined): Promise<Look> {
			return expiringSoon(memory, await event.records(api, input), input.daysBefore);
		},
		/** Those that expire next, soon enough or not. */
		async latest(api: Api, input: Input, count: number): Promise<Result[]> {
			return soonestFirst(await event.records(api, input))
				.slice(0, count)
				.map(({ left, result }) => result(withinOf(left, input.daysBefore)));
		},
	};
}

function daysBeforeParam(standard: string) {
	return daysParam({
		displayName: 'Days Before',
		name: 'daysBefore',
		default: standard,
		placeholder: 'e.g. 30, 7, 1',
		description:
			'How many days before the expiry date to report. Separate several numbers with commas to report more than once.',
	});
}

/** Those that have expired are left out. */
function soonestFirst(records: Expiring[]): Expiring[] {
	return records
		.filter(({ left }) => left === null || left >= 0)
		.sort((a, b) => (a.left ?? -1) - (b.left ?? -1));
}

function withinOf(left: number | null, daysBefore: number[]): number | null {
	return left === null ? null : leastWithin(left, daysBefore);
}
