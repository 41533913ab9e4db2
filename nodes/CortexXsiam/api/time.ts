import { readDate } from '../../shared/dates';

/**
 * A time of the vendor's: epoch milliseconds, or ISO 8601 where the contract has it and real tenants
 * differ (docs/api/cortex-xsiam.md, "Requests and answers", "Issues" and "Cases"), all of them in UTC.
 * Seconds, which one page shows, would make a key old, and are no time.
 *
 * @returns epoch milliseconds; undefined for anything else
 */
export function instantOf(value: unknown): number | undefined {
	return readDate(value, ['epoch', 'iso'], 'utc')?.instant ?? undefined;
}
