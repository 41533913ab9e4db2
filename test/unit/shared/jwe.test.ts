import fc from 'fast-check';
import {
	CompactEncrypt,
	compactDecrypt,
	decodeProtectedHeader,
	exportJWK,
	exportPKCS8,
	exportSPKI,
} from 'jose';
import type { CompactJWEHeaderParameters } from 'jose';
import type { KeyObject } from 'node:crypto';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { encryptFor, isSealed, openSealed, readRecipient } from '../../../nodes/shared/jwe';
import type { Failure } from '../../../nodes/shared/failure';
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
			protectedHeader: { alg: 'RSA-OAEP-256', enc: 'A256GCM', iat: expect.any(Number) as number },
		});
	});

	it('keeps the id of a JWK', async () => {
		const recipient = readRecipient(JSON.stringify({ ...jwk, kid: 'key-7 ü' }), FIELD);
		const jwe = encryptFor(recipient, 'x');
		expect(decodeProtectedHeader(jwe)).toEqual({
			alg: 'RSA-OAEP-256',
			enc: 'A256GCM',
			iat: expect.any(Number) as number,
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
		jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 10, 27));
		const parts = [1, 2].map(() => encryptFor(recipient, 'same').split('.'));
		jest.restoreAllMocks();
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

const NOW = Date.UTC(2026, 10, 27, 10, 0, 30, 700);
const NOW_SECONDS = Math.floor(NOW / 1000);
const HOUR = 3600;

describe('openSealed', () => {
	const recipient = readRecipient(spki, FIELD);

	beforeEach(() => {
		jest.spyOn(Date, 'now').mockReturnValue(NOW);
	});
	afterEach(() => {
		jest.restoreAllMocks();
	});

	/** What another library makes. */
	async function sealed(
		text: string,
		header: Partial<CompactJWEHeaderParameters> & { iat?: unknown } = {},
		key: KeyObject | Uint8Array = publicKey,
	): Promise<string> {
		const all = { alg: 'RSA-OAEP-256', enc: 'A256GCM', iat: NOW_SECONDS, ...header };
		return await new CompactEncrypt(new TextEncoder().encode(text))
			.setProtectedHeader(all)
			.encrypt(key);
	}

	const refusal = (jwe: string, key: KeyObject = privateKey) => {
		const failure = thrownBy<Failure>(() => openSealed(jwe, key, 'Password'));
		expect(failure.kind).toBe('input');
		return failure;
	};

	it('says when it was issued in what it encrypts, in whole seconds', () => {
		expect(decodeProtectedHeader(encryptFor(recipient, 'x')).iat).toBe(NOW_SECONDS);
	});

	it('opens what jose makes, of any text', async () => {
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
				expect(openSealed(await sealed(text), privateKey, 'Password')).toBe(text);
			}),
			{ numRuns: 40 },
		);
	});

	it.each(['', ' padded ', '\uFEFFmarked', 'Grüße-ñ\r\n', 'x'.repeat(100_000)])(
		'opens what encryptFor makes',
		(text) => {
			expect(openSealed(encryptFor(recipient, text), privateKey, 'Password')).toBe(text);
		},
	);

	it('opens what was pasted with white space around it', () => {
		expect(openSealed(`\n${encryptFor(recipient, 'x')}\n`, privateKey, 'Password')).toBe('x');
	});

	it.each<[string, string, string, KeyObject | Uint8Array]>([
		['RSA-OAEP', 'A256GCM', 'RSA-OAEP, A256GCM', publicKey],
		['RSA-OAEP-256', 'A128GCM', 'RSA-OAEP-256, A128GCM', publicKey],
		['RSA-OAEP-256', 'A256CBC-HS512', 'RSA-OAEP-256, A256CBC-HS512', publicKey],
		['dir', 'A256GCM', 'dir, A256GCM', new Uint8Array(32)],
		['PBES2-HS256+A128KW', 'A256GCM', 'PBES2-HS256+A128KW, A256GCM', new Uint8Array(12)],
	])('refuses another kind: %s with %s', async (alg, enc, says, key) => {
		const jwe = await sealed('canary', { alg, enc }, key);
		expect(isSealed(jwe)).toBe(true);
		const { message, description } = refusal(jwe);
		expect(message).toBe(
			`'Password' holds a JWE of a kind that the node does not support (${says})`,
		);
		expect(description).toContain('RSA-OAEP-256 and A256GCM');
	});

	it.each(['crit', 'zip'])('refuses what it does not understand in the header: %s', (name) => {
		const [, ...rest] = encryptFor(recipient, 'x').split('.');
		const header = { alg: 'RSA-OAEP-256', enc: 'A256GCM', iat: NOW_SECONDS, [name]: ['DEF'] };
		const forged = Buffer.from(JSON.stringify(header)).toString('base64url');
		expect(refusal([forged, ...rest].join('.')).message).toContain(
			'of a kind that the node does not support',
		);
	});

	it.each([0, 1, 2, 3, 4])('refuses one of which part %i was changed', (index) => {
		const parts = encryptFor(recipient, 'the secret').split('.');
		const part = parts[index] as string;
		if (index === 0) {
			const header = { alg: 'RSA-OAEP-256', enc: 'A256GCM', iat: NOW_SECONDS - 1 };
			parts[0] = Buffer.from(JSON.stringify(header)).toString('base64url');
		} else parts[index] = (part.startsWith('A') ? 'B' : 'A') + part.slice(1);
		const { message, description } = refusal(parts.join('.'));
		expect(message).toBe("'Password' holds a JWE that cannot be opened");
		expect(description).toContain("'Recipient Private Key'");
	});

	it.each([
		[1, ''],
		[2, 'AAAA'],
		[3, ''],
		// Four bytes of the real tag: OpenSSL would take them.
		[4, 6],
	])('refuses one of which part %i is cut', (index, cut) => {
		const parts = encryptFor(recipient, 'the secret').split('.');
		parts[index] = typeof cut === 'number' ? (parts[index] as string).slice(0, cut) : cut;
		expect(refusal(parts.join('.')).message).toBe("'Password' holds a JWE that cannot be opened");
	});

	it('refuses one for another key', () => {
		const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
		const { message } = refusal(encryptFor(recipient, 'the secret'), other);
		expect(message).toBe("'Password' holds a JWE that cannot be opened");
	});

	it('refuses one whose content is no text', async () => {
		const jwe = await new CompactEncrypt(new Uint8Array([0xff, 0xfe]))
			.setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', iat: NOW_SECONDS })
			.encrypt(publicKey);
		expect(refusal(jwe).message).toBe("'Password' holds a JWE that cannot be opened");
	});

	it.each([undefined, '1764237630', null, 'NaN'])(
		'refuses one that does not say when it was issued: %j',
		async (iat) => {
			const { message, description } = refusal(await sealed('x', { iat }));
			expect(message).toBe("'Password' holds a JWE that does not say when it was issued");
			expect(description).toContain("'iat'");
		},
	);

	it.each([
		[11 * HOUR, true],
		[11 * HOUR + 1, false],
		[24 * HOUR, false],
		[-5 * 60, true],
		[-5 * 60 - 1, false],
		// Milliseconds, taken for seconds.
		[NOW_SECONDS - NOW, false],
	])('opens one of an age of %i seconds: %s', async (age, opens) => {
		const jwe = await sealed('x', { iat: NOW_SECONDS - age });
		if (opens) expect(openSealed(jwe, privateKey, 'Password')).toBe('x');
		else {
			const wanted = age > 0 ? 'more than 11 hours ago' : 'in the future';
			expect(refusal(jwe).message).toContain(wanted);
		}
	});
});

describe('what is taken for a JWE', () => {
	const jwe = encryptFor(readRecipient(spki, FIELD), 'x');
	const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

	it.each<[string, string, boolean]>([
		['one', jwe, true],
		['one with white space around it', ` ${jwe}\n`, true],
		['one around an empty text', encryptFor(readRecipient(spki, FIELD), ''), true],
		['a header and nothing else', `${part({ alg: 'a', enc: 'b' })}....`, true],
		['a signed token', `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: '1' })}.c2ln`, false],
		['five parts with the header of a signed token', `${part({ alg: 'HS256' })}.a.b.c.d`, false],
		['five parts with numbers in the header', `${part({ alg: 1, enc: 2 })}.a.b.c.d`, false],
		['five parts with a list for a header', `${part(['alg', 'enc'])}.a.b.c.d`, false],
		['a password with dots', 'correct.horse.battery.staple.now', false],
		['four parts', jwe.split('.').slice(0, 4).join('.'), false],
		['six parts', `${jwe}.AAAA`, false],
		['base64 of another alphabet', `${jwe}+/`, false],
		['a JWE in a sentence', `see ${jwe}`, false],
		['nothing', '', false],
	])('is %s: %s', (_, text, expected) => {
		expect(isSealed(text)).toBe(expected);
	});
});
