import { said } from '../kit/result';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const tenant = simulatedTenant();
const GROUP = '/platform/iam/v1/user-group';

function groupNamed(name: string) {
	return tenant.sim.state.userGroups.find((group) => group.group_name === name);
}

it.each(['number', 'string'] as const)('creates, changes and deletes (IDs: %s)', async (ids) => {
	tenant.sim.settings.userGroupIds = ids;
	const created = await tenant.run('userGroup', 'create', {
		name: 'Rotators',
		additionalFields: {
			role: { __rl: true, mode: 'name', value: 'Public API Action' },
			users: ['ivy@example.com'],
			nestedGroups: 'SOC Night Shift',
		},
	});
	expect(said(created)).toBe('');
	const group = groupNamed('Rotators');
	expect(group).toMatchObject({
		role_id: 'papi_action_01',
		users: ['ivy@example.com'],
		nested_group_ids: ['abc_102'],
		idp_groups: [],
	});
	expect(created.items[0]?.json.id).toBe(group?.group_id);

	const userGroup = { __rl: true, mode: 'name', value: 'Rotators' };
	const updated = await tenant.run('userGroup', 'update', {
		userGroup,
		updateFields: { description: 'On call', clear: ['role', 'nestedGroups'] },
	});
	expect(said(updated)).toBe('');
	expect(groupNamed('Rotators')).toMatchObject({
		role_id: null,
		description: 'On call',
		users: ['ivy@example.com'],
		nested_group_ids: [],
	});

	const listed = await tenant.run('userGroup', 'getAll', { filters: { user: 'IVY@example.com' } });
	expect(listed.items.map(({ json }) => json.name)).toEqual(['SOC', 'Rotators']);

	const deleted = await tenant.run('userGroup', 'delete', { userGroup });
	expect(deleted.items[0]?.json).toMatchObject({ id: group?.group_id, deleted: true });
	expect(groupNamed('Rotators')).toBeUndefined();
});

it('finds the group that was created although the answer was lost', async () => {
	tenant.sim.trouble.add({ kind: 'cutAfterWork', match: { path: GROUP, method: 'POST' } });
	const result = await tenant.run('userGroup', 'create', { name: 'Rotators' });
	expect(said(result)).toBe('');
	expect(result.items[0]?.json.id).toBe(groupNamed('Rotators')?.group_id);
	expect(tenant.calls()).toEqual([`POST ${GROUP}`, `GET ${GROUP}`]);
});

it('says nothing of groups that may exist where only a look-up before went wrong', async () => {
	tenant.sim.trouble.add({ kind: 'status', status: 500, match: '/platform/iam/v1/role' });
	const result = await tenant.run(
		'userGroup',
		'create',
		{
			name: '={{ $json.name }}',
			additionalFields: { role: { mode: 'name', value: 'Investigator' } },
			options: { concurrency: 2 },
		},
		{ items: [{ name: 'A' }, { name: 'B' }] },
	);
	expect(said(result)).toContain('HTTP 500');
	expect(said(result)).not.toContain('not known');
});

it('does not take the group of somebody else for its own', async () => {
	tenant.sim.trouble.add({ kind: 'cutBeforeWork', match: { path: GROUP, method: 'POST' } });
	const result = await tenant.run('userGroup', 'create', { name: 'SOC' });
	expect(said(result)).toContain("No new user group 'SOC' was found a moment later");
});

it('says that a name is taken', async () => {
	const result = await tenant.run('userGroup', 'create', { name: 'SOC' });
	expect(said(result)).toContain("'Name' is taken");
	expect(tenant.calls()).toEqual([`POST ${GROUP}`]);
});

it('says that there is no such group', async () => {
	const result = await tenant.run('userGroup', 'delete', { userGroup: '999' });
	expect(said(result)).toContain("'User Group' is not known to the tenant");
});
