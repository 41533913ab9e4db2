import { createDecipheriv, createECDH, createPrivateKey } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { bcryptPbkdf } from './bcryptPbkdf';
import { CURVES, Reader, jwkBytes, point, publicBlob } from './encoding';

export type PrivateKey =
	/** The public part, which OpenSSH's own format holds in clear. */
	| { state: 'readable'; publicBlob: Buffer }
	/** Encrypted, and its public part with it. */
	| { state: 'locked' }
	| { state: 'broken' };

const BROKEN: PrivateKey = { state: 'broken' };
const MAGIC = 'openssh-key-v1\0';
const ARMOR =
	/-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END OPENSSH PRIVATE KEY-----/;

/**
 * Reads a private key in OpenSSH's own format (OpenSSH, PROTOCOL.key) or in PEM (PKCS#8, PKCS#1, SEC1).
 *
 * @param passphrase Opens encrypted PEM, and shows whether it opens a key in OpenSSH's own format.
 */
export function readPrivateKey(pem: string, passphrase?: string): PrivateKey {
	const body = ARMOR.exec(pem)?.[1];
	return body === undefined
		? readPem(pem, passphrase)
		: readOpenSsh(Buffer.from(body, 'base64'), passphrase);
}

/** Whether a passphrase is needed to use a private key. */
export function isEncrypted(pem: string): boolean {
	const body = ARMOR.exec(pem)?.[1];
	if (body === undefined) return pem.includes('ENCRYPTED');
	const reader = new Reader(Buffer.from(body, 'base64').subarray(MAGIC.length));
	return reader.text() !== 'none';
}

function readOpenSsh(bytes: Buffer, passphrase: string | undefined): PrivateKey {
	if (bytes.subarray(0, MAGIC.length).toString('latin1') !== MAGIC) return BROKEN;
	const reader = new Reader(bytes.subarray(MAGIC.length));
	const cipher = reader.text();
	const derivation = reader.text();
	const options = reader.bytes();
	const count = reader.number();
	const stated = reader.bytes();
	const sealed = reader.bytes();
	if (reader.failed || count !== 1 || stated.length === 0 || sealed.length === 0) return BROKEN;
	const secret =
		cipher === 'none' ? sealed : open({ cipher, derivation, options, sealed, passphrase });
	// Without the passphrase the public part is all that can be known.
	if (secret === undefined) return { state: 'readable', publicBlob: stated };
	return derivePublic(secret)?.equals(stated) ? { state: 'readable', publicBlob: stated } : BROKEN;
}

interface Sealed {
	cipher: string;
	derivation: string;
	/** Salt and rounds. */
	options: Buffer;
	sealed: Buffer;
	passphrase: string | undefined;
}

/** A file that asks for more rounds would keep n8n busy for longer than a second or two. */
const MOST_ROUNDS = 128;

/** Decrypts what ssh-keygen encrypts by default; undefined for what cannot be opened here. */
function open({ cipher, derivation, options, sealed, passphrase }: Sealed): Buffer | undefined {
	const reader = new Reader(options);
	const salt = reader.bytes();
	const rounds = reader.number();
	const known = cipher === 'aes256-ctr' && derivation === 'bcrypt' && !reader.failed;
	if (!known || passphrase === undefined || rounds > MOST_ROUNDS) return undefined;
	const material = bcryptPbkdf(passphrase, salt, 48, rounds);
	const decipher = createDecipheriv('aes-256-ctr', material.subarray(0, 32), material.subarray(32));
	return Buffer.concat([decipher.update(sealed), decipher.final()]);
}

/** Computes the public key from the secret numbers, which shows that they are intact. */
function derivePublic(secret: Buffer): Buffer | undefined {
	const reader = new Reader(secret);
	if (reader.number() !== reader.number()) return undefined;
	const jwk = secretNumbers(reader.text(), reader);
	reader.bytes(); // the comment
	const padding = reader.rest();
	if (!jwk || reader.failed || padding.some((byte, i) => byte !== i + 1)) return undefined;
	return tryBlob(() => createPrivateKey({ key: jwk, format: 'jwk' }));
}

function secretNumbers(algorithm: string, reader: Reader): JsonWebKey | undefined {
	if (algorithm === 'ssh-ed25519') {
		const x = reader.bytes();
		// The seed, with the public key behind it.
		const pair = reader.bytes();
		if (!pair.subarray(32).equals(x)) return undefined;
		return { kty: 'OKP', crv: 'Ed25519', x: base64url(x), d: base64url(pair.subarray(0, 32)) };
	}
	if (algorithm === 'ssh-rsa') {
		const [n, e, d, qi, p, q] = Array.from({ length: 6 }, () => reader.integer());
		return n && e && d && qi && p && q ? rsa({ n, e, d, qi, p, q }) : undefined;
	}
	const curve = CURVES.find(({ name }) => algorithm === `ecdsa-sha2-${name}`);
	if (!curve || reader.text() !== curve.name) return undefined;
	const [form, coordinates] = splitAt(reader.bytes(), 1);
	const d = reader.integer();
	if (form[0] !== UNCOMPRESSED || d.length > curve.bytes) return undefined;
	const [x, y] = splitAt(coordinates, curve.bytes);
	return {
		kty: 'EC',
		crv: curve.jwk,
		x: base64url(x),
		y: base64url(y),
		d: base64url(Buffer.concat([Buffer.alloc(curve.bytes - d.length), d])),
	};
}

/** How the point of an elliptic curve starts when both its coordinates follow (SEC 1, 2.3.3). */
const UNCOMPRESSED = 4;

function splitAt(bytes: Buffer, index: number): [Buffer, Buffer] {
	return [bytes.subarray(0, index), bytes.subarray(index)];
}

/** OpenSSH's format leaves out two numbers that a JSON Web Key must have (RFC 7518, 6.3.2). */
function rsa(numbers: Record<'n' | 'e' | 'd' | 'qi' | 'p' | 'q', Buffer>): JsonWebKey | undefined {
	const [d, p, q] = [numbers.d, numbers.p, numbers.q].map(toBigInt) as [bigint, bigint, bigint];
	if (p < 3n || q < 3n) return undefined;
	return {
		kty: 'RSA',
		...Object.fromEntries(Object.entries(numbers).map(([name, bytes]) => [name, base64url(bytes)])),
		dp: base64url(toBytes(d % (p - 1n))),
		dq: base64url(toBytes(d % (q - 1n))),
	};
}

function readPem(pem: string, passphrase: string | undefined): PrivateKey {
	if (/ENCRYPTED/.test(pem) && passphrase === undefined) return { state: 'locked' };
	const blob = tryBlob(() => createPrivateKey({ key: pem, passphrase }));
	return blob ? { state: 'readable', publicBlob: blob } : BROKEN;
}

function tryBlob(load: () => KeyObject): Buffer | undefined {
	try {
		const jwk = load().export({ format: 'jwk' });
		return belongTogether(jwk) ? publicBlob(jwk) : undefined;
	} catch {
		return undefined;
	}
}

/** Node takes the public numbers as they are given, whether the secret ones fit them or not. */
function belongTogether(jwk: JsonWebKey): boolean {
	if (jwk.kty === 'EC') {
		const curve = CURVES.find((candidate) => candidate.jwk === jwk.crv);
		if (!curve) return false;
		const pair = createECDH(curve.openssl);
		pair.setPrivateKey(jwkBytes(jwk.d));
		return pair.getPublicKey().equals(point(jwk));
	}
	if (jwk.kty !== 'RSA') return true;
	const number = (value: string | undefined) => toBigInt(jwkBytes(value));
	const [n, e, d, p, q] = [jwk.n, jwk.e, jwk.d, jwk.p, jwk.q].map(number) as RsaNumbers;
	// RFC 8017, 3.2.
	return (
		p * q === n &&
		(e * d) % (p - 1n) === 1n &&
		(e * d) % (q - 1n) === 1n &&
		number(jwk.dp) === d % (p - 1n) &&
		number(jwk.dq) === d % (q - 1n) &&
		(number(jwk.qi) * q) % p === 1n
	);
}

type RsaNumbers = [n: bigint, e: bigint, d: bigint, p: bigint, q: bigint];

function base64url(bytes: Buffer): string {
	return bytes.toString('base64url');
}

function toBigInt(bytes: Buffer): bigint {
	return BigInt(`0x${bytes.toString('hex') || '0'}`);
}

function toBytes(value: bigint): Buffer {
	const hex = value.toString(16);
	return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}
