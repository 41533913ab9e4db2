import type { IDataObject } from 'n8n-workflow';
import { apiKeyRecord } from '../api/schemas';
import { DAY_MS } from '../../shared/dates';
import { days } from '../../shared/days';
import type { Result } from '../../shared/operation';
import { param } from '../../shared/param';
import { oncePerKey } from '../../shared/watch';
import { apiKeyItem } from '../resources/apiKey/apiKeyItem';
import { keyRecords, lookAtKeys } from './allKeys';
import { triggerEvent } from '../resources/shared/operation';

interface Expiring {
	id: string;
	row: IDataObject;
	expiration: number;
}

/**
 * From `POST /public_api/v1/api_keys/get_api_keys` (docs/api/cortex-xsiam.md, "Listing API keys" and
 * "Expiry of API keys").
 */
export const apiKeyExpiring = triggerEvent({
	name: 'API Key Expires Soon',
	value: 'apiKeyExpiring',
	action: 'On API key expires soon',
	description:
		'A key expires within some days. Each key is reported once for each of the numbers of days, whether it has a successor or not, and not when it never expires.',
	params: [
		param(
			{
				displayName: 'Days Before',
				name: 'daysBefore',
				type: 'string',
				required: true,
				default: '14',
				placeholder: 'e.g. 30, 7, 1',
				description:
					'How many days before it expires a key is reported; several numbers, separated by commas, report it several times',
			},
			days,
		),
	],
	async look(api, { daysBefore }, memory) {
		const now = Date.now();
		return await lookAtKeys(api, memory, (rows) => {
			const current = expiringKeys(rows).flatMap((key) => {
				const passed = thresholdOf(key, daysBefore, now);
				if (passed === undefined) return [];
				return [{ key: `${key.id} ${key.expiration} ${passed}`, result: resultOf(key, passed) }];
			});
			return oncePerKey(memory, current);
		});
	},
	async latest(api, { daysBefore }, count) {
		const now = Date.now();
		const keys = expiringKeys(await keyRecords(api));
		return keys
			.slice(0, count)
			.map((key) => resultOf(key, thresholdOf(key, daysBefore, now) ?? null));
	},
});

/** Keys that work now and expire some time, the soonest first. */
function expiringKeys(rows: IDataObject[]): Expiring[] {
	const records = rows.flatMap((row) => apiKeyRecord.safeParse(row).data ?? []);
	const now = Date.now();
	return records
		.flatMap((key, index) => {
			const { id, expiration } = key;
			const isExpiring = typeof expiration === 'number' && expiration > now;
			if (!isExpiring) return [];
			return [{ id, expiration, row: rows[index] as IDataObject }];
		})
		.sort((a, b) => a.expiration - b.expiration);
}

/** The least of the numbers of days within which a key expires. */
function thresholdOf({ expiration }: Expiring, daysBefore: number[], now: number) {
	const passed = daysBefore.filter((limit) => expiration <= now + limit * DAY_MS);
	return passed.length > 0 ? Math.min(...passed) : undefined;
}

function resultOf({ row }: Expiring, daysBefore: number | null): Result {
	return { item: { ...apiKeyItem(row), daysBefore }, raw: row };
}
