import { DateTime } from 'luxon';
import { Failure } from './failures';
import type { Pam360Settings } from './settings';

/**
 * Every way in which the server writes a date, in its own zone and without saying so
 * (docs/api/pam360.md, "Dates").
 */
export const dateFormats = {
	/** `28/08/2025 18:14:49` */
	second: 'dd/MM/yyyy HH:mm:ss',
	/** `09/01/2026 17:50` */
	minute: 'dd/MM/yyyy HH:mm',
	/** `Dec 1, 2021 09:00 PM` */
	console: 'MMM d, yyyy hh:mm a',
	/** `2024-03-12 13:45:44.835` */
	audit: 'yyyy-MM-dd HH:mm:ss.SSS',
	/** `Dec 1, 2026`, of certificates (docs/api/pam360.md, "Listing and reading certificates") */
	certificate: 'MMM d, yyyy',
	/** `2024-10-30` */
	day: 'yyyy-MM-dd',
} as const;

type Zoned = Pick<Pam360Settings, 'serverTimeZone'>;

export function serverTime({ serverTimeZone }: Zoned, time: number): DateTime {
	return DateTime.fromMillis(time, { zone: serverTimeZone, locale: 'en-US' });
}

/** @param time Milliseconds since the epoch; `null` is written `N/A`. */
export function written(
	settings: Zoned,
	time: number | null,
	format: keyof typeof dateFormats,
): string {
	return time === null ? 'N/A' : serverTime(settings, time).toFormat(dateFormats[format]);
}

/**
 * A date that a client sent, read as the server's local time.
 *
 * @returns milliseconds since the epoch
 * @throws Failure where it is in another format
 */
export function readDate(
	{ serverTimeZone }: Zoned,
	name: string,
	text: string,
	format: keyof typeof dateFormats,
): number {
	const date = DateTime.fromFormat(text, dateFormats[format], {
		zone: serverTimeZone,
		locale: 'en-US',
	});
	if (!date.isValid) throw new Failure(`Invalid value for ${name}.`);
	return date.toMillis();
}
