import { choice, ifGiven } from '../../../shared/input';
import { additionalFields, param } from '../../../shared/param';
import { operation } from '../shared/operation';
import { fileName, fileResult } from './certificateItem';
import { certificate, named } from './fields';

/** `GET getCertificate`. Source: docs/api/pam360.md, "Listing and reading certificates". */
export const exportCertificate = operation({
	name: 'Export',
	value: 'export',
	action: 'Export certificate',
	description: 'Get the file of a certificate',
	download: true,
	params: [
		certificate,
		additionalFields(
			param(
				{
					displayName: 'File Type',
					name: 'fileType',
					type: 'options',
					options: [
						{ name: 'Certificate', value: 'CER' },
						{ name: 'Private Key', value: 'KEY', description: 'The file holds the key in clear' },
					],
					default: 'CER',
					description:
						'Which file to export. Without it PAM360 gives the certificate; the choice is documented for Key Manager Plus only.',
				},
				ifGiven(choice(['CER', 'KEY'])),
			),
		),
	],
	async run(api, { additionalFields: more, ...given }) {
		const { content, name, type } = await api.pki.download({
			call: 'getCertificate',
			details: { ...named(given), ...more },
		});
		const ending = more.fileType === 'KEY' ? 'key' : 'cer';
		return fileResult(given, {
			content,
			name: name ?? fileName(given.commonName, ending),
			type: type ?? 'text/plain',
			contentType: type,
		});
	},
});
