import { certificateList, idOfRecord } from '../api/certificates';
import type { SenhaseguraApi } from '../api/client';
import { expiringEvent } from '../../shared/expiring';
import type { Expiring } from '../../shared/expiring';
import { triggerEvent } from '../resources/shared/operation';
import { certificateItem, isInUse, leftOf } from '../resources/certificate/certificateItem';

/** From `GET certificate/list`: `end_validity` (docs/api/senhasegura.md, "Certificates"). */
export const certificateExpiring = triggerEvent({
	name: 'Certificate Expires Soon',
	value: 'certificateExpiring',
	action: 'On certificate expires soon',
	...expiringEvent({
		noun: 'certificate',
		leftOut: 'Expired, revoked and inactive ones',
		default: '30',
		params: [],
		records: expiringCertificates,
	}),
});

/** Certificates in use: each of them expires, whether the vault tells when or not. */
async function expiringCertificates(api: SenhaseguraApi): Promise<Expiring[]> {
	const found: Expiring[] = [];
	const now = Date.now();
	for await (const record of certificateList(api, 'certificates')) {
		if (!isInUse(record)) continue;
		const { common_name: name, serial_number: serial, end_validity: end } = record;
		found.push({
			key: [idOfRecord(record) ?? (name || serial ? [name, serial] : record), end],
			left: leftOf(record, api.serverTimeZone, now),
			result: (daysBefore) => ({
				item: { ...certificateItem(record, api), daysBefore },
				raw: record,
			}),
		});
	}
	return found;
}
