import {
	constants,
	createCipheriv,
	createDecipheriv,
	createPublicKey,
	privateDecrypt,
	publicEncrypt,
	randomBytes,
} from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { parseJson } from './answer';
import { inputFailure, quoteVendor } from './failure';
import { asObject } from './read';
import { foldPem } from './pem';

export const SMALLEST_MODULUS_BITS = 2048;

const ALG = 'RSA-OAEP-256';
const ENC = 'A256GCM';
const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
const CONTENT_KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

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
 * the private key. Its header has the time of issue, as `iat` in epoch seconds.
 */
export function encryptFor({ key, keyId }: Recipient, text: string): string {
	const contentKey = randomBytes(CONTENT_KEY_BYTES);
	const iv = randomBytes(IV_BYTES);
	const header = Buffer.from(
		JSON.stringify({
			alg: ALG,
			enc: ENC,
			iat: Math.floor(Date.now() / 1000),
			...(keyId !== undefined && { kid: keyId }),
		}),
	).toString('base64url');
	const encryptedKey = publicEncrypt({ key, ...OAEP }, contentKey);
	const cipher = createCipheriv('aes-256-gcm', contentKey, iv).setAAD(Buffer.from(header, 'ascii'));
	const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	const parts = [encryptedKey, iv, sealed, cipher.getAuthTag()];
	return [header, ...parts.map((part) => part.toString('base64url'))].join('.');
}

/** The header, and four parts that may be empty: without a key of its own, or around an empty text. */
const COMPACT = /^([\w-]+)\.([\w-]*)\.([\w-]*)\.([\w-]*)\.([\w-]*)$/;

interface Header {
	alg: string;
	enc: string;
	iat?: unknown;
	/** Names of fields that must be understood. */
	crit?: unknown;
	/** Compression before the encryption. */
	zip?: unknown;
}

/** The header of a compact JWE, or undefined for every other text. */
function headerOf(text: string): Header | undefined {
	const [, header] = COMPACT.exec(text.trim()) ?? [];
	if (header === undefined) return undefined;
	const json = asObject(parseJson(Buffer.from(header, 'base64url').toString('utf8')));
	const isHeader = typeof json?.alg === 'string' && typeof json.enc === 'string';
	return isHeader ? (json as unknown as Header) : undefined;
}

/** Whether a text is a compact JWE, of whatever kind. A signed token has three parts, and is none. */
export function isSealed(text: string): boolean {
	return headerOf(text) !== undefined;
}

/** Keys of which nobody knows if they are in use are deleted at twelve hours (docs/rotation.md). */
const LONGEST_AGE_HOURS = 11;

/** By how much the clock of who issued it may be ahead. */
const LONGEST_AHEAD_SECONDS = 5 * 60;

/**
 * The text in a compact JWE of the kind that `encryptFor` makes, where it is young enough to be stored.
 *
 * @param field The parameter it comes from, for messages
 * @throws Failure where it is of another kind, too old, without a time, damaged, or for another key
 */
export function openSealed(jwe: string, key: KeyObject, field: string): string {
	const header = headerOf(jwe);
	if (!header || header.alg !== ALG || header.enc !== ENC || 'crit' in header || 'zip' in header) {
		const kind = header ? quoteVendor(`${header.alg}, ${header.enc}`) : 'not a compact JWE';
		throw inputFailure(
			`'${field}' holds a JWE of a kind that the node does not support (${kind})`,
			`Encrypt the secret with ${ALG} and ${ENC}, without compression and critical header fields, as 'Secret Output' does.`,
		);
	}
	checkAge(header.iat, field);
	const text = decrypted(jwe, key);
	if (text !== undefined) return text;
	throw inputFailure(
		`'${field}' holds a JWE that cannot be opened`,
		"It is damaged, or was encrypted for another key than 'Recipient Private Key' in the credential. Encrypt it for the public half of that key.",
	);
}

/** A secret that is late may have been replaced since, and storing it would lock its users out. */
function checkAge(issuedAt: unknown, field: string): void {
	if (typeof issuedAt !== 'number' || !Number.isFinite(issuedAt)) {
		throw inputFailure(
			`'${field}' holds a JWE that does not say when it was issued`,
			"Encrypt the secret with 'Secret Output', or put the time as 'iat', in epoch seconds, into the protected header.",
		);
	}
	const age = Math.floor(Date.now() / 1000) - issuedAt;
	if (age < -LONGEST_AHEAD_SECONDS) {
		throw inputFailure(
			`'${field}' holds a JWE that was issued in the future`,
			'Correct the clocks of this machine and of the one that encrypted it.',
		);
	}
	if (age > LONGEST_AGE_HOURS * 3600) {
		throw inputFailure(
			`'${field}' holds a JWE that was issued more than ${LONGEST_AGE_HOURS} hours ago`,
			'Its secret may have been replaced since. Read or issue the secret again, and give the new JWE. If this is the only copy, open it with the private key and enter the secret by hand.',
		);
	}
}

/** Undefined where the key does not fit, or something was changed. */
function decrypted(jwe: string, key: KeyObject): string | undefined {
	const [header = '', ...parts] = jwe.trim().split('.');
	const [encryptedKey, iv, sealed, tag] = parts.map((part) => Buffer.from(part, 'base64url'));
	// A shorter tag would be easier to guess, and Node.js takes it.
	if (!encryptedKey || !sealed || iv?.length !== IV_BYTES || tag?.length !== TAG_BYTES) {
		return undefined;
	}
	try {
		const contentKey = privateDecrypt({ key, ...OAEP }, encryptedKey);
		const decipher = createDecipheriv('aes-256-gcm', contentKey, iv, { authTagLength: TAG_BYTES })
			.setAAD(Buffer.from(header, 'ascii'))
			.setAuthTag(tag);
		const bytes = Buffer.concat([decipher.update(sealed), decipher.final()]);
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return undefined;
	}
}
