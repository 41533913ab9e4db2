import { exportJWK, exportPKCS8 } from 'jose';
import type { KeyObject } from 'node:crypto';
import { generateKeyPairSync } from 'node:crypto';
import { encryptFor, openSealed } from '../../../nodes/shared/jwe';
import { readRecipientKey, recipientOf } from '../../../nodes/shared/recipientKey';
import { thrownBy } from './support';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: KeyObject, type: 'pkcs1' | 'pkcs8' = 'pkcs8') =>
	key.export({ type, format: 'pem' }).toString();
const jwk = privateKey.export({ format: 'jwk' });
const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).privateKey;

describe('the private key of a credential', () => {
	it.each<[string, () => string | Promise<string>]>([
		['PKCS#8', () => pem(privateKey)],
		['PKCS#1', () => pem(privateKey, 'pkcs1')],
		['PKCS#8 in one line', () => pem(privateKey).replaceAll('\n', ' ')],
		['PKCS#8 with \\n', () => pem(privateKey).replaceAll('\n', '\\n')],
		['JWK', () => JSON.stringify(jwk)],
		['JWK with more in it', () => JSON.stringify({ ...jwk, use: 'enc' }, null, 2)],
		['PKCS#8 as jose exports it', async () => await exportPKCS8(privateKey)],
		['JWK as jose exports it', async () => JSON.stringify(await exportJWK(privateKey))],
	])('is read from %s, with its public half', async (_, text) => {
		const read = readRecipientKey(await text());
		const jwe = encryptFor(recipientOf(read), 'the secret');
		expect(openSealed(jwe, privateKey, 'Password')).toBe('the secret');
		expect(openSealed(encryptFor(recipientOf(read), 'more'), read.key, 'Password')).toBe('more');
	});

	it('hands the id of a JWK on to what is encrypted for it', () => {
		const { keyId } = recipientOf(readRecipientKey(JSON.stringify({ ...jwk, kid: 'key-7' })));
		expect(keyId).toBe('key-7');
		expect(recipientOf(readRecipientKey(JSON.stringify({ ...jwk, kid: 7 })))).not.toHaveProperty(
			'keyId',
		);
	});

	it.each<[string, string]>([
		['1024 bits', pem(rsa(1024))],
		['an EC key', pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)],
		['an Ed25519 key', pem(generateKeyPairSync('ed25519').privateKey)],
		['an RSA-PSS key', pem(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey)],
	])('must be RSA of 2048 bits, not %s', (_, text) => {
		expect(thrownBy(() => readRecipientKey(text))).toMatchObject({
			kind: 'input',
			message: "'Recipient Private Key' in the credential must be an RSA key of at least 2048 bits",
		});
	});

	const locked = privateKey
		.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open' })
		.toString();
	const publicPem = recipientOf({ key: privateKey }).key.export({ type: 'spki', format: 'pem' });

	it.each([
		['an encrypted key', locked],
		['a public key', publicPem.toString()],
		['a public JWK', JSON.stringify({ kty: 'RSA', n: jwk.n, e: jwk.e })],
		['a cut key', pem(privateKey).slice(0, 300)],
		['a list', '["canary"]'],
		['an open object', '{"kty": "canary'],
		['a word', 'canary-word'],
	])('is no key: %s, and is not repeated', (_, text) => {
		const failure = thrownBy(() => readRecipientKey(text));
		expect(failure).toMatchObject({
			kind: 'input',
			message: "'Recipient Private Key' in the credential is not a private key",
		});
		expect(JSON.stringify([failure, failure.stack])).not.toContain(text.slice(0, 40));
	});
});
