import {
	certificateApiOf,
	certificateFamily,
	changedRecord,
	withoutRecordSecrets,
} from '../../api/certificates';
import { withoutEcho } from '../../api/echo';
import { confirmsBare } from '../../api/envelope';
import type { Failure } from '../../../shared/failure';
import { additionalFields, param } from '../../../shared/param';
import { requiredText } from '../../../shared/input';
import { readId, readText } from '../../../shared/item';
import { foldBase64 } from '../../../shared/pem';
import { timeFields } from '../shared/vaultTime';
import { optionalKeyText } from '../shared/keyText';
import { passwordParam } from '../shared/password';
import { item, operation } from '../shared/operation';

const EXTENSION = /^\.?[a-z0-9]{2,5}$/i;

/** The vault takes base64 of the file; a PEM text is the file, base64 stays as it is. */
function fileContent(text: string): string {
	return foldBase64(text) ?? Buffer.from(text).toString('base64');
}

/**
 * `POST certificate/import`, and up to 4.0 `PUT certificate/upload`. Source: docs/api/senhasegura.md,
 * "Certificates".
 */
export const importCertificate = operation({
	name: 'Import',
	value: 'import',
	action: 'Import certificate',
	description: 'Put a certificate, with its private key if there is one, into the vault',
	issues: 'certificate',
	furtherTries: { are: 'harmless', because: 'the vault refuses the same certificate twice' },
	params: [
		param(
			{
				displayName: 'Certificate',
				name: 'certificate',
				type: 'string',
				required: true,
				typeOptions: { password: true, rows: 4 },
				default: '',
				placeholder: '-----BEGIN CERTIFICATE-----',
				description: 'PEM, or base64 of any file that the vault can read, such as PFX',
			},
			requiredText,
		),
		param(
			{
				displayName: 'File Extension',
				name: 'extension',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. pem',
				description: 'What kind of file the certificate is, such as pem, cer or pfx',
			},
			requiredText.refine((text) => EXTENSION.test(text), 'must be a file extension such as pem'),
		),
		additionalFields(
			passwordParam('Password', 'password', 'The password of the file or of the private key'),
			param(
				{
					displayName: 'Private Key',
					name: 'privateKey',
					type: 'string',
					typeOptions: { password: true, rows: 4 },
					default: '',
					placeholder: '-----BEGIN PRIVATE KEY-----',
					description: 'PEM, or base64 of the file',
				},
				optionalKeyText,
			),
			passwordParam(
				'Revocation Password',
				'revokePassword',
				'The password with which the certificate can be revoked',
			),
		),
	],
	async run(api, { certificate, extension, additionalFields: more }) {
		const kind = extension.replace(/^\./, '');
		const content = fileContent(certificate);
		const privateKey = more.privateKey && fileContent(more.privateKey);
		const isCurrent = certificateApiOf(api) === 'current';
		const { body } = await api
			.change({
				...certificateFamily(api),
				...(isCurrent
					? { method: 'POST', path: 'certificate/import' }
					: { method: 'PUT', path: 'certificate/upload', prefix: undefined }),
				body: {
					certificate: content,
					extension: kind,
					private_key: privateKey,
					password: more.password,
					revoke_password: more.revokePassword,
				},
				...confirmsBare,
				...IF_LOST,
			})
			.catch((failure: Failure) => {
				throw withoutEcho(failure, [content, privateKey]);
			});
		const record = changedRecord(body);
		return {
			// Up to 4.0 the answer names nothing of what was imported.
			item: item('certificate', {
				id: readId(record.code_certificate),
				imported: true,
				extension: kind,
				commonName: readText(record.common_name),
				issuer: readText(record.issuer),
				...timeFields('validFrom', record.validity_start, api.serverTimeZone),
				...timeFields('expiresAt', record.validity_end, api.serverTimeZone),
			}),
			raw: withoutRecordSecrets(body),
		};
	},
});

const IF_LOST = {
	mayHave: 'The certificate may have been imported',
	repeatable: false,
	find: 'Run the node again: the vault refuses the same certificate twice',
};
