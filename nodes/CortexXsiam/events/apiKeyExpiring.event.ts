import type { IDataObject } from 'n8n-workflow';
import type { CortexXsiamApi } from '../api/client';
import { instantOf } from '../api/time';
import { expiringEvent, expiringSoon } from '../../shared/expiring';
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
	...expiringEvent({
		noun: 'API key',
		leftOut: 'Expired ones, and those that never expire,',
		default: '14',
		params: [],
		records: async (api: CortexXsiamApi) => expiringKeys(await keyRecords(api)),
	}),
	async look(api, { daysBefore }, memory) {
		return await lookAtKeys(api, memory, (rows) =>
			expiringSoon(memory, expiringKeys(rows), daysBefore),
		);
	},
});

/** Keys that do not work for ever. */
function expiringKeys(rows: IDataObject[]): Expiring[] {
	const now = Date.now();
	return rows.flatMap((row) => {
		const { id, expiration } = row;
		if (expiration === null || expiration === undefined) return [];
		const expires = instantOf(expiration);
		return [
			{
				key: [String(id), expires ?? expiration],
				left: expires === undefined ? null : expires - now,
				result: (daysBefore) => ({ item: { ...apiKeyItem(row), daysBefore }, raw: row }),
			},
		];
	});
}
