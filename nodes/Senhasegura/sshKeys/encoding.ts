import type { JsonWebKey } from 'node:crypto';

/** The elliptic curves of RFC 5656, and what JSON Web Keys and OpenSSL call them. */
export const CURVES = [
	{ name: 'nistp256', jwk: 'P-256', openssl: 'prime256v1', bytes: 32 },
	{ name: 'nistp384', jwk: 'P-384', openssl: 'secp384r1', bytes: 48 },
	{ name: 'nistp521', jwk: 'P-521', openssl: 'secp521r1', bytes: 66 },
] as const;

/** RFC 4251's `string`s in a row: each with its length in front. */
export function strings(...parts: Array<Buffer | string>): Buffer {
	return Buffer.concat(
		parts.flatMap((part) => {
			const bytes = Buffer.from(part as string);
			return [uint32(bytes.length), bytes];
		}),
	);
}

export function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}

/** RFC 4251's `mpint` without its length: shortest form, with a zero in front where it would be negative. */
export function positive(bytes: Buffer): Buffer {
	const start = bytes.findIndex((byte) => byte !== 0);
	const short = start < 0 ? Buffer.alloc(0) : bytes.subarray(start);
	return (short[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), short]) : short;
}

/** A number of a JSON Web Key. */
export function jwkBytes(base64url: string | undefined): Buffer {
	return Buffer.from(base64url ?? '', 'base64url');
}

/** The wire form of a public key (RFC 4253, 5656, 8709); undefined for kinds that SSH does not know. */
export function publicBlob(jwk: JsonWebKey): Buffer | undefined {
	if (jwk.kty === 'RSA') {
		return strings('ssh-rsa', positive(jwkBytes(jwk.e)), positive(jwkBytes(jwk.n)));
	}
	if (jwk.crv === 'Ed25519') return strings('ssh-ed25519', jwkBytes(jwk.x));
	const curve = CURVES.find((candidate) => candidate.jwk === jwk.crv);
	return curve && strings(`ecdsa-sha2-${curve.name}`, curve.name, point(jwk));
}

/** An uncompressed point of an elliptic curve (SEC 1, 2.3.3). */
export function point(jwk: JsonWebKey): Buffer {
	return Buffer.concat([Buffer.from([4]), jwkBytes(jwk.x), jwkBytes(jwk.y)]);
}

/** Reads RFC 4251's data types; past the end it gives nothing and is marked as failed. */
export class Reader {
	failed = false;

	private offset = 0;

	constructor(private readonly buffer: Buffer) {}

	number(): number {
		return this.take(4)?.readUInt32BE() ?? 0;
	}

	bytes(): Buffer {
		return this.take(this.number()) ?? Buffer.alloc(0);
	}

	text(): string {
		return this.bytes().toString('latin1');
	}

	/** An `mpint`'s bytes, without the zero that keeps it positive. */
	integer(): Buffer {
		const bytes = this.bytes();
		return bytes[0] === 0 ? bytes.subarray(1) : bytes;
	}

	atEnd(): boolean {
		return this.offset >= this.buffer.length;
	}

	/** What is left. */
	rest(): Buffer {
		return this.take(this.buffer.length - this.offset) ?? Buffer.alloc(0);
	}

	private take(length: number): Buffer | undefined {
		const end = this.offset + length;
		if (this.failed || end > this.buffer.length) {
			this.failed = true;
			return undefined;
		}
		const taken = this.buffer.subarray(this.offset, end);
		this.offset = end;
		return taken;
	}
}
