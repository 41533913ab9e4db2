import { certificateList, idOfRecord } from '../api/certificates';
import type { SenhaseguraApi } from '../api/client';
import { daysParam } from '../../shared/days';
import { UNREAD_REPORTED, expiringSoon, nextToExpire } from '../../shared/expiring';
import type { Expiring } from '../../shared/expiring';
import { triggerEvent } from '../resources/shared/operation';
import { certificateItem, expiryOf, isInUse } from '../resources/certificate/certificateItem';

/** From `GET certificate/list`: `end_validity` (docs/api/senhasegura.md, "Certificates"). */
export const certificateExpiring = triggerEvent({
	name: 'Certificate Expires Soon',
	value: 'certificateExpiring',
	action: 'On certificate expires soon',
	description: `A certificate expires within some days. Each is reported once for each of the numbers of days and each date of expiry, and not when it has expired, was revoked or is inactive. ${UNREAD_REPORTED}`,
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
		return expiringSoon(memory, await expiringCertificates(api), daysBefore);
	},
	async latest(api, { daysBefore }, count) {
		return nextToExpire(await expiringCertificates(api), daysBefore, count);
	},
});

/** Certificates in use that have not expired, as far as the vault tells: every certificate expires. */
async function expiringCertificates(api: SenhaseguraApi): Promise<Expiring[]> {
	const found: Expiring[] = [];
	const now = Date.now();
	for await (const record of certificateList(api, 'certificates')) {
		const expires = expiryOf(record, api.serverTimeZone);
		const left = expires === undefined ? null : expires - now;
		if ((left !== null && left <= 0) || !isInUse(record)) continue;
		const { common_name: name, serial_number: serial, end_validity: end } = record;
		found.push({
			key: [idOfRecord(record) ?? [name, serial], end],
			left,
			result: (daysBefore) => ({
				item: { ...certificateItem(record, api), daysBefore },
				raw: record,
			}),
		});
	}
	return found;
}
