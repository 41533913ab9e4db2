import { describeOperation } from '../kit/operation';
import type { Exchange } from '../kit/exchanges';
import { iamRefusal, kit } from './kit';
import { published } from './published';

/** The sample of docs/api/cortex-xsiam.md, "User groups". */
const record = {
	group_id: 'test_group1',
	group_name: 'Group2',
	description: null,
	role_id: 'role_name01',
	pretty_role_name: 'Role Name 01',
	created_by: 'user1@test.com',
	created_ts: 1661170832341,
	updated_ts: 1661171650679,
	users: ['user1@test.com', 'user2@test.com'],
	group_type: 'custom',
	nested_groups: [{ group_id: 'abc_123', group_name: 'child-group-name1' }],
	idp_groups: ['test_idp_group_name', 'one, with a comma'],
};
const item = {
	vendor: 'cortexXsiam',
	type: 'userGroup',
	id: 'test_group1',
	name: 'Group2',
	description: null,
	roleId: 'role_name01',
	roleName: 'Role Name 01',
	groupType: 'custom',
	users: ['user1@test.com', 'user2@test.com'],
	nestedGroups: [{ id: 'abc_123', name: 'child-group-name1' }],
	idpGroups: ['test_idp_group_name', 'one, with a comma'],
	createdBy: 'user1@test.com',
	createdAt: '2022-08-22T12:20:32.341Z',
	updatedAt: '2022-08-22T12:34:10.679Z',
};
const empty = { group_id: 9, group_name: 'Empty', users: null, nested_groups: [null], role_id: '' };
const emptyItem = {
	...item,
	id: '9',
	name: 'Empty',
	roleId: null,
	roleName: null,
	groupType: null,
	users: [],
	nestedGroups: [],
	idpGroups: [],
	createdBy: null,
	createdAt: null,
	updatedAt: null,
};
const list: Exchange = {
	method: 'GET',
	path: '/platform/iam/v1/user-group',
	reply: { data: [record, empty], metadata: { total_count: 2 } },
};

describeOperation(
	kit,
	'userGroup',
	'getAll',
	published({
		cases: [
			{
				name: 'lists user groups',
				parameters: {},
				exchanges: [list],
				items: [item, emptyItem],
				raw: [record, empty],
			},
			{
				name: 'filters by name, role and member in any case',
				parameters: {
					filters: { name: 'GROUP', roleName: 'name 01', user: 'User2@test.com' },
				},
				exchanges: [list],
				items: [item],
			},
			{
				name: 'takes no part of an address for a member',
				parameters: { filters: { user: 'user2@test' } },
				exchanges: [list],
				items: [],
			},
		],
	}),
);

const create: Exchange = {
	method: 'POST',
	path: '/platform/iam/v1/user-group',
	body: '{"request_data":{"group_name":"test_group_name"}}',
	status: 201,
	reply: { data: { message: 'user group with group id 123-456 created successfully' } },
};
const created = {
	vendor: 'cortexXsiam',
	type: 'userGroup',
	id: '123-456',
	name: 'test_group_name',
	description: null,
	roleId: null,
	users: [],
	nestedGroupIds: [],
	idpGroups: [],
};

describeOperation(
	kit,
	'userGroup',
	'create',
	published({
		cases: [
			{
				name: 'creates a user group by its name alone',
				mayHave: "The user group 'test_group_name' may have been created",
				parameters: { name: 'test_group_name' },
				exchanges: [create],
				items: created,
			},
			{
				name: 'creates one with role, members and groups',
				parameters: {
					name: 'test_group_name',
					additionalFields: {
						description: 'Test Description',
						role: { mode: 'list', value: 'role_name_123' },
						users: 'user1@test.com, user1@test.com',
						nestedGroups: ['Group2', '9'],
						idpGroups: 'test idp group',
					},
				},
				exchanges: [
					list,
					{
						...create,
						body: '{"request_data":{"group_name":"test_group_name","description":"Test Description","role_id":"role_name_123","users":["user1@test.com"],"nested_group_ids":["test_group1","9"],"idp_groups":["test idp group"]}}',
					},
				],
				items: {
					...created,
					description: 'Test Description',
					roleId: 'role_name_123',
					users: ['user1@test.com'],
					nestedGroupIds: ['test_group1', '9'],
					idpGroups: ['test idp group'],
				},
			},
		],
		refused: [['no name', { name: '={{ "" }}' }, "'Name' is required"]],
		failures: [
			{
				name: 'a name that is taken',
				exchanges: [
					{
						...create,
						...iamRefusal(
							'This user group name is already being used in the tenant for test_group_name.',
						),
					},
				],
				says: ["'Name' is taken", 'already being used'],
			},
			{
				name: 'a nested group that is not there',
				parameters: { additionalFields: { nestedGroups: 'Group3' } },
				exchanges: [list],
				says: ["the tenant has no user group with the name 'Group3'"],
			},
		],
	}),
);

const patch: Exchange = {
	method: 'PATCH',
	path: '/platform/iam/v1/user-group/test_group1',
	body: '{"request_data":{"group_name":"New name"}}',
	reply: { data: { message: 'user group with group id test_group1 updated successfully' } },
};
const updated = { vendor: 'cortexXsiam', type: 'userGroup', id: 'test_group1', updated: true };

describeOperation(
	kit,
	'userGroup',
	'update',
	published({
		cases: [
			{
				name: 'sends only what changes',
				parameters: { userGroup: 'test_group1', updateFields: { name: 'New name' } },
				exchanges: [patch],
				items: updated,
			},
			{
				name: 'empties what is named, and nothing else',
				parameters: {
					userGroup: { mode: 'name', value: 'Group2' },
					updateFields: {
						users: ['user3@test.com'],
						clear: ['description', 'role', 'nestedGroups', 'idpGroups'],
					},
				},
				exchanges: [
					list,
					{
						...patch,
						body: '{"request_data":{"description":"","role_id":"","users":["user3@test.com"],"nested_group_ids":[],"idp_groups":[]}}',
					},
				],
				items: updated,
			},
			{
				name: 'takes all users out',
				parameters: { userGroup: 'test_group1', updateFields: { clear: 'users' } },
				exchanges: [{ ...patch, body: '{"request_data":{"users":[]}}' }],
				items: updated,
			},
		],
		refused: [
			[
				'an update of nothing, an empty list of users included',
				{ updateFields: { users: [], idpGroups: '' } },
				"'Update Fields' has nothing to change",
			],
			[
				'users that are given and cleared',
				{ updateFields: { users: 'a@b.c', clear: ['users'] } },
				"'Clear Fields' has a field",
			],
		],
		failures: [
			{
				name: 'a group that is not there',
				exchanges: [
					{ ...patch, ...iamRefusal("Could not find group for ['test_group1'] in tenant: t") },
				],
				says: ["'User Group' is not known to the tenant", 'Could not find group'],
			},
			{
				name: 'a role that the tenant does not take',
				exchanges: [{ ...patch, ...iamRefusal('Invalid role_id: role_9') }],
				says: ["Cortex XSIAM does not accept the role in 'Role'", 'Choose one from the list.'],
			},
		],
	}),
);

describeOperation(
	kit,
	'userGroup',
	'delete',
	published({
		cases: [
			{
				name: 'deletes a user group',
				parameters: { userGroup: 'test_group1' },
				exchanges: [
					{
						method: 'DELETE',
						path: '/platform/iam/v1/user-group/test_group1',
						reply: {
							data: { message: 'user group with group id test_group1 deleted successfully' },
						},
					},
				],
				items: { vendor: 'cortexXsiam', type: 'userGroup', id: 'test_group1', deleted: true },
			},
		],
		refused: [['no group', { userGroup: '={{ "" }}' }, 'is required']],
		failures: [
			{ reply: false },
			{ reply: { success: 'false' } },
			{ success: false },
			{ error: true },
			{ data: { success: false } },
		].map((reply) => ({
			name: `a success that says no: ${JSON.stringify(reply)}`,
			exchanges: [
				{
					method: 'DELETE' as const,
					path: '/platform/iam/v1/user-group/test_group1',
					reply,
				},
			],
			says: [
				'answered without a confirmation',
				/\| The answer says that it was not done, and not why\. Look in the console\./,
			],
		})),
	}),
);
