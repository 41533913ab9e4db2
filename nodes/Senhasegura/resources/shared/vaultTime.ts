import { DateTime } from 'luxon';
import { epochTime, localTime } from '../../../shared/dates';
import { asText } from '../../../shared/fields';

export interface VaultTime {
	/** ISO 8601 in UTC; null where neither the vault nor the credential names a zone. */
	at: string | null;
	/** The vault's local time as ISO 8601 without offset. */
	serverTime: string | null;
}

const LOCAL_FORMATS = ['yyyy-MM-dd HH:mm:ss', "yyyy-MM-dd'T'HH:mm:ss", 'yyyy-MM-dd'];
const OFFSET = /(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/i;

/**
 * A date of the vault; three forms of it stand in one record, and two name no zone (fact sheet 5.1).
 *
 * @param zone IANA name of the vault's zone, where the credential names it.
 */
export function vaultTime(value: unknown, zone?: string): VaultTime {
	const text = asText(value)?.trim() ?? '';
	const clock = text.replace(OFFSET, '');
	const hasOffset = clock !== text && /\d:\d/.test(clock);
	const serverTime = localTime(hasOffset ? clock : text, LOCAL_FORMATS);
	if (serverTime === null) return { at: null, serverTime };
	if (hasOffset) {
		return { at: epochTime(DateTime.fromISO(text.replace(' ', 'T')).toMillis()), serverTime };
	}
	return { at: zone ? epochTime(localInstant(serverTime, zone)) : null, serverTime };
}

/**
 * A date of the vault as a point in time.
 *
 * @param zone IANA name of the zone that is meant where nothing names one.
 * @returns epoch milliseconds, or undefined for what is no date
 */
export function vaultInstant({ at, serverTime }: VaultTime, zone = 'utc'): number | undefined {
	if (at !== null) return Date.parse(at);
	return serverTime === null ? undefined : localInstant(serverTime, zone);
}

function localInstant(serverTime: string, zone: string): number {
	return DateTime.fromISO(serverTime, { zone }).toMillis();
}
