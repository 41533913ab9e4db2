import type { IDataObject } from 'n8n-workflow';
import type { Pam360Api } from '../api/client';
import { pkiRows } from '../api/pki';
import { certificateItem, expiryOf, leftOf } from '../resources/certificate/certificateItem';
import { triggerEvent } from '../resources/shared/operation';
import { expiringEvent } from '../../shared/expiring';
import type { Expiring } from '../../shared/expiring';

/**
 * From `GET getAllSSLCertificates`. Source: docs/api/pam360.md, "Listing and reading certificates". All
 * are read: the filter by days is known of Key Manager Plus only.
 */
export const certificateExpiring = triggerEvent({
	name: 'Certificate Expires Soon',
	value: 'certificateExpiring',
	action: 'On certificate expires soon',
	...expiringEvent({
		noun: 'certificate',
		leftOut: 'Expired ones',
		default: '30',
		params: [],
		records: expiringCertificates,
	}),
});

/** All certificates: each of them expires, whether PAM360 tells when or not. */
async function expiringCertificates(api: Pam360Api): Promise<Expiring[]> {
	const reply = await api.pki.read({ call: 'getAllSSLCertificates' });
	return pkiRows(reply, 'SSLCertificates', 'the certificates').map((record) => {
		const item = certificateItem(record, api.serverTimeZone);
		return {
			key: [...identityOf(item, record), expiryOf(record)],
			left: leftOf(record, api.serverTimeZone),
			result: (daysBefore) => ({ item: { ...item, daysBefore }, raw: record }),
		};
	});
}

/** What tells a certificate from others: not every list has serial numbers, or names. */
function identityOf(item: IDataObject, record: IDataObject): unknown[] {
	const { id, commonName, dnsName, serialNumber } = item;
	if (id === null && serialNumber === null) return [record];
	return [id, commonName, dnsName, serialNumber];
}
