import type { IDataObject } from 'n8n-workflow';
import { instantOf } from '../api/time';
import { daysParam } from '../../shared/days';
import { UNREAD_REPORTED, expiringSoon, nextToExpire } from '../../shared/expiring';
import type { Expiring } from '../../shared/expiring';
import { apiKeyItem } from '../resources/apiKey/apiKeyItem';
import { keyRecords, lookAtKeys } from './allKeys';
import { triggerEvent } from '../resources/shared/operation';

/**
 * From `POST /public_api/v1/api_keys/get_api_keys` (docs/api/cortex-xsiam.md, "Listing API keys" and
 * "Expiry of API keys").
 */
export const apiKeyExpiring = triggerEvent({
	name: 'API Key Expires Soon',
	value: 'apiKeyExpiring',
	action: 'On API key expires soon',
	description: `A key expires within some days. Each key is reported once for each of the numbers of days, whether it has a successor or not, and not when it never expires. ${UNREAD_REPORTED}`,
	params: [
		daysParam({
			displayName: 'Days Before',
			name: 'daysBefore',
			default: '14',
			placeholder: 'e.g. 30, 7, 1',
			description:
				'How many days before it expires a key is reported; several numbers, separated by commas, report it several times',
		}),
	],
	async look(api, { daysBefore }, memory) {
		return await lookAtKeys(api, memory, (rows) =>
			expiringSoon(memory, expiringKeys(rows), daysBefore),
		);
	},
	async latest(api, { daysBefore }, count) {
		return nextToExpire(expiringKeys(await keyRecords(api)), daysBefore, count);
	},
});

/** Keys that work now and do not work for ever. */
function expiringKeys(rows: IDataObject[]): Expiring[] {
	const now = Date.now();
	return rows.flatMap((row) => {
		const { id, expiration } = row;
		if (expiration === null || expiration === undefined) return [];
		const expires = instantOf(expiration);
		const left = expires === undefined ? null : expires - now;
		if (left !== null && left <= 0) return [];
		return [
			{
				key: [String(id), expires ?? expiration],
				left,
				result: (daysBefore) => ({ item: { ...apiKeyItem(row), daysBefore }, raw: row }),
			},
		];
	});
}
