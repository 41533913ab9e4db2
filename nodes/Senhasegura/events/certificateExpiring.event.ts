import type { IDataObject } from 'n8n-workflow';
import { certificateList, idOfRecord } from '../api/certificates';
import type { SenhaseguraApi } from '../api/client';
import { asText } from '../../shared/fields';
import type { Result } from '../../shared/operation';
import { triggerEvent } from '../resources/shared/operation';
import { oncePerKey } from '../../shared/watch';
import { certificateItem, expiryOf, isInUse } from '../resources/certificate/certificateItem';
import { daysParam, leastWithin } from '../../shared/days';

interface Expiring {
	record: IDataObject;
	/** Milliseconds until then. */
	left: number;
}

/** From `GET certificate/list`: `end_validity` (docs/api/senhasegura.md, "Certificates"). */
export const certificateExpiring = triggerEvent({
	name: 'Certificate Expires Soon',
	value: 'certificateExpiring',
	action: 'On certificate expires soon',
	description:
		'A certificate expires within some days. Each is reported once for each of the numbers of days and each date of expiry, and not when it has expired, was revoked or is inactive.',
	params: [
		daysParam({
			displayName: 'Days Before',
			name: 'daysBefore',
			default: '30',
			placeholder: 'e.g. 60, 30, 7',
			description:
				'How many days before it expires a certificate is reported; several numbers, separated by commas, report it several times',
		}),
	],
	async look(api, { daysBefore }, memory) {
		const current = (await soonestFirst(api)).flatMap((expiring) => {
			const within = leastWithin(expiring.left, daysBefore);
			if (within === null) return [];
			const { record } = expiring;
			const id = idOfRecord(record) ?? asText(record.common_name) ?? '';
			const end = asText(record.end_validity) ?? '';
			return [{ key: [id, end, within].join(' '), result: resultOf(api, record, within) }];
		});
		return oncePerKey(memory, current);
	},
	async latest(api, { daysBefore }, count) {
		const expiring = await soonestFirst(api);
		return expiring
			.slice(0, count)
			.map(({ record, left }) => resultOf(api, record, leastWithin(left, daysBefore)));
	},
});

async function soonestFirst(api: SenhaseguraApi): Promise<Expiring[]> {
	const found: Expiring[] = [];
	for await (const record of certificateList(api, 'certificates')) {
		const left = (expiryOf(record, api.serverTimeZone) ?? 0) - Date.now();
		if (left > 0 && isInUse(record)) found.push({ record, left });
	}
	return found.sort((a, b) => a.left - b.left);
}

function resultOf(
	{ serverTimeZone }: SenhaseguraApi,
	record: IDataObject,
	daysBefore: number | null,
): Result {
	return { item: { ...certificateItem(record, serverTimeZone), daysBefore }, raw: record };
}
