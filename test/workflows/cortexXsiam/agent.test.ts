import type { IDataObject } from 'n8n-workflow';
import { foreignKey, requests, GENERATE } from '../../unit/cortexXsiam/support';
import { credentialFor, nodeTypes, runVendor } from '../vendors';
import { simulatedTenant } from './simulated';

/** What n8n makes of a node that an AI agent calls: the same node under a type of its own. */
const TOOL = 'n8n-nodes-privileged-keys.cortexXsiamTool';

const tenant = simulatedTenant();
beforeAll(() => {
	Object.assign(nodeTypes, { [TOOL]: nodeTypes['n8n-nodes-privileged-keys.cortexXsiam'] });
});

const call = async (parameters: IDataObject, options: IDataObject = {}) =>
	await runVendor({
		vendor: 'cortexXsiam',
		onlyTheseParameters: true,
		parameters: { resource: 'apiKey', ...parameters, options },
		credentials: { cortexXsiamApi: credentialFor.cortexXsiamApi(tenant.sim.url) },
		node: { type: TOOL },
	});

const rotate = {
	operation: 'rotate',
	rotate: 'apiKey',
	apiKey: '100',
	storedSecret: `100:${foreignKey({ id: 100 }).secret}`,
	readAt: '={{ $now.toISO() }}',
};
const generate = { operation: 'generate', roles: ['Investigator'], securityLevel: 'standard' };
const once = { idempotencyKey: 'request-7' };

describe('an AI agent that sets no Secret Output', () => {
	it.each<[string, IDataObject]>([
		['rotates a key', rotate],
		['issues a key', generate],
		['issues the key of an idempotency key', { ...generate, additionalFields: once }],
		[
			'gets the key of an idempotency key',
			{ ...generate, additionalFields: { ...once, ifKeyExists: 'return' } },
		],
	])('is refused when it %s', async (_, parameters) => {
		tenant.sim.state.keys.set(100, foreignKey({ id: 100 }));
		const { nodeError } = await call(parameters);
		expect(nodeError?.message).toBe(
			"'Secret Output' is not set, so nobody would get the secret. Choose where the secret goes. 'Encrypted for a Recipient' and 'As a File' keep it out of the item, and from an AI agent.",
		);
		expect(tenant.sim.state.keys.has(100)).toBe(true);
		expect(requests(tenant.sim, GENERATE)).toEqual([]);
	});

	it('may try a rotation out, which issues nothing', async () => {
		tenant.sim.state.keys.set(100, foreignKey({ id: 100 }));
		const additionalFields = { dryRun: true };
		const { nodeError, items } = await call({
			...rotate,
			additionalFields,
		});
		expect(nodeError).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ status: 'planned', secret: null });
	});

	it('gets the new key where it says where the secret goes, and the old one stays', async () => {
		tenant.sim.state.keys.set(100, foreignKey({ id: 100 }));
		const { nodeError, items } = await call(rotate, { secretOutput: 'item' });
		expect(nodeError).toBeUndefined();
		expect(items[0]?.json.secret).toEqual(expect.any(String));
		expect(tenant.sim.state.keys.has(100)).toBe(true);
	});
});

describe('an AI agent whose call fails', () => {
	it('is told in the message what to do, which is all that it gets of an error', async () => {
		const { nodeError } = await call({ operation: 'get', apiKey: '999' });
		expect(nodeError?.message).toMatch(
			/^The tenant has no API key with this ID\. It may have been deleted\. Choose the key from the list\./,
		);
		expect(nodeError?.description ?? undefined).toBeUndefined();
	});

	it('is told what a wrong setting of the run is', async () => {
		const { nodeError } = await call({ operation: 'get', apiKey: '22' }, { timeout: -1 });
		expect(nodeError?.message).toMatch(/^'Timeout' must be a number of milliseconds/);
	});

	it('is told what exists all the same', async () => {
		tenant.sim.trouble.add({ kind: 'cutAfterWork', match: '/platform/iam/v1/user-group' });
		const { nodeError } = await call({
			resource: 'userGroup',
			operation: 'create',
			name: 'SOC',
		});
		expect(nodeError?.message).toMatch(/'SOC'/);
	});
});

describe('a person whose call fails', () => {
	it('is told what happened, and below it what to do', async () => {
		const { nodeError } = await runVendor({
			vendor: 'cortexXsiam',
			onlyTheseParameters: true,
			parameters: { resource: 'apiKey', operation: 'get', apiKey: '999' },
			credentials: { cortexXsiamApi: credentialFor.cortexXsiamApi(tenant.sim.url) },
		});
		expect(nodeError?.message).toBe('The tenant has no API key with this ID');
		expect(nodeError?.description).toMatch(/^It may have been deleted\./);
	});
});
