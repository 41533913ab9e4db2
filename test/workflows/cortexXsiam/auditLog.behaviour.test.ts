import type { CortexXsiamAuditRecord } from '../../simulators/cortexXsiam';
import { said } from '../kit/result';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const tenant = simulatedTenant();
const START = 1_700_000_000_000;

function entry(id: number): CortexXsiamAuditRecord {
	return {
		AUDIT_ID: id,
		AUDIT_OWNER_NAME: 'Ada Admin',
		AUDIT_OWNER_EMAIL: id % 2 === 0 ? 'admin@example.com' : 'ivy@example.com',
		AUDIT_ASSET_JSON: '{}',
		AUDIT_ASSET_NAMES: '',
		AUDIT_HOSTNAME: '',
		AUDIT_RESULT: 'SUCCESS',
		AUDIT_REASON: '',
		AUDIT_DESCRIPTION: `Entry ${id}`,
		AUDIT_ENTITY: 'API_KEY',
		AUDIT_ENTITY_SUBTYPE: 'Create',
		AUDIT_SESSION_ID: null,
		AUDIT_CASE_ID: null,
		// Many at the same time, as a busy tenant has them.
		AUDIT_INSERT_TIME: START + Math.floor(id / 7) * 1000,
		AUDIT_SEVERITY: 'SEV_020_LOW',
		AUDIT_LINK: null,
		AUDIT_SOURCE_IP: '127.0.0.1',
		AUDIT_USER_AGENT: '',
		AUDIT_USER_ROLES: [],
		AUDIT_ADDITIONAL_INFORMATION: null,
		AUDIT_OBJECT_ID: null,
	};
}

function fill(count: number): void {
	tenant.sim.state.audits = Array.from({ length: count }, (_, index) => entry(index + 1));
}

const idsOf = (items: Array<{ json: { id?: unknown } }>) =>
	items.map(({ json }) => Number(json.id));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const ascending = (ids: number[]) => [...ids].sort((a, b) => a - b);
const all = { returnAll: true };
const oldestFirst = { sort: { field: 'timestamp', keyword: 'asc' } };

it.each([0, 1, 99, 100, 101, 199, 200, 350])('reads all of %i entries', async (count) => {
	fill(count);
	const result = await tenant.run('auditLog', 'getAll', { ...all, ...oldestFirst });
	expect(said(result)).toBe('');
	expect(ascending(idsOf(result.items))).toEqual(upTo(count));
});

it('reads no more than is wanted', async () => {
	fill(350);
	const result = await tenant.run('auditLog', 'getAll', { limit: 120, ...oldestFirst });
	expect(result.items).toHaveLength(120);
	expect(new Set(idsOf(result.items)).size).toBe(120);
	const sizes = tenant.sim.log.map(({ body }) => {
		const { request_data: data } = JSON.parse(body) as {
			request_data: { search_from: number; search_to: number };
		};
		return data.search_to - data.search_from;
	});
	expect(sizes).toEqual([100, 21]);
});

it('misses and repeats nothing while new entries come in at the front', async () => {
	fill(250);
	let next = 251;
	tenant.sim.settings.beforePage = () => {
		for (let count = 0; count < 30; count++) tenant.sim.state.audits.push(entry(next++));
	};
	const ids = idsOf((await tenant.run('auditLog', 'getAll', all)).items);
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids).toEqual(expect.arrayContaining(upTo(250)));
});

it('misses and repeats nothing while old entries are cleared away', async () => {
	fill(350);
	const { state, settings } = tenant.sim;
	settings.beforePage = ({ from }) => {
		if (from > 0) state.audits = state.audits.slice(25);
	};
	const result = await tenant.run('auditLog', 'getAll', { ...all, ...oldestFirst });
	const ids = idsOf(result.items);
	expect(new Set(ids).size).toBe(ids.length);
	// All that were there from the beginning to the end.
	expect(ids).toEqual(expect.arrayContaining(state.audits.map((each) => each.AUDIT_ID)));
});

it('reads a long list whose total stops counting', async () => {
	fill(350);
	tenant.sim.settings.totalsSaturateAt = 150;
	const result = await tenant.run('auditLog', 'getAll', { ...all, ...oldestFirst });
	expect(ascending(idsOf(result.items))).toEqual(upTo(350));
});

it('filters by who did it and when, both ends included', async () => {
	fill(50);
	const result = await tenant.run('auditLog', 'getAll', {
		...all,
		...oldestFirst,
		filters: {
			emails: 'admin@example.com',
			timeAfter: new Date(START + 1000).toISOString(),
			timeBefore: new Date(START + 2000).toISOString(),
		},
	});
	expect(ascending(idsOf(result.items))).toEqual([8, 10, 12, 14, 16, 18, 20]);
});

it('shows what a key did', async () => {
	await tenant.run('role', 'create', { name: 'Key Rotation', permissions: 'papi_view' });
	const result = await tenant.run('auditLog', 'getAll', { filters: { types: ['PERMISSIONS'] } });
	expect(result.items.map(({ json }) => json)).toMatchObject([
		{ auditType: 'PERMISSIONS', subType: 'Create role', userName: 'Public API - 22' },
	]);
});
