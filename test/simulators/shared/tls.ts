import { generate } from 'selfsigned';

/** A certificate and its private key, both PEM. */
export interface TlsIdentity {
	certificate: string;
	key: string;
}

/** `type` numbers of a subjectAltName entry, RFC 5280 section 4.2.1.6. */
const dnsName = 2;
const ipAddress = 7;

const SERVER_IDENTITY = Symbol.for('simulators: server identity');

function selfSigned(
	commonName: string,
	usage: 'serverAuth' | 'clientAuth',
	{ names = ['localhost'], days = 365 } = {},
): TlsIdentity {
	const made = generate([{ name: 'commonName', value: commonName }], {
		keySize: 2048,
		days,
		algorithm: 'sha256',
		extensions: [
			// A certificate authority of its own, so that a client may name it as the CA it trusts.
			{ name: 'basicConstraints', cA: true },
			{ name: 'keyUsage', keyCertSign: true, digitalSignature: true, keyEncipherment: true },
			{ name: 'extKeyUsage', [usage]: true },
			{
				name: 'subjectAltName',
				altNames: [
					...names.map((value) => ({ type: dnsName, value })),
					{ type: ipAddress, ip: '127.0.0.1' },
				],
			},
		],
	});
	return { certificate: made.cert, key: made.private };
}

/** Test files of one process share it: making a key takes longer than many a test. */
const made = globalThis as { [SERVER_IDENTITY]?: TlsIdentity };

/** The self-signed certificate that all simulators of this process present. */
export function serverIdentity(): TlsIdentity {
	return (made[SERVER_IDENTITY] ??= selfSigned('localhost', 'serverAuth'));
}

/** A fresh server's certificate for these names, valid from now on. */
export function createServerIdentity(names: [string, ...string[]], days: number): TlsIdentity {
	return selfSigned(names[0], 'serverAuth', { names, days });
}

/** A fresh client certificate; give its PEM to a simulator as `clientCa` to have it demanded. */
export function createClientIdentity(commonName = 'demo client'): TlsIdentity {
	return selfSigned(commonName, 'clientAuth');
}
