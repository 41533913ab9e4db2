import type { IDataObject } from 'n8n-workflow';
import { processedData } from '../../harness';
import type { SenhaseguraKey } from '../../simulators/senhasegura';
import { senhaseguraDemo } from '../../simulators';
import { keyMaterial, posts, storedKeys } from '../../unit/senhasegura/support';
import { hints, leaks, said } from '../kit/result';
import { credentialFor, runVendor, sshKey } from '../vendors';
import { refusal } from './kit';
import { simulatedVault } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const vault = simulatedVault();
beforeEach(() => processedData.clear());

let executions = 8_100;

const OPERATIONS = ['create', 'upsert'] as const;
type Operation = (typeof OPERATIONS)[number];

const IDENTIFIER = 'web-01';
const [device] = senhaseguraDemo.devices;
const generated = { keySource: 'generate', keyAlgorithm: 'ed25519' };
const provided = { keySource: 'provide', ...sshKey('ecdsab256') };

/** One execution, whose job can be run again. */
function execution(
	operation: Operation,
	parameters: IDataObject,
	additionalFields: IDataObject = {},
) {
	const executionId = String(executions++);
	const named = operation === 'upsert' ? { identifier: IDENTIFIER } : {};
	return async () =>
		await runVendor({
			vendor: 'senhasegura',
			onlyTheseParameters: true,
			parameters: {
				authentication: 'oAuth1',
				resource: 'sshKey',
				operation,
				...device,
				...named,
				...parameters,
				additionalFields,
			},
			credentials: { senhaseguraOAuth1Api: credentialFor.senhaseguraOAuth1Api(vault.sim.url) },
			executionId,
			node: { id: 'ssh' },
		});
}

/** The operation under the identifier, whichever parameter that is. */
const under = (operation: Operation, parameters: IDataObject, additionalFields: IDataObject = {}) =>
	execution(operation, parameters, {
		...(operation === 'create' && { identifier: IDENTIFIER }),
		...additionalFields,
	});

const pairIn = ({ privateKey, publicKey }: SenhaseguraKey) => ({ privateKey, publicKey });

/** A key that is in use. */
async function inUse(): Promise<SenhaseguraKey> {
	const result = await under('upsert', { keySource: 'provide', ...sshKey('ed25519') })();
	expect(said(result)).toBe('');
	const key = storedKeys(vault.sim)[0] as SenhaseguraKey;
	vault.sim.log.length = 0;
	return key;
}

describe.each(OPERATIONS)('%s with a pair that is made', (operation) => {
	it('stores no pair again while a rotation may put another one in its place', async () => {
		const key = await inUse();
		const helper = {
			...key,
			...sshKey('ecdsab256'),
			id: '999',
			identifier: `${IDENTIFIER}.n8n-next`,
		};
		vault.sim.state.items.set(helper.id, helper);
		const before = pairIn(key);
		const result = await under(operation, generated)();
		expect(said(result)).toContain(`The rotation of the SSH key ${IDENTIFIER} is not finished`);
		expect(posts(vault.sim)).toEqual([]);
		expect(pairIn(key)).toEqual(before);
	});

	it('leaves the pair of the first try where its job is run again', async () => {
		const run = execution(operation, generated);
		const once = await run();
		expect(said(once)).toBe('');
		expect(once.items[0]?.json).toMatchObject({ created: true });
		const again = await run();
		expect(said(again)).toBe('');
		const [key, ...others] = storedKeys(vault.sim);
		expect(others).toEqual([]);
		expect(posts(vault.sim)).toHaveLength(1);
		const { id, identifier, publicKey, fingerprint } = once.items[0]?.json as IDataObject;
		expect(key?.publicKey).toBe(publicKey);
		expect(again.items[0]?.json).toMatchObject({
			id,
			identifier,
			publicKey,
			fingerprint,
			secret: null,
			created: operation === 'create' ? true : null,
			...(operation === 'upsert' && { changed: null }),
		});
		expect(again.items[0]?.json.earlierTry).toContain('Nothing was stored by this try.');
		expect(hints(again).join()).toContain('The item has the public half of what the vault holds.');
		expect(leaks(again, keyMaterial(key?.privateKey ?? '', key?.publicKey))).toEqual([]);
	});

	it('says what it cannot know of a key that was stored disabled', async () => {
		const run = execution(operation, generated, { enabled: false });
		expect(said(await run())).toBe('');
		const again = await run();
		expect(again.items[0]?.json).toMatchObject({ publicKey: null, fingerprint: null });
		expect(again.items[0]?.json.earlierTry).toContain('The key is disabled');
		expect(posts(vault.sim)).toHaveLength(1);
	});

	it.each([IDENTIFIER, 'WEB-01'])(
		'keeps the pair of the key %s, and updates the rest',
		async (identifier) => {
			const key = await inUse();
			key.identifier = identifier;
			const { privateKey, publicKey } = key;
			const result = await under(operation, generated, {
				keyName: 'new',
				password: 'of a new pair',
			})();
			expect(said(result)).toBe('');
			const { password, keyName } = key;
			expect(pairIn(key)).toEqual({ privateKey, publicKey });
			expect({ password, keyName }).toEqual({ password: null, keyName: 'new' });
			// As the vault spells it: another spelling could make a second key of the pair.
			expect(storedKeys(vault.sim)).toHaveLength(1);
			expect(result.items[0]?.json).toMatchObject({ publicKey, secret: null });
			expect(hints(result)).toEqual([expect.stringContaining('Its key pair was kept')]);
			expect(leaks(result, keyMaterial(privateKey, publicKey))).toEqual([]);
		},
	);

	it('does not touch a key whose pair it cannot keep', async () => {
		const key = await inUse();
		key.publicKey = '';
		const before = pairIn(key);
		expect(said(await under(operation, generated)())).toMatch(
			/^The SSH key web-01 is in the vault already, and its pair cannot be kept/,
		);
		expect(posts(vault.sim)).toEqual([]);
		expect(pairIn(key)).toEqual(before);
	});

	it('replaces it where that is asked for, once over all tries', async () => {
		const key = await inUse();
		const run = under(operation, { ...generated, replaceKeyPair: true });
		const once = await run();
		expect(said(once)).toBe('');
		expect(once.items[0]?.json).toMatchObject({ id: key.id, created: false });
		expect(key.publicKey).toBe(once.items[0]?.json.publicKey);
		const again = await run();
		expect(said(again)).toBe('');
		expect(again.items[0]?.json).toMatchObject({
			publicKey: once.items[0]?.json.publicKey,
			created: null,
		});
		expect(posts(vault.sim)).toHaveLength(1);
	});
});

describe('a key that the vault changes by itself', () => {
	it.each<[string, Operation, IDataObject]>([
		['provided to Create or Update', 'upsert', provided],
		['made by Create or Update', 'upsert', { ...generated, replaceKeyPair: true }],
		['made by Create', 'create', { ...generated, replaceKeyPair: true }],
		['made by Create or Update, the pair kept', 'upsert', generated],
	])('keeps its pair from one that is %s', async (_, operation, parameters) => {
		const key = await inUse();
		key.automaticChange = true;
		const before = pairIn(key);
		const result = await under(operation, parameters, { automaticChangeIsOff: true })();
		expect(said(result)).toMatch(
			/^The vault changes the SSH key web-01 by itself, so nothing was stored in it/,
		);
		expect(posts(vault.sim)).toEqual([]);
		expect(pairIn(key)).toEqual(before);
	});

	it('is told from one that the vault does not change', async () => {
		const key = await inUse();
		const result = await under('upsert', provided)();
		expect(said(result)).toBe('');
		expect(key.publicKey).toBe(provided.publicKey);
	});

	it('wants a person’s word where it is not clear', async () => {
		const key = await inUse();
		key.automaticChange = 'by policy' as never;
		expect(said(await under('upsert', provided)())).toMatch(
			/^It is not known if the vault changes the SSH key web-01 by itself/,
		);
		expect(posts(vault.sim)).toEqual([]);
		const result = await under('upsert', provided, { automaticChangeIsOff: true })();
		expect(said(result)).toBe('');
		expect(key.publicKey).toBe(provided.publicKey);
	});
});

describe('n8n’s database that takes no notes', () => {
	beforeEach(() => {
		processedData.access = async () => {
			throw new Error('database is locked');
		};
	});
	afterEach(() => processedData.clear());

	it('does not keep a new key from being stored: the list is asked', async () => {
		const result = await execution('create', generated)();
		expect(said(result)).toBe('');
		expect(result.items[0]?.json).toMatchObject({ created: true });
		expect(vault.sim.log.map(({ method, path }) => `${method} ${path}`)).toEqual([
			expect.stringMatching(/^GET .*\/pam\/credential$/),
			expect.stringMatching(/^POST .*\/pam\/key$/),
		]);
	});

	it('keeps a pair from being replaced, which another try could do again', async () => {
		const key = await inUse();
		const before = pairIn(key);
		const result = await under('upsert', { ...generated, replaceKeyPair: true })();
		expect(said(result)).toMatch(/^The call could not be noted in n8n's database/);
		expect(posts(vault.sim)).toEqual([]);
		expect(pairIn(key)).toEqual(before);
	});
});

it('takes the note of a try back that did nothing', async () => {
	const key = await inUse();
	const run = under('upsert', { ...generated, replaceKeyPair: true });
	const body = JSON.stringify(refusal(1039, 'No permission to change PAM configuration'));
	const match = { method: 'POST', path: /\/pam\/key$/ };
	const trouble = vault.sim.trouble.add({ kind: 'rawBody', status: 400, body, match });
	expect(said(await run())).not.toBe('');
	trouble.remove();
	const again = await run();
	expect(said(again)).toBe('');
	expect(again.items[0]?.json.publicKey).toBe(key.publicKey);
	expect(again.items[0]?.json).not.toHaveProperty('earlierTry');
});
