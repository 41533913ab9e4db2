import { epochTime, readDate } from '../../../shared/dates';
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
 * A date of the vault as a point in time.
 *
 * @param zone IANA name of the zone that is meant where nothing names one.
 * @returns epoch milliseconds, or undefined for what is no date
 */
export function vaultInstant({ at, serverTime }: VaultTime, zone = 'utc'): number | undefined {
	if (at !== null) return Date.parse(at);
	return readDate(serverTime, FORMS, zone)?.instant ?? undefined;
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
