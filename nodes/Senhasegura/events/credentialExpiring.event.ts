import type { SenhaseguraApi } from '../api/client';
import { asText } from '../../shared/fields';
import { triggerEvent } from '../resources/shared/operation';
import { oncePerKey } from '../../shared/watch';
import { vaultInstant, vaultTime } from '../resources/shared/vaultTime';
import { daysParam, leastWithin } from '../../shared/days';
import type { ListedRecord, RecordFilters } from './listedRecords';
import { listedRecords, recordFilters, recordResult } from './listedRecords';

interface Expiring extends ListedRecord {
	/** Milliseconds until then. */
	left: number;
}

/**
 * From `GET pam/credential`: its `expiration` is the one date that names an offset
 * (docs/api/senhasegura.md, "Listing credentials").
 */
export const credentialExpiring = triggerEvent({
	name: 'Credential Expires Soon',
	value: 'credentialExpiring',
	action: 'On credential expires soon',
	description:
		'A credential or an SSH key expires within some days. Each is reported once for each of the numbers of days and each date of expiry, and not when it has expired.',
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
		const current = (await soonestFirst(api, filters)).flatMap((record) => {
			const passed = leastWithin(record.left, daysBefore);
			if (passed === null) return [];
			const expiration = asText(record.record.expiration) ?? '';
			return [
				{
					key: [record.id, expiration, passed].join(' '),
					result: recordResult(api, record, { daysBefore: passed }),
				},
			];
		});
		return oncePerKey(memory, current);
	},
	async latest(api, { daysBefore, filters }, count) {
		const records = await soonestFirst(api, filters);
		return records
			.slice(0, count)
			.map((record) =>
				recordResult(api, record, { daysBefore: leastWithin(record.left, daysBefore) }),
			);
	},
});

async function soonestFirst(api: SenhaseguraApi, filters: RecordFilters): Promise<Expiring[]> {
	const now = Date.now();
	const records = await listedRecords(api, filters);
	return records
		.flatMap((listed) => {
			const expires = vaultInstant(vaultTime(listed.record.expiration, api.serverTimeZone));
			const left = expires === undefined ? 0 : expires - now;
			return left > 0 ? [{ ...listed, left }] : [];
		})
		.sort((a, b) => a.left - b.left);
}
