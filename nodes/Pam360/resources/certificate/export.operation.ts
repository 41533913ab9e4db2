import { operation } from '../shared/operation';
import { fileResult } from './certificateItem';
import { certificate, named } from './fields';

/** `GET getCertificate`. Source: docs/api/pam360.md, "Listing and reading certificates". */
export const exportCertificate = operation({
	name: 'Export',
	value: 'export',
	action: 'Export certificate',
	description: 'Get the file of a certificate, without its private key',
	download: true,
	params: [certificate],
	async run(api, given) {
		const file = await api.pki.download({ call: 'getCertificate', details: named(given) });
		return fileResult(given, file, { ending: 'cer', type: 'text/plain' });
	},
});
