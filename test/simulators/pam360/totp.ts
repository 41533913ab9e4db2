import { createHmac } from 'node:crypto';
import type { Pam360Totp } from './state';

/** RFC 4648 section 6; white space, padding and characters that it lacks are passed over. */
function fromBase32(text: string): Buffer {
	const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
	const values = [...text.toUpperCase()].map((one) => alphabet.indexOf(one));
	const bits = values
		.filter((value) => value >= 0)
		.map((value) => value.toString(2).padStart(5, '0'))
		.join('');
	const bytes = bits.match(/.{8}/gu) ?? [];
	return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

/** The code at a time, RFC 6238. */
export function totpAt({ secret, algorithm, digits, validity }: Pam360Totp, time: number): string {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(time / 1_000 / validity)));
	const hash = createHmac(algorithm, fromBase32(secret)).update(counter).digest();
	const offset = (hash.at(-1) ?? 0) & 0xf;
	const code = (hash.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits;
	return String(code).padStart(digits, '0');
}
