import { describeOperation } from '../kit/operation';
import type { Exchange } from '../kit/exchanges';
import { iamRefusal, kit } from './kit';
import { published } from './published';

/** The sample of docs/api/cortex-xsiam.md, "Users". */
const record = {
	user_email: 'user1@test.com',
	user_first_name: 'A',
	user_last_name: 'B',
	phone_number: '408-753-4000',
	role_name: 'Investigator',
	status: 'Active',
	last_logged_in: 1640024700241,
	is_hidden: true,
	user_type: 'CSP',
	groups: [{ group_id: 123, group_name: 'usergroup1' }],
};
/** An address that must be encoded, in the letters of the directory. */
const plus = {
	...record,
	user_email: 'User+1@test.com',
	groups: [{ group_id: '123', group_name: 'usergroup1' }],
};
const item = {
	vendor: 'cortexXsiam',
	type: 'user',
	id: 'user1@test.com',
	email: 'user1@test.com',
	firstName: 'A',
	lastName: 'B',
	phoneNumber: '408-753-4000',
	roleName: 'Investigator',
	status: 'Active',
	lastLoginAt: '2021-12-20T18:25:00.241Z',
	isHidden: true,
	userType: 'CSP',
	groups: [{ id: '123', name: 'usergroup1' }],
};
const other = { user_email: 'user2@test.com', last_logged_in: null, role_name: '', groups: null };
const otherItem = {
	...item,
	id: 'user2@test.com',
	email: 'user2@test.com',
	firstName: null,
	lastName: null,
	phoneNumber: null,
	roleName: null,
	status: null,
	lastLoginAt: null,
	isHidden: null,
	userType: null,
	groups: [],
};
const list: Exchange = {
	method: 'GET',
	path: '/platform/iam/v1/user',
	reply: { data: [record, other], metadata: { total_count: 2 } },
};

describeOperation(
	kit,
	'user',
	'getAll',
	published({
		cases: [
			{
				name: 'lists users',
				parameters: {},
				exchanges: [list],
				items: [item, otherItem],
				raw: [record, other],
			},
			{
				name: 'filters by email address, role and status in any case',
				parameters: {
					returnAll: true,
					filters: { search: 'USER1', roleName: 'investigator', status: 'ACTIVE' },
				},
				exchanges: [list],
				items: [item],
			},
			{
				name: 'takes no part of a role for the role',
				parameters: { filters: { roleName: 'Invest' } },
				exchanges: [list],
				items: [],
			},
		],
	}),
);

describeOperation(
	kit,
	'user',
	'get',
	published({
		cases: [
			{
				name: 'gets a user by the email address',
				parameters: { user: { mode: 'id', value: 'user+1@test.com' } },
				exchanges: [
					{
						method: 'GET',
						path: '/platform/iam/v1/user/user%2B1%40test.com',
						headers: { 'content-type': undefined },
						reply: { data: plus },
					},
				],
				items: { ...item, id: 'User+1@test.com', email: 'User+1@test.com' },
				raw: plus,
			},
		],
		refused: [['a name', { user: 'User One' }, "'User' must be an email address"]],
		failures: [
			{
				name: 'another user',
				exchanges: [
					{
						method: 'GET',
						path: '/platform/iam/v1/user/user%2B1%40test.com',
						reply: { data: record },
					},
				],
				says: ['another user than the one asked for (user1@test.com instead of user+1@test.com)'],
			},
			{
				name: 'no user in the answer',
				exchanges: [
					{
						method: 'GET',
						path: '/platform/iam/v1/user/user%2B1%40test.com',
						reply: { data: {} },
					},
				],
				says: ['answered without the user'],
			},
		],
	}),
);

const patch: Exchange = {
	method: 'PATCH',
	path: '/platform/iam/v1/user/user1%40test.com',
	body: '{"request_data":{"phone_number":"408-753-4000","status":"Active"}}',
	headers: { 'content-type': 'application/json' },
	reply: { data: { message: 'User updated successfully' } },
};
const updated = { vendor: 'cortexXsiam', type: 'user', id: 'user1@test.com', updated: true };
const user = 'user1@test.com';
const groups: Exchange = {
	method: 'GET',
	path: '/platform/iam/v1/user-group',
	reply: {
		data: [
			{ group_id: 'g_1', group_name: 'SOC' },
			{ group_id: 'g_2', group_name: 'Night, late' },
		],
	},
};

describeOperation(
	kit,
	'user',
	'update',
	published({
		cases: [
			{
				name: 'sends only what changes',
				parameters: {
					user,
					updateFields: { phoneNumber: '408-753-4000', status: 'Active', firstName: '' },
				},
				exchanges: [patch],
				items: updated,
			},
			{
				name: 'looks up the role and the groups by their names',
				parameters: {
					user,
					updateFields: {
						firstName: 'A',
						lastName: 'B',
						isHidden: true,
						role: { mode: 'name', value: 'Investigator' },
						groups: ['g_1', 'Night, late'],
					},
				},
				exchanges: [
					{
						method: 'GET',
						path: '/platform/iam/v1/role',
						reply: { data: [{ role_id: 'role_9', pretty_name: 'Investigator' }] },
					},
					groups,
					{
						...patch,
						body: '{"request_data":{"user_first_name":"A","user_last_name":"B","is_hidden":true,"role_id":"role_9","user_groups":["g_1","g_2"]}}',
					},
				],
				items: updated,
			},
			{
				name: 'takes the role and the groups away',
				parameters: { user, updateFields: { clear: ['role', 'groups'] } },
				exchanges: [{ ...patch, body: '{"request_data":{"role_id":"","user_groups":[]}}' }],
				items: updated,
			},
		],
		refused: [
			['an update of nothing', { updateFields: {} }, "'Update Fields' has nothing to change"],
			[
				'groups that an expression left empty',
				{ updateFields: { groups: '', role: '' } },
				"'Update Fields' has nothing to change",
			],
			[
				'a field that is set and cleared',
				{ updateFields: { role: 'role_9', clear: ['role'] } },
				"'Clear Fields' has a field that also has a value",
			],
			[
				'a field that cannot be cleared',
				{ updateFields: { clear: ['status'] } },
				"'Clear Fields' must be one of role, groups",
			],
		],
		failures: [
			{
				name: 'a group that is not there',
				parameters: { user, updateFields: { groups: ['SOC', 'SOCK'] } },
				exchanges: [groups],
				says: ["the tenant has no user group with the name 'SOCK'"],
			},
			{
				name: 'a role that the tenant does not take',
				parameters: { user, updateFields: { role: 'role_9' } },
				exchanges: [
					{
						...patch,
						body: '{"request_data":{"role_id":"role_9"}}',
						...iamRefusal('Invalid role_id: role_9'),
					},
				],
				says: [
					"Cortex XSIAM does not accept the role in 'Role'",
					'Choose one from the list; Account Admin cannot be assigned.',
					'Invalid role_id: role_9',
				],
			},
		],
	}),
);

const SET = '/public_api/v1/rbac/set_user_role';
const setRole: Exchange = {
	method: 'POST',
	path: SET,
	body: '{"request_data":{"user_emails":["user1@acme.com","user2@acme.com"],"role_name":"Role1"}}',
	reply: { reply: { update_count: '2' } },
};
const changed = {
	vendor: 'cortexXsiam',
	type: 'user',
	emails: ['user1@acme.com', 'user2@acme.com'],
	roleName: 'Role1',
	updated: 2,
	unchanged: 0,
};
const wanted = {
	users: ['user1@acme.com', 'user2@acme.com'],
	role: { mode: 'name', value: 'Role1' },
};
const mainRefusal = (extra: string) => ({
	status: 500,
	reply: {
		reply: {
			err_code: 500,
			err_msg: 'An unexpected error occurred by XDR public API',
			err_extra: extra,
		},
	},
});

describeOperation(
	kit,
	'user',
	'setRole',
	published({
		cases: [
			{
				name: 'sets the role of several users, whose count comes as text',
				parameters: wanted,
				exchanges: [setRole],
				items: changed,
			},
			{
				name: 'says who had the role already, which is a count of 0',
				parameters: wanted,
				exchanges: [{ ...setRole, reply: { reply: { update_count: 0 } } }],
				items: { ...changed, updated: 0, unchanged: 2 },
			},
			{
				name: 'takes a text with commas, and each user once',
				parameters: { ...wanted, users: 'user1@acme.com, user2@acme.com,user1@acme.com' },
				exchanges: [{ ...setRole, reply: { reply: { update_count: 1 } } }],
				items: { ...changed, updated: 1, unchanged: 1 },
			},
			{
				name: 'looks up the name of a role that was picked',
				parameters: { ...wanted, role: { mode: 'list', value: 'role_1' } },
				exchanges: [
					{
						method: 'GET',
						path: '/platform/iam/v1/role',
						reply: { data: [{ role_id: 'role_1', pretty_name: 'Role1' }] },
					},
					setRole,
				],
				items: changed,
			},
		],
		refused: [
			['no users', { users: '={{ [] }}' }, 'must name at least one user'],
			[
				'something else than email addresses',
				{ users: ['user1'] },
				"'User Names or IDs' must hold email addresses only",
			],
			[
				'no role, which would take the role away',
				{ role: { mode: 'name', value: '={{ " " }}' } },
				"'Role' is required",
			],
		],
		failures: [
			{
				name: 'the role that nobody may assign',
				exchanges: [{ ...setRole, ...mainRefusal('Can not update users to Account Admin role.') }],
				says: ["'Role' cannot be Account Admin", 'Can not update users'],
			},
			{
				name: 'a role that is not there',
				exchanges: [{ ...setRole, ...mainRefusal('Role Role1 does not exist'), status: 400 }],
				says: [
					"Cortex XSIAM does not accept the role in 'Role'",
					'Give it by the display name as in the console, or choose it from the list.',
				],
			},
			{
				name: 'an error about a role, with a status that says nothing of the work',
				exchanges: [{ ...setRole, ...mainRefusal('Role Role1 does not exist') }],
				says: [
					'Cortex XSIAM answered the request with HTTP 500: Role Role1 does not exist',
					'Wrong parameters can cause this, and so can a fault inside Cortex XSIAM',
				],
			},
			{
				name: 'a picked role without a name',
				parameters: { ...wanted, role: 'role_1' },
				exchanges: [
					{
						method: 'GET',
						path: '/platform/iam/v1/role',
						reply: { data: [{ role_id: 'role_1', pretty_name: '' }] },
					},
				],
				says: ["The role 'role_1' has no display name"],
			},
			{
				name: 'no count in the answer',
				exchanges: [{ ...setRole, reply: { reply: true } }],
				says: ['answered without the number of changed users'],
			},
		],
	}),
);

describeOperation(
	kit,
	'user',
	'removeRole',
	published({
		cases: [
			{
				name: 'takes the role away by an empty name',
				parameters: { users: ['user1@acme.com'] },
				exchanges: [
					{
						method: 'POST',
						path: SET,
						body: '{"request_data":{"user_emails":["user1@acme.com"],"role_name":""}}',
						reply: { reply: { update_count: 1 } },
					},
				],
				items: {
					vendor: 'cortexXsiam',
					type: 'user',
					emails: ['user1@acme.com'],
					roleName: null,
					updated: 1,
					unchanged: 0,
				},
			},
		],
		refused: [['no users', { users: '={{ "" }}' }, 'must name at least one user']],
	}),
);
