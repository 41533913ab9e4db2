import { cortexXsiamDemo } from '../../simulators';
import { platformExtra, standard, tenant } from './xsiamTenant';

const iam = tenant();
const { platform } = iam;

/** Bodies of docs/api/cortex-xsiam.md, "Roles, users, groups"; with the demo tenant's names. */
const scopeSent = {
	endpoints: {
		endpoint_groups: { names: ['test-eg-1'], mode: 'scope' },
		endpoint_tags: { names: [], mode: 'any' },
	},
	cases_issues: { mode: 'scope', names: ['Health', 'IT'] },
	assets: { mode: 'scope', asset_group_ids: [1, 3] },
	datasets_rows: {
		filters: [{ dataset: 'test-dataset-1', filter: '_collector_name = bu2_collector' }],
		default_filter_mode: 'no_scope',
	},
};

const scopeShown = {
	assets: {
		mode: 'scope',
		asset_groups: [
			{ asset_group_id: 1, asset_group_name: 'Asset Test Group 1' },
			{ asset_group_id: 3, asset_group_name: 'Asset Test Group 3' },
		],
	},
	datasets_rows: {
		default_filter_mode: 'no_scope',
		filters: [{ dataset: 'test-dataset-1', filter: '_collector_name = bu2_collector' }],
	},
	endpoints: {
		endpoint_groups: { mode: 'scope', tags: [{ tag_id: 'EG:1', tag_name: 'test-eg-1' }] },
		endpoint_tags: { mode: 'any', tags: [{ tag_id: null, tag_name: 'Any' }] },
	},
	cases_issues: {
		mode: 'scope',
		tags: [
			{ tag_id: 'DOM:4', tag_name: 'Health' },
			{ tag_id: 'DOM:5', tag_name: 'IT' },
		],
	},
};

const unscoped = {
	assets: { mode: 'no_scope', asset_groups: [] },
	datasets_rows: { default_filter_mode: 'no_scope', filters: [] },
	endpoints: {
		endpoint_groups: { mode: 'no_scope', tags: [] },
		endpoint_tags: { mode: 'no_scope', tags: [] },
	},
	cases_issues: { mode: 'no_scope', tags: [] },
};

describe('Cortex XSIAM simulator: scopes', () => {
	const newKey = { roles: ['Investigator'], security_level: 'standard' };

	it.each([
		['api-key', '23'],
		['user', 'ivy@example.com'],
		['user-group', '101'],
	])('is written with names, or as it is read, with tags, for %s', async (type, id) => {
		const path = `iam/v1/scope/${type}/${encodeURIComponent(id)}`;
		expect((await platform(`GET ${path}`)).json).toEqual({ data: unscoped });
		expect(await platform(`PUT ${path}`, scopeSent)).toMatchObject({
			status: 200,
			json: { data: { message: `Scope updated for ${type} ${id} successfully` } },
		});
		expect((await platform(`GET ${path}`)).json).toEqual({ data: scopeShown });
		iam.sim.settings.scopePutReplaces = true;
		expect((await platform(`PUT ${path}`, scopeShown)).status).toBe(200);
		expect((await platform(`GET ${path}`)).json).toEqual({ data: scopeShown });
	});

	it('leaves new keys unscoped, and forgets the scope of deleted ones', async () => {
		const issued = await iam.post('api_keys/generate', newKey);
		const path = `iam/v1/scope/api-key/${String(issued.at('reply.id'))}`;
		expect((await platform(`GET ${path}`)).json).toEqual({ data: unscoped });
		await platform(`PUT ${path}`, scopeSent);
		const filters = [{ field: 'id', operator: 'in', value: [issued.at('reply.id')] }];
		await iam.post('api_keys/delete', { filters });
		expect(platformExtra(await platform(`GET ${path}`))).toMatch('Could not find');
		expect(iam.sim.state.scopes.size).toBe(0);
	});

	it.each([true, false])('clears what a PUT leaves out: %s', async (replaces) => {
		iam.sim.settings.scopePutReplaces = replaces;
		const path = 'iam/v1/scope/api-key/21';
		await platform(`PUT ${path}`, scopeSent);
		await platform(`PUT ${path}`, { assets: { mode: 'see_all' } });
		const shown = await platform(`GET ${path}`);
		expect(shown.at('data.assets')).toEqual({ mode: 'see_all', asset_groups: [] });
		expect(shown.at('data.cases_issues.mode')).toBe(replaces ? 'no_scope' : 'scope');
	});

	it('refuses rows of datasets where their scoping is not enabled', async () => {
		iam.sim.settings.datasetScoping = false;
		const path = 'PUT iam/v1/scope/api-key/21';
		expect(platformExtra(await platform(path, scopeSent))).toMatch('not enabled');
		expect(iam.sim.state.scopes.size).toBe(0);
		expect((await platform(path, { ...scopeSent, datasets_rows: undefined })).status).toBe(200);
	});

	const group = (part: unknown) => ({ endpoints: { endpoint_groups: part } });

	it.each<[string, string, unknown, string]>([
		['an unknown kind of owner', 'role/21', scopeSent, 'Invalid entity type: role'],
		['an unknown key', 'api-key/99', scopeSent, 'Could not find api-key 99'],
		['an unknown user', 'user/x@example.com', scopeSent, 'Could not find user'],
		['an unknown group', 'user-group/9', scopeSent, 'Could not find user-group'],
		[
			'an unknown name',
			'api-key/21',
			{ cases_issues: { mode: 'scope', names: ['test_scope_01'] } },
			'The scope name test_scope_01 does not exist.',
		],
		['the name of the mode', 'api-key/21', group({ mode: 'any', names: ['Any'] }), 'Any does'],
		['names of another kind', 'api-key/21', group({ mode: 'scope', names: [1] }), 'names'],
		['no mode', 'api-key/21', group({ names: [] }), 'Invalid mode of endpoint_groups'],
		['an odd mode', 'api-key/21', { assets: { mode: 'all' } }, 'Invalid mode of assets'],
		['any for assets', 'api-key/21', { assets: { mode: 'any' } }, 'Invalid mode of assets'],
		['an unknown asset group', 'api-key/21', { assets: { asset_group_ids: [9] } }, '9 does not'],
		['asset groups as text', 'api-key/21', { assets: { asset_group_ids: ['1'] } }, 'asset_group'],
		['a part that is no object', 'api-key/21', { assets: [] }, 'Invalid assets'],
		['an unknown part', 'api-key/21', { tags_scope: {} }, 'Unknown properties: tags_scope'],
		[
			'half a filter',
			'api-key/21',
			{ datasets_rows: { filters: [{}], default_filter_mode: 'see_all' } },
			'Invalid filters',
		],
		['filters as an object', 'api-key/21', { datasets_rows: { filters: {} } }, 'Invalid filters'],
	])('refuses %s', async (_what, owner, body, told) => {
		expect(platformExtra(await platform(`PUT iam/v1/scope/${owner}`, body))).toMatch(told);
		expect(iam.sim.state.scopes.size).toBe(0);
	});
});

describe('Cortex XSIAM simulator: roles', () => {
	const role = {
		component_permissions: ['rules_action', 'wf_verdict_change'],
		dataset_permissions: [{ category: 'Lookup', access_all: true, permissions: [] }],
		pretty_name: 'CustomRoleName',
		description: 'A custom role with specific permissions',
	};

	it('creates a role whose id the message tells, gives it to a key and deletes it', async () => {
		const created = await platform('POST iam/v1/role', role);
		expect(created.status).toBe(201);
		const message = created.at('data.message') as string;
		const [, id] = /^role_id (\S+) created successfully\.$/u.exec(message) ?? [];
		expect(id).toBeDefined();
		const listed = (await platform('GET iam/v1/role')).at('data') as object[];
		expect(listed.at(-1)).toEqual({
			role_id: id,
			pretty_name: 'CustomRoleName',
			description: 'A custom role with specific permissions',
			is_custom: true,
			created_by: 'Public API - 21',
			created_ts: expect.any(Number) as unknown,
			updated_ts: expect.any(Number) as unknown,
		});
		const key = { roles: ['CustomRoleName'], security_level: 'standard' };
		expect((await iam.post('api_keys/generate', key)).status).toBe(200);
		expect((await platform(`DELETE iam/v1/role/${id}`)).json).toEqual({
			data: { message: `role_id ${id} deleted successfully.` },
		});
		expect((await iam.post('api_keys/generate', key)).at('reply.err_extra')).toBe(
			'Unknown custom roles',
		);
	});

	it('grants the permission to look with the one to change', async () => {
		await platform('POST iam/v1/role', { ...role, component_permissions: ['papi_edit'] });
		const key = { roles: ['CustomRoleName'], security_level: 'standard' };
		const { id, key: apiKey } = (await iam.post('api_keys/generate', key)).at('reply') as {
			id: number;
			key: string;
		};
		const own = standard({ apiKeyId: String(id), apiKey });
		expect((await iam.post('api_keys/get_api_keys', { filters: [] }, own)).status).toBe(200);
		expect((await platform('GET iam/v1/role', undefined, own)).status).toBe(403);
	});

	it('shows the tree of permissions', async () => {
		const config = await platform('GET iam/v1/role/permission-config');
		expect(config.at('data.rbac_permissions.1')).toMatchObject({
			category_name: 'Investigation & Response',
			sub_categories: expect.arrayContaining([
				{
					sub_category_name: 'Response',
					permissions: [
						{
							name: 'Action Center',
							view_name: 'actions_center',
							action_name: 'actions_center_action',
							sub_permissions: [
								{ action_name: 'isolate', name: 'Isolate' },
								{ action_name: 'quarantine', name: 'Quarantine' },
							],
						},
					],
				},
			]) as unknown,
		});
		expect(config.at('data.datasetGroups')).toEqual([
			{ datasets: ['alerts', 'cases', 'endpoints', 'incidents'], dataset_category: 'System' },
			{ datasets: [], dataset_category: 'Lookup' },
		]);
	});

	const datasets = (entry: unknown) => ({ ...role, dataset_permissions: [entry] });

	it.each<[string, object, string]>([
		['no name', { ...role, pretty_name: undefined }, 'pretty_name is missing'],
		['no permissions', { ...role, component_permissions: [] }, 'component_permissions is missing'],
		['an unknown permission', { ...role, component_permissions: ['alerts'] }, 'alerts'],
		[
			'a sub-permission without its parent',
			{ ...role, component_permissions: ['isolate'] },
			'actions_center_action',
		],
		['an unknown category', datasets({ category: 'x' }), 'dataset_permissions'],
		['an unknown dataset', datasets({ category: 'Lookup', permissions: ['x'] }), 'dataset x'],
		['datasets as an object', { ...role, dataset_permissions: {} }, 'dataset_permissions'],
		['an odd description', { ...role, description: 1 }, 'description'],
		['an unknown field', { ...role, name: 'x' }, 'Unknown properties: name'],
		[
			'a name that is taken',
			{ ...role, pretty_name: 'Investigator' },
			'The role name Investigator is already utilized by another role.',
		],
	])('refuses to create one with %s', async (_what, body, told) => {
		expect(platformExtra(await platform('POST iam/v1/role', body))).toMatch(told);
		expect(iam.sim.state.roles).toHaveLength(4);
	});

	it.each([
		['unknown', 'nobody', 'not valid'],
		['not custom', 'instance_admin', 'not a custom role'],
		['assigned to a user', 'papi_action_01', 'assigned'],
	])('refuses to delete one that is %s', async (_what, id, told) => {
		expect(platformExtra(await platform(`DELETE iam/v1/role/${id}`))).toMatch(told);
		expect(iam.sim.state.roles).toHaveLength(4);
	});

	it('refuses to delete one that a group has', async () => {
		await platform('PATCH iam/v1/user-group/abc_102', { role_id: 'papi_viewer_01' });
		const refused = await platform('DELETE iam/v1/role/papi_viewer_01');
		expect(platformExtra(refused)).toMatch('assigned');
	});
});

describe('Cortex XSIAM simulator: user groups', () => {
	const group = {
		group_name: 'test_group_name',
		role_id: 'investigator',
		description: 'Test Description',
		users: ['paul@example.com'],
		nested_group_ids: ['101'],
		idp_groups: ['test idp group'],
	};

	const idIn = (message: unknown) =>
		/^user group with group id (\S+) created successfully$/u.exec(String(message))?.[1];

	it('creates, shows, changes what is sent, clears and deletes', async () => {
		const created = await platform('POST iam/v1/user-group', group);
		expect(created.status).toBe(201);
		const id = idIn(created.at('data.message'));
		expect(id).toMatch(/^\d+$/u);
		const listed = await platform('GET iam/v1/user-group');
		expect(listed.at('metadata')).toEqual({ total_count: 3 });
		expect(listed.at('data.2')).toEqual({
			group_id: id,
			group_name: 'test_group_name',
			description: 'Test Description',
			role_id: 'investigator',
			pretty_role_name: 'Investigator',
			created_by: 'Public API - 21',
			created_ts: expect.any(Number) as unknown,
			updated_ts: expect.any(Number) as unknown,
			users: ['paul@example.com'],
			group_type: 'custom',
			nested_groups: [{ group_id: '101', group_name: 'SOC' }],
			idp_groups: ['test idp group'],
		});

		const change = { description: '', role_id: '', users: [], group_name: null };
		expect((await platform(`PATCH iam/v1/user-group/${id}`, change)).json).toEqual({
			data: { message: `user group with group id ${id} updated successfully` },
		});
		expect((await platform('GET iam/v1/user-group')).at('data.2')).toMatchObject({
			group_name: 'test_group_name',
			description: null,
			role_id: null,
			pretty_role_name: null,
			users: [],
			idp_groups: ['test idp group'],
		});
		expect((await platform(`DELETE iam/v1/user-group/${id}`)).json).toEqual({
			data: { message: `user group with group id ${id} deleted successfully` },
		});
		expect(iam.sim.state.userGroups).toHaveLength(2);
	});

	it('needs no more than a name', async () => {
		expect((await platform('POST iam/v1/user-group', { group_name: 'x' })).status).toBe(201);
	});

	it('gives ids that are no numbers where switched', async () => {
		iam.sim.settings.userGroupIds = 'string';
		const created = await platform('POST iam/v1/user-group', group);
		expect(idIn(created.at('data.message'))).toMatch(/^[0-9a-f-]{36}_\d+$/u);
	});

	it('takes a deleted group out of the others', async () => {
		await platform('DELETE iam/v1/user-group/abc_102');
		expect((await platform('GET iam/v1/user-group')).at('data.0.nested_groups')).toEqual([]);
	});

	const taken = 'This user group name is already being used in the tenant for SOC.';

	it.each<[string, object, string]>([
		['no name', { ...group, group_name: undefined }, 'group_name is missing'],
		['an empty name', { ...group, group_name: '' }, 'group_name is empty'],
		['a name that is taken', { ...group, group_name: 'SOC' }, taken],
		['an unknown role', { ...group, role_id: 'Investigator' }, 'Invalid role_id'],
		['an unknown user', { ...group, users: ['x'] }, 'Invalid users: x'],
		['an unknown group', { ...group, nested_group_ids: ['9'] }, 'Invalid nested_group_ids: 9'],
		['a user as text', { ...group, users: 'x' }, 'Invalid users'],
		['an odd description', { ...group, description: 1 }, 'Invalid description'],
		['an unknown field', { ...group, name: 'x' }, 'Unknown properties: name'],
	])('refuses to create one with %s', async (_what, body, told) => {
		expect(platformExtra(await platform('POST iam/v1/user-group', body))).toContain(told);
		expect(iam.sim.state.userGroups).toHaveLength(2);
	});

	it('refuses to change or delete one that is not there, or to nest one in itself', async () => {
		const told = "Could not find group for ['9'] in tenant: simulated_tenant";
		expect(platformExtra(await platform('DELETE iam/v1/user-group/9'))).toBe(told);
		expect(platformExtra(await platform('PATCH iam/v1/user-group/9', {}))).toBe(told);
		const itself = await platform('PATCH iam/v1/user-group/101', { nested_group_ids: ['101'] });
		expect(platformExtra(itself)).toMatch('nested_group_ids: 101');
		const name = { group_name: 'SOC Night Shift' };
		expect(platformExtra(await platform('PATCH iam/v1/user-group/101', name))).toMatch('used');
	});
});

describe('Cortex XSIAM simulator: users', () => {
	const ivy = `iam/v1/user/${encodeURIComponent('ivy@example.com')}`;

	it.each([
		['mixed', 101, '101'],
		['number', 101, 101],
		['string', '101', '101'],
	] as const)('lists users and shows one, with ids of groups as %s', async (how, many, one) => {
		iam.sim.settings.userGroupIds = how;
		const all = await platform('GET iam/v1/user');
		expect(all.at('metadata')).toEqual({ total_count: 3 });
		const expected = {
			user_email: 'ivy@example.com',
			user_first_name: 'Ivy',
			user_last_name: 'Investigator',
			phone_number: '408-753-4000',
			role_name: 'Investigator',
			status: 'Active',
			last_logged_in: 1_640_024_700_241,
			is_hidden: false,
			user_type: 'CSP',
			groups: [{ group_id: many, group_name: 'SOC' }],
		};
		expect(all.at('data.1')).toEqual(expected);
		expect((await platform(`GET ${ivy}`)).json).toEqual({
			data: { ...expected, groups: [{ group_id: one, group_name: 'SOC' }] },
		});
	});

	it('changes what is sent', async () => {
		const change = {
			phone_number: '1',
			status: 'Inactive',
			role_id: 'papi_viewer_01',
			is_hidden: true,
			user_groups: ['abc_102'],
		};
		expect((await platform(`PATCH ${ivy}`, change)).json).toEqual({
			data: { message: 'User updated successfully' },
		});
		expect((await platform(`GET ${ivy}`)).at('data')).toMatchObject({
			phone_number: '1',
			status: 'Inactive',
			role_name: 'Public API Viewer',
			is_hidden: true,
			groups: [{ group_id: 'abc_102', group_name: 'SOC Night Shift' }],
		});
	});

	it('takes role and groups away with an empty text and list', async () => {
		expect((await platform(`PATCH ${ivy}`, { role_id: '' })).status).toBe(200);
		expect((await platform(`PATCH ${ivy}`, { user_groups: [] })).status).toBe(200);
		expect((await platform(`GET ${ivy}`)).at('data')).toMatchObject({ role_name: '', groups: [] });
	});

	const nothing = 'No update performed. All fields are null or empty.';

	it.each<[string, object, string]>([
		['nothing', {}, nothing],
		['nulls', { status: null, is_hidden: null, user_groups: null, phone_number: '' }, nothing],
		['an unknown role', { role_id: 'Investigator' }, 'Invalid role_id'],
		['an unknown group', { user_groups: ['9'] }, 'Invalid user_groups: 9'],
		['a group as a number', { user_groups: [101] }, 'Invalid user_groups'],
		['an odd status', { status: 1 }, 'Invalid status'],
		['an odd switch', { is_hidden: 'true' }, 'Invalid is_hidden'],
		['an unknown field', { name: 'x' }, 'Unknown properties: name'],
	])('refuses to change %s', async (_what, change, told) => {
		expect(platformExtra(await platform(`PATCH ${ivy}`, change))).toMatch(told);
		expect(iam.sim.state.audits).toEqual([]);
	});

	it('tells of an unknown user', async () => {
		expect(platformExtra(await platform('GET iam/v1/user/x'))).toMatch('Could not find user x');
		expect(platformExtra(await platform('PATCH iam/v1/user/x', {}))).toMatch('find user x');
	});
});

describe('Cortex XSIAM simulator: IAM bodies', () => {
	it('refuses a body without request_data in its own shape', async () => {
		const path = 'PATCH iam/v1/user/ivy%40example.com';
		const put = await platform(path, undefined, { ...standard(), 'content-type': 'text/plain' });
		expect(put.status).toBe(415);
		const list = await platform(path, []);
		expect(platformExtra(list)).toBe('request_data param is missing');
	});

	it('deletes also where the caller announces JSON and sends none', async () => {
		const announced = { ...standard(), 'content-type': 'application/json' };
		const deleted = await platform('DELETE iam/v1/role/papi_viewer_01', undefined, announced);
		expect(deleted.status).toBe(200);
	});

	it('keeps viewers out, in shape (3)', async () => {
		const viewer = standard(cortexXsiamDemo.viewer);
		expect(await platform('GET iam/v1/user', undefined, viewer)).toMatchObject({
			status: 403,
			json: {
				data: {
					reply: {
						err_code: 403,
						err_msg: 'Forbidden. Access was denied to this resource.',
						err_extra: 'Insufficient permissions for api key',
					},
				},
			},
		});
	});
});
