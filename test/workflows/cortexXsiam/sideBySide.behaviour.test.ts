import type { IDataObject } from 'n8n-workflow';
import { cortexXsiamDemo } from '../../simulators';
import { foreignKey } from '../../unit/cortexXsiam/support';
import { said } from '../kit/result';
import { credentialFor } from '../vendors';
import { FIRST, addFirst, storedFormOf } from './lineage';
import { simulatedTenant } from './simulated';

/**
 * The tenant replaces some things as a whole, so that they are read first. Two items that change
 * different parts of the same thing must not undo each other's change.
 */

const tenant = simulatedTenant();
const byId = (value: string) => ({ mode: 'id', value });

async function change(resource: string, operation: string, of: IDataObject, items: IDataObject[]) {
	// Each call takes long enough for the others to come in between.
	tenant.sim.trouble.add({ kind: 'latency', ms: 20 });
	const names = [...new Set(items.flatMap((item) => Object.keys(item)))];
	const updateFields = Object.fromEntries(names.map((name) => [name, `={{ $json.${name} }}`]));
	const result = await tenant.run(resource, operation, { ...of, updateFields }, { items });
	expect(said(result)).toBe('');
	expect(result.items).toHaveLength(items.length);
}

it('two items that change the same API key both have their way', async () => {
	tenant.sim.state.keys.set(100, foreignKey({ id: 100, comment: 'before' }));
	await change('apiKey', 'update', { apiKey: byId('100') }, [
		{ comment: 'after' },
		{ roles: ['Public API Viewer'] },
		{ securityLevel: 'advanced' },
	]);
	expect(tenant.sim.state.keys.get(100)).toMatchObject({
		comment: 'after',
		roles: ['Public API Viewer'],
		securityLevel: 'advanced',
	});
});

it('two items that change the same notification rule both have their way', async () => {
	await tenant.run('notificationRule', 'create', { name: 'Keys', forwardType: 'audit' });
	const [{ rule_uuid: id } = { rule_uuid: '' }] = tenant.sim.state.notificationRules;
	await change('notificationRule', 'update', { rule: byId(id) }, [
		{ name: 'Key events' },
		{ description: 'Who makes keys' },
	]);
	expect(tenant.sim.state.notificationRules).toMatchObject([
		{ name: 'Key events', description: 'Who makes keys' },
	]);
});

it('two items that set parts of the same scope both have their way', async () => {
	tenant.sim.settings.scopePutReplaces = true;
	await change('scope', 'set', { entityType: 'api-key', apiKey: byId('22') }, [
		{ assetsMode: 'see_all' },
		{ casesIssuesMode: 'see_all' },
	]);
	expect(tenant.sim.state.scopes.get('api-key/22')).toMatchObject({
		assets: { mode: 'see_all' },
		casesIssues: { mode: 'see_all' },
	});
});

describe('one lineage, and one call, by two keys of the same tenant', () => {
	const { standard, advanced } = cortexXsiamDemo;
	const items = [
		{ id: standard.apiKeyId, key: standard.apiKey, level: 'standard' },
		{ id: advanced.apiKeyId, key: advanced.apiKey, level: 'advanced' },
	];
	const oneEach = () => ({
		...credentialFor.cortexXsiamApi(tenant.sim.url),
		apiKeyId: '={{ $json.id }}',
		apiKey: '={{ $json.key }}',
		securityLevel: '={{ $json.level }}',
	});
	const newKeys = () => [...tenant.sim.state.keys.keys()].filter((id) => id >= 4267);
	const rotation = () => ({
		rotate: 'lineage',
		lineage: String(FIRST),
		dueWithinDays: 14,
		storedSecret: storedFormOf(addFirst(tenant.sim)),
		readAt: new Date().toISOString(),
	});

	beforeEach(() => tenant.sim.trouble.add({ kind: 'latency', ms: 20 }));

	it('are given one new secret by two items', async () => {
		const result = await tenant.run('apiKey', 'rotate', rotation(), {
			credentials: { cortexXsiamApi: oneEach() },
			items,
		});
		expect(said(result)).toBe('');
		expect(result.items.map(({ json }) => json.status)).toEqual(['rotated', 'inProgress']);
		expect(newKeys()).toHaveLength(1);
	});

	it('are given one new secret by two executions', async () => {
		const parameters = rotation();
		const results = await Promise.all(
			[1, 2].map(async () => await tenant.run('apiKey', 'rotate', parameters)),
		);
		const statuses = results.map(({ items: [item] }) => item?.json.status);
		expect(statuses.sort()).toEqual(['inProgress', 'rotated']);
		expect(newKeys()).toHaveLength(1);
	});

	it('have one key for one idempotency key, and none that is taken back', async () => {
		const additionalFields = { idempotencyKey: 'collector', ifKeyExists: 'return' };
		const result = await tenant.run(
			'apiKey',
			'generate',
			{ roles: ['Investigator'], securityLevel: 'standard', additionalFields },
			{ credentials: { cortexXsiamApi: oneEach() }, items },
		);
		expect(said(result)).toBe('');
		expect(result.items.map(({ json }) => json.created)).toEqual([true, false]);
		expect(tenant.calls().filter((call) => call.endsWith('/generate'))).toHaveLength(1);
	});
});
