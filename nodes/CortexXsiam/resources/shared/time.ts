import { DateTime } from 'luxon';
import { epochTime } from '../../../shared/dates';

/**
 * A time of the vendor's as ISO 8601: epoch milliseconds, or ISO 8601 where the contract has it and
 * real tenants differ (fact sheet 7.2, 7.3). Null for anything else.
 */
export function vendorTime(value: unknown): string | null {
	const epoch = epochTime(value);
	if (epoch !== null || typeof value !== 'string') return epoch;
	const parsed = DateTime.fromISO(value.trim(), { zone: 'utc' });
	return parsed.isValid ? parsed.toISO() : null;
}
