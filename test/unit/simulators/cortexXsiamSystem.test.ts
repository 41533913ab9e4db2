import { cortexXsiamDemo, cortexXsiamRoutes } from '../../simulators';
import { type Answer, call, json } from './call';
import { extra, platformExtra, standard, tenant, where } from './xsiamTenant';

const xsiam = tenant();
const { platform, post } = xsiam;

describe('Cortex XSIAM simulator: legacy RBAC', () => {
	it('lists users without what only IAM knows', async () => {
		const all = (await post('rbac/get_users')).at('reply') as object[];
		expect(all[1]).toEqual({
			user_email: 'ivy@example.com',
			user_first_name: 'Ivy',
			user_last_name: 'Investigator',
			role_name: 'Investigator',
			last_logged_in: 1_640_024_700_241,
			user_type: 'CSP',
			groups: ['SOC'],
			scope: [],
		});
	});

	it.each([true, false])('shows roles by name, as a list of lists: %s', async (nested) => {
		xsiam.sim.settings.nestedRoles = nested;
		const wanted = { role_names: ['Investigator', 'nobody', 'Public API Viewer'] };
		const role = {
			pretty_name: 'Investigator',
			permissions: [],
			insert_time: 1_661_171_650_679,
			update_time: null,
			created_by: 'Palo Alto Networks',
			description: 'What Investigator may do',
			groups: ['SOC'],
			users: ['ivy@example.com'],
		};
		const reply = (await post('rbac/get_roles', wanted)).at('reply') as object[];
		expect(reply).toHaveLength(2);
		expect(reply[0]).toEqual(nested ? [role] : role);
	});

	it.each(['reply', 'reply.data'] as const)('shows groups by name in %s', async (place) => {
		xsiam.sim.settings.userGroupsIn = place;
		const answer = await post('rbac/get_user_group', { group_names: ['SOC', 'nobody'] });
		expect(answer.at(place)).toEqual([
			{
				group_name: 'SOC',
				description: null,
				pretty_name: 'Investigator',
				insert_time: 1_661_171_650_679,
				update_time: 1_661_171_650_679,
				user_email: ['ivy@example.com'],
				source: 'Custom',
			},
		]);
	});

	const emails = ['ivy@example.com', 'paul@example.com'];

	it.each([
		['number', 2, 0],
		['string', '2', '0'],
	] as const)('sets and removes roles, counting with a %s', async (how, two, none) => {
		xsiam.sim.settings.updateCountAs = how;
		const set = async (role_name: string) =>
			(await post('rbac/set_user_role', { user_emails: [...emails, 'x'], role_name })).at(
				'reply.update_count',
			);
		expect(await set('Public API Viewer')).toBe(two);
		expect(await set('Public API Viewer')).toBe(none);
		expect(xsiam.sim.state.users.map((user) => user.role_name)).toEqual([
			'Instance Administrator',
			'Public API Viewer',
			'Public API Viewer',
		]);
		expect(await set('')).toBe(two);
		expect(xsiam.sim.state.users[1]?.role_name).toBe('');
	});

	it.each<[string, string, object, string]>([
		['no names of roles', 'get_roles', {}, 'role_names param is missing'],
		['names as text', 'get_roles', { role_names: 'x' }, 'role_names must be'],
		['an unknown field', 'get_roles', { role_names: [], x: 1 }, 'Invalid parameter names: x'],
		['no names of groups', 'get_user_group', {}, 'group_names param is missing'],
		['no users', 'set_user_role', { role_name: 'x' }, 'user_emails param is missing'],
		['an empty list', 'set_user_role', { user_emails: [], role_name: '' }, 'user_emails must be'],
		['no role', 'set_user_role', { user_emails: emails }, 'role_name param is missing'],
		['an odd role', 'set_user_role', { user_emails: emails, role_name: null }, 'must be a string'],
		['an unknown role', 'set_user_role', { user_emails: emails, role_name: 'x' }, 'not exist'],
		[
			'the highest role',
			'set_user_role',
			{ user_emails: emails, role_name: 'Account Admin' },
			'Can not update users to Account Admin role.',
		],
		['another field', 'set_user_role', { user_emails: emails, role: '' }, 'parameter names: role'],
	])('refuses %s', async (_what, path, body, told) => {
		expect(extra(await post(`rbac/${path}`, body))).toMatch(told);
		expect(xsiam.sim.state.audits).toEqual([]);
	});
});

describe('Cortex XSIAM simulator: audit log', () => {
	const logs = async (data: object = {}) => await post('audits/management_logs', data);

	const told = (answer: Answer) =>
		(answer.at('reply.data') as Array<Record<string, unknown>>).map(
			(record) => `${String(record.AUDIT_ENTITY)} ${String(record.AUDIT_DESCRIPTION)}`,
		);

	const newKey = { roles: ['Investigator'], security_level: 'standard' };

	it('has a record of every change of a key, a role, a user, a group and a scope', async () => {
		const role = { component_permissions: ['papi_view'], pretty_name: 'Custom' };
		const change = { roles: ['investigator'], security_level: 'standard' };
		await post('api_keys/generate', newKey);
		await platform('PUT iam/v1/api-key/4267', change);
		await post('api_keys/delete', where('id', 'in', [4_267, 99]));
		await platform('POST iam/v1/role', role);
		await platform('DELETE iam/v1/role/custom_103');
		await platform('POST iam/v1/user-group', { group_name: 'New' });
		await platform('PATCH iam/v1/user-group/104', { group_name: 'Newer' });
		await platform('DELETE iam/v1/user-group/104');
		await platform('PATCH iam/v1/user/ivy%40example.com', { status: 'Inactive' });
		await platform('PUT iam/v1/scope/user/ivy%40example.com', { assets: { mode: 'see_all' } });
		const user = { user_emails: ['ivy@example.com'], role_name: '' };
		await post('rbac/set_user_role', user);
		const answer = await logs({ sort: { field: 'timestamp', keyword: 'asc' } });
		expect(answer.at('reply')).toMatchObject({ total_count: 11, result_count: 11 });
		expect(told(answer)).toEqual([
			'API_KEY Create API key 4267',
			'API_KEY Edit API key 4267',
			'API_KEY Delete API key 4267',
			'PERMISSIONS Create role Custom',
			'PERMISSIONS Delete role Custom',
			'PERMISSIONS User group New created',
			'PERMISSIONS User group Newer updated',
			'PERMISSIONS User group Newer deleted',
			'PERMISSIONS Update user ivy@example.com',
			'PERMISSIONS Update scope of user ivy@example.com',
			'PERMISSIONS Remove role of ivy@example.com',
		]);
		expect(answer.at('reply.data.0')).toMatchObject({
			AUDIT_OWNER_NAME: 'Public API - 21',
			AUDIT_RESULT: 'SUCCESS',
			AUDIT_ENTITY_SUBTYPE: 'Create',
			AUDIT_USER_ROLES: ['Instance Administrator'],
			AUDIT_OBJECT_ID: '4267',
		});
		expect(answer.text).not.toContain(cortexXsiamDemo.standard.apiKey);
	});

	it('filters, sorts and pages', async () => {
		for (let count = 0; count < 120; count += 1) await post('api_keys/generate', newKey);
		await platform('PUT iam/v1/scope/api-key/21', {});
		const { audits } = xsiam.sim.state;
		for (const [index, record] of audits.entries()) record.AUDIT_INSERT_TIME = 1_000 + index;

		expect((await logs()).at('reply')).toMatchObject({ total_count: 121, result_count: 100 });
		const rest = await logs({ search_from: 100, search_to: 200 });
		expect(rest.at('reply')).toMatchObject({ total_count: 121, result_count: 21 });
		const ofKeys = where('type', 'in', ['API_KEY']);
		expect((await logs(ofKeys)).at('reply.total_count')).toBe(120);
		const late = { filters: [...ofKeys.filters, ...where('timestamp', 'gte', 1_118).filters] };
		expect((await logs(late)).at('reply.data')).toMatchObject([
			{ AUDIT_INSERT_TIME: 1_119 },
			{ AUDIT_INSERT_TIME: 1_118 },
		]);
		expect((await logs(where('timestamp', 'lte', 999))).at('reply.data')).toEqual([]);
		expect((await logs(where('email', 'in', ['x']))).at('reply.total_count')).toBe(0);
		expect((await logs(where('sub_type', 'in', ['Create']))).at('reply.total_count')).toBe(120);
		expect((await logs(where('result', 'in', ['SUCCESS']))).at('reply.total_count')).toBe(121);
		for (const field of ['type', 'sub-type', 'result']) {
			expect((await logs({ sort: { field, keyword: 'asc' } })).status).toBe(200);
		}
		const byType = { sort: { field: 'type', keyword: 'desc' }, search_to: 1 };
		expect(told(await logs(byType))).toEqual(['PERMISSIONS Update scope of api-key 21']);
	});

	it.each<[string, object, RegExp]>([
		['an unknown field', where('name', 'in', ['x']), /^Invalid parameter names: name$/u],
		['an inherited name', where('constructor', 'in', ['x']), /parameter names: constructor/u],
		['an operator', where('type', 'eq', ['x']), /^Unsupported operator 'eq' for field type$/u],
		['a type as text', where('type', 'in', 'API_KEY'), /list of strings/u],
		['a time as text', where('timestamp', 'gte', '1'), /^Value must be integer in epoch milli/u],
		['another sort', { sort: { field: 'email', keyword: 'asc' } }, /parameter names: email/u],
		['a sort as text', { sort: 'asc' }, /sort must/u],
		['capitals', { sort: { field: 'type', keyword: 'ASC' } }, /keyword/u],
		['an unknown parameter', { limit: 1 }, /^Invalid parameter names: limit$/u],
	])('refuses %s', async (_what, data, told) => {
		expect(extra(await logs(data))).toMatch(told);
	});

	it('refuses a whole number written as a float, and a page that is too long', async () => {
		const url = `${xsiam.sim.url}/public_api/v1/audits/management_logs`;
		const body = JSON.stringify({ request_data: where('timestamp', 'gte', 100) });
		const float = { ...json({}, standard()), body: body.replace('100', '100.0') };
		expect(extra(await call(url, float))).toBe('Value must be integer in epoch milliseconds');
		expect(extra(await logs({ search_to: 101 }), 400)).toBe(
			'Search size must fulfill the requirement: 0 < search_size <= 100',
		);
	});
});

it('tells the tenant’s licence as the vendor does', async () => {
	expect((await post('system/get_tenant_info')).json).toEqual({
		reply: {
			xsiam_premium_expiration: 12_478_046_378,
			purchased_xsiam_premium: { users: 100, gb: 100, agents: 500 },
			pro_per_endpoint_expiration: 'Nov 7th 2025 07:59:59',
			purchased_pro_per_endpoint: { agents: 200 },
			data_enabled_pro_per_endpoint: 26,
			prevent_expiration: 0,
			purchased_prevent: 0,
			installed_prevent: 27,
			compute_unit_expiration: 0,
			purchased_compute_unit: 16,
			forensics_expiration: 0,
			enabled_forensics: 12,
		},
	});
});

describe('Cortex XSIAM simulator: notification rules', () => {
	const rule = {
		name: 'Key events',
		description: 'What happens to keys',
		forward_type: 'audit',
		filter: { AND: [] },
		forward_source: { email: { distribution_list: ['soc@example.com'] } },
	};
	const rules = 'notifications/v1';

	it('creates, shows, replaces, switches and deletes', async () => {
		const created = await platform(`POST ${rules}/rule`, rule);
		expect(created.status).toBe(201);
		const id = created.at('data.rule_uuid') as string;
		expect((await platform(`GET ${rules}/rule/${id}`)).at('data')).toMatchObject({
			...rule,
			rule_uuid: id,
			time_zone: 'UTC',
			created_by: 'Public API - 21',
			status: 'enable',
		});
		const change = { name: 'Other', forward_type: 'case' };
		expect((await platform(`PUT ${rules}/rule/${id}`, change)).status).toBe(200);
		const off = await platform(`PATCH ${rules}/update-rule-status/${id}`, { status: 'disable' });
		expect([off.status, off.text]).toEqual([204, '']);
		const listed = await platform(`GET ${rules}/list-rules`);
		expect(listed.at('metadata')).toEqual({ total_count: 1 });
		expect(listed.at('data.0')).toMatchObject({ name: 'Other', filter: {}, status: 'disable' });
		const gone = await platform(`DELETE ${rules}/rule/${id}`);
		expect([gone.status, gone.text]).toEqual([204, '']);
		expect(platformExtra(await platform(`GET ${rules}/rule/${id}`))).toMatch('Could not find');
		expect(xsiam.sim.state.audits.map((one) => one.AUDIT_ENTITY_SUBTYPE)).toEqual([
			'Create',
			'Edit',
			'Edit',
			'Delete',
		]);
	});

	it.each<[string, object, string]>([
		['no name', { ...rule, name: '' }, 'name is missing'],
		['an odd description', { ...rule, description: 1 }, 'description'],
		['no type', { ...rule, forward_type: undefined }, 'forward_type'],
		['another type', { ...rule, forward_type: 'issue' }, 'forward_type'],
		['an odd filter', { ...rule, filter: 'all' }, 'filter'],
		['odd applications', { ...rule, applications: {} }, 'applications'],
		['an odd zone', { ...rule, time_zone: 1 }, 'time_zone'],
		['an unknown target', { ...rule, forward_source: { teams: {} } }, 'properties: teams'],
		['an unknown field', { ...rule, rule_uuid: 'x' }, 'properties: rule_uuid'],
	])('refuses to create one with %s', async (_what, body, told) => {
		expect(platformExtra(await platform(`POST ${rules}/rule`, body))).toMatch(told);
		expect(xsiam.sim.state.notificationRules).toEqual([]);
	});

	it('refuses to change what is not there, and an odd status', async () => {
		for (const what of ['PUT rule/x', 'PATCH update-rule-status/x', 'DELETE rule/x']) {
			const path = what.replace(' ', ` ${rules}/`);
			const body = what.startsWith('DELETE') ? undefined : rule;
			expect(platformExtra(await platform(path, body))).toMatch('Could not find rule x');
		}
		const id = (await platform(`POST ${rules}/rule`, rule)).at('data.rule_uuid') as string;
		const path = `PATCH ${rules}/update-rule-status/${id}`;
		expect(platformExtra(await platform(path, { status: 'enabled' }))).toMatch('status');
		expect(platformExtra(await platform(path, {}))).toMatch('status');
		expect(platformExtra(await platform(path, { enabled: false }))).toMatch('properties: enabled');
	});
});

describe('Cortex XSIAM simulator: all calls', () => {
	const filled = (path: string) => path.replace(/:\w+/gu, '1');

	const send = async (
		route: (typeof cortexXsiamRoutes)[number],
		headers: Record<string, string>,
	) => {
		const url = xsiam.sim.url + filled(route.path);
		const bare = route.method === 'GET' || route.method === 'DELETE';
		const options = bare ? { headers } : json({ request_data: {} }, headers);
		return await call(url, { ...options, method: route.method });
	};

	const each = cortexXsiamRoutes.map((route) => [`${route.method} ${route.path}`, route] as const);

	it('knows every call once', () => {
		expect(new Set(each.map(([name]) => name)).size).toBe(cortexXsiamRoutes.length);
	});

	it.each(each)('%s wants a key, a licence and a permission', async (_name, route) => {
		expect(await send(route, {})).toMatchObject({
			status: 401,
			json: {
				reply: { err_code: 401, err_msg: 'Public API request unauthorized', err_extra: null },
			},
		});
		const key = xsiam.sim.state.keys.get(23);
		if (key) key.permissions = [];
		const viewer = standard(cortexXsiamDemo.viewer);
		const { status } = await send(route, viewer);
		expect(status === 403).toBe(route.permission !== undefined);
		xsiam.sim.settings.licenceMissing = true;
		expect((await send(route, viewer)).status).toBe(402);
	});

	it.each(each)('%s can be cut before and after its work', async (_name, route) => {
		const match = { path: filled(route.path), method: route.method };
		for (const kind of ['cutBeforeWork', 'cutAfterWork', 'truncate'] as const) {
			const trouble = xsiam.sim.trouble.add({ kind, match, times: 1 });
			await expect(send(route, standard())).rejects.toThrow();
			expect(trouble.hits).toBe(1);
		}
		xsiam.sim.trouble.add({ kind: 'status', status: 503, match, times: 1 });
		expect((await send(route, standard())).status).toBe(503);
		expect(xsiam.sim.log.map(({ outcome }) => outcome)).toEqual(['cut', 'cut', 'cut', 'answered']);
	});

	it.each(each.filter(([, { method }]) => method !== 'GET' && method !== 'DELETE'))(
		'%s wants JSON',
		async (_name, route) => {
			const url = xsiam.sim.url + filled(route.path);
			const plain = { ...standard(), 'content-type': 'text/plain' };
			const { method } = route;
			expect((await call(url, { method, headers: plain, body: '{}' })).status).toBe(415);
			const good = { ...standard(), 'content-type': 'application/json' };
			expect((await call(url, { method, headers: good, body: '' })).status).toBe(415);
			expect((await call(url, { method, headers: good, body: '{' })).status).toBe(400);
		},
	);
});
