import type { SenhaseguraApi } from '../api/client';
import { daysParam } from '../../shared/days';
import { UNREAD_REPORTED, expiringSoon, nextToExpire } from '../../shared/expiring';
import type { Expiring } from '../../shared/expiring';
import { unread } from '../../shared/item';
import { triggerEvent } from '../resources/shared/operation';
import { vaultInstant, vaultTime } from '../resources/shared/vaultTime';
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
	description: `A credential or an SSH key expires within some days. Each is reported once for each of the numbers of days and each date of expiry, and not when it has expired. ${UNREAD_REPORTED}`,
	params: [
		daysParam({
			displayName: 'Days Before',
			name: 'daysBefore',
			default: '14',
			placeholder: 'e.g. 30, 7, 1',
			description:
				'How many days before it expires a credential is reported; several numbers, separated by commas, report it several times',
		}),
		recordFilters,
	],
	async look(api, { daysBefore, filters }, memory) {
		return expiringSoon(memory, await expiringRecords(api, filters), daysBefore);
	},
	async latest(api, { daysBefore, filters }, count) {
		return nextToExpire(await expiringRecords(api, filters), daysBefore, count);
	},
});

/** Records that have not expired, and for which the vault names a date. */
async function expiringRecords(api: SenhaseguraApi, filters: RecordFilters): Promise<Expiring[]> {
	const now = Date.now();
	return (await listedRecords(api, filters)).flatMap((listed) => {
		const { expiration } = listed.record;
		if (unread(expiration) === null) return [];
		const expires = vaultInstant(vaultTime(expiration, api.serverTimeZone));
		const left = expires === undefined ? null : expires - now;
		if (left !== null && left <= 0) return [];
		return [
			{
				key: [listed.id, expiration],
				left,
				result: (daysBefore) => recordResult(api, listed, { daysBefore }),
			},
		];
	});
}
