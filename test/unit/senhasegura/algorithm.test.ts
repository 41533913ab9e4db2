import { generateKeyPairSync } from 'node:crypto';
import { isWeaker, keyKind, sameOrLarger } from '../../../nodes/Senhasegura/sshKeys/algorithm';
import { KEY_ALGORITHMS, generatePair } from '../../../nodes/Senhasegura/sshKeys/generate';
import { isEncrypted } from '../../../nodes/Senhasegura/sshKeys/privateKey';
import { parsePublicKey, publicLine } from '../../../nodes/Senhasegura/sshKeys/publicKey';
import { publicBlob, strings } from '../../../nodes/Senhasegura/sshKeys/encoding';
import { FIXTURE_KEYS, fixture } from './support';
import { sshKey } from '../../workflows/vendors';

const blobOf = (name: string) => parsePublicKey(sshKey(name).publicKey)?.blob as Buffer;

function rsa(modulusLength: number): Buffer {
	const { publicKey } = generateKeyPairSync('rsa', { modulusLength });
	return publicBlob(publicKey.export({ format: 'jwk' })) as Buffer;
}

const dsa = strings('ssh-dss', Buffer.alloc(128, 1));
const security = strings('sk-ssh-ed25519@openssh.com', Buffer.alloc(32), 'ssh:');

describe('the kind of a key', () => {
	it.each([
		['ed25519', 'ed25519', 128],
		['ecdsab256', 'ecdsa256', 128],
		['ecdsab384', 'ecdsa384', 192],
		['ecdsab521', 'ecdsa521', 256],
		['rsab3072', 'rsa3072', 128],
	])('of ssh-keygen’s %s is %s', (name, expected, strength) => {
		expect(keyKind(blobOf(name))).toMatchObject({ name: expected, strength });
	});

	it.each([
		[1024, 80],
		[2048, 112],
		[2056, 112],
	])('of RSA tells its %d bits', (bits, strength) => {
		expect(keyKind(rsa(bits))).toMatchObject({ name: `rsa${bits}`, bits, strength });
	});

	it('of others is named as SSH names it, and not rated', () => {
		expect(keyKind(dsa)).toEqual({ name: 'ssh-dss', family: 'other', bits: 0, strength: 0 });
		expect(keyKind(security)).toMatchObject({ name: 'sk-ssh-ed25519@openssh.com', strength: 0 });
	});

	it.each(KEY_ALGORITHMS)('of what is made as %s is that', async (algorithm) => {
		const { publicKey } = await generatePair(algorithm, '');
		const blob = parsePublicKey(publicKey)?.blob as Buffer;
		expect(keyKind(blob).name).toBe(algorithm);
		expect(publicLine(blob)).toBe(publicKey);
	});
});

describe('a new key for an old one', () => {
	const kinds = {
		rsa2048: keyKind(rsa(2048)),
		rsa3072: keyKind(blobOf('rsab3072')),
		rsa4096: { name: 'rsa4096', family: 'rsa', bits: 4096, strength: 128 },
		rsa8192: { name: 'rsa8192', family: 'rsa', bits: 8192, strength: 192 },
		ed25519: keyKind(blobOf('ed25519')),
		ecdsa384: keyKind(blobOf('ecdsab384')),
		dsa: keyKind(dsa),
	} as const;

	it.each<[keyof typeof kinds, string | undefined]>([
		['rsa2048', 'rsa3072'],
		['rsa3072', 'rsa3072'],
		['rsa4096', 'rsa4096'],
		['rsa8192', undefined],
		['ed25519', 'ed25519'],
		['ecdsa384', 'ecdsa384'],
		['dsa', undefined],
	])('of the same kind as %s is %s', (old, expected) => {
		expect(sameOrLarger(kinds[old])).toBe(expected);
	});

	it.each<[keyof typeof kinds, string]>([
		['rsa2048', ''],
		['rsa3072', ''],
		['rsa4096', 'rsa3072'],
		['rsa8192', 'ed25519 rsa3072 rsa4096 ecdsa256'],
		['ed25519', ''],
		['ecdsa384', 'ed25519 rsa3072 rsa4096 ecdsa256'],
		['dsa', ''],
	])('for %s must not be one of: %s', (old, weaker) => {
		const found = KEY_ALGORITHMS.filter((algorithm) => isWeaker(algorithm, kinds[old]));
		expect(found.join(' ')).toBe(weaker);
	});
});

it.each(FIXTURE_KEYS)('tells whether $name needs a passphrase', ({ name, passphrase }) => {
	expect(isEncrypted(fixture(name))).toBe(passphrase !== undefined);
});
