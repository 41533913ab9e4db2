import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { Connections, connectionOf } from '../../../nodes/shared/connections';
import type { CredentialUse, Vendor } from '../../../nodes/shared/operation';
import { node } from './support';

interface Api {
	url: unknown;
	secrets: string[];
}

const settings = { timeout: 1000, perSecond: 0 };

/** Connections of a run in which each item has the credential at its index. */
function connections(
	credentials: ICredentialDataDecryptedObject[],
	use: Partial<CredentialUse> = {},
) {
	const made: ICredentialDataDecryptedObject[] = [];
	const vendor: Vendor<Api> = {
		resources: [],
		credential: () => ({ type: 'toyApi', ...use }),
		connect: (_, credential) => {
			made.push(credential);
			if (credential.url === 'bad') throw new Error('This address cannot be used');
			return { url: credential.url, secrets: ['canary-token'] };
		},
	};
	const context = {
		getNode: () => node,
		helpers: {},
		getCredentials: async (type: string, index = 0) => {
			expect(type).toBe('toyApi');
			return credentials[index];
		},
	} as unknown as IExecuteFunctions;
	return { made, context, vendor, run: new Connections(context, vendor, settings) };
}

it('are shared by equal credentials, whatever the order of their fields', async () => {
	const { run, made } = connections([
		{ url: 'a', more: { x: 1, y: [1, 2] } },
		{ more: { y: [1, 2], x: 1 }, url: 'a' },
		{ url: 'a', more: { x: 1, y: [2, 1] } },
		{ url: 'a', more: { x: '1', y: [1, 2] } },
	]);
	const [first, second, third, fourth] = await Promise.all(
		[0, 1, 2, 3].map((index) => run.of(index)),
	);
	expect(second).toBe(first);
	expect(new Set([first, third, fourth]).size).toBe(3);
	expect(made).toHaveLength(3);
});

it('differ by the private key, which only the frame sees', async () => {
	const { run, made } = connections([
		{ url: 'a', recipientPrivateKey: ' canary-key-1 ' },
		{ url: 'a', recipientPrivateKey: 'canary-key-2' },
		{ url: 'a' },
	]);
	const [first, second, third] = await Promise.all([0, 1, 2].map((index) => run.of(index)));
	expect(first).toMatchObject({
		recipientPrivateKey: 'canary-key-1',
		secrets: ['canary-token', 'canary-key-1'],
	});
	expect(second).toMatchObject({ recipientPrivateKey: 'canary-key-2' });
	expect(third).toMatchObject({ recipientPrivateKey: '', secrets: ['canary-token'] });
	expect(made).toEqual([{ url: 'a' }, { url: 'a' }, { url: 'a' }]);
});

it('know the tokens that n8n renews as secrets of one and the same credential', async () => {
	const withTokens = (access_token: string, refresh_token = '') => ({
		url: 'a',
		oauthTokenData: { access_token, refresh_token, token_type: 'bearer' },
	});
	const { run, made } = connections(
		[withTokens('first'), withTokens('second', 'refresh'), withTokens('second')],
		{ instead: 'Use another type.' },
	);
	const connection = await run.of(0);
	expect(await run.of(1)).toBe(connection);
	expect(await run.of(2)).toBe(connection);
	expect(connection.secrets).toEqual(['canary-token', 'first', 'second', 'refresh']);
	expect(made).toHaveLength(1);
});

it('are refused where n8n would make the calls of one item with the token of another', async () => {
	const { run, made } = connections([{ url: 'a' }, { url: 'b' }], { instead: 'Use another type.' });
	await expect(run.of(1)).rejects.toMatchObject({
		kind: 'input',
		message: 'The credential of item 1 is not that of item 0',
		description: expect.stringMatching(/one OAuth 2.0 token .* Use another type\.$/) as string,
	});
	expect((await run.of(0)).api.url).toBe('a');
	expect(made).toHaveLength(1);
});

it('that cannot be made fail for their items alone', async () => {
	const { run } = connections([{ url: 'bad' }, { url: 'a' }]);
	await expect(run.of(0)).rejects.toThrow('This address cannot be used');
	expect((await run.of(1)).api.url).toBe('a');
	await expect(run.of(0)).rejects.toThrow('This address cannot be used');
});

it('of a caller without items take the credential as it is', async () => {
	const { context, vendor, made } = connections([{ url: 'a', recipientPrivateKey: 'canary-key' }]);
	expect(await connectionOf(context, vendor, settings)).toEqual({
		api: { url: 'a', secrets: ['canary-token'] },
		secrets: ['canary-token', 'canary-key'],
		name: expect.stringMatching(/^[\w-]{43}$/) as string,
		recipientPrivateKey: 'canary-key',
	});
	expect(made).toEqual([{ url: 'a' }]);
});

describe('lanes', () => {
	const asked: unknown[] = [];
	const vendorWithAccount = (key: (credential: ICredentialDataDecryptedObject) => unknown) => {
		const { vendor, context } = connections([
			{ url: 'https://a.example.com', token: 'canary-1', tenant: 'x' },
			{ url: 'https://a.example.com', token: 'canary-1', tenant: 'y' },
			{ url: 'https://a.example.com', token: 'canary-2', tenant: 'x' },
		]);
		asked.length = 0;
		const withAccount: Vendor<Api> = {
			...vendor,
			rateKey: (credential) => ({
				server: credential.url as string,
				key: String(key(credential)),
			}),
			connect: (caller, credential, given) => {
				asked.push(given.lane);
				return vendor.connect(caller, credential, given);
			},
		};
		return { context, withAccount };
	};

	it('are shared by all that call the same server with the same key, in every run', async () => {
		const { context, withAccount } = vendorWithAccount(({ token }) => token);
		const run = new Connections(context, withAccount, settings);
		const [first, second, third] = await Promise.all([0, 1, 2].map((index) => run.of(index)));
		expect(first?.lane).toBeDefined();
		expect(second).not.toBe(first);
		expect(second?.lane).toBe(first?.lane);
		expect(third?.lane).not.toBe(first?.lane);
		expect((await connectionOf(context, withAccount, settings)).lane).toBe(first?.lane);
		// What makes requests uses the same one.
		expect(asked).toEqual([first?.lane, first?.lane, third?.lane, first?.lane]);
	});
});
