import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';

/** A public key as it stands in `authorized_keys`. */
export interface SshPublicKey {
	/** For example `ssh-ed25519`. */
	algorithm: string;
	/** The wire form (RFC 4253, 6.6), which identifies the key. */
	blob: Buffer;
	comment: string;
}

/**
 * Reads `ssh-ed25519 AAAA… comment`.
 *
 * @returns undefined when it is no OpenSSH public key
 */
export function parsePublicKey(text: string): SshPublicKey | undefined {
	const [, algorithm, base64, comment] =
		/^([a-z0-9@.-]+)[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t]+([^\r\n]*))?$/.exec(text.trim()) ?? [];
	if (!algorithm || !base64) return undefined;
	const blob = Buffer.from(base64, 'base64');
	const reader = new Reader(blob);
	// The wire form starts with the algorithm's name: this is what ssh itself checks.
	if (reader.text() !== algorithm || reader.rest() === 0 || reader.failed) return undefined;
	return { algorithm, blob, comment: (comment ?? '').trim() };
}

/** The fingerprint as `ssh-keygen -l` prints it: SHA-256, base64 without padding. */
export function fingerprint({ blob }: Pick<SshPublicKey, 'blob'>): string {
	const digest = createHash('sha256').update(blob).digest('base64');
	return `SHA256:${digest.replace(/=+$/, '')}`;
}

export type PrivateKey =
	/** The public part, known without the passphrase in OpenSSH's own format. */
	| { state: 'readable'; publicBlob: Buffer; encrypted: boolean }
	/** Encrypted, and its public part with it. */
	| { state: 'locked' }
	| { state: 'broken' };

/**
 * Reads a private key in OpenSSH's own format (PROTOCOL.key) or in PEM (PKCS#8, PKCS#1, SEC1).
 *
 * @param passphrase Opens encrypted PEM; not needed for OpenSSH's own format.
 */
export function readPrivateKey(pem: string, passphrase?: string): PrivateKey {
	const body =
		/-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END OPENSSH PRIVATE KEY-----/.exec(
			pem,
		)?.[1];
	return body === undefined ? readPem(pem, passphrase) : readOpenSsh(Buffer.from(body, 'base64'));
}

const MAGIC = 'openssh-key-v1\0';

function readOpenSsh(bytes: Buffer): PrivateKey {
	if (bytes.subarray(0, MAGIC.length).toString('latin1') !== MAGIC) return { state: 'broken' };
	const reader = new Reader(bytes.subarray(MAGIC.length));
	const cipher = reader.text();
	reader.bytes();
	reader.bytes();
	const count = reader.number();
	const publicBlob = reader.bytes();
	const secret = reader.bytes();
	if (reader.failed || count !== 1 || publicBlob.length === 0 || secret.length === 0)
		return { state: 'broken' };
	if (cipher !== 'none') return { state: 'readable', publicBlob, encrypted: true };
	const derived = derivePublicBlob(secret);
	if (!derived?.equals(publicBlob)) return { state: 'broken' };
	return { state: 'readable', publicBlob, encrypted: false };
}

/** Computes the public key from the secret numbers, which shows that they are intact. */
function derivePublicBlob(secret: Buffer): Buffer | undefined {
	const reader = new Reader(secret);
	const check = reader.number();
	if (check !== reader.number()) return undefined;
	const algorithm = reader.text();
	const jwk = secretNumbers(algorithm, reader);
	if (reader.failed || jwk === undefined) return undefined;
	// Security-key and DSA keys: node:crypto cannot compute with them, the file's own copy must do.
	if (jwk === 'unknown') return reader.start(8);
	return derive(() => createPrivateKey({ key: jwk, format: 'jwk' }));
}

function secretNumbers(algorithm: string, reader: Reader): JsonWebKey | 'unknown' | undefined {
	if (algorithm === 'ssh-ed25519') {
		const x = reader.bytes();
		const d = reader.bytes().subarray(0, 32);
		return { kty: 'OKP', crv: 'Ed25519', x: url(x), d: url(d) };
	}
	if (algorithm === 'ssh-rsa') {
		const [n, e, d, qi, p, q] = Array.from({ length: 6 }, () => reader.integer());
		const exponent = (prime: Buffer) =>
			url(bytesOf(toBigInt(d as Buffer) % (toBigInt(prime) - 1n)));
		if (
			reader.failed ||
			!n ||
			!e ||
			!d ||
			!qi ||
			!p ||
			!q ||
			toBigInt(p) <= 1n ||
			toBigInt(q) <= 1n
		)
			return undefined;
		return {
			kty: 'RSA',
			n: url(n),
			e: url(e),
			d: url(d),
			p: url(p),
			q: url(q),
			qi: url(qi),
			dp: exponent(p),
			dq: exponent(q),
		};
	}
	const curve = CURVES.find(({ name }) => algorithm === `ecdsa-sha2-${name}`);
	if (!curve) return 'unknown';
	reader.text();
	const point = reader.bytes();
	const d = reader.integer();
	if (d.length > curve.bytes || point.length !== 1 + 2 * curve.bytes) return undefined;
	return {
		kty: 'EC',
		crv: curve.jwk,
		x: url(point.subarray(1, 1 + curve.bytes)),
		y: url(point.subarray(1 + curve.bytes)),
		d: url(Buffer.concat([Buffer.alloc(curve.bytes - d.length), d])),
	};
}

const CURVES = [
	{ name: 'nistp256', jwk: 'P-256', bytes: 32 },
	{ name: 'nistp384', jwk: 'P-384', bytes: 48 },
	{ name: 'nistp521', jwk: 'P-521', bytes: 66 },
];

function readPem(pem: string, passphrase: string | undefined): PrivateKey {
	const encrypted = /ENCRYPTED/.test(pem);
	if (encrypted && passphrase === undefined) return { state: 'locked' };
	const publicBlob = derive(() => createPrivateKey({ key: pem, passphrase }));
	return publicBlob ? { state: 'readable', publicBlob, encrypted } : { state: 'broken' };
}

function derive(load: () => KeyObject): Buffer | undefined {
	try {
		return toBlob(createPublicKey(load()).export({ format: 'jwk' }));
	} catch {
		return undefined;
	}
}

/** The wire form of a public key (RFC 4253, RFC 5656, RFC 8709). */
function toBlob(jwk: JsonWebKey): Buffer | undefined {
	const part = (base64url = '') => Buffer.from(base64url, 'base64url');
	if (jwk.kty === 'RSA')
		return wire(Buffer.from('ssh-rsa'), positive(part(jwk.e)), positive(part(jwk.n)));
	if (jwk.crv === 'Ed25519') return wire(Buffer.from('ssh-ed25519'), part(jwk.x));
	const curve = CURVES.find((candidate) => candidate.jwk === jwk.crv);
	if (!curve) return undefined;
	const point = Buffer.concat([Buffer.from([4]), part(jwk.x), part(jwk.y)]);
	return wire(Buffer.from(`ecdsa-sha2-${curve.name}`), Buffer.from(curve.name), point);
}

function wire(...parts: Buffer[]): Buffer {
	return Buffer.concat(
		parts.flatMap((part) => {
			const length = Buffer.alloc(4);
			length.writeUInt32BE(part.length);
			return [length, part];
		}),
	);
}

/** RFC 4251's mpint is signed: a leading zero keeps a number positive. */
function positive(bytes: Buffer): Buffer {
	return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
}

function url(bytes: Buffer): string {
	return bytes.toString('base64url');
}

function toBigInt(bytes: Buffer): bigint {
	return BigInt(`0x${bytes.toString('hex') || '0'}`);
}

function bytesOf(value: bigint): Buffer {
	const hex = value.toString(16);
	return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

/** Reads RFC 4251's data types; past the end it gives nothing and is marked as failed. */
class Reader {
	failed = false;

	private offset = 0;

	constructor(private readonly buffer: Buffer) {}

	number(): number {
		return this.take(4).readUInt32BE();
	}

	bytes(): Buffer {
		return this.take(this.number());
	}

	text(): string {
		return this.bytes().toString('latin1');
	}

	integer(): Buffer {
		const bytes = this.bytes();
		return bytes[0] === 0 ? bytes.subarray(1) : bytes;
	}

	rest(): number {
		return this.buffer.length - this.offset;
	}

	start(offset: number): Buffer {
		return this.buffer.subarray(offset);
	}

	private take(length: number): Buffer {
		const end = this.offset + length;
		if (this.failed || end > this.buffer.length) {
			this.failed = true;
			return Buffer.alloc(length === 4 ? 4 : 0);
		}
		const taken = this.buffer.subarray(this.offset, end);
		this.offset = end;
		return taken;
	}
}
