import {
	constants,
	createPublicKey,
	generateKeyPairSync,
	publicEncrypt,
	webcrypto,
} from 'node:crypto';
import { Decryption } from '../../../nodes/Senhasegura/api/decryption';
import { failureOf, fixture } from './support';

function pairOf(modulusLength: number) {
	return generateKeyPairSync('rsa', {
		modulusLength,
		publicKeyEncoding: { type: 'spki', format: 'der' },
		privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
	});
}

const own = pairOf(2048);
const other = pairOf(2048);
const large = pairOf(4096);

/** Encrypted by Web Crypto, as the vault does it: RSA-OAEP with SHA-1, in base64. */
async function encrypted(text: string, spki = own.publicKey): Promise<string> {
	const algorithm = { name: 'RSA-OAEP', hash: 'SHA-1' };
	const key = await webcrypto.subtle.importKey('spki', spki, algorithm, false, ['encrypt']);
	const sealed = await webcrypto.subtle.encrypt(algorithm, key, Buffer.from(text));
	return Buffer.from(sealed).toString('base64');
}

const withKey = (decryptionKey: unknown = own.privateKey) =>
	new Decryption({ decryptionKey: decryptionKey as string });

describe('an encrypted secret', () => {
	it.each(['secret@2504', ' spaces ', 'pässwörd ☃', 'x'.repeat(214)])(
		'comes out in clear: %j',
		async (secret) => {
			const body = { credential: { password: await encrypted(secret), username: 'u' } };
			expect(withKey().open(body, ['credential.password'])).toBe(false);
			expect(body).toEqual({ credential: { password: secret, username: 'u' } });
		},
	);

	it('comes out of a larger key, with line breaks in its base64', async () => {
		const sealed = (await encrypted('s', large.publicKey)).match(/.{1,64}/g)?.join('\n');
		const body = { a: sealed };
		withKey(large.privateKey).open(body, ['a']);
		expect(body).toEqual({ a: 's' });
	});

	it('is found wherever a path leads, in lists and maps', async () => {
		const sealed = await encrypted('s');
		const body = {
			secrets: [{ data: { A: sealed, B: 1, C: null } }, { data: [sealed] }, 'x'],
			else: sealed,
		};
		expect(withKey().open(body, ['secrets.*.data.*', 'nothing.here'])).toBe(false);
		expect(body).toEqual({
			secrets: [{ data: { A: 's', B: 1, C: null } }, { data: ['s'] }, 'x'],
			else: sealed,
		});
	});

	it.each([undefined, '', '  '])('is left, and told of, with %j for a key', async (key) => {
		const sealed = await encrypted('s');
		const body = { a: sealed };
		expect(new Decryption({ decryptionKey: key as string }).open(body, ['a'])).toBe(true);
		expect(body).toEqual({ a: sealed });
	});

	it.each([
		['another key', other.privateKey],
		['a key of another size', large.privateKey],
	])('is not opened by %s, which is explained', async (_name, key) => {
		const body = { a: await encrypted('s') };
		const failure = failureOf(() => withKey(key).open(body, ['a']));
		expect(failure).toMatchObject({
			kind: 'unusable',
			message: "'Decryption Key' in the credential does not open the secret",
		});
		expect(failure.description).toContain('encrypted it with another key');
		expect(`${failure.message} ${failure.description} ${failure.stack}`).not.toContain('BEGIN');
	});
});

describe('a secret that was encrypted for the key with another padding', () => {
	const sealed = (options: object) =>
		publicEncrypt(
			{ key: createPublicKey({ key: own.publicKey, format: 'der', type: 'spki' }), ...options },
			Buffer.from('s3cret'),
		);

	it.each([
		['RSA-OAEP with SHA-256', { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }],
		['RSA-OAEP with SHA-384', { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha384' }],
		['RSA-OAEP with SHA-512', { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha512' }],
		['PKCS#1 v1.5', { padding: constants.RSA_PKCS1_PADDING }],
	])('is told so: %s', (name, options) => {
		for (let count = 0; count < 5; count++) {
			const body = { a: sealed(options).toString('base64') };
			const failure = failureOf(() => withKey().open(body, ['a']));
			expect(failure.message).toBe("'Decryption Key' in the credential does not open the secret");
			expect(failure.description).toContain(`another padding: ${name}.`);
			expect(failure.description).not.toContain('another key');
			expect(JSON.stringify(failure)).not.toContain('s3cret');
		}
	});
});

describe('a secret that is not encrypted', () => {
	it.each([
		'secret@2504',
		'',
		'c2VjcmV0',
		Buffer.alloc(255, 1).toString('base64'),
		`${Buffer.alloc(256, 1).toString('base64')}!`,
		fixture('ed25519'),
		fixture('rsapkcs1'),
		fixture('rsab3072').replace(/-----[^-]+-----/g, ''),
	])('is left as it is, with a key or without: %j', (secret) => {
		for (const decryption of [withKey(), new Decryption({})]) {
			const body = { a: secret, b: 5 };
			expect(decryption.open(body, ['a', 'b', 'a.b.c', 'c'])).toBe(false);
			expect(body).toEqual({ a: secret, b: 5 });
		}
	});

	it('because it was too long, is told as that', () => {
		const body = { a: 'An error occurred while encrypting the text' };
		for (const decryption of [withKey(), new Decryption({})]) {
			expect(failureOf(() => decryption.open(body, ['a']))).toMatchObject({
				kind: 'unusable',
				message: 'The vault could not encrypt the secret, so it returned none',
			});
		}
	});
});

describe('the key', () => {
	it.each<[string, (pem: string) => string]>([
		['spaces for line breaks', (pem) => pem.replaceAll('\n', ' ')],
		['no line breaks', (pem) => pem.replaceAll('\n', '')],
		['\\r\\n', (pem) => pem.replaceAll('\n', '\r\n')],
		['\\n in letters', (pem) => pem.replaceAll('\n', '\\n')],
	])('may have %s', async (_name, mangle) => {
		const body = { a: await encrypted('s') };
		withKey(mangle(own.privateKey)).open(body, ['a']);
		expect(body).toEqual({ a: 's' });
	});

	it('may be of the older form (PKCS#1)', () => {
		expect(() => withKey(fixture('rsapkcs1'))).not.toThrow();
	});

	it.each([
		['a text', 'canary '.repeat(20), /is not PEM text/],
		['a public key', fixture('rsab3072.pub'), /is not PEM text/],
		['a key of another kind', fixture('ecdsasec1'), /is not an RSA private key/],
		['an OpenSSH key', fixture('ed25519'), /is not an RSA private key/],
		['an encrypted key', fixture('rsapkcs8encrypted'), /is not an RSA private key/],
		['half of a key', own.privateKey.replace(/\n.{64}\n/, '\n'), /is not an RSA private key/],
	])('must not be %s', (_name, key, message) => {
		const failure = failureOf(() => withKey(key));
		expect(failure.kind).toBe('input');
		expect(failure.message).toMatch(/^'Decryption Key' in the credential/);
		expect(failure.message).toMatch(message);
		expect(`${failure.message}${failure.description}`).not.toContain(key.slice(40, 80));
	});

	it('is among what must not be shown, as typed and as read', () => {
		const typed = own.privateKey.replaceAll('\n', ' ');
		expect(withKey(typed).secrets).toEqual([typed, own.privateKey]);
		expect(new Decryption({}).secrets).toEqual([]);
	});
});
