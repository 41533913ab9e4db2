import type { RunNodeResult } from '../../harness';
import type { Trouble } from '../../simulators';
import { said } from '../kit/result';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const ROLE = { path: '/platform/iam/v1/role', method: 'POST' };
const tenant = simulatedTenant();
const wanted = { name: 'Key Rotation', permissions: ['papi_edit', 'papi_view'] };

function rolesNamed(name: string) {
	return tenant.sim.state.roles.filter((role) => role.pretty_name === name);
}

function hints({ run }: RunNodeResult): string[] {
	return (run.data.resultData.runData.Node?.[0]?.hints ?? []).map(({ message }) => message);
}

const lostAfterWork: Array<[string, Trouble]> = [
	['the connection is cut', { kind: 'cutAfterWork' }],
	['the answer is empty', { kind: 'emptyBody' }],
	['the answer lacks its end', { kind: 'garbage' }],
	['a web page comes instead', { kind: 'html', work: true }],
	['a gateway gives up', { kind: 'status', status: 504, work: true }],
];

it.each(lostAfterWork)('finds the role that was created although %s', async (_, trouble) => {
	// However the clocks of n8n and of the tenant differ.
	for (const clockOffsetMs of [-3_600_000, 0, 3_600_000]) {
		tenant.sim.reset();
		tenant.sim.settings.clockOffsetMs = clockOffsetMs;
		tenant.sim.settings.timestampWindowMs = 10_000_000;
		tenant.sim.trouble.add({ ...trouble, match: ROLE, times: 1 });
		const result = await tenant.run('role', 'create', wanted);
		expect(said(result)).toBe('');
		const roles = rolesNamed('Key Rotation');
		expect(roles).toHaveLength(1);
		expect(result.items[0]?.json).toMatchObject({ id: roles[0]?.role_id, name: 'Key Rotation' });
		expect(hints(result)).toEqual([
			"An answer was lost, but the role 'Key Rotation' had been created.",
		]);
	}
});

it.each([[{ data: { message: 'Done.' } }], [{ message: 'role created' }], [{}]])(
	'finds the ID of the role in the list where the answer is %j',
	async (answer) => {
		tenant.sim.trouble.add({
			kind: 'rawBody',
			status: 201,
			body: JSON.stringify(answer),
			work: true,
			match: ROLE,
			times: 1,
		});
		const result = await tenant.run('role', 'create', wanted);
		expect(said(result)).toBe('');
		expect(result.items[0]?.json.id).toBe(rolesNamed('Key Rotation')[0]?.role_id);
		expect(hints(result)).toEqual([]);
	},
);

it('says that no role was found where the request never arrived', async () => {
	tenant.sim.trouble.add({ kind: 'cutBeforeWork', match: ROLE, times: 1 });
	const result = await tenant.run('role', 'create', wanted);
	expect(result.nodeError?.name).toBe('NodeApiError');
	expect(said(result)).toContain("No new role 'Key Rotation' was found a moment later");
	expect(rolesNamed('Key Rotation')).toEqual([]);
	expect(tenant.calls()).toEqual(['POST /platform/iam/v1/role', 'GET /platform/iam/v1/role']);
});

it('never takes an older role of the same name for its own', async () => {
	tenant.sim.trouble.add({ kind: 'cutBeforeWork', match: ROLE, times: 1 });
	const result = await tenant.run('role', 'create', { ...wanted, name: 'Public API Action' });
	expect(result.nodeError?.name).toBe('NodeApiError');
	expect(result.items).toEqual([]);
});

it('says that the role may exist where the list is refused', async () => {
	tenant.sim.trouble.add({ kind: 'cutAfterWork', match: ROLE, times: 1 });
	tenant.sim.trouble.add({ kind: 'status', status: 403, match: { ...ROLE, method: 'GET' } });
	const result = await tenant.run('role', 'create', wanted);
	expect(said(result)).toContain("The role 'Key Rotation' may have been created anyway");
});

it('counts the roles that it made before it stopped', async () => {
	const items = ['One', 'Two', 'One'].map((name) => ({ name }));
	const parameters = {
		...wanted,
		name: '={{ $json.name }}',
		options: { concurrency: 1 },
	};
	const result = await tenant.run('role', 'create', parameters, { items });
	expect(said(result)).toContain("'Name' is taken: the tenant has a role 'One'");
	const ids = ['One', 'Two'].map((name) => rolesNamed(name)[0]?.role_id);
	expect(said(result)).toContain(
		`the node issued 2 roles that it cannot return now: item 0: id ${ids[0]}; item 1: id ${ids[1]}.`,
	);
});

it('refuses what the tree does not have, in terms of the parameter', async () => {
	const result = await tenant.run('role', 'create', { ...wanted, permissions: 'isolate' });
	expect(said(result)).toContain("the permissions in 'Permission Names or IDs'");
	expect(said(result)).toContain('A sub-permission needs its parent permission');
});

it('grants every permission of the tree, as the tree names them', async () => {
	const tree = await tenant.run('role', 'getPermissionTree');
	const names = tree.items.flatMap(({ json }) => [
		json.viewName,
		json.actionName,
		...(json.subPermissions as Array<{ actionName: string }>).map(({ actionName }) => actionName),
	]);
	const permissions = names.filter((name) => typeof name === 'string');
	expect(permissions).toContain('isolate');
	const result = await tenant.run('role', 'create', { name: 'All', permissions });
	expect(said(result)).toBe('');
	expect(rolesNamed('All')[0]?.permissions.slice().sort()).toEqual(permissions.sort());
});

it('looks names up once for all items', async () => {
	const names = ['A', 'B', 'C'];
	for (const name of names) await tenant.run('role', 'create', { ...wanted, name });
	tenant.sim.log.length = 0;
	const result = await tenant.run(
		'role',
		'delete',
		{ role: { __rl: true, mode: 'name', value: '={{ $json.name }}' } },
		{ items: names.map((name) => ({ name })) },
	);
	expect(said(result)).toBe('');
	expect(tenant.calls().sort()).toEqual([
		'DELETE /platform/iam/v1/role/a_103',
		'DELETE /platform/iam/v1/role/b_104',
		'DELETE /platform/iam/v1/role/c_105',
		'GET /platform/iam/v1/role',
	]);
	expect(names.flatMap(rolesNamed)).toEqual([]);
});

it('says that the first attempt may have deleted what the second does not find', async () => {
	await tenant.run('role', 'create', wanted);
	const id = rolesNamed('Key Rotation')[0]?.role_id;
	tenant.sim.trouble.add({ kind: 'cutAfterWork', times: 1 });
	const result = await tenant.run('role', 'delete', { role: id });
	expect(said(result)).toContain(
		'An earlier attempt, whose answer was lost, may have done the work',
	);
	expect(rolesNamed('Key Rotation')).toEqual([]);
});

it.each([
	['investigator', 'is not a custom role'],
	['papi_action_01', 'is assigned to a user'],
	['no_such_role', 'is not valid'],
])('does not delete %s', async (role, reason) => {
	const result = await tenant.run('role', 'delete', { role });
	expect(said(result)).toContain("The role in 'Role' cannot be deleted");
	expect(said(result)).toContain(reason);
});

it('gets a role with those who have it', async () => {
	for (const nestedRoles of [true, false]) {
		tenant.sim.settings.nestedRoles = nestedRoles;
		const result = await tenant.run('role', 'get', {
			role: { __rl: true, mode: 'name', value: 'Investigator' },
			includePermissions: true,
		});
		expect(result.items[0]?.json).toMatchObject({
			id: 'investigator',
			users: ['ivy@example.com'],
			userGroups: ['SOC'],
		});
	}
});
