import { generateKeyPairSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import type { IDataObject } from 'n8n-workflow';
import { encryptFor } from '../../../nodes/shared/jwe';
import { findSecrets } from '../../harness';
import { said } from '../kit/result';
import { newVault, runVault } from './vault';
import type { Vault } from './vault';

const pair = () => {
	const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	return {
		publicKey,
		privateKey,
		pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
	};
};
const owner = pair();
const HOUR = 3600;

/** A JWE as another program makes it. */
async function sealed(
	text: string,
	{ age = 0, iat = true, key = owner.publicKey, enc = 'A256GCM' } = {},
): Promise<string> {
	const issued = Math.floor(Date.now() / 1000) - age;
	return await new CompactEncrypt(new TextEncoder().encode(text))
		.setProtectedHeader({ alg: 'RSA-OAEP-256', enc, ...(iat && { iat: issued }) })
		.encrypt(key);
}

let vault: Vault;

beforeEach(() => {
	vault = newVault();
});

const store = async (parameters: IDataObject, privateKey: string | undefined = owner.pem) =>
	await runVault({ operation: 'store', parameters, privateKey });

describe('a secret that comes encrypted', () => {
	it('is opened wherever a secret is taken, and comes to the vendor as it was', async () => {
		const [password, hint, code, spare, pin] = await Promise.all(
			['canary-1 ', 'canary-2', 'canary-3', 'canary-4', '{"canary": 5}'].map((text) =>
				sealed(text),
			),
		);
		const result = await runVault({
			operation: 'store',
			privateKey: owner.pem,
			items: [{ pin: pin }],
			parameters: {
				password,
				hint: `=${hint}\n`,
				plain: 'hint',
				since: '2026-11-27T10:00:00Z',
				doors: {
					door: [
						{ place: 'in clear', code },
						{ place: 'x', code: 'typed', additionalFields: { spare } },
					],
				},
				additionalFields: { pin: '={{ $json.pin }}', label: 'l' },
			},
		});
		expect(said(result)).toBe('');
		expect(vault.calls).toEqual([
			{
				source: 'own',
				password: 'canary-1 ',
				hint: 'canary-2',
				stored: '',
				plain: 'hint',
				since: '2026-11-27T10:00:00Z',
				doors: {
					door: [
						{ place: 'in clear', code: 'canary-3', additionalFields: {} },
						{ place: 'x', code: 'typed', additionalFields: { spare: 'canary-4' } },
					],
				},
				additionalFields: { pin: '{"canary": 5}', label: 'l' },
			},
		]);
		expect(findSecrets([result.run, result.items, result.logs], ['canary-'])).toEqual([]);
	});

	it('is nowhere in the error of a vendor that repeats it', async () => {
		const doors = { door: [{ code: await sealed('canary-code') }] };
		const result = await store({ password: await sealed('canary "1"'), doors, plain: 'refuse' });
		expect(result.nodeError?.message).toContain('Refused');
		expect(findSecrets([result.run, result.logs], ['canary', 'canary \\"1\\"'])).toEqual([]);
	});

	it('is nowhere in the error of a vendor that repeats a part of a document', async () => {
		const text = JSON.stringify({ password: 'canary-part', list: [{ more: 'x' }] });
		for (const document of [await sealed(text), text, `={{ ${text} }}`]) {
			const { nodeError, logs } = await runVault({
				operation: 'document',
				parameters: { document },
				privateKey: owner.pem,
			});
			expect(nodeError?.message).toBe('Refused [redacted]');
			expect(findSecrets([nodeError?.message, logs], ['canary-part'])).toEqual([]);
		}
		expect(vault.calls).toHaveLength(3);
	});

	it.each<[string, () => Promise<{ jwe: string; privateKey?: string }>, string, string]>([
		[
			'without a private key in the credential',
			async () => ({ jwe: await sealed('x'), privateKey: '' }),
			"'Pin' holds a JWE, and the credential has no 'Recipient Private Key'",
			"as 'Recipient Private Key', or give the secret unencrypted",
		],
		[
			'with a private key that is none',
			async () => ({ jwe: await sealed('x'), privateKey: 'canary-key' }),
			"'Recipient Private Key' in the credential is not a private key",
			'Paste an RSA key as PEM',
		],
		[
			'for another key',
			async () => ({ jwe: await sealed('x', { key: pair().publicKey }) }),
			"'Pin' holds a JWE that cannot be opened",
			"another key than 'Recipient Private Key'",
		],
		[
			'that was damaged',
			async () => ({ jwe: `${(await sealed('x')).slice(0, -4)}AAAA` }),
			"'Pin' holds a JWE that cannot be opened",
			'It is damaged',
		],
		[
			'of another kind',
			async () => ({ jwe: await sealed('x', { enc: 'A128GCM' }) }),
			"'Pin' holds a JWE of a kind that the node does not support (RSA-OAEP-256, A128GCM)",
			'Encrypt the secret with RSA-OAEP-256 and A256GCM',
		],
		[
			'that does not say when it was issued',
			async () => ({ jwe: await sealed('x', { iat: false }) }),
			"'Pin' holds a JWE that does not say when it was issued",
			"as 'iat', in epoch seconds",
		],
		[
			'that is too old',
			async () => ({ jwe: await sealed('x', { age: 11 * HOUR + 60 }) }),
			"'Pin' holds a JWE that was issued more than 11 hours ago",
			'Read or issue the secret again',
		],
		[
			'from the future',
			async () => ({ jwe: await sealed('x', { age: -6 * 60 }) }),
			"'Pin' holds a JWE that was issued in the future",
			'Correct the clocks',
		],
		[
			'around nothing',
			async () => ({ jwe: await sealed('') }),
			"'Pin' holds an encrypted secret (JWE) that is empty",
			'Look at the step that encrypted it',
		],
	])('%s is refused before anything is sent', async (_, make, message, advice) => {
		const { jwe, privateKey } = await make();
		const result = await store({ password: 'p', additionalFields: { pin: jwe } }, privateKey);
		expect(result.nodeError).toMatchObject({
			name: 'NodeOperationError',
			message,
			description: expect.stringContaining(advice) as string,
			context: { itemIndex: 0 },
		});
		expect(vault.calls).toEqual([]);
		expect(findSecrets([result.nodeError, result.logs], ['canary-key', owner.pem])).toEqual([]);
	});

	it('is still opened after ten hours and a half', async () => {
		await store({ password: await sealed('x', { age: 10.5 * HOUR }) });
		expect(vault.calls).toMatchObject([{ password: 'x' }]);
	});

	const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

	it.each([
		`${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: '1' })}.c2lnbmF0dXJl`,
		'correct.horse.battery.staple.now',
		`${part({ alg: 'HS256' })}.b.c.d.e`,
	])('is not what merely looks like one: %s', async (password) => {
		expect(said(await store({ password }, ''))).toBe('');
		expect(vault.calls).toMatchObject([{ password }]);
	});

	it('stays as it is where no secret is taken', async () => {
		const plain = await sealed('x');
		await store({ password: 'p', plain }, '');
		expect(vault.calls).toMatchObject([{ plain }]);
	});

	it('is neither opened nor handed on where its field is hidden', async () => {
		const old = await sealed('x', { age: 12 * HOUR });
		expect(said(await store({ source: '={{ "other" }}', password: old }))).toBe('');
		expect(vault.calls).toMatchObject([{ source: 'other', password: '' }]);
	});

	it('is opened for each item by itself', async () => {
		const jwes = await Promise.all([0, 1, 2].map((index) => sealed(`canary-${index}`)));
		const result = await runVault({
			operation: 'store',
			parameters: { password: '={{ $json.jwe }}', options: { concurrency: 1 } },
			items: jwes.map((jwe, index) => ({ jwe: index === 1 ? `${jwe.slice(0, -4)}AAAA` : jwe })),
			privateKey: owner.pem,
			onError: 'continueRegularOutput',
		});
		expect(vault.calls).toMatchObject([{ password: 'canary-0' }, { password: 'canary-2' }]);
		expect(result.items[1]?.json.error).toBe("'Password' holds a JWE that cannot be opened");
	});
});

describe('an empty secret', () => {
	it.each<[string, IDataObject, string]>([
		[
			'whose expression came to nothing',
			{ password: '={{ $json.none }}' },
			"'Password' is required",
		],
		['of an optional field', { password: 'p', hint: '={{ "" }}' }, "'Hint' is empty"],
		['of null', { password: 'p', hint: '={{ null }}' }, "'Hint' is empty"],
		[
			'in a collection',
			{ password: 'p', additionalFields: { pin: '={{ $json.none }}' } },
			"'Pin' is empty",
		],
		['that was added', { password: 'p', additionalFields: { pin: '' } }, "'Pin' is empty"],
		[
			'in a list',
			{ password: 'p', doors: { door: [{ code: 'c' }, { code: '={{ $json.none }}' }] } },
			"'Code' is empty",
		],
		[
			'deep in a list',
			{ password: 'p', doors: { door: [{ code: 'c', additionalFields: { spare: '' } }] } },
			"'Spare' is empty",
		],
	])('%s is refused before anything is sent', async (_, parameters, message) => {
		const result = await store(parameters);
		expect(result.nodeError).toMatchObject({ name: 'NodeOperationError', message });
		expect(vault.calls).toEqual([]);
	});

	it('that is always there and was left as it is, is none', async () => {
		expect(said(await store({ password: 'p', doors: { door: [{ place: 'x' }] } }))).toBe('');
		expect(vault.calls).toHaveLength(1);
	});

	it('says something where the operation wants it so', async () => {
		expect(said(await store({ password: 'p', stored: '={{ $json.none ?? "" }}' }))).toBe('');
		expect(said(await store({ password: 'p', stored: await sealed('') }))).toBe('');
		expect(vault.calls).toMatchObject([{ stored: '' }, { stored: '' }]);
	});

	it('may be white space, which can be a password', async () => {
		await store({ password: '  ', hint: await sealed(' ') });
		expect(vault.calls).toMatchObject([{ password: '  ', hint: ' ' }]);
	});
});

describe('the private key', () => {
	it('is given to nobody who makes requests', async () => {
		await store({ password: await sealed('x') });
		expect(vault.credentials).toEqual([{ token: 'canary-token', site: '' }]);
	});

	it('is taken out of errors, like all of the credential', async () => {
		const privateKey = 'canary-private-key';
		const password = `${privateKey} canary-token`;
		const result = await runVault({
			operation: 'store',
			parameters: { password, plain: 'refuse' },
			privateKey,
		});
		expect(findSecrets([result.run.data.resultData, result.logs], ['canary-'])).toEqual([]);
		const hinted = await runVault({
			operation: 'store',
			parameters: { password: '={{ "canary-private-key" }}', plain: 'hint' },
			privateKey,
		});
		expect(hinted.run.data.resultData.runData.Node?.[0]?.hints?.[0]?.message).toBe(
			'Took [redacted]',
		);
	});

	it('has a public half, for which secrets are encrypted where no other key is given', async () => {
		for (const options of [
			{ secretOutput: 'encrypted' },
			{ secretOutput: 'encrypted', recipientPublicKey: '={{ "" }}' },
		]) {
			const result = await runVault({ operation: 'issue', options, privateKey: owner.pem });
			const { json } = result.items[0]!;
			const { plaintext } = await compactDecrypt(json.secret as string, owner.privateKey);
			expect(new TextDecoder().decode(plaintext)).toBe('canary-made');
			// What one node gives out, another takes.
			expect(said(await store({ password: json.secret }))).toBe('');
			expect(vault.calls.at(-1)).toMatchObject({ password: 'canary-made' });
		}
	});

	it('does not stand in for a public key that is given', async () => {
		const other = pair();
		const recipientPublicKey = other.publicKey.export({ type: 'spki', format: 'pem' }).toString();
		const options = { secretOutput: 'encrypted', recipientPublicKey };
		const { items } = await runVault({ operation: 'issue', options, privateKey: owner.pem });
		const { plaintext } = await compactDecrypt(items[0]?.json.secret as string, other.privateKey);
		expect(new TextDecoder().decode(plaintext)).toBe('canary-made');
	});

	it.each([
		['', "'Recipient Public Key' is empty, and the credential has no 'Recipient Private Key'"],
		['x', "'Recipient Private Key' in the credential is not a private key"],
	])('must be one before anything is issued for it: %j', async (privateKey, message) => {
		const options = { secretOutput: 'encrypted' };
		const { nodeError } = await runVault({ operation: 'issue', options, privateKey });
		expect(nodeError?.message).toBe(message);
		expect(vault.calls).toEqual([]);
	});
});

describe('a new secret', () => {
	it.each<[string, IDataObject, boolean]>([
		['is left out', { secretOutput: 'none' }, false],
		['is left out by an expression', { secretOutput: '={{ "none" }}' }, false],
		['is left out for an agent', { secretOutput: 'none' }, true],
		['goes nowhere, for an agent', {}, true],
	])('that %s is not issued', async (_, options, isTool) => {
		const { nodeError } = await runVault({ operation: 'issue', options, isTool });
		expect(nodeError?.name).toBe('NodeOperationError');
		expect(nodeError?.message).toContain('nobody would get');
		expect(vault.calls).toEqual([]);
		expect(vault.credentials).toEqual([]);
	});

	it.each<[IDataObject, boolean]>([
		[{ secretOutput: 'none' }, false],
		[{}, true],
	])('that is not issued needs nobody who gets it: %j', async (options, isTool) => {
		const parameters = { dryRun: true };
		const result = await runVault({ operation: 'issue', parameters, options, isTool });
		expect(said(result)).toBe('');
		expect(result.items[0]?.json).toEqual({ id: '1', secret: null });
	});

	it('goes where an agent cannot see it', async () => {
		const result = await runVault({
			operation: 'issue',
			options: { secretOutput: 'encrypted' },
			privateKey: owner.pem,
			isTool: true,
		});
		expect(result.items[0]?.json.secret).toMatch(/^ey/);
		expect(findSecrets([result.run, result.logs], ['canary-made'])).toEqual([]);
	});
});

describe('a secret that is read', () => {
	it.each([
		['get', true, { id: '1', secret: 'canary-kept' }],
		['get', false, { answer: { key: 'canary-kept' } }],
		['open', true, { id: '1', secret: 'canary-kept' }],
	] as const)('has the time of reading (%s, Simplify %j)', async (operation, simplify, json) => {
		const before = Date.now();
		const { items } = await runVault({ operation, parameters: { simplify } });
		const readAt = items[0]?.json.readAt as string;
		expect(items[0]?.json).toEqual({ ...json, readAt });
		expect(readAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
		expect(Date.parse(readAt)).toBeGreaterThanOrEqual(before);
		expect(Date.parse(readAt)).toBeLessThanOrEqual(Date.now());
	});

	it.each<[IDataObject, boolean]>([
		[{ secretOutput: 'none' }, false],
		[{}, true],
	])('may be left out, and has its time all the same: %j', async (options, isTool) => {
		// What reading takes, an agent would take for nothing.
		for (const operation of isTool ? (['get'] as const) : (['get', 'open'] as const)) {
			const { items } = await runVault({ operation, options, isTool });
			expect(items[0]?.json).toEqual({
				id: '1',
				secret: null,
				readAt: expect.any(String) as string,
			});
		}
	});

	it('is not opened for an agent that would not get it', async () => {
		const { nodeError } = await runVault({ operation: 'open', isTool: true });
		expect(nodeError?.message).toMatch(/^'Secret Output' is not set/);
		expect(vault.calls).toEqual([]);
	});

	it('has none where it is new, or where none is given out', async () => {
		const made = await runVault({ operation: 'issue' });
		expect(made.items[0]?.json).toEqual({ id: '1', secret: 'canary-made' });
		const stored = await store({ password: 'p' });
		expect(stored.items[0]?.json).toEqual({ id: '1', stored: true });
	});
});

describe('a value that is nested too deeply', () => {
	const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
	const parsed = (depth: number) =>
		`={{ JSON.parse('['.repeat(${depth}) + ']'.repeat(${depth})) }}`;

	it.each([3_000, 20_000])('is refused by the name of its parameter: %i levels', async (depth) => {
		for (const [parameters, name] of [
			[{ password: 'p', plain: parsed(depth) }, 'Plain'],
			[{ password: parsed(depth) }, 'Password'],
			[{ password: 'p', additionalFields: { pin: parsed(depth) } }, 'Additional Fields'],
			[{ password: 'p', options: { timeout: parsed(depth) } }, 'Options'],
		] as const) {
			const { nodeError } = await store(parameters);
			expect([name, nodeError?.message]).toEqual([name, `'${name}' is nested too deeply`]);
		}
		expect(vault.calls).toEqual([]);
	});

	it('is refused where it comes as text, too', async () => {
		const { nodeError } = await runVault({
			operation: 'document',
			parameters: { document: `{"a":${nested(3_000)}}` },
		});
		expect(nodeError?.message).toBe("'Document' is nested too deeply");
		expect(vault.calls).toEqual([]);
	});

	it('may have as many levels as anybody needs', async () => {
		expect(said(await store({ password: 'p', plain: parsed(100) }))).toBe('');
	});
});

it('gives what it encrypts the time of issue, by which it is refused when it is late', async () => {
	const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 12 * HOUR * 1000);
	const old = encryptFor({ key: owner.publicKey }, 'x');
	now.mockRestore();
	expect(said(await store({ password: old }))).toContain('more than 11 hours ago');
});
