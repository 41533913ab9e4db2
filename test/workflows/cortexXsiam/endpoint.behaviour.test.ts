import { said } from '../kit/result';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const tenant = simulatedTenant();

async function statusOf(actionId: unknown): Promise<Record<string, unknown>> {
	const { items } = await tenant.run('endpoint', 'getActionStatus', {
		actionId: actionId as string,
	});
	return Object.fromEntries(items.map(({ json }) => [json.endpointId as string, json]));
}

it('isolates endpoints, follows the action and lets them in again', async () => {
	tenant.sim.settings.actionPendingPolls = 2;
	const isolated = await tenant.run('endpoint', 'isolate', { endpoints: 'e1, e2, e3' });
	expect(isolated.items[0]?.json).toMatchObject({ endpointCount: 3, action: 'isolate' });
	const { id } = isolated.items[0]?.json ?? {};

	expect(await statusOf(id)).toMatchObject({ e1: { status: 'PENDING', isDone: false } });
	await statusOf(id);
	expect(await statusOf(id)).toMatchObject({
		e1: { status: 'COMPLETED_SUCCESSFULLY', isDone: true, isSuccessful: true },
		e2: { status: 'COMPLETED_SUCCESSFULLY', isDone: true, isSuccessful: true },
		// Not connected: it waits.
		e3: { status: 'PENDING', isDone: false, isSuccessful: false },
	});
	const list = async () => {
		const filters = { isolation: 'isolated' };
		const sort = { field: 'endpoint_id', keyword: 'asc' };
		const { items } = await tenant.run('endpoint', 'getAll', { filters, sort });
		return items.map(({ json }) => [json.id, json.isIsolated]);
	};
	expect(await list()).toEqual([
		['e1', true],
		['e2', true],
	]);

	tenant.sim.settings.actionPendingPolls = 0;
	const free = await tenant.run('endpoint', 'unisolate', { endpoints: ['e1'] });
	await statusOf(free.items[0]?.json.id);
	expect(await list()).toEqual([['e2', true]]);
});

it('tells why an action was not carried out', async () => {
	tenant.sim.settings.actionsFail = true;
	const { items } = await tenant.run('endpoint', 'isolate', { endpoints: ['e1'] });
	expect(await statusOf(items[0]?.json.id)).toMatchObject({
		e1: {
			status: 'FAILED',
			isDone: true,
			isSuccessful: false,
			reason: expect.any(String) as string,
		},
	});
});

it('says that some endpoints are not known', async () => {
	const result = await tenant.run('endpoint', 'isolate', { endpoints: ['e1', 'e9'] });
	const [hint] = result.run.data.resultData.runData.Node?.[0]?.hints ?? [];
	expect(hint?.message).toContain('accepted 1 of 2 endpoints');
	const none = await tenant.run('endpoint', 'isolate', { endpoints: ['e9'] });
	expect(said(none)).toContain("'Endpoint Names or IDs' names no endpoint of the tenant");
});

it('reads long lists', async () => {
	const { state } = tenant.sim;
	const [sample] = state.endpoints;
	if (!sample) throw new Error('The simulated tenant has no endpoint');
	state.endpoints = Array.from({ length: 230 }, (_, index) => ({
		...sample,
		endpoint_id: `id${index}`,
	}));
	const result = await tenant.run('endpoint', 'getAll', { returnAll: true });
	expect(new Set(result.items.map(({ json }) => json.id)).size).toBe(230);
	expect(result.items).toHaveLength(230);
});
