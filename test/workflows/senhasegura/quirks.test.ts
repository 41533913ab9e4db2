import type { IDataObject } from 'n8n-workflow';
import { TestCredentialsHelper, runNode } from '../../harness';
import type { SenhaseguraSettings } from '../../simulators';
import { senhaseguraDemo } from '../../simulators';
import { AUTHENTICATIONS, credentialsFor } from '../../unit/senhasegura/support';
import { said } from '../kit/result';
import type { Authentication } from '../../unit/senhasegura/support';
import { credentialTypes, nodeTypes } from '../vendors';
import {
	changesAutomatically,
	demoCredential,
	operationRuns,
	performOperation,
} from './everyOperation';
import { simulatedVault } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const vault = simulatedVault();

const by: { authentication: Authentication; apiPrefix: string } = {
	authentication: 'oAuth1',
	apiPrefix: '/api',
};

async function does(name: string, more: IDataObject = {}, how = by): Promise<IDataObject[]> {
	const result = await performOperation(vault.sim, name, how, more);
	expect(said(result)).toBe('');
	return result.items.map(({ json }) => json);
}

/** Everything about a vault that only its version decides, by the vendor's pages of that version. */
const OLD: Partial<SenhaseguraSettings> = {
	legacyTagField: true,
	omitCode: true,
	omitTenant: true,
	capitalMessage: true,
	codeWithoutSpace: true,
	http200On201: true,
	devicePostAs200: true,
	numericIds: true,
	stringBooleans: true,
	partialUpdate: true,
	noKeyExtras: true,
	entitiesInTags: true,
	tagsAs: 'absent',
};

const core = Object.keys(operationRuns).filter((name) =>
	/^(sshKey|credential|device)\./.test(name),
);

describe.each<[string, Partial<SenhaseguraSettings>]>([
	['of version 3.31 and before', OLD],
	[
		'of version 3.32',
		{ http200On201: true, tagsAs: 'array', stringBooleans: true, omitTenant: true },
	],
	['in Portuguese', { portugueseOnly: true }],
	['with Message', { capitalMessage: true }],
	['with the page of version 4 for devices', { devicePostAs200: true }],
	['that tells what changed', { reportChanged: true, stringBooleans: 'words' }],
	['with little to say', { omitCode: true, omitTenant: true, numericIds: true }],
])('a vault %s', (_name, settings) => {
	it.each(core)('does %s', async (name) => {
		Object.assign(vault.sim.settings, settings);
		const items = await does(name);
		for (const { id, identifier } of items) {
			expect(typeof id).toBe('string');
			// The vault does not tell it with a key (docs/api/senhasegura.md, "Reading an SSH key").
			if (name === 'sshKey.get') expect(identifier).toBeNull();
			else if (identifier !== undefined) expect(typeof identifier).toBe('string');
		}
	});
});

describe('1. the prefix of paths', () => {
	it.each(['/api', '/iso'])('%s may be the only one', async (prefix) => {
		vault.sim.settings.prefixes = [prefix];
		expect(await does('device.getAll', {}, { ...by, apiPrefix: prefix })).toHaveLength(3);
		const apiPrefix = prefix === '/api' ? '/iso' : '/api';
		const wrong = await performOperation(vault.sim, 'device.getAll', { ...by, apiPrefix });
		expect(said(wrong)).toContain("'API Prefix'");
	});
});

it('2. tag is the older name of identifier', async () => {
	vault.sim.settings.legacyTagField = true;
	expect(await does('sshKey.getAll')).toMatchObject([{ identifier: 'web-01' }]);
	expect(await does('credential.get')).toMatchObject([{ identifier: 'demo-credential' }]);
	expect(await does('credential.getAll')).toMatchObject([{ identifier: 'demo-credential' }]);
	const rotated = await does('sshKey.rotate');
	expect(rotated).toMatchObject([{ identifier: 'web-01', status: 'started' }]);
});

it('3. an identifier is not made before 3.33, and its lack is null', async () => {
	Object.assign(vault.sim.settings, { noAutoIdentifier: true, legacyTagField: true });
	expect(await does('credential.upsert')).toMatchObject([{ identifier: null, created: true }]);
	const listed = await does('credential.getAll');
	expect(listed.map(({ identifier }) => identifier)).toEqual(['demo-credential', null]);
	// A key gets one from the node, so that it can be updated.
	const [key] = await does('sshKey.create', { additionalFields: {} });
	expect(key?.identifier).toMatch(/^[0-9a-f-]{36}$/);
	expect(vault.sim.state.items.get(String(key?.id as string))?.identifier).toBe(key?.identifier);
});

it('4. keys have no name, tags, devices and state before 3.32', async () => {
	vault.sim.settings.noKeyExtras = true;
	expect(await does('sshKey.get')).toMatchObject([{ keyName: null, tags: [], devices: [] }]);
});

it('5. code and tenant may be missing', async () => {
	Object.assign(vault.sim.settings, { omitCode: true, omitTenant: true });
	const [raw] = await does('device.get', { simplify: false });
	expect(Object.keys(raw ?? {})).toEqual(['response', 'device']);
	expect(await does('device.get')).toMatchObject([{ id: '14' }]);
});

it('6. an ID may be a number, and an item has a text', async () => {
	vault.sim.settings.numericIds = true;
	expect(await does('device.getAll')).toMatchObject([{ id: '14' }, { id: '15' }, { id: '16' }]);
	expect(await does('sshKey.rotate')).toMatchObject([{ status: 'started' }]);
});

it.each([false, true, 'words'] as const)('7. booleans may be texts: %j', async (stringBooleans) => {
	vault.sim.settings.stringBooleans = stringBooleans;
	expect(await does('credential.getAll')).toMatchObject([{ automaticChange: false }]);
	changesAutomatically(vault.sim);
	expect(await does('credential.getAll')).toMatchObject([{ automaticChange: true }]);
});

it('8. & in tags may be an entity', async () => {
	vault.sim.settings.entitiesInTags = true;
	const key = await does('sshKey.create', {
		additionalFields: { identifier: 'a', tags: 'a&b,c' },
	});
	expect(await does('sshKey.get', { sshKeyId: key[0]?.id })).toMatchObject([
		{ tags: ['a&b', 'c'] },
	]);
});

it('9. a missing permission is HTTP 500, and a missing header 404', async () => {
	vault.sim.settings.authorizedResources = [];
	for (const name of ['device.getAll', 'credential.getAll', 'credential.releaseCustody']) {
		const [resource, operation] = name.split('.');
		const refused = await performOperation(vault.sim, name, by);
		expect([resource, operation, said(refused)]).toEqual([
			resource,
			operation,
			expect.stringContaining('does not include the resource that this operation needs') as string,
		]);
		// It is no fault of the moment, so it is not tried again.
		expect(vault.sim.log).toHaveLength(1);
	}
	vault.sim.reset();
	const body = { message: 'no Route matched with those values' };
	vault.sim.trouble.add({ kind: 'status', status: 404, body });
	const headless = await performOperation(vault.sim, 'device.getAll', by);
	expect(said(headless)).toContain('did not receive the authorization of the request');
});

it.each<Partial<SenhaseguraSettings>>([
	{ codeWithoutSpace: true },
	{ capitalMessage: true },
	{ portugueseOnly: true },
])('10. a refusal is understood with %j', async (settings) => {
	Object.assign(vault.sim.settings, settings);
	demoCredential(vault.sim).active = false;
	const refused = await performOperation(vault.sim, 'credential.disable', by);
	expect(said(refused)).toContain('The credential is disabled');
	const additionalFields = { succeedIfAlready: true };
	expect(await does('credential.disable', { additionalFields })).toMatchObject([
		{ enabled: false, changed: false },
	]);
});

it('10. a success may have no text', async () => {
	vault.sim.settings.emptyMessage = true;
	expect(await does('device.upsert')).toMatchObject([{ created: null, changed: null }]);
	expect(await does('credential.upsert')).toMatchObject([{ created: null }]);
	expect(await does('sshKey.rotate')).toMatchObject([{ status: 'started' }]);
});

it('11. POST stores, PUT enables, and DELETE disables', async () => {
	const verbs = async (name: string) => {
		await does(name);
		return [...new Set(vault.sim.log.map(({ method }) => method))];
	};
	for (const resource of ['sshKey', 'credential', 'device']) {
		vault.sim.reset();
		// Of a key the list shows first what has the identifier.
		const looked = resource === 'sshKey' ? ['GET'] : [];
		expect(await verbs(`${resource}.upsert`)).toEqual([...looked, 'POST']);
		expect(await verbs(`${resource}.disable`)).toEqual(['DELETE']);
		vault.sim.reset();
		expect(await verbs(`${resource}.enable`)).toEqual(['PUT']);
	}
});

it('12. a token may end before its time, and another is fetched', async () => {
	const credentials = new TestCredentialsHelper({
		credentialTypes,
		credentials: credentialsFor('oAuth2', vault.sim.url),
	});
	const run = async () =>
		await runNode({
			node: {
				type: 'n8n-nodes-privileged-keys.senhasegura',
				parameters: { resource: 'credential', operation: 'get', credentialId: 39 },
			},
			nodeTypes,
			credentialTypes,
			credentials,
		});
	expect(said(await run())).toBe('');
	vault.sim.state.tokens.clear();
	const second = await run();
	expect(said(second)).toBe('');
	expect(second.items).toHaveLength(1);
	expect(vault.sim.state.tokenCalls).toBe(2);
});

it.each(AUTHENTICATIONS)(
	'a username or host of any characters is one segment, by %s',
	async (authentication) => {
		const [device] = senhaseguraDemo.devices;
		const odd = 'dómínio\\us/er ?#&=+%';
		Object.assign(demoCredential(vault.sim), { username: odd, hostname: device.hostname });
		const value = `${odd}@${device.hostname}`;
		const more = { credentialId: { __rl: true, mode: 'name', value } };
		const how = { ...by, authentication };
		const found = await does('credential.get', more, how);
		expect(found).toMatchObject([{ id: '39', username: odd }]);
		await does('credential.disable', more, how);
		expect(demoCredential(vault.sim).active).toBe(false);
	},
);
