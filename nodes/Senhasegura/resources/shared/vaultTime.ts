import { DAY_MS, epochTime, readDate } from '../../../shared/dates';
import type { DateForm } from '../../../shared/dates';
import { unread } from '../../../shared/item';

export interface VaultTime {
	/** ISO 8601 in UTC; null where neither the vault nor the credential names a zone. */
	at: string | null;
	/** The vault's local time as ISO 8601 without offset. */
	serverTime: string | null;
}

/**
 * Three kinds of it stand in one record, and two name no zone (docs/api/senhasegura.md, "Listing
 * credentials").
 */
const FORMS: DateForm[] = ['iso'];

const NONE: VaultTime = { at: null, serverTime: null };

/**
 * A date of the vault.
 *
 * @param zone IANA name of the vault's zone, where the credential names it.
 */
export function vaultTime(value: unknown, zone?: string): VaultTime {
	const date = readDate(value, FORMS, zone);
	return date ? { at: epochTime(date.instant), serverTime: date.local } : NONE;
}

/**
 * A date of the vault as a point in time; of UTC where nothing names a zone.
 *
 * @returns epoch milliseconds, or undefined for what is no date
 */
export function vaultInstant({ at, serverTime }: VaultTime): number | undefined {
	if (at !== null) return Date.parse(at);
	return readDate(serverTime, FORMS, 'utc')?.instant ?? undefined;
}

/** A day without a time. */
const DAY = /^\s*[\d-]{10}\s*$/;

/**
 * How long it is until a date of the vault; 0 on a day of which it names no time.
 *
 * @param zone Of the vault's clock; without it UTC is assumed, which is wrong by less than a day.
 * @returns milliseconds, negative afterwards; null for what is no date
 */
export function timeLeft(value: unknown, zone: string | undefined, now: number): number | null {
	const at = vaultInstant(vaultTime(value, zone));
	if (at === undefined) return null;
	const isToday = at <= now && at > now - DAY_MS && DAY.test(String(value));
	return isToday ? 0 : at - now;
}

/**
 * A date of the vault as two fields for `itemOf`: the point in time where that can be known, and what the
 * vault's clock said.
 */
export function timeFields(
	name: string,
	value: unknown,
	zone: string | undefined,
): Record<string, unknown> {
	const { at, serverTime } = vaultTime(value, zone);
	return {
		[name]: at === null && serverTime === null ? unread(value) : at,
		[`${name}ServerTime`]: serverTime,
	};
}
