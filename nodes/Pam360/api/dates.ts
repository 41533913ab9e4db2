import { DateTime } from 'luxon';
import { DAY_MS, readDate } from '../../shared/dates';
import type { DateForm } from '../../shared/dates';

/**
 * In which PAM360 writes dates (docs/api/pam360.md, "Dates", "The envelope of the key and certificate
 * calls" and "Listing and reading certificates"); days come before months.
 */
const FORMS: DateForm[] = ['dayFirst', 'monthName', 'iso', 'epoch'];

/**
 * PAM360's dates carry no zone: they are the server's local time (docs/api/pam360.md, "Dates").
 */
export interface ServerTime {
	/** ISO 8601 without offset. */
	serverTime: string | null;
	/** ISO 8601 with offset, only where the credential names the server's zone, or the date its own. */
	time: string | null;
}

/**
 * @param zone The server's IANA zone, if known.
 * @returns null for what is no date that PAM360 is known to write
 */
export function serverTime(value: unknown, zone: string | undefined): ServerTime | null {
	const date = readDate(value, FORMS, zone);
	if (!date) return null;
	const { local, instant } = date;
	const time = instant === null ? null : DateTime.fromMillis(instant, { zone: zone ?? 'utc' });
	return { serverTime: local, time: time && time.toISO({ suppressMilliseconds: true }) };
}

/**
 * The days of the calendar from today to that of a date: 0 on the day itself, negative afterwards. Some
 * dates of PAM360 are days without a time (docs/api/pam360.md, "Dates").
 *
 * @param zone The server's IANA zone, whose calendar counts. Without it UTC's does, and the result may be
 * one day off.
 * @returns null for what is no date that PAM360 is known to write
 */
export function daysUntil(value: unknown, zone: string | undefined): number | null {
	const date = readDate(value, FORMS, zone);
	if (!date) return null;
	const dayOf = (instant: number) => DateTime.fromMillis(instant, { zone: zone ?? 'utc' }).toISO();
	const numberOf = (local: string | null) => Date.parse(`${local?.slice(0, 10)}T00:00:00Z`);
	const day = numberOf(date.local ?? dayOf(date.instant ?? NaN));
	return (day - numberOf(dayOf(Date.now()))) / DAY_MS;
}
