import { compactDecrypt } from 'jose';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { generateKeyPairSync } from 'node:crypto';
import { secretOptions } from '../../../nodes/shared/secretOptions';
import type { SecretOptions } from '../../../nodes/shared/secretOptions';
import { isCalledByAgent } from '../../../nodes/shared/agents';
import { encryptFor } from '../../../nodes/shared/jwe';
import { demandReceiver, discloser, isForOwner } from '../../../nodes/shared/secretOutput';
import { node, thrownBy } from './support';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** The part of n8n's context that is used: binary data comes back as what it was made from. */
function contextOf(type = node.type): IExecuteFunctions {
	return {
		getNode: () => ({ ...node, type }),
		helpers: {
			prepareBinaryData: async (content: Buffer, fileName: string, mimeType: string) => ({
				data: content.toString(),
				fileName,
				mimeType,
			}),
		},
	} as unknown as IExecuteFunctions;
}

const item = { vendor: 'pam360', type: 'agentKey', id: '7', secret: 's3cret' };

async function shown(options: SecretOptions, json: IDataObject = item, type = node.type) {
	const disclose = discloser(contextOf(type), options);
	return await disclose(json, { secret: 's3cret' });
}

describe('where the answer has secrets', () => {
	const answer = { keys: [{ key: 7, id: 1 }, { id: 2 }, null], key: { key: 's3cret' }, more: 'x' };
	const paths = ['keys.key', 'key.key', 'key.absent', 'more.key', 'absent.key'];

	it('is null afterwards, a list and all that is not there included', async () => {
		const before = structuredClone(answer);
		const hidden = { keys: [{ key: null, id: 1 }, { id: 2 }, null], key: { key: null }, more: 'x' };
		const founds: Array<Record<string, string>> = [{ secret: 's3cret' }, {}];
		for (const found of founds) {
			const disclose = discloser(contextOf(), { secretOutput: 'none' }, paths);
			expect(await disclose(answer, found)).toEqual({ json: hidden });
		}
		expect(answer).toEqual(before);
	});

	it('is left as it is where the secret goes into the item', async () => {
		const disclose = discloser(contextOf(), { secretOutput: 'item' }, paths);
		expect((await disclose(answer, { secret: 's3cret' })).json).toBe(answer);
	});
});

describe('Secret Output', () => {
	it('is the item unless chosen otherwise, and nothing for an agent', async () => {
		expect(await shown({})).toEqual({ json: item });
		expect(await shown({}, item, `${node.type}Tool`)).toEqual({ json: { ...item, secret: null } });
		expect((await shown({ secretOutput: 'item' }, item, `${node.type}Tool`)).json).toBe(item);
		expect(isCalledByAgent(contextOf('n8n-nodes-privileged-keys.pam360Tool'))).toBe(true);
		expect(isCalledByAgent(contextOf('n8n-nodes-privileged-keys.pam360'))).toBe(false);
	});

	it('can be nothing, and leaves the original as it was', async () => {
		expect(await shown({ secretOutput: 'none' })).toEqual({ json: { ...item, secret: null } });
		expect(item.secret).toBe('s3cret');
	});

	it('leaves out a secret that begins or ends with white space', async () => {
		const padded = { ...item, secret: ' s3cret ' };
		const raw = { operation: { Details: { PASSWORD: ' s3cret ' } } };
		const disclose = discloser(contextOf(), { secretOutput: 'none' });
		expect(await disclose(padded, { secret: ' s3cret ' })).toEqual({
			json: { ...item, secret: null },
		});
		expect(await disclose(raw, { secret: ' s3cret ' })).toEqual({
			json: { operation: { Details: { PASSWORD: null } } },
		});
	});

	it.each<[string, SecretOptions['recipientPublicKey']]>([
		['PEM', pem],
		['a JWK', JSON.stringify(publicKey.export({ format: 'jwk' }))],
		['a JWK that an expression gave', publicKey.export({ format: 'jwk' }) as IDataObject],
	])('can be encrypted for %s', async (_, recipientPublicKey) => {
		const { json, binary } = await shown({ secretOutput: 'encrypted', recipientPublicKey });
		const { plaintext } = await compactDecrypt(json.secret as string, privateKey);
		expect(new TextDecoder().decode(plaintext)).toBe('s3cret');
		expect(binary).toBeUndefined();
	});

	it('needs a key to encrypt for that is one', () => {
		const options: SecretOptions = { secretOutput: 'encrypted', recipientPublicKey: 'a key' };
		expect(isForOwner(options)).toBe(false);
		expect(thrownBy(() => discloser(contextOf(), options))).toMatchObject({
			kind: 'input',
			message: "'Recipient Public Key' is not a public key",
		});
	});

	it.each([undefined, '', ' ', null])(
		'is for the owner of the credential’s key without one, as %j',
		async (key) => {
			const options = { secretOutput: 'encrypted', recipientPublicKey: key } as SecretOptions;
			expect(isForOwner(options)).toBe(true);
			const disclose = discloser(contextOf(), options, [], () => ({ key: publicKey }));
			const { json } = await disclose(item, { secret: 's3cret' });
			const { plaintext } = await compactDecrypt(json.secret as string, privateKey);
			expect(new TextDecoder().decode(plaintext)).toBe('s3cret');
			expect(thrownBy(() => discloser(contextOf(), options))).toMatchObject({
				kind: 'input',
				message:
					"'Recipient Public Key' is empty, and the credential has no 'Recipient Private Key'",
			});
		},
	);

	it.each<[SecretOptions, string, string | undefined]>([
		[{}, node.type, undefined],
		[{}, `${node.type}Tool`, "'Secret Output' is not set"],
		[{ secretOutput: 'none' }, node.type, "'Secret Output' leaves the secret out"],
		[{ secretOutput: 'none' }, `${node.type}Tool`, "'Secret Output' leaves the secret out"],
		[{ secretOutput: 'item' }, `${node.type}Tool`, undefined],
		[{ secretOutput: 'file' }, `${node.type}Tool`, undefined],
		[{ secretOutput: 'encrypted' }, `${node.type}Tool`, undefined],
	])('gives a new secret to somebody: %j in %s', (options, type, message) => {
		const demand = () => demandReceiver(contextOf(type), options);
		if (message === undefined) expect(demand).not.toThrow();
		else
			expect(thrownBy(demand)).toMatchObject({
				kind: 'input',
				message: expect.stringContaining(message) as string,
			});
	});

	it.each([
		[undefined, 'data'],
		['', 'data'],
		[' ', 'data'],
		['keyFile', 'keyFile'],
	])('can be a file in the field %j', async (fileProperty, field) => {
		expect(await shown({ secretOutput: 'file', fileProperty })).toEqual({
			json: { ...item, secret: null },
			binary: {
				[field]: { data: 's3cret', fileName: 'pam360-agentKey-7.txt', mimeType: 'text/plain' },
			},
		});
	});

	it('names a file of an answer without vendor and type', async () => {
		const { binary } = await shown({ secretOutput: 'file' }, { answer: 's3cret', id: null });
		expect(binary?.data?.fileName).toBe('secret.txt');
	});

	it('puts two secrets into one JSON file', async () => {
		const both = { secret: 's3cret', passphrase: 'p4ss' };
		const disclose = discloser(contextOf(), { secretOutput: 'file' });
		expect(await disclose({ ...both }, both)).toEqual({
			json: { secret: null, passphrase: null },
			binary: {
				data: {
					data: JSON.stringify(both),
					fileName: 'secret.json',
					mimeType: 'application/json',
				},
			},
		});
	});

	it('takes secrets out of an answer of any depth, and adds no fields to it', async () => {
		const disclose = discloser(contextOf(), { secretOutput: 'none' });
		const json = { a: { b: [{ key: 's3cret', more: 1 }] }, list: [1] };
		expect(await disclose(json, { secret: 's3cret' })).toEqual({
			json: { a: { b: [{ key: null, more: 1 }] }, list: [1] },
		});
	});

	it('leaves items without a secret alone', async () => {
		const disclose = discloser(contextOf(), { secretOutput: 'file' });
		const json = { secret: null };
		expect(await disclose(json, {})).toEqual({ json: { secret: null } });
	});

	it.each(['clear', '', 'Item', 5])('refuses the value %j before anything is issued', (value) => {
		const options = { secretOutput: value } as unknown as SecretOptions;
		expect(thrownBy(() => discloser(contextOf(), options))).toMatchObject({
			kind: 'input',
			message: "'Secret Output' must be item, encrypted, file or none",
		});
	});

	it.each([
		['that is there already', false, ['encrypted', 'file', 'item', 'none']],
		// Left out, it would be lost.
		['that is new', true, ['encrypted', 'file', 'item']],
	])('offers what it takes, for a secret %s', (_, isIssued, expected) => {
		const [choice] = secretOptions(isIssued);
		const values = (choice?.options ?? []).map((option) => 'value' in option && option.value);
		expect(values.sort()).toEqual(expected);
	});

	it('says where the secret stands in clear', () => {
		const [choice] = secretOptions(true);
		const file = choice?.options?.find((option) => 'value' in option && option.value === 'file');
		expect(file).toMatchObject({
			description: expect.stringMatching(
				/unencrypted in n8n's binary storage; on disk, every user of the machine can read it \(mode 0644\)/,
			) as string,
		});
	});
});

describe('what cannot be used', () => {
	const huge = { kty: 'RSA', e: 'AQAB', n: Buffer.alloc(2112, 0xff).toString('base64url') };
	const weak = { ...publicKey.export({ format: 'jwk' }), e: 'AQ' };

	it.each<[string, unknown, string]>([
		['no choice at all', { secretOutput: undefined }, "'Secret Output' must be item"],
		['an empty choice', { secretOutput: null }, "'Secret Output' must be item"],
		[
			'a number for a field',
			{ secretOutput: 'file', fileProperty: 7 },
			"'Put Secret in Field' must be the name of a field",
		],
		[
			'a key that is too large to use',
			{ secretOutput: 'encrypted', recipientPublicKey: JSON.stringify(huge) },
			"'Recipient Public Key' must be an RSA key",
		],
		[
			'a key that encrypts nothing',
			{ secretOutput: 'encrypted', recipientPublicKey: JSON.stringify(weak) },
			"'Recipient Public Key' must be an RSA key",
		],
		[
			'a number for a key',
			{ secretOutput: 'encrypted', recipientPublicKey: 7 },
			"'Recipient Public Key' is not a public key",
		],
	])('is found while there is nothing to lose: %s', (_, options, message) => {
		const error = thrownBy(() => discloser(contextOf(), options as SecretOptions));
		expect(error.message).toContain(message);
	});
});

describe('a secret', () => {
	it('is taken out wherever a vendor has put it', async () => {
		const answer = { a: [{ b: ' s3cret ' }, 's3cret', 's3cret2'], s3cret: { n: 7 } };
		const { json } = await shown({ secretOutput: 'none' }, answer);
		expect(json).toEqual({ a: [{ b: null }, null, '[redacted]2'], s3cret: { n: 7 } });
	});

	it('stands where it belongs and nowhere else, where it goes into the item', async () => {
		const disclose = discloser(contextOf(), { secretOutput: 'item' }, ['reply.keys.key']);
		const echoed = {
			reply: { keys: [{ key: 's3cret', note: 'it is s3cret now' }], was: 's3cret' },
			message: 'Set to &#039;typed&#x2d;1&#039;',
			count: 7,
		};
		const { json } = await disclose(echoed, { secret: 's3cret' }, ['typed-1', '7']);
		expect(json).toEqual({
			reply: { keys: [{ key: 's3cret', note: 'it is [redacted] now' }], was: null },
			message: 'Set to &#039;[redacted]&#039;',
			// So short a text is as likely something else.
			count: 7,
		});
		expect(
			(await disclose({ secret: 's3cret', message: 's3cret' }, { secret: 's3cret' })).json,
		).toEqual({
			secret: 's3cret',
			message: null,
		});
	});

	it('that came encrypted goes out encrypted, or not at all', async () => {
		const jwe = encryptFor({ key: publicKey }, 's3cret');
		const json = { secret: 's3cret', reply: { key: 's3cret' } };
		const typed = [jwe, 's3cret'];
		const open = async (text: unknown) =>
			new TextDecoder().decode((await compactDecrypt(String(text), privateKey)).plaintext);
		const own = () => ({ key: publicKey });

		const inItem = discloser(contextOf(), { secretOutput: 'item' }, ['reply.key'], own);
		const shut = await inItem(json, { secret: 's3cret' }, typed);
		expect(shut.json.reply).toEqual({ key: null });
		expect(await open(shut.json.secret)).toBe('s3cret');

		const without = discloser(contextOf(), { secretOutput: 'item' }, ['reply.key']);
		expect((await without(json, { secret: 's3cret' }, typed)).json).toEqual({
			secret: null,
			reply: { key: null },
		});

		const inFile = discloser(contextOf(), { secretOutput: 'file' }, ['reply.key'], own);
		const { binary } = await inFile(json, { secret: 's3cret' }, typed);
		expect(await open(Object.values(binary ?? {})[0]?.data)).toBe('s3cret');

		// Another one that the vendor made is not.
		const made = await inItem({ secret: 'made-1' }, { secret: 'made-1' }, typed);
		expect(made.json).toEqual({ secret: 'made-1' });
	});

	it.each(['-----BEGIN X-----\nAAAA\n', '  spaces around ', 'a\r\nb\r\n'])(
		'is taken out with white space around it, and with other line breaks: %j',
		async (secret) => {
			const disclose = discloser(contextOf(), { secretOutput: 'none' });
			const json = { secret, raw: [secret.replace(/\r?\n/g, '\r\n'), secret.trim()] };
			expect(await disclose(json, { secret })).toEqual({
				json: { secret: null, raw: [null, null] },
			});
		},
	);
});
