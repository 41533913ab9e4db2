import type { IDataObject } from 'n8n-workflow';
import { fieldNamed } from '../shared/spelling';
import { dateFields, recordText } from '../shared/values';
import { asId, asNumber } from '../../../shared/fields';
import type { OutputFile, Result } from '../../../shared/operation';

/**
 * A certificate that PAM360 manages. No source shows its fields: they are looked for under the names
 * that they have elsewhere in the family.
 *
 * @param known What the call was asked for, where the record does not say.
 */
export function certificateItem(
	record: IDataObject,
	zone: string | undefined,
	known: { id?: string; commonName?: string } = {},
): IDataObject {
	const text = (...names: string[]) => recordText(fieldNamed(record, ...names));
	return {
		vendor: 'pam360',
		type: 'certificate',
		id: asId(fieldNamed(record, 'CERTIFICATE_ID', 'CertID', 'id')) ?? known.id ?? null,
		commonName: text('CommonName', 'CNAME', 'CN') ?? known.commonName ?? null,
		serialNumber: text('SerialNumber', 'SerialNo'),
		fingerprint: text('FingerPrint', 'Thumbprint'),
		issuer: text('Issuer', 'IssuedBy', 'IssuerName'),
		keyAlgorithm: text('KeyAlgorithm', 'Algorithm'),
		keyLength: asNumber(fieldNamed(record, 'KeyLength', 'KeySize', 'KeyStrength')),
		signatureAlgorithm: text('SignatureAlgorithm', 'SigAlg'),
		...dateFields('validFrom', fieldNamed(record, 'ValidFrom', 'FromDate', 'NotBefore'), zone),
		...dateFields(
			'expiresAt',
			fieldNamed(record, 'ValidTo', 'ExpiryDate', 'ExpiresOn', 'ToDate', 'NotAfter'),
			zone,
		),
	};
}

/** The item of an operation that gives out a file of a certificate. */
export function fileResult(
	certificate: { commonName: string; serialNumber: string },
	file: OutputFile,
): Result {
	const { commonName, serialNumber } = certificate;
	const item = {
		vendor: 'pam360',
		type: 'certificateFile',
		id: null,
		commonName,
		serialNumber,
		fileName: file.name,
		size: file.content.length,
	};
	// The answer is the file itself.
	return { item, raw: { fileName: file.name, size: file.content.length }, file };
}

/** A file name without what file systems do not like, such as the asterisk of a wildcard. */
export function fileName(commonName: string, ending: string): string {
	const base = commonName.replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '');
	return `${base || 'certificate'}.${ending}`;
}
