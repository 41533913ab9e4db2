import { Failure } from '../../../shared/failure';
import { item, operation } from '../shared/operation';
import { certificate, named } from './fields';

const PRIVATE_KEY = /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY-----/;

/**
 * `GET getCertificate` with `fileType: KEY`. Source: docs/api/pam360.md, "Listing and reading
 * certificates".
 */
export const exportPrivateKey = operation({
	name: 'Export Private Key',
	value: 'exportPrivateKey',
	action: 'Export certificate private key',
	description: 'Get the private key of a certificate as PEM text',
	secretPaths: ['privateKey'],
	params: [certificate],
	async run(api, given) {
		const { content } = await api.pki.download({
			call: 'getCertificate',
			details: { ...named(given), fileType: 'KEY' },
		});
		const privateKey = content.toString('utf8');
		if (!PRIVATE_KEY.test(privateKey)) throw withoutKey();
		return {
			item: item('certificatePrivateKey', { id: null, secret: privateKey, ...given }),
			raw: { privateKey },
		};
	},
});

/** A server that does not know the choice gives the certificate. */
function withoutKey(): Failure {
	return new Failure('PAM360 reported success but sent no private key', {
		kind: 'unusable',
		description:
			"The answer is not a key in PEM. Reading only the key is documented for Key Manager Plus, and this server may not support it: use 'Certificate: Export Key Store' and 'Certificate: Get Passphrase' instead.",
	});
}
