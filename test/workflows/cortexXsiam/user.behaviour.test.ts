import { said } from '../kit/result';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const tenant = simulatedTenant();

function user(email: string) {
	return tenant.sim.state.users.find((each) => each.user_email === email);
}

const named = (value: string) => ({ __rl: true, mode: 'name', value });

it.each(['number', 'string'] as const)('sets and takes a role, counted as a %s', async (as) => {
	tenant.sim.settings.updateCountAs = as;
	const users = ['ivy@example.com', 'paul@example.com'];
	const set = await tenant.run('user', 'setRole', { users, role: named('Public API Viewer') });
	expect(set.items[0]?.json).toMatchObject({ updated: 2, unchanged: 0 });
	expect(users.map((email) => user(email)?.role_name)).toEqual([
		'Public API Viewer',
		'Public API Viewer',
	]);

	const again = await tenant.run('user', 'setRole', { users, role: 'papi_viewer_01' });
	expect(again.items[0]?.json).toMatchObject({ updated: 0, unchanged: 2 });

	const removed = await tenant.run('user', 'removeRole', {
		users: 'ivy@example.com, nobody@example.com',
	});
	expect(removed.items[0]?.json).toMatchObject({ updated: 1, unchanged: 1, roleName: null });
	expect(user('ivy@example.com')?.role_name).toBe('');
});

it('does not guess a count when the call had to be repeated', async () => {
	tenant.sim.trouble.add({ kind: 'cutAfterWork', times: 1 });
	const result = await tenant.run('user', 'setRole', {
		users: ['ivy@example.com'],
		role: named('Public API Viewer'),
	});
	expect(said(result)).toBe('');
	expect(user('ivy@example.com')?.role_name).toBe('Public API Viewer');
	expect(result.items[0]?.json).toMatchObject({ updated: null, unchanged: null });
	const [hint] = result.run.data.resultData.runData.Node?.[0]?.hints ?? [];
	expect(hint?.message).toContain('how many users changed is not known');
});

it.each([
	['Account Admin', "'Role' cannot be Account Admin"],
	// The vendor's words for it are not known, so that nobody knows what became of the call.
	['No Such Role', 'HTTP 500: Role No Such Role does not exist'],
])('says that %s cannot be set', async (role, message) => {
	const result = await tenant.run('user', 'setRole', {
		users: ['ivy@example.com'],
		role: named(role),
	});
	expect(said(result)).toContain(message);
	expect(user('ivy@example.com')?.role_name).toBe('Investigator');
});

it.each(['mixed', 'number', 'string'] as const)('gives IDs of groups as text (%s)', async (as) => {
	tenant.sim.settings.userGroupIds = as;
	const groups = [{ id: '101', name: 'SOC' }];
	const all = await tenant.run('user', 'getAll', { filters: { search: 'ivy' } });
	const one = await tenant.run('user', 'get', { user: 'ivy@example.com' });
	expect(all.items.map(({ json }) => json.groups)).toEqual([groups]);
	expect(one.items[0]?.json.groups).toEqual(groups);
});

it('changes what is given, and leaves the rest', async () => {
	const before = { ...user('paul@example.com') };
	const result = await tenant.run('user', 'update', {
		user: 'paul@example.com',
		updateFields: {
			lastName: 'Robot',
			role: named('Public API Viewer'),
			groups: ['SOC', 'abc_102'],
		},
	});
	expect(said(result)).toBe('');
	expect(user('paul@example.com')).toEqual({
		...before,
		user_last_name: 'Robot',
		role_name: 'Public API Viewer',
	});
	const { userGroups } = tenant.sim.state;
	const memberOf = () =>
		userGroups.filter((group) => group.users.includes('paul@example.com')).map((g) => g.group_id);
	expect(memberOf()).toEqual(['101', 'abc_102']);

	await tenant.run('user', 'update', {
		user: 'paul@example.com',
		updateFields: { clear: ['role', 'groups'] },
	});
	expect(user('paul@example.com')?.role_name).toBe('');
	expect(memberOf()).toEqual([]);
});

it('says that a tenant is too old for the newer calls', async () => {
	tenant.sim.settings.iamAvailable = false;
	const result = await tenant.run('user', 'getAll');
	expect(said(result)).toContain('Older tenants lack newer calls');
});
