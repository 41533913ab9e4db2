import { createDecipheriv, createPrivateKey, sign, verify } from 'node:crypto';
import { bcryptPbkdf } from '../../../nodes/Senhasegura/sshKeys/bcryptPbkdf';
import type { KeyAlgorithm } from '../../../nodes/Senhasegura/sshKeys/generate';
import { KEY_ALGORITHMS, generatePair } from '../../../nodes/Senhasegura/sshKeys/generate';
import { readPrivateKey } from '../../../nodes/Senhasegura/sshKeys/privateKey';
import { fingerprint, parsePublicKey } from '../../../nodes/Senhasegura/sshKeys/publicKey';
import { armored, fixture, privateSectionStart } from './support';

/** The names of RFC 4253, 5656 and 8709. */
const NAMES: Record<KeyAlgorithm, string> = {
	ed25519: 'ssh-ed25519',
	rsa3072: 'ssh-rsa',
	rsa4096: 'ssh-rsa',
	ecdsa256: 'ecdsa-sha2-nistp256',
	ecdsa384: 'ecdsa-sha2-nistp384',
	ecdsa521: 'ecdsa-sha2-nistp521',
};

/** The strings of a buffer, each with its length in front (RFC 4251, 5). */
function strings(bytes: Buffer, count: number, offset = 0): { found: Buffer[]; offset: number } {
	const found: Buffer[] = [];
	let at = offset;
	for (let i = 0; i < count; i++) {
		const start = at + 4;
		at = start + bytes.readUInt32BE(at);
		found.push(bytes.subarray(start, at));
	}
	return { found, offset: at };
}

describe.each(KEY_ALGORITHMS)('a generated pair, %s', (algorithm) => {
	it('has an OpenSSH public key and a private key that fits', async () => {
		const { privateKey, publicKey } = await generatePair(algorithm, 'deploy@web-01');
		const read = parsePublicKey(publicKey);
		expect(read).toMatchObject({ algorithm: NAMES[algorithm], comment: 'deploy@web-01' });
		expect(readPrivateKey(privateKey)).toEqual({ state: 'readable', publicBlob: read?.blob });
		expect(privateKey).toMatch(
			/^-----BEGIN OPENSSH PRIVATE KEY-----\n([A-Za-z0-9+/]{70}\n)*[A-Za-z0-9+/]{1,70}={0,2}\n-----END OPENSSH PRIVATE KEY-----\n$/,
		);
		const bits = Number(/\d+$/.exec(algorithm)?.[0]);
		const { found } = strings(read?.blob as Buffer, 3 - Number(algorithm === 'ed25519'));
		const last = found.at(-1) as Buffer;
		if (algorithm.startsWith('rsa')) expect(last).toHaveLength(bits / 8 + 1);
		else if (algorithm === 'ed25519') expect(last).toHaveLength(32);
		else expect(last).toHaveLength(2 * Math.ceil(bits / 8) + 1);
	});
});

describe('a generated pair', () => {
	it('is another one each time, and so are its random numbers', async () => {
		const pairs = await Promise.all(Array.from({ length: 20 }, () => generatePair('ed25519', '')));
		expect(new Set(pairs.map(({ publicKey }) => publicKey)).size).toBe(20);
		const checks = pairs.map(({ privateKey }) => {
			const bytes = armored(privateKey);
			const start = privateSectionStart(bytes);
			const check = bytes.subarray(start, start + 4);
			expect(bytes.subarray(start + 4, start + 8)).toEqual(check);
			return check.toString('hex');
		});
		expect(new Set(checks).size).toBe(20);
	});

	it('has no comment where there is none', async () => {
		const { publicKey } = await generatePair('ed25519', '');
		expect(publicKey.split(' ')).toHaveLength(2);
	});

	it('has the parts of a file that ssh-keygen writes', async () => {
		const parts = (pem: string) => {
			const bytes = armored(pem);
			const head = strings(bytes, 3, 'openssh-key-v1\0'.length);
			const body = strings(bytes, 2, head.offset + 4);
			expect(body.offset).toBe(bytes.length);
			return {
				magic: bytes.subarray(0, 15).toString('latin1'),
				head: head.found.map((part) => part.toString('latin1')),
				count: bytes.readUInt32BE(head.offset),
				sizes: body.found.map((part) => part.length),
			};
		};
		const made = await generatePair('ed25519', 'ed25519@fixture');
		expect(parts(made.privateKey)).toEqual(parts(fixture('ed25519')));
	});

	it('has padding of 1, 2, 3 … for every length of its private section', async () => {
		const sizes = new Set<number>();
		for (let length = 0; length < 8; length++) {
			const { privateKey, publicKey } = await generatePair('ed25519', 'x'.repeat(length));
			expect(readPrivateKey(privateKey).state).toBe('readable');
			const bytes = armored(privateKey);
			const section = bytes.subarray(privateSectionStart(bytes));
			expect(section.length % 8).toBe(0);
			// Two random numbers, then name, public key, both keys and the comment.
			const { found, offset } = strings(section, 4, 8);
			expect(found[3]?.toString()).toBe('x'.repeat(length));
			const padding = [...section.subarray(offset)];
			expect(padding).toEqual([1, 2, 3, 4, 5, 6, 7].slice(0, padding.length));
			sizes.add(padding.length);
			expect(parsePublicKey(publicKey)?.comment).toBe('x'.repeat(length));
		}
		expect([...sizes].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
	});

	it('signs what its public key verifies', async () => {
		const { privateKey, publicKey } = await generatePair('ed25519', 'c');
		const bytes = armored(privateKey);
		const { found } = strings(bytes, 3, privateSectionStart(bytes) + 8);
		const [, x, pair] = found as [Buffer, Buffer, Buffer];
		expect(pair.subarray(32)).toEqual(x);
		const jwk = { kty: 'OKP', crv: 'Ed25519', x: x.toString('base64url') };
		const d = pair.subarray(0, 32).toString('base64url');
		const key = createPrivateKey({ key: { ...jwk, d }, format: 'jwk' });
		const blob = parsePublicKey(publicKey)?.blob as Buffer;
		expect(strings(blob, 2).found[1]).toEqual(x);
		const signature = sign(null, Buffer.from('text'), key);
		expect(verify(null, Buffer.from('text'), { key: jwk, format: 'jwk' }, signature)).toBe(true);
	});

	it.each([' pässwörd ☃ ', 'x'])(
		'with the passphrase %j opens with it and with no other',
		async (passphrase) => {
			const { privateKey, publicKey } = await generatePair('ed25519', 'c', passphrase);
			const publicBlob = parsePublicKey(publicKey)?.blob as Buffer;
			expect(readPrivateKey(privateKey, passphrase)).toEqual({ state: 'readable', publicBlob });
			expect(readPrivateKey(privateKey, `${passphrase} `).state).toBe('broken');
			expect(readPrivateKey(privateKey)).toEqual({ state: 'readable', publicBlob });
			expect(fingerprint(publicBlob)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
		},
	);

	it('with a passphrase is encrypted as ssh-keygen does it', async () => {
		const { privateKey } = await generatePair('ed25519', '', 'correct horse');
		const bytes = armored(privateKey);
		const { found, offset } = strings(bytes, 3, 15);
		const options = found[2] as Buffer;
		expect(found.slice(0, 2).map(String)).toEqual(['aes256-ctr', 'bcrypt']);
		expect(options.readUInt32BE(0)).toBe(16);
		expect(options.readUInt32BE(20)).toBe(24);
		const sealed = strings(bytes, 2, offset + 4).found[1] as Buffer;
		expect(sealed.length % 16).toBe(0);
		const material = bcryptPbkdf('correct horse', options.subarray(4, 20), 48, 24);
		const decipher = createDecipheriv(
			'aes-256-ctr',
			material.subarray(0, 32),
			material.subarray(32),
		);
		const plain = decipher.update(sealed);
		const end = strings(plain, 4, 8).offset;
		const padding = [...plain.subarray(end)];
		expect(padding).toEqual(padding.map((_, i) => i + 1));
		expect(padding.length).toBeLessThan(16);
	});
});
