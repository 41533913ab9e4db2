import { DateTime, IANAZone } from 'luxon';
import { inputFailure } from './failure';

/** A day of 24 hours, in milliseconds. */
export const DAY_MS = 24 * 60 * 60_000;

/**
 * A local time as ISO 8601 without offset.
 *
 * @param text What the vendor wrote.
 * @param formats Luxon formats to try, in order.
 * @returns null when it is none of them
 */
export function localTime(text: unknown, formats: string[]): string | null {
	const parsed = parseLocal(text, formats, 'utc');
	return parsed ? parsed.toFormat("yyyy-MM-dd'T'HH:mm:ss") : null;
}

/**
 * A local time in a known zone as ISO 8601 with offset.
 *
 * A time that the zone skips or repeats at a change of the clocks is taken as luxon takes it.
 */
export function zonedTime(text: unknown, formats: string[], zone: string): string | null {
	const parsed = parseLocal(text, formats, zone);
	return parsed ? parsed.toISO({ suppressMilliseconds: true }) : null;
}

function parseLocal(text: unknown, formats: string[], zone: string): DateTime | undefined {
	if (typeof text !== 'string') return undefined;
	const clean = text.replace(/\s+/g, ' ').trim();
	// One after the other, since each format costs luxon as much time as everything else of an item.
	for (const format of formats) {
		const parsed = DateTime.fromFormat(clean, format, { zone, locale: 'en' });
		if (parsed.isValid) return parsed;
	}
	return undefined;
}

/** Epoch milliseconds as ISO 8601 in UTC; null for anything else. */
export function epochTime(milliseconds: unknown): string | null {
	const isText = typeof milliseconds === 'string' && milliseconds.trim() !== '';
	const value = isText ? Number(milliseconds) : milliseconds;
	if (typeof value !== 'number' || !Number.isFinite(value)) return null;
	return DateTime.fromMillis(value, { zone: 'utc' }).toISO();
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
		`'Server Time Zone' in the credential is not a time zone that is known: ${zone}`,
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
