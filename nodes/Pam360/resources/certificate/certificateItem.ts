import type { IDataObject } from 'n8n-workflow';
import { daysUntil } from '../../api/dates';
import type { Pam360File } from '../../api/file';
import { recordIn } from '../../api/pki';
import type { PkiReply } from '../../api/pki';
import { DAY_MS } from '../../../shared/dates';
import { itemOf, oddPart } from '../../../shared/item';
import { fieldNamed } from '../shared/spelling';
import { dateFields, recordId, recordNumber, recordText } from '../shared/recordValues';
import type { Result } from '../../../shared/operation';
import { item } from '../shared/operation';

/**
 * A certificate that PAM360 manages. The names of the list are known from clients of the family
 * (docs/api/pam360.md, "Listing and reading certificates"); other fields are looked for under the names
 * that they have elsewhere in it.
 *
 * @param known What the call was asked for, where the record does not say.
 */
export function certificateItem(
	record: IDataObject,
	zone: string | undefined,
	known: { id?: string; commonName?: string } = {},
): IDataObject {
	const text = (...names: string[]) => recordText(fieldNamed(record, ...names));
	return item('certificate', {
		id:
			recordId(fieldNamed(record, 'CERTIFICATE_ID', 'CertID', 'SSL_RESOURCEID', 'id')) ??
			known.id ??
			null,
		// Some lists name the host only.
		commonName: text('Common Name', 'CNAME', 'CN') ?? known.commonName ?? text(...DNS_NAMES),
		dnsName: text(...DNS_NAMES),
		serialNumber: text('SerialNumber', 'SerialNo'),
		fingerprint: text('FingerPrint', 'Thumbprint'),
		issuer: text('Issuer', 'IssuedBy', 'IssuerName'),
		description: text('Description'),
		keyAlgorithm: text('KeyAlgorithm', 'Algorithm'),
		keyLength: recordNumber(fieldNamed(record, 'KeyLength', 'KeySize', 'KeyStrength')),
		signatureAlgorithm: text('SignatureAlgorithm', 'SigAlg'),
		...dateFields('validFrom', fieldNamed(record, 'ValidFrom', 'FromDate', 'NotBefore'), zone),
		...dateFields('expiresAt', expiryOf(record), zone),
		daysLeft: daysUntil(expiryOf(record), zone),
	});
}

/** What came in place of the record of what was made. */
export function oddDetails(reply: PkiReply): IDataObject {
	return recordIn(reply) ? {} : itemOf(oddPart('details', reply.body.details));
}

const DNS_NAMES = ['DNS Name/FQDN', 'DNSName'];

/** When a certificate expires, as its record says it. */
export function expiryOf(record: IDataObject): unknown {
	return fieldNamed(record, 'ExpiryDate', 'ValidTo', 'ExpiresOn', 'ToDate', 'NotAfter');
}

/**
 * How long it lasts, in milliseconds and by whole days: 0 on its last day; negative afterwards, and null where its
 * date cannot be read.
 */
export function leftOf(record: IDataObject, zone: string | undefined): number | null {
	const days = daysUntil(expiryOf(record), zone);
	return days === null ? null : days * DAY_MS;
}

/**
 * The item of an operation that gives out a file of a certificate.
 *
 * @param unsaid What the file is where the server does not say it.
 */
export function fileResult(
	{ commonName, serialNumber }: { commonName: string; serialNumber: string },
	{ content, name, type }: Pam360File,
	unsaid: { ending: string; type: string },
): Result {
	const file = {
		content,
		name: name ?? fileName(commonName, unsaid.ending),
		type: type ?? unsaid.type,
	};
	return {
		item: item('certificateFile', {
			id: null,
			commonName,
			serialNumber,
			fileName: file.name,
			mimeType: file.type,
			fileSize: content.length,
		}),
		// The answer is the file itself; nothing else of it is left.
		raw: { fileName: file.name, contentType: type },
		file,
	};
}

/** A file name without what file systems do not like, such as the asterisk of a wildcard. */
export function fileName(commonName: string, ending: string): string {
	const base = commonName.replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '');
	return `${base || 'certificate'}.${ending}`;
}
