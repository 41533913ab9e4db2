import { operation } from '../shared/operation';
import { fileResult } from './certificateItem';
import { certificate, named } from './fields';

/** `GET getCertificateKeyStore`. Source: docs/api/pam360.md, "Listing and reading certificates". */
export const exportKeyStore = operation({
	name: 'Export Key Store',
	value: 'exportKeyStore',
	action: 'Export certificate key store',
	description: 'Get the key store of a certificate, which holds its private key under a passphrase',
	download: true,
	params: [certificate],
	async run(api, given) {
		const file = await api.pki.download({ call: 'getCertificateKeyStore', details: named(given) });
		// PKCS12 or JKS, and nothing in the answer says which.
		return fileResult(given, file, { ending: 'keystore', type: 'application/octet-stream' });
	},
});
