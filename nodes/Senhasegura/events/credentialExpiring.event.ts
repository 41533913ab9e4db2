import type { SenhaseguraApi } from '../api/client';
import { expiringEvent } from '../../shared/expiring';
import type { Expiring } from '../../shared/expiring';
import { unread } from '../../shared/item';
import { triggerEvent } from '../resources/shared/operation';
import { timeLeft } from '../resources/shared/vaultTime';
import type { RecordFilters } from './listedRecords';
import { listedRecords, recordFilters, recordResult } from './listedRecords';

/**
 * From `GET pam/credential`: its `expiration` is the one date that names an offset
 * (docs/api/senhasegura.md, "Listing credentials").
 */
export const credentialExpiring = triggerEvent({
	name: 'Credential Expires Soon',
	value: 'credentialExpiring',
	action: 'On credential expires soon',
	...expiringEvent({
		noun: 'credential or SSH key',
		leftOut: 'Expired ones, and those without an expiry date,',
		default: '14',
		params: [recordFilters],
		records: expiringRecords,
	}),
});

/** Records for which the vault names a date. */
async function expiringRecords(
	api: SenhaseguraApi,
	{ filters }: { filters: RecordFilters },
): Promise<Expiring[]> {
	const now = Date.now();
	return (await listedRecords(api, filters)).flatMap((listed) => {
		const { expiration } = listed.record;
		if (unread(expiration) === null) return [];
		return [
			{
				key: [listed.id, expiration],
				left: timeLeft(expiration, api.serverTimeZone, now),
				result: (daysBefore) => recordResult(api, listed, { daysBefore }),
			},
		];
	});
}
