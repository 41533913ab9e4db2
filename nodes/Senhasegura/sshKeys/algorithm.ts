import { KEY_ALGORITHMS } from './generate';
import type { KeyAlgorithm } from './generate';
import { CURVES, Reader } from './encoding';

/** What a public key is, and what it is worth. */
export interface KeyKind {
	/** One of `KEY_ALGORITHMS` where it can be made here, else of that form (`rsa2048`) or SSH's own name. */
	name: string;
	family: 'ed25519' | 'ecdsa' | 'rsa' | 'other';
	/** Of the modulus or of the curve. */
	bits: number;
	/** Bits of security (NIST SP 800-57 part 1, table 2); 0 where that is not known. */
	strength: number;
}

/** Reads the kind from a key's wire form (RFC 4253, 6.6; RFC 5656, 3.1; RFC 8709, 4). */
export function keyKind(blob: Buffer): KeyKind {
	const reader = new Reader(blob);
	const name = reader.text();
	if (name === 'ssh-ed25519')
		return { name: 'ed25519', family: 'ed25519', bits: 256, strength: 128 };
	if (name === 'ssh-rsa') {
		reader.bytes();
		const modulus = reader.integer();
		const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
		return { name: `rsa${bits}`, family: 'rsa', bits, strength: rsaStrength(bits) };
	}
	const curve = CURVES.find((candidate) => name === `ecdsa-sha2-${candidate.name}`);
	if (!curve) return { name, family: 'other', bits: 0, strength: 0 };
	const bits = Number(curve.name.slice('nistp'.length));
	return { name: `ecdsa${bits}`, family: 'ecdsa', bits, strength: Math.min(bits / 2, 256) };
}

function rsaStrength(bits: number): number {
	if (bits >= 15_360) return 256;
	if (bits >= 7_680) return 192;
	if (bits >= 3_072) return 128;
	return bits >= 2_048 ? 112 : 80;
}

/** What can be made here, as the same kind of description. */
function kindOf(algorithm: KeyAlgorithm): KeyKind {
	if (algorithm === 'ed25519')
		return { name: algorithm, family: 'ed25519', bits: 256, strength: 128 };
	const bits = Number(/\d+$/.exec(algorithm)?.[0]);
	const isRsa = algorithm.startsWith('rsa');
	return {
		name: algorithm,
		family: isRsa ? 'rsa' : 'ecdsa',
		bits,
		strength: isRsa ? rsaStrength(bits) : Math.min(bits / 2, 256),
	};
}

/** Whether a new key would be weaker: fewer bits of security, or a smaller key of the same family. */
export function isWeaker(algorithm: KeyAlgorithm, than: KeyKind): boolean {
	const made = kindOf(algorithm);
	return made.strength < than.strength || (made.family === than.family && made.bits < than.bits);
}

/** The algorithm that keeps a key's kind: the same one, or the next larger one of its family. */
export function sameOrLarger(kind: KeyKind): KeyAlgorithm | undefined {
	return KEY_ALGORITHMS.map(kindOf)
		.filter(({ family, bits }) => family === kind.family && bits >= kind.bits)
		.sort((a, b) => a.bits - b.bits)
		.map(({ name }) => name as KeyAlgorithm)[0];
}
