import fc from 'fast-check';
import { compactDecrypt, decodeProtectedHeader, exportJWK, exportPKCS8, exportSPKI } from 'jose';
import type { KeyObject } from 'node:crypto';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { encryptFor, readRecipient } from '../../../nodes/shared/jwe';
import { createClientIdentity } from '../../simulators';
import { thrownBy } from './support';

const FIELD = 'Recipient Public Key';
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const spki = publicKey.export({ type: 'spki', format: 'pem' }).toString();

async function opened(jwe: string, key: KeyObject) {
	const { plaintext, protectedHeader } = await compactDecrypt(jwe, key, {
		keyManagementAlgorithms: ['RSA-OAEP-256'],
		contentEncryptionAlgorithms: ['A256GCM'],
	});
	const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(plaintext);
	return { text, protectedHeader };
}

const jwk = publicKey.export({ format: 'jwk' });

describe('a recipient', () => {
	it.each<[string, string]>([
		['SPKI', spki],
		['PKCS#1', publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
		['SPKI with white space around it', `\n  ${spki}\n`],
		['SPKI in one line', spki.replaceAll('\n', ' ')],
		['SPKI with \\n', spki.replaceAll('\n', '\\n')],
		['JWK', JSON.stringify(jwk)],
		['JWK with more in it', JSON.stringify({ ...jwk, use: 'enc', alg: 'RSA-OAEP-256' }, null, 2)],
	])('is read from %s', async (_, text) => {
		const jwe = encryptFor(readRecipient(text, FIELD), 'the secret');
		expect(await opened(jwe, privateKey)).toEqual({
			text: 'the secret',
			protectedHeader: { alg: 'RSA-OAEP-256', enc: 'A256GCM' },
		});
	});

	it('keeps the id of a JWK', async () => {
		const recipient = readRecipient(JSON.stringify({ ...jwk, kid: 'key-7 ü' }), FIELD);
		const jwe = encryptFor(recipient, 'x');
		expect(decodeProtectedHeader(jwe)).toEqual({
			alg: 'RSA-OAEP-256',
			enc: 'A256GCM',
			kid: 'key-7 ü',
		});
		expect((await opened(jwe, privateKey)).text).toBe('x');
	});

	it('is read from a certificate', async () => {
		const { certificate, key } = createClientIdentity();
		const jwe = encryptFor(readRecipient(certificate, FIELD), 'for its owner');
		expect((await opened(jwe, createPrivateKey(key))).text).toBe('for its owner');
	});

	it('is read from what jose exports', async () => {
		for (const text of [await exportSPKI(publicKey), JSON.stringify(await exportJWK(publicKey))]) {
			expect((await opened(encryptFor(readRecipient(text, FIELD), 'y'), privateKey)).text).toBe(
				'y',
			);
		}
	});

	const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
	const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
	const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey;
	const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();

	it.each([
		['an EC key', pem(ec)],
		['an EC key as JWK', JSON.stringify(ec.export({ format: 'jwk' }))],
		['an Ed25519 key', pem(generateKeyPairSync('ed25519').publicKey)],
		['an RSA-PSS key', pem(pss)],
		['1024 bits', pem(small)],
		['1024 bits as JWK', JSON.stringify(small.export({ format: 'jwk' }))],
	])('must be RSA of 2048 bits, not %s', (_, text) => {
		expect(thrownBy(() => readRecipient(text, FIELD))).toMatchObject({
			kind: 'input',
			message: "'Recipient Public Key' must be an RSA key of at least 2048 bits",
		});
	});

	it('must be public', async () => {
		const forms = [
			await exportPKCS8(privateKey),
			privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
			JSON.stringify(privateKey.export({ format: 'jwk' })),
		];
		for (const text of forms) {
			const failure = thrownBy(() => readRecipient(text, FIELD));
			expect(failure.message).toBe("'Recipient Public Key' is not a public key");
			expect(JSON.stringify(failure)).not.toContain(String(privateKey.export({ format: 'jwk' }).d));
		}
	});

	it.each(['', 'a key', '{', '{}', '[]', '{"kty":"oct","k":"AAAA"}', spki.slice(0, 90)])(
		'must be a key, not %j',
		(text) => {
			expect(thrownBy(() => readRecipient(text, FIELD))).toMatchObject({
				kind: 'input',
				message: "'Recipient Public Key' is not a public key",
			});
		},
	);
});

describe('encryptFor', () => {
	const recipient = readRecipient(spki, FIELD);

	it('makes what jose opens, of any text', async () => {
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
				expect((await opened(encryptFor(recipient, text), privateKey)).text).toBe(text);
			}),
			{ numRuns: 40 },
		);
	});

	it('is another text each time', () => {
		const parts = [1, 2].map(() => encryptFor(recipient, 'same').split('.'));
		expect(parts[0]).toHaveLength(5);
		expect(parts[0]![0]).toBe(parts[1]![0]);
		for (const index of [1, 2, 3, 4]) expect(parts[0]![index]).not.toBe(parts[1]![index]);
	});

	it('cannot be changed unnoticed', async () => {
		const [header, ...rest] = encryptFor(recipient, 'the secret').split('.');
		const forged = Buffer.from(
			JSON.stringify({ alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: 'forged' }),
		).toString('base64url');
		expect(header).not.toBe(forged);
		await expect(opened([forged, ...rest].join('.'), privateKey)).rejects.toThrow();
	});

	it('is opened by the recipient alone', async () => {
		const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
		await expect(opened(encryptFor(recipient, 'the secret'), other)).rejects.toThrow();
	});
});
