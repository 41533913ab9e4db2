import { DateTime, IANAZone } from 'luxon';
import { inputFailure } from './failure';

export const MINUTE_MS = 60_000;

export const HOUR_MS = 60 * MINUTE_MS;

/** A day of 24 hours. */
export const DAY_MS = 24 * HOUR_MS;

/**
 * How vendors write dates.
 *
 * - `iso`: `2025-08-28`, with a time behind `T` or a space, and with an offset or without.
 * - `dayFirst`: `28/08/2025`, with a time or without.
 * - `monthName`: `Aug 28, 2025`, with a time or without, in English.
 * - `epoch`: milliseconds, as a number or its digits.
 */
export type DateForm = 'iso' | 'dayFirst' | 'monthName' | 'epoch';

/** A date of a vendor, as far as it tells. */
export interface ReadDate {
	/** What the clock showed that it was written by: ISO 8601 without offset. Null for an epoch. */
	local: string | null;
	/** Epoch milliseconds; null where neither the date nor the caller names a zone. */
	instant: number | null;
}

const TIME = String.raw`(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?`;
const HALF = String.raw`(?: ?(?<half>[ap])\.?m\.?)?`;
const OFFSET = String.raw`(?: ?(?<offset>z|[+-]\d\d(?::?\d\d)?))?`;

/** Each form but the epoch; one pattern costs less than one of luxon's formats. */
const PATTERNS: Record<Exclude<DateForm, 'epoch'>, RegExp> = {
	iso: new RegExp(
		`^(?<year>\\d{4})-(?<month>\\d\\d)-(?<day>\\d\\d)(?:[t ]${TIME}${OFFSET})?$`,
		'i',
	),
	dayFirst: new RegExp(
		`^(?<day>\\d{1,2})/(?<month>\\d{1,2})/(?<year>\\d{4})(?:,? ${TIME}${HALF})?$`,
		'i',
	),
	monthName: new RegExp(
		`^(?<name>[a-z]{3,9})\\.? (?<day>\\d{1,2})(?:st|nd|rd|th)?,? (?<year>\\d{4})(?:,? ${TIME}${HALF})?$`,
		'i',
	),
};

/** Below this, a number is of seconds, or no time at all: as milliseconds it would be 2001 or before. */
export const SMALLEST_MILLISECONDS = 1e12;

/** Beyond this, no date has four digits for its year. */
const LARGEST_MILLISECONDS = Date.UTC(9999, 11, 31);

/**
 * Reads a date.
 *
 * @param forms In which the vendor's documentation writes it; what is written in another is not guessed.
 * @param zone IANA name of the zone that is meant where the date names none.
 * @returns null for what is no date in one of the forms
 */
export function readDate(
	value: unknown,
	forms: readonly DateForm[],
	zone?: string,
): ReadDate | null {
	if (forms.includes('epoch') && (typeof value === 'number' || isDigits(value))) {
		return epochDate(Number(value));
	}
	if (typeof value !== 'string') return null;
	const clean = value.replace(/\s+/g, ' ').trim();
	for (const form of forms) {
		const found = form === 'epoch' ? undefined : PATTERNS[form].exec(clean)?.groups;
		if (found) return writtenDate(found, zone);
	}
	return null;
}

function isDigits(value: unknown): boolean {
	return typeof value === 'string' && /^\s*\d+\s*$/.test(value);
}

function epochDate(milliseconds: number): ReadDate | null {
	const isOne = milliseconds >= SMALLEST_MILLISECONDS && milliseconds <= LARGEST_MILLISECONDS;
	return isOne ? { local: null, instant: Math.trunc(milliseconds) } : null;
}

function writtenDate(
	found: Record<string, string | undefined>,
	zone: string | undefined,
): ReadDate | null {
	const { name, offset } = found;
	const month = name === undefined ? Number(found.month) : monthOf(name);
	const hour = hourOf(found.hour, found.half);
	if (month === undefined || hour === undefined) return null;
	const parts = {
		year: Number(found.year),
		month,
		day: Number(found.day),
		hour,
		minute: Number(found.minute ?? 0),
		second: Number(found.second ?? 0),
		millisecond: Number((found.fraction ?? '').padEnd(3, '0').slice(0, 3)),
	};
	// UTC skips no time, so that what is no date is found whatever the zone.
	const clock = DateTime.fromObject(parts, { zone: 'utc' });
	if (!clock.isValid) return null;
	const local = new Date(clock.toMillis()).toISOString().slice(0, 'yyyy-MM-ddTHH:mm:ss'.length);
	if (offset !== undefined) return { local, instant: clock.toMillis() - offsetMs(offset) };
	const instant = zone === undefined ? null : DateTime.fromObject(parts, { zone }).toMillis();
	return { local, instant };
}

/** January is 1; undefined for what is no month. */
function monthOf(name: string): number | undefined {
	const word = name.toLowerCase();
	const index = MONTHS.findIndex((month) => month === word || month.slice(0, 3) === word);
	if (index >= 0) return index + 1;
	return word === 'sept' ? 9 : undefined;
}

const MONTHS =
	'january february march april may june july august september october november december'.split(
		' ',
	);

/** Of 24; undefined where a clock of twelve hours cannot show it. */
function hourOf(text: string | undefined, half: string | undefined): number | undefined {
	const hour = Number(text ?? 0);
	if (half === undefined) return hour;
	if (hour < 1 || hour > 12) return undefined;
	return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function offsetMs(offset: string): number {
	const [, sign, hours = '0', minutes = '0'] = /([+-])(\d\d):?(\d\d)?/.exec(offset) ?? [];
	const size = (Number(hours) * 60 + Number(minutes)) * 60_000;
	return sign === '-' ? -size : size;
}

/** Epoch milliseconds as ISO 8601 in UTC; null for anything else. */
export function epochTime(milliseconds: unknown): string | null {
	const isText = typeof milliseconds === 'string' && milliseconds.trim() !== '';
	const value = isText ? Number(milliseconds) : milliseconds;
	if (typeof value !== 'number' || !Number.isFinite(value)) return null;
	const date = new Date(value);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/**
 * The credential's server time zone.
 *
 * @returns undefined when none is set
 * @throws Failure when it is no IANA zone
 */
export function readZone(value: unknown): string | undefined {
	const zone = typeof value === 'string' ? value.trim() : '';
	if (zone === '') return undefined;
	if (IANAZone.isValidZone(zone)) return zone;
	throw inputFailure(
		`'Server Time Zone' in the credential is not a known time zone: ${zone}`,
		'Enter an IANA name such as Europe/Berlin, or leave it empty.',
	);
}

/** Adds a zone's offset to an ISO 8601 local time; leaves everything else as it is. */
export function withOffset(value: unknown, zone: string): unknown {
	if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}([T ][\d:.]+)?$/.test(value.trim()))
		return value;
	const parsed = DateTime.fromISO(value.trim().replace(' ', 'T'), { zone });
	return parsed.isValid ? parsed.toISO() : value;
}
