import {
	constants,
	createCipheriv,
	createPublicKey,
	publicEncrypt,
	randomBytes,
} from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { inputFailure } from './failure';
import { foldPem } from './pem';

const SMALLEST_MODULUS_BITS = 2048;

export interface Recipient {
	key: KeyObject;
	/** The JWK's key id, so that the recipient finds the right private key. */
	keyId?: string;
}

/**
 * Reads the public key that secrets are encrypted for.
 *
 * @param text PEM (SPKI, PKCS#1 or a certificate) or a JWK, RSA of at least 2048 bits
 * @param field The parameter it comes from, for messages
 */
export function readRecipient(text: string, field: string): Recipient {
	const recipient = parseKey(text.trim());
	if (!recipient) {
		throw inputFailure(
			`'${field}' is not a public key`,
			'Paste the recipient’s RSA public key as PEM (-----BEGIN PUBLIC KEY-----) or as a JWK.',
		);
	}
	const { asymmetricKeyType, asymmetricKeyDetails } = recipient.key;
	if (
		asymmetricKeyType !== 'rsa' ||
		(asymmetricKeyDetails?.modulusLength ?? 0) < SMALLEST_MODULUS_BITS ||
		(asymmetricKeyDetails?.publicExponent ?? 0n) < 3n ||
		!canEncrypt(recipient)
	) {
		throw inputFailure(
			`'${field}' must be an RSA key of at least ${SMALLEST_MODULUS_BITS} bits`,
			'Secrets are encrypted with RSA-OAEP-256, which needs an RSA key.',
		);
	}
	return recipient;
}

/** OpenSSL refuses some keys only when they are used, which would be after the secret was issued. */
function canEncrypt(recipient: Recipient): boolean {
	try {
		return encryptFor(recipient, '') !== '';
	} catch {
		return false;
	}
}

function parseKey(text: string): Recipient | undefined {
	if (text.includes('PRIVATE KEY')) return undefined;
	try {
		if (!text.startsWith('{')) return { key: createPublicKey(foldPem(text) ?? text) };
		const jwk = JSON.parse(text) as JsonWebKey & { kid?: string };
		if (jwk.d !== undefined) return undefined;
		return { key: createPublicKey({ key: jwk, format: 'jwk' }), keyId: jwk.kid };
	} catch {
		return undefined;
	}
}

/**
 * Compact JWE of a text (RFC 7516) with RSA-OAEP-256 and A256GCM. Every library for JOSE opens it with
 * the private key.
 */
export function encryptFor({ key, keyId }: Recipient, text: string): string {
	const contentKey = randomBytes(32);
	const iv = randomBytes(12);
	const header = Buffer.from(
		JSON.stringify({
			alg: 'RSA-OAEP-256',
			enc: 'A256GCM',
			...(keyId !== undefined && { kid: keyId }),
		}),
	).toString('base64url');
	const encryptedKey = publicEncrypt(
		{ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
		contentKey,
	);
	const cipher = createCipheriv('aes-256-gcm', contentKey, iv).setAAD(Buffer.from(header, 'ascii'));
	const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	const parts = [encryptedKey, iv, sealed, cipher.getAuthTag()];
	return [header, ...parts.map((part) => part.toString('base64url'))].join('.');
}
