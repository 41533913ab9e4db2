import { createCipheriv, generateKeyPair, randomBytes } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { bcryptPbkdf } from './bcryptPbkdf';
import { CURVES, jwkBytes, point, positive, publicBlob, strings, uint32 } from './encoding';

export const KEY_ALGORITHMS = [
	'ed25519',
	'rsa3072',
	'rsa4096',
	'ecdsa256',
	'ecdsa384',
	'ecdsa521',
] as const;

export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

export interface GeneratedPair {
	/** OpenSSH's own format, as a file with a final line break. */
	privateKey: string;
	/** A line for `authorized_keys`. */
	publicKey: string;
}

/**
 * Makes a key pair as ssh-keygen does.
 *
 * @param comment Stands behind the public key and inside the private one.
 * @param passphrase Encrypts the private key: bcrypt and aes256-ctr, as ssh-keygen writes it.
 */
export async function generatePair(
	algorithm: KeyAlgorithm,
	comment: string,
	passphrase?: string,
): Promise<GeneratedPair> {
	const key = await generateKey(algorithm);
	const jwk = key.export({ format: 'jwk' });
	const blob = publicBlob(jwk) as Buffer;
	const name = blob.subarray(4, 4 + blob.readUInt32BE()).toString('latin1');
	return {
		publicKey: `${name} ${blob.toString('base64')} ${comment}`.trim(),
		privateKey: armor(container(blob, secretPart(jwk), comment, passphrase)),
	};
}

/** node:crypto's own promise form needs node:util, which a community node may not import. */
async function generateKey(algorithm: KeyAlgorithm): Promise<KeyObject> {
	return await new Promise((resolve, reject) => {
		const done = (error: Error | null, _: KeyObject, key: KeyObject) =>
			error ? reject(error) : resolve(key);
		const size = Number(/\d+$/.exec(algorithm)?.[0]);
		if (algorithm === 'ed25519') generateKeyPair('ed25519', {}, done);
		else if (algorithm.startsWith('rsa')) generateKeyPair('rsa', { modulusLength: size }, done);
		else generateKeyPair('ec', { namedCurve: `P-${size}` }, done);
	});
}

/** The secret numbers as each algorithm lists them (OpenSSH, PROTOCOL.key and PROTOCOL.agent). */
function secretPart(jwk: JsonWebKey): Buffer {
	const number = (value: string | undefined) => positive(jwkBytes(value));
	if (jwk.kty === 'RSA') {
		const { n, e, d, qi, p, q } = jwk;
		return strings('ssh-rsa', ...[n, e, d, qi, p, q].map(number));
	}
	if (jwk.crv === 'Ed25519') {
		const x = jwkBytes(jwk.x);
		return strings('ssh-ed25519', x, Buffer.concat([jwkBytes(jwk.d), x]));
	}
	const curve = CURVES.find((candidate) => candidate.jwk === jwk.crv);
	return strings(`ecdsa-sha2-${curve?.name}`, curve?.name ?? '', point(jwk), number(jwk.d));
}

/** What today's ssh-keygen uses. */
const BCRYPT_ROUNDS = 24;

function container(blob: Buffer, secret: Buffer, comment: string, passphrase?: string): Buffer {
	const check = randomBytes(4);
	const plain = Buffer.concat([check, check, secret, strings(comment)]);
	const magic = Buffer.from('openssh-key-v1\0');
	if (passphrase === undefined) {
		const head = strings('none', 'none', '');
		return Buffer.concat([magic, head, uint32(1), strings(blob, pad(plain, 8))]);
	}
	const salt = randomBytes(16);
	const material = bcryptPbkdf(passphrase, salt, 48, BCRYPT_ROUNDS);
	const cipher = createCipheriv('aes-256-ctr', material.subarray(0, 32), material.subarray(32));
	const sealed = Buffer.concat([cipher.update(pad(plain, 16)), cipher.final()]);
	const options = Buffer.concat([strings(salt), uint32(BCRYPT_ROUNDS)]);
	const head = strings('aes256-ctr', 'bcrypt', options);
	return Buffer.concat([magic, head, uint32(1), strings(blob, sealed)]);
}

/** Padded with 1, 2, 3 … to whole blocks. */
function pad(bytes: Buffer, block: number): Buffer {
	const missing = (block - (bytes.length % block)) % block;
	return Buffer.concat([bytes, Buffer.from(Array.from({ length: missing }, (_, i) => i + 1))]);
}

function armor(bytes: Buffer): string {
	const lines = bytes.toString('base64').match(/.{1,70}/g) ?? [];
	return [
		'-----BEGIN OPENSSH PRIVATE KEY-----',
		...lines,
		'-----END OPENSSH PRIVATE KEY-----',
		'',
	].join('\n');
}
