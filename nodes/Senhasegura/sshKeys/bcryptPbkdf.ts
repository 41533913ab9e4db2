import { createHash } from 'node:crypto';

/**
 * OpenBSD's bcrypt_pbkdf, which protects OpenSSH's private keys and which node:crypto lacks.
 * Source: OpenBSD, lib/libutil/bcrypt_pbkdf.c; B. Schneier, "Description of a New Variable-Length
 * Key, 64-Bit Block Cipher (Blowfish)", 1994.
 *
 * @param length Bytes of key material.
 * @param rounds Each costs about ten milliseconds.
 */
export function bcryptPbkdf(
	passphrase: string,
	salt: Buffer,
	length: number,
	rounds: number,
): Buffer {
	const password = sha512(Buffer.from(passphrase));
	const blocks = Math.ceil(length / HASH_BYTES);
	const key = Buffer.alloc(length);
	for (let block = 0; block < blocks; block++) {
		const counter = Buffer.from([0, 0, 0, block + 1]);
		let hash = bcryptHash(password, sha512(Buffer.concat([salt, counter])));
		const sum = Buffer.from(hash);
		for (let round = 1; round < rounds; round++) {
			hash = bcryptHash(password, sha512(hash));
			for (let i = 0; i < HASH_BYTES; i++) sum[i] = (sum[i] as number) ^ (hash[i] as number);
		}
		// Output bytes are dealt out over the key, so that a part of it costs as much as the whole.
		for (let i = 0; i * blocks + block < length; i++) key[i * blocks + block] = sum[i] as number;
	}
	return key;
}

const HASH_BYTES = 32;
const COST = 64;

function sha512(data: Buffer): Buffer {
	return createHash('sha512').update(data).digest();
}

function bcryptHash(password: Buffer, salt: Buffer): Buffer {
	const cipher = new Blowfish();
	cipher.expand(password, salt);
	for (let i = 0; i < COST; i++) {
		cipher.expand(salt);
		cipher.expand(password);
	}
	const text = Buffer.from('OxychromaticBlowfishSwatDynamite');
	const words = Uint32Array.from({ length: text.length / 4 }, (_, i) => text.readUInt32BE(i * 4));
	for (let i = 0; i < COST; i++) {
		for (let block = 0; block < words.length; block += 2) cipher.encrypt(words, block);
	}
	const hash = Buffer.alloc(HASH_BYTES);
	words.forEach((word, i) => hash.writeUInt32LE(word, i * 4));
	return hash;
}

const ROUNDS = 16;
const P_WORDS = ROUNDS + 2;
const S_WORDS = 4 * 256;

/** Blowfish as bcrypt uses it. */
class Blowfish {
	/** The P-array, then the four S-boxes. */
	private readonly state = initialState().slice();

	/** Mixes a key, and a salt if there is one, into the state. */
	expand(key: Buffer, salt?: Buffer): void {
		const { state } = this;
		for (let i = 0; i < P_WORDS; i++) state[i] = (state[i] as number) ^ wordAt(key, i);
		const pair = new Uint32Array(2);
		for (let i = 0; i < P_WORDS + S_WORDS; i += 2) {
			if (salt) {
				pair[0] = (pair[0] as number) ^ wordAt(salt, i);
				pair[1] = (pair[1] as number) ^ wordAt(salt, i + 1);
			}
			this.encrypt(pair, 0);
			state[i] = pair[0] as number;
			state[i + 1] = pair[1] as number;
		}
	}

	/** Encrypts two words in place. */
	encrypt(words: Uint32Array, offset: number): void {
		const s = this.state;
		let left = words[offset] as number;
		let right = words[offset + 1] as number;
		for (let i = 0; i < ROUNDS; i += 2) {
			left ^= s[i] as number;
			right ^= mix(s, left);
			right ^= s[i + 1] as number;
			left ^= mix(s, right);
		}
		words[offset] = right ^ (s[ROUNDS + 1] as number);
		words[offset + 1] = left ^ (s[ROUNDS] as number);
	}
}

function mix(s: Uint32Array, x: number): number {
	const a = s[P_WORDS + (x >>> 24)] as number;
	const b = s[P_WORDS + 256 + ((x >>> 16) & 255)] as number;
	const c = s[P_WORDS + 512 + ((x >>> 8) & 255)] as number;
	const d = s[P_WORDS + 768 + (x & 255)] as number;
	return ((((a + b) | 0) ^ c) + d) | 0;
}

/** The index-th word of bytes that repeat without end; all keys here are whole words long. */
function wordAt(bytes: Buffer, index: number): number {
	return bytes.readUInt32BE((index * 4) % bytes.length);
}

let initial: Uint32Array | undefined;

/** Blowfish starts from the binary digits of pi behind the point; they are computed, not tabled. */
function initialState(): Uint32Array {
	initial ??= digitsOfPi(P_WORDS + S_WORDS);
	return initial;
}

function digitsOfPi(words: number): Uint32Array {
	const guard = 64n;
	const bits = BigInt(words * 32);
	const one = 1n << (bits + guard);
	// Machin, 1706: pi/4 = 4 arctan(1/5) - arctan(1/239).
	const pi = 4n * (4n * arctanOfInverse(5n, one) - arctanOfInverse(239n, one));
	const fraction = (pi - 3n * one) >> guard;
	const hex = fraction.toString(16).padStart(words * 8, '0');
	return Uint32Array.from({ length: words }, (_, i) => parseInt(hex.slice(i * 8, i * 8 + 8), 16));
}

function arctanOfInverse(x: bigint, one: bigint): bigint {
	let power = one / x;
	let sum = power;
	for (let n = 3n, sign = -1n; power > 0n; n += 2n, sign = -sign) {
		power /= x * x;
		sum += (sign * power) / n;
	}
	return sum;
}
