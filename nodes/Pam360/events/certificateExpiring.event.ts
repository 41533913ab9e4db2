import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { Pam360Api } from '../api/client';
import { daysUntil } from '../api/dates';
import { pkiRows } from '../api/pki';
import { certificateItem, expiryOf } from '../resources/certificate/certificateItem';
import { DAY_MS } from '../../shared/dates';
import { days, daysField, leastWithin } from '../../shared/days';
import type { Result } from '../../shared/operation';
import { triggerEvent } from '../../shared/trigger';
import { oncePerKey } from '../../shared/watch';

interface Expiring {
	record: IDataObject;
	/** Until the last day; 0 on that day. */
	daysLeft: number;
}

/**
 * From `GET getAllSSLCertificates`. Source: docs/api/pam360.md, "Listing and reading certificates". All
 * are read: the filter by days is known of Key Manager Plus only.
 */
export const certificateExpiring = triggerEvent({
	name: 'Certificate Expires Soon',
	value: 'certificateExpiring',
	action: 'On certificate expires soon',
	description:
		'A certificate expires within some days. Each is reported once for each of the numbers of days and each date of expiry, and not when it has expired.',
	fields: [
		daysField({
			displayName: 'Days Before',
			name: 'daysBefore',
			default: '30',
			placeholder: 'e.g. 30, 7, 1',
			description:
				'How many days before it expires a certificate is reported; several numbers, separated by commas, report it several times',
		}),
	],
	input: z.object({ daysBefore: days }),
	async look(api: Pam360Api, { daysBefore }, memory) {
		const current = (await soonestFirst(api)).flatMap((certificate) => {
			const passed = leastWithin(certificate.daysLeft * DAY_MS, daysBefore);
			if (passed === null) return [];
			// As PAM360 writes them: a time zone that is set later changes nothing.
			const { record } = certificate;
			const { commonName, serialNumber } = certificateItem(record, undefined);
			const parts = [commonName, serialNumber, expiryOf(record), passed];
			return [{ key: JSON.stringify(parts), result: resultOf(api, certificate, passed) }];
		});
		return oncePerKey(memory, current);
	},
	/** Those that expire next, soon enough or not. */
	async latest(api: Pam360Api, { daysBefore }, count) {
		const certificates = await soonestFirst(api);
		return certificates
			.slice(0, count)
			.map((certificate) =>
				resultOf(api, certificate, leastWithin(certificate.daysLeft * DAY_MS, daysBefore)),
			);
	},
});

/** Certificates that have not expired; those whose date cannot be read are not among them. */
async function soonestFirst(api: Pam360Api): Promise<Expiring[]> {
	const reply = await api.pki.read({ call: 'getAllSSLCertificates' });
	return pkiRows(reply, 'SSLCertificates', 'the certificates')
		.flatMap((record) => {
			const daysLeft = daysUntil(expiryOf(record), api.serverTimeZone);
			return daysLeft !== null && daysLeft >= 0 ? [{ record, daysLeft }] : [];
		})
		.sort((a, b) => a.daysLeft - b.daysLeft);
}

function resultOf(api: Pam360Api, { record }: Expiring, daysBefore: number | null): Result {
	return {
		item: { ...certificateItem(record, api.serverTimeZone), daysBefore },
		raw: record,
	};
}
