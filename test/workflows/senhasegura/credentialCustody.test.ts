import { generateKeyPairSync } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Senhasegura } from '../../../nodes/Senhasegura/Senhasegura.node.ts';
import { senhasegura } from '../../../nodes/Senhasegura/resources';
import { runVendorNode } from '../../../nodes/shared/run';
import { runNode } from '../../harness';
import type { RunNodeResult } from '../../harness';
import type { Trouble } from '../../simulators';
import { startSenhaseguraSimulator } from '../../simulators';
import { AUTHENTICATIONS, credentialsFor } from '../../unit/senhasegura/support';
import { hints, leaks, said } from '../kit/result';
import { givesUpAtOnce } from '../kit/silence';
import { credentialTypes } from '../vendors';
import { changesAutomatically, demoCredential } from './everyOperation';
import type { VaultRun } from './simulated';
import { simulatedVault } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const PASSWORD = 'demo-password';
const READ = { path: /\/pam\/credential\/39$/, method: 'GET' };
const RELEASE = { path: /\/custody\/39$/, method: 'DELETE' };

const vault = simulatedVault();
givesUpAtOnce(vault);

interface Run extends VaultRun {
	options?: IDataObject;
}

/** Runs an operation of the vault's credential 39. */
async function run(operation: string, given: Run = {}): Promise<RunNodeResult> {
	const { parameters, options, ...more } = given;
	const own = { credentialId: 39, ...(options && { options }), ...parameters };
	return await vault.run('credential', operation, own, more);
}

const get = async ({ parameters, ...more }: Run = {}) =>
	await run('get', { ...more, parameters: { releaseCustody: true, ...parameters } });

const held = () => demoCredential(vault.sim).custodyBy.size;
const calls = (method: string) => vault.sim.log.filter((call) => call.method === method);

/** Cancels the execution while the vault, which has given the custody, answers. */
function cancelledWhenRead(read = READ.path): AbortSignal {
	const stop = new AbortController();
	vault.sim.gate.keeper = {
		beforeWork: async () => 'pass',
		afterWork: async ({ path, method }) => {
			if (method === READ.method && read.test(path)) {
				stop.abort();
				await new Promise((resolve) => setTimeout(resolve, 100));
			}
			return 'pass';
		},
		parkedWorkDone: async () => {},
	};
	return stop.signal;
}

describe.each(AUTHENTICATIONS)('custody by %s', (authentication) => {
	it('is taken by reading, and kept where nothing else is said', async () => {
		const result = await run('get', { authentication });
		expect(result.items[0]?.json).toMatchObject({ secret: PASSWORD, custodyReleased: false });
		expect(held()).toBe(1);
	});

	it('is released right after where that is wanted', async () => {
		const result = await get({ authentication });
		expect(said(result)).toBe('');
		expect(result.items[0]?.json).toMatchObject({ secret: PASSWORD, custodyReleased: true });
		expect(held()).toBe(0);
	});

	it('is not taken by the list', async () => {
		await run('getAll', { authentication, parameters: { returnAll: true } });
		expect(held()).toBe(0);
	});
});

const { privateKey } = generateKeyPairSync('rsa', {
	modulusLength: 2048,
	publicKeyEncoding: { type: 'spki', format: 'pem' },
	privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** Everything that can go wrong once custody was taken, in the order in which things happen. */
const STEPS: Array<[string, Run & { trouble?: Trouble; encrypt?: boolean; says: RegExp }]> = [
	[
		'the answer is cut off every time',
		{ trouble: { kind: 'cutAfterWork', match: READ }, says: /closed the connection.*released/ },
	],
	[
		'the answer comes too late every time',
		{
			trouble: { kind: 'hang', work: true, match: READ },
			says: /did not answer within.*released/,
		},
	],
	['half of the answer comes', { trouble: { kind: 'truncate', match: READ }, says: /released/ }],
	[
		'the answer is empty',
		{ trouble: { kind: 'emptyBody', match: READ }, says: /empty body.*released/ },
	],
	[
		'the answer is no JSON',
		{ trouble: { kind: 'garbage', match: READ }, says: /not JSON.*released/ },
	],
	[
		'a proxy answers',
		{ trouble: { kind: 'html', work: true, match: READ }, says: /web page.*released/ },
	],
	[
		'a gateway gives up',
		{ trouble: { kind: 'status', status: 504, work: true, match: READ }, says: /released/ },
	],
	[
		'the vault meets a fault of its own',
		{
			trouble: {
				kind: 'rawBody',
				status: 500,
				body: '{"response":{"status":500,"message":"Unexpected error","error":true}}',
				work: true,
				match: READ,
			},
			says: /Something went wrong inside.*released/,
		},
	],
	[
		'the answer has no credential',
		{
			trouble: {
				kind: 'rawBody',
				body: '{"response":{"status":200,"message":"Credential 39"}}',
				work: true,
				match: READ,
			},
			says: /without the credential.*released/,
		},
	],
	[
		'the answer has no password',
		{
			trouble: {
				kind: 'rawBody',
				body: '{"response":{"status":200},"credential":{"id":"39","password":null}}',
				work: true,
				match: READ,
			},
			says: /without the password.*Custody was released\.$/,
		},
	],
	[
		'the password is encrypted for another key',
		{
			encrypt: true,
			credential: { decryptionKey: privateKey },
			says: /'Decryption Key' in the credential does not open the secret.*Custody was released\.$/,
		},
	],
	[
		'the vault could not encrypt it',
		{
			trouble: {
				kind: 'rawBody',
				body: '{"response":{"status":200},"credential":{"id":"39","password":"An error occurred while encrypting the text"}}',
				work: true,
				match: READ,
			},
			says: /could not encrypt the secret.*Custody was released\.$/,
		},
	],
];

describe('custody is released although', () => {
	it.each(STEPS)('%s', async (_name, { trouble, encrypt, says, ...given }) => {
		if (trouble) vault.sim.trouble.add(trouble);
		vault.sim.settings.encryptSecrets = encrypt === true;
		for (const node of [{}, { onError: 'continueRegularOutput' }] as const) {
			vault.sim.log.length = 0;
			const result = await get({ ...given, node });
			const { message = '' } = (result.items[0]?.json ?? {}) as Record<string, string>;
			expect(said(result) || message).toMatch(says);
			expect(calls('DELETE').map(({ path }) => path)).toEqual([
				expect.stringMatching(/\/custody\/39$/) as string,
			]);
			expect(held()).toBe(0);
			expect(leaks(result, [PASSWORD, privateKey])).toEqual([]);
		}
	});

	it('the secret cannot be put into a file', async () => {
		const full = class extends Senhasegura {
			override async execute(this: IExecuteFunctions) {
				this.helpers.prepareBinaryData = async () => {
					throw new Error('The disk is full');
				};
				return await runVendorNode(this, senhasegura);
			}
		};
		const { nodeError } = await runNode({
			node: {
				type: 'n8n-nodes-privileged-keys.senhasegura',
				parameters: {
					authentication: 'oAuth1',
					resource: 'credential',
					operation: 'get',
					credentialId: 39,
					releaseCustody: true,
					options: { secretOutput: 'file' },
				},
			},
			nodeTypes: { 'n8n-nodes-privileged-keys.senhasegura': full },
			credentialTypes,
			credentials: credentialsFor('oAuth1', vault.sim.url),
		});
		expect(nodeError?.message).toContain('The disk is full');
		expect(calls('GET')).toHaveLength(1);
		expect(held()).toBe(0);
	});

	it('the execution is cancelled while the vault answers', async () => {
		await get({ signal: cancelledWhenRead() });
		await until(() => calls('DELETE').some(({ outcome }) => outcome === 'answered'));
		expect(held()).toBe(0);
	});

	it('another item of the same run fails', async () => {
		const items = [{ id: '39' }, { id: '999' }, { id: '39' }];
		const result = await get({
			items,
			parameters: { credentialId: '={{ $json.id }}' },
			options: { concurrency: 1 },
		});
		expect(said(result)).toContain('The vault does not know this credential');
		expect(held()).toBe(0);
	});
});

describe('the release itself', () => {
	it.each<[string, Trouble]>([
		['is lost before the work', { kind: 'cutBeforeWork', match: RELEASE, times: 2 }],
		['is lost after the work', { kind: 'cutAfterWork', match: RELEASE, times: 2 }],
		['is answered with nothing', { kind: 'emptyBody', match: RELEASE, times: 1 }],
		['is answered by a gateway', { kind: 'status', status: 503, match: RELEASE, times: 3 }],
		['comes too fast', { kind: 'status', status: 429, retryAfter: 0, match: RELEASE, times: 2 }],
	])('that %s is made again until it is certain', async (_name, trouble) => {
		vault.sim.trouble.add(trouble);
		const result = await get();
		expect(said(result)).toBe('');
		expect(result.items[0]?.json).toMatchObject({ secret: PASSWORD, custodyReleased: true });
		expect(held()).toBe(0);
	});

	it('that never succeeds is an error which says that custody is held', async () => {
		vault.sim.trouble.add({ kind: 'cutBeforeWork', match: RELEASE });
		const result = await get();
		expect(said(result)).toMatch(/^The credential was read, but its custody could not be released/);
		expect(said(result)).toContain("or until 'Credential: Release Custody' has run");
		expect(held()).toBe(1);
		expect(leaks(result, [PASSWORD])).toEqual([]);
	});

	it('is told beside what went wrong before', async () => {
		vault.sim.trouble.add({ kind: 'emptyBody', match: READ });
		vault.sim.trouble.add({ kind: 'cutBeforeWork', match: RELEASE });
		const result = await get();
		expect(said(result)).toMatch(/^senhasegura answered with an empty body/);
		expect(said(result)).toContain('Custody may be held, because it could not be released');
		expect(held()).toBe(1);
	});
});

const NAMED = /\/pam\/credential\/demo-credential$/;
const credentialId = { __rl: true, mode: 'name', value: 'demo-credential' };

it('is released by the ID, though the credential was named and the execution cancelled', async () => {
	await get({ parameters: { credentialId }, signal: cancelledWhenRead(NAMED) });
	await until(() => calls('DELETE').some(({ outcome }) => outcome === 'answered'));
	expect(calls('DELETE')).toMatchObject([{ path: expect.stringMatching(RELEASE.path) as string }]);
	expect(held()).toBe(0);
});

it('is released by the ID, though the credential was named and the answer lost', async () => {
	vault.sim.trouble.add({ kind: 'cutAfterWork', match: { ...READ, path: NAMED } });
	const result = await get({ parameters: { credentialId } });
	expect(said(result)).toContain('Custody was released.');
	expect(calls('DELETE').map(({ path }) => path)).toEqual([
		expect.stringMatching(/\/custody\/39$/) as string,
	]);
	expect(held()).toBe(0);
});

describe('custody that is kept', () => {
	const items = [{ id: '39' }, { id: '999' }];
	const more = { items, options: { concurrency: 1 } };
	const parameters = { credentialId: '={{ $json.id }}' };

	it('is accounted for where another item stops the node', async () => {
		const result = await run('get', { ...more, parameters });
		expect(said(result)).toContain(
			'the node issued 1 custody grant that it cannot return now: item 0: id 39 (demo-credential).',
		);
		expect(held()).toBe(1);
		expect(leaks(result, [PASSWORD])).toEqual([]);
	});

	it('is not spoken of where it was released', async () => {
		const result = await get({ ...more, parameters });
		expect(said(result)).toContain('The vault does not know this credential');
		expect(said(result)).not.toContain('custody grant');
	});

	it('is told of in the log where a cancelled node could not release it', async () => {
		vault.sim.trouble.add({ kind: 'cutBeforeWork', match: RELEASE });
		const { logs } = await get({ signal: cancelledWhenRead() });
		await until(() => JSON.stringify(logs).includes('Custody may be held'));
		expect(held()).toBe(1);
		expect(JSON.stringify(logs)).not.toContain(PASSWORD);
	});
});

it('is not asked for where the vault refused to give custody', async () => {
	demoCredential(vault.sim).active = false;
	const result = await get();
	expect(said(result)).toContain('The credential is disabled');
	expect(calls('DELETE')).toEqual([]);
});

it('is not asked for where nothing was sent', async () => {
	const other = await startSenhaseguraSimulator();
	await other.close();
	const result = await get({ credential: { url: other.url } });
	expect(said(result)).toContain('refused the connection');
});

describe('a password change', () => {
	beforeEach(() => changesAutomatically(vault.sim));

	it('follows the release, and the item has no password', async () => {
		const result = await run('changePassword');
		expect(result.items[0]?.json).toMatchObject({ id: '39', passwordChangeRequested: true });
		expect(held()).toBe(0);
		await run('getAll');
		expect(demoCredential(vault.sim).content).not.toBe(PASSWORD);
		expect(leaks(result, [PASSWORD, demoCredential(vault.sim).content])).toEqual([]);
	});

	it('follows also where every answer to the reading is lost', async () => {
		vault.sim.trouble.add({ kind: 'cutAfterWork', match: READ });
		const result = await run('changePassword');
		expect(said(result)).toBe('');
		expect(result.items[0]?.json).toMatchObject({ id: '39', identifier: 'demo-credential' });
		expect(held()).toBe(0);
		await run('getAll');
		expect(demoCredential(vault.sim).content).not.toBe(PASSWORD);
	});

	it('is none where custody was never taken', async () => {
		vault.sim.trouble.add({ kind: 'cutBeforeWork', match: READ });
		const result = await run('changePassword');
		expect(said(result)).toContain('Custody was not taken.');
		expect(demoCredential(vault.sim).content).toBe(PASSWORD);
	});
});

describe('a password of a vault that encrypts', () => {
	beforeEach(() => {
		vault.sim.settings.encryptSecrets = true;
	});

	it.each(AUTHENTICATIONS)('comes out in clear with the key, by %s', async (authentication) => {
		const credential = { decryptionKey: vault.sim.decryptionKey() };
		const result = await get({ authentication, credential });
		expect(result.items[0]?.json).toMatchObject({ secret: PASSWORD });
		expect(hints(result)).toEqual([]);
		const raw = await get({ authentication, credential, parameters: { simplify: false } });
		expect(raw.items[0]?.json).toMatchObject({
			credential: { password: PASSWORD, content: PASSWORD },
		});
		expect(leaks(raw, [vault.sim.decryptionKey()])).toEqual([]);
	});

	it('comes out as it is without the key, with a hint', async () => {
		const result = await get();
		const { secret } = (result.items[0]?.json ?? {}) as Record<string, string>;
		expect(Buffer.from(secret ?? '', 'base64')).toHaveLength(256);
		expect(hints(result)).toEqual([expect.stringContaining("'Decryption Key' of the credential")]);
	});
});

it('is no matter of storing: one identifier is for one item of a run', async () => {
	const result = await run('upsert', {
		items: [{}, {}],
		node: { onError: 'continueRegularOutput' },
		parameters: {
			ip: '10.66.33.31',
			hostname: 'linux-01',
			additionalFields: { identifier: 'linux-root', content: 'canary-content' },
		},
	});
	expect(result.items.map(({ json }) => json.created ?? json.error)).toEqual([
		true,
		"'Identifier' linux-root was used for another item already",
	]);
	expect(calls('POST')).toHaveLength(1);
});

it('is told of where the storing is lost every time', async () => {
	vault.sim.trouble.add({ kind: 'cutAfterWork', match: { method: 'POST' } });
	const result = await run('upsert', { parameters: { ip: '10.66.33.31', hostname: 'linux-01' } });
	expect(said(result)).toContain('The credential may have been stored anyway');
});

/** What comes to be, sooner or later. */
async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
