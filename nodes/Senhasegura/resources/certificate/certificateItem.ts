import type { IDataObject } from 'n8n-workflow';
import { certificateApiOf } from '../../api/certificates';
import type { CertificateApi } from '../../api/certificates';
import type { SenhaseguraApi } from '../../api/client';
import { asBoolean } from '../../../shared/read';
import { readId, readNumber, readText, readTexts, unread } from '../../../shared/item';
import { coded, codedFields, readYesNo, yesNo } from '../shared/coded';
import { timeFields, timeLeft } from '../shared/vaultTime';
import { item } from '../shared/operation';

/**
 * What certificates and requests have in common; the answer to a new request calls some fields as the request
 * does (docs/api/senhasegura.md, "Certificates").
 */
export function subjectFields(record: IDataObject): Record<string, unknown> {
	return {
		commonName: readText(record.common_name),
		san: readTexts(record.san),
		...codedFields(
			'certificateType',
			record.type_certificate ?? record.type_certified ?? record.certificate_type,
		),
		domainType: readText(record.type_domain ?? record.domain_type),
		...codedFields('organization', record.organization),
		encryption: readText(record.encryption),
		keySize: readNumber(record.encryption_key_size),
		signatureAlgorithm: readText(
			record.algorithm_certified ?? record.certificate_algorithm ?? record.certified_algorithm,
		),
		validityDays: readNumber(record.validity),
		...codedFields('responsible', record.responsible ?? record.Responsible),
		project: readText(record.project ?? record.design),
		environments: readTexts(record.environments),
		systems: readTexts(record.systems),
		tags: readTexts(record.tags),
		hostname: readText(record.ip_hostname ?? record.hostname_ip),
		externalIp: readText(record.ip_external ?? record.external_ip),
		description: readText(record.description),
	};
}

/**
 * `1 - Active`, `1`, `Active`: the table tells of a code and a name, and shows neither
 * (docs/api/senhasegura.md, "Certificates").
 */
function readActive(value: unknown) {
	const { code, name } = coded(value);
	if (/^(in|un)/i.test(name ?? '')) return false;
	if (/^(active|ativo)$/i.test(name ?? '')) return true;
	return asBoolean(code) ?? yesNo(name) ?? unread(value);
}

/**
 * The numbers of a certificate and of its request. Up to version 4.0 the vendor's table has no
 * `code_certificate`, and calls the number of the certificate `code_request` (docs/api/senhasegura.md,
 * "Certificates").
 */
function numberFields(record: IDataObject, api: CertificateApi): Record<string, unknown> {
	const { code_certificate: certificate, code_request: request } = record;
	const isOldTable = api === 'upTo40' && unread(certificate) === null;
	return isOldTable
		? { id: readId(request), requestId: null }
		: { id: readId(certificate), requestId: readId(request) };
}

/** A certificate of the list, without its secrets. */
export function certificateItem(record: IDataObject, api: SenhaseguraApi): IDataObject {
	const zone = api.serverTimeZone;
	return item('certificate', {
		...numberFields(record, certificateApiOf(api)),
		...subjectFields(record),
		...codedFields('status', record.status_certified ?? record.status_certificate, 'statusCode'),
		active: readActive(record.active),
		...timeFields('validFrom', record.start_validity, zone),
		...timeFields('expiresAt', record.end_validity, zone),
		origin: readText(record.origin_certificate),
		selfSigned: readYesNo(record.self_signed),
		...codedFields('ca', record.ca),
		serialNumber: readText(record.serial_number),
	});
}

/** As `timeLeft` has it. */
export function leftOf(record: IDataObject, zone: string | undefined, now: number): number | null {
	return timeLeft(record.end_validity, zone, now);
}

/** The vault's code for certificates that were revoked. */
const REVOKED = '2';

/** Whether a certificate is in use, as far as the vault tells. */
export function isInUse(record: IDataObject): boolean {
	const { code, name } = coded(record.status_certified ?? record.status_certificate);
	const isRevoked = code === REVOKED || /^revo/i.test(name ?? '');
	return !isRevoked && readActive(record.active) !== false;
}
