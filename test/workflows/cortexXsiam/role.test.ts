import { describeOperation } from '../kit/operation';
import type { Exchange } from '../kit/exchanges';
import { iamRefusal, kit } from './kit';
import { published } from './published';

/** Samples of docs/api/cortex-xsiam.md, "Users and roles by the older calls" and "Roles". */
const custom = {
	role_id: 'test_role_01',
	pretty_name: 'Test Role Pretty Name 01',
	description: 'Complete description',
	is_custom: true,
	created_by: 'User 01',
	created_ts: 1661171650679,
	updated_ts: 1661171650679,
};
const predefined = { role_id: 'investigator', pretty_name: 'Investigator', is_custom: false };
const customItem = {
	vendor: 'cortexXsiam',
	type: 'role',
	id: 'test_role_01',
	name: 'Test Role Pretty Name 01',
	description: 'Complete description',
	isCustom: true,
	createdBy: 'User 01',
	createdAt: '2022-08-22T12:34:10.679Z',
	updatedAt: '2022-08-22T12:34:10.679Z',
};
const predefinedItem = {
	vendor: 'cortexXsiam',
	type: 'role',
	id: 'investigator',
	name: 'Investigator',
	description: null,
	isCustom: false,
	createdBy: null,
	createdAt: null,
	updatedAt: null,
};

const list: Exchange = {
	method: 'GET',
	path: '/platform/iam/v1/role',
	headers: { 'content-type': undefined },
	reply: { data: [custom, predefined], metadata: { total_count: 2 } },
};

describeOperation(
	kit,
	'role',
	'getAll',
	published({
		cases: [
			{
				name: 'lists predefined and custom roles',
				parameters: { returnAll: true },
				exchanges: [list],
				items: [customItem, predefinedItem],
				raw: [custom, predefined],
			},
			{
				name: 'gives no more than wanted',
				parameters: { limit: 1 },
				exchanges: [list],
				items: [customItem],
			},
			{
				name: 'filters by kind',
				parameters: { filters: { kind: 'predefined' } },
				exchanges: [list],
				items: [predefinedItem],
			},
			{
				name: 'filters by a part of the name',
				parameters: { filters: { name: 'pretty' } },
				exchanges: [list],
				items: [customItem],
			},
			{
				name: 'survives records that hold something else',
				parameters: {},
				exchanges: [
					{
						...list,
						reply: { data: [null, { role_id: 7, pretty_name: {}, is_custom: 'yes' }] },
					},
				],
				items: [
					{ ...predefinedItem, id: null, name: null, isCustom: null },
					{ ...predefinedItem, id: '7', name: null, isCustom: true },
				],
			},
		],
		refused: [
			['a limit of 0', { returnAll: false, limit: 0 }, "'Limit' must"],
			[
				'a kind that does not exist',
				{ filters: { kind: 'both' } },
				"'Kind' must be one of custom, predefined",
			],
		],
		failures: [
			{
				name: 'an answer without a list',
				exchanges: [{ ...list, reply: { data: { message: 'none' } } }],
				says: ['Cortex XSIAM answered without a list of roles'],
			},
			{
				name: 'a list with fewer roles than the tenant counts',
				exchanges: [{ ...list, reply: { data: [custom], metadata: { total_count: 3 } } }],
				says: ['Cortex XSIAM counts 3 roles, but returned 1', 'The list is not reliable'],
			},
			{
				name: 'a tenant that is too old',
				exchanges: [{ ...list, status: 404, reply: 'Not Found' }],
				says: ['Older tenants lack newer calls'],
			},
		],
	}),
);

const details = {
	pretty_name: 'Test Role Pretty Name 01',
	permissions: ['Reports', 'Playbooks', 'Dashboards'],
	insert_time: 1658315576844,
	update_time: null,
	created_by: 'user1@acme.com',
	description: '',
	groups: ['group1', 'group2'],
	users: ['user1@acme.com'],
};
const detailsCall: Exchange = {
	method: 'POST',
	path: '/public_api/v1/rbac/get_roles',
	body: '{"request_data":{"role_names":["Test Role Pretty Name 01"]}}',
	reply: { reply: [[details]] },
};
const detailsItem = {
	...customItem,
	permissions: ['Reports', 'Playbooks', 'Dashboards'],
	users: ['user1@acme.com'],
	userGroups: ['group1', 'group2'],
};
const byId = { role: { mode: 'list', value: 'test_role_01' }, includePermissions: true };

describeOperation(
	kit,
	'role',
	'get',
	published({
		cases: [
			{
				name: 'gets a role by its ID, with what it permits',
				parameters: byId,
				exchanges: [list, detailsCall],
				items: detailsItem,
				raw: { ...details, ...custom },
			},
			{
				name: 'gets a role by its name, from a plain list',
				parameters: {
					role: { mode: 'name', value: 'Test Role Pretty Name 01' },
					includePermissions: true,
				},
				exchanges: [list, { ...detailsCall, reply: { reply: [details] } }],
				items: detailsItem,
			},
			{
				name: 'leaves out the second call',
				parameters: { ...byId, includePermissions: false },
				exchanges: [list],
				items: { ...customItem, permissions: null, users: null, userGroups: null },
			},
			{
				name: 'has no permissions where the second call knows none',
				parameters: byId,
				exchanges: [list, { ...detailsCall, reply: { reply: [[]] } }],
				items: { ...customItem, permissions: null, users: null, userGroups: null },
			},
		],
		refused: [['no role', { role: '={{ "" }}' }, "'Role' is required"]],
		failures: [
			{
				name: 'a role that is not there',
				parameters: { role: 'no_role' },
				exchanges: [list],
				says: [
					"'Role' is not known: the tenant has no role with the ID 'no_role' | Choose it from the list.",
				],
			},
			{
				name: 'a name that two roles have',
				parameters: { role: { mode: 'name', value: 'Investigator' } },
				exchanges: [
					{
						...list,
						reply: { data: [predefined, { ...predefined, role_id: 'investigator_2' }] },
					},
				],
				says: ["2 roles named 'Investigator'", 'investigator, investigator_2'],
			},
			{
				name: 'no permissions in the second answer',
				exchanges: [list, { ...detailsCall, reply: { reply: {} } }],
				says: ['answered without the permissions of the role'],
			},
		],
	}),
);

const create: Exchange = {
	method: 'POST',
	path: '/platform/iam/v1/role',
	body: '{"request_data":{"component_permissions":["rules_action","wf_verdict_change"],"pretty_name":"CustomRoleName"}}',
	headers: { 'content-type': 'application/json' },
	status: 201,
	reply: { data: { message: 'role_id test_role01 created successfully.' } },
};
const wanted = { name: 'CustomRoleName', permissions: ['rules_action', 'wf_verdict_change'] };
const createdItem = {
	vendor: 'cortexXsiam',
	type: 'role',
	id: 'test_role01',
	name: 'CustomRoleName',
	description: null,
	permissions: ['rules_action', 'wf_verdict_change'],
};

describeOperation(
	kit,
	'role',
	'create',
	published({
		cases: [
			{
				name: 'creates a role and takes its ID out of the message',
				mayHave: "The role 'CustomRoleName' may have been created",
				parameters: wanted,
				exchanges: [create],
				items: createdItem,
			},
			{
				name: 'grants datasets, and each permission once',
				parameters: {
					name: ' CustomRoleName ',
					permissions: 'rules_action, wf_verdict_change, rules_action',
					additionalFields: {
						description: 'A custom role',
						datasetPermissions: {
							permission: [
								{ category: 'Lookup', accessAll: true, datasets: 'ignored' },
								{ category: 'System', accessAll: false, datasets: 'alerts, cases' },
							],
						},
					},
				},
				exchanges: [
					{
						...create,
						body: '{"request_data":{"component_permissions":["rules_action","wf_verdict_change"],"dataset_permissions":[{"category":"Lookup","access_all":true,"permissions":[]},{"category":"System","access_all":false,"permissions":["alerts","cases"]}],"pretty_name":"CustomRoleName","description":"A custom role"}}',
					},
				],
				items: { ...createdItem, description: 'A custom role' },
			},
		],
		refused: [
			['no name', { name: '={{ " " }}' }, "'Name' is required"],
			[
				'no permission',
				{ permissions: '={{ [] }}' },
				"'Permission Names or IDs' must have at least one permission",
			],
			[
				'a category without datasets',
				{
					additionalFields: { datasetPermissions: { permission: [{ category: 'System' }] } },
				},
				"must name datasets where 'Access All' is off",
			],
		],
		failures: [
			{
				name: 'a name that is taken',
				exchanges: [
					{
						...create,
						...iamRefusal('The role name CustomRoleName is already utilized by another role.'),
					},
				],
				says: [
					"'Name' is taken: the tenant has a role 'CustomRoleName'",
					'already utilized by another role',
				],
			},
			{
				name: 'a permission that does not exist',
				exchanges: [{ ...create, ...iamRefusal('Invalid component permission rules_act') }],
				says: ["'Permission Names or IDs'", 'rules_act'],
			},
		],
	}),
);

describeOperation(
	kit,
	'role',
	'delete',
	published({
		cases: [
			{
				name: 'deletes a role by its ID',
				parameters: { role: 'a role/01' },
				exchanges: [
					{
						method: 'DELETE',
						path: '/platform/iam/v1/role/a%20role%2F01',
						headers: { 'content-type': undefined },
						reply: { data: { message: 'role_id a role/01 deleted successfully.' } },
					},
				],
				items: { vendor: 'cortexXsiam', type: 'role', id: 'a role/01', deleted: true },
			},
			{
				name: 'looks a name up',
				parameters: { role: { mode: 'name', value: 'Test Role Pretty Name 01' } },
				exchanges: [
					list,
					{
						method: 'DELETE',
						path: '/platform/iam/v1/role/test_role_01',
						reply: { data: { message: 'role_id test_role_01 deleted successfully.' } },
					},
				],
				items: { vendor: 'cortexXsiam', type: 'role', id: 'test_role_01', deleted: true },
			},
		],
		refused: [
			['no role', { role: '={{ "" }}' }, 'is required'],
			['another resource', { role: '..' }, 'cannot be part of a URL'],
		],
		failures: [
			{
				name: 'a role that is in use',
				exchanges: [
					{
						method: 'DELETE',
						path: '/platform/iam/v1/role/a%20role%2F01',
						...iamRefusal('role_id is assigned to a user or a user group.'),
					},
				],
				says: ["The role in 'Role' cannot be deleted", 'assigned to a user'],
			},
		],
	}),
);

/**
 * One branch of the sample of docs/api/cortex-xsiam.md, "Roles"; and one with the gaps that it tells
 * of.
 */
const actionCenter = {
	name: 'Action Center',
	view_name: 'actions_center',
	action_name: 'actions_center_action',
	sub_permissions: [{ action_name: 'isolate', name: 'Isolate' }],
};
const dataManagement = { name: 'Data Management', view_name: null, action_name: 'dm_action' };
const system = { datasets: ['alerts', 'cases'], dataset_category: 'System' };
const tree = {
	data: {
		rbac_permissions: [
			{
				category_name: 'Investigation & Response',
				sub_categories: [{ sub_category_name: 'Response', permissions: [actionCenter] }],
			},
			{
				category_name: 'Settings',
				sub_categories: [{ sub_category_name: null, permissions: [dataManagement] }],
			},
		],
		datasetGroups: [system, { datasets: [], dataset_category: 'Lookup' }],
	},
};
/** What no branch has. */
const permission = {
	vendor: 'cortexXsiam',
	type: 'permission',
	category: null,
	subCategory: null,
	name: null,
	viewName: null,
	actionName: null,
	subPermissions: [],
	datasets: [],
};
const treeCall: Exchange = {
	method: 'GET',
	path: '/platform/iam/v1/role/permission-config',
	reply: tree,
};

describeOperation(
	kit,
	'role',
	'getPermissionTree',
	published({
		cases: [
			{
				name: 'gives one item for each permission and each category of datasets',
				parameters: {},
				exchanges: [treeCall],
				items: [
					{
						...permission,
						category: 'Investigation & Response',
						subCategory: 'Response',
						name: 'Action Center',
						viewName: 'actions_center',
						actionName: 'actions_center_action',
						subPermissions: [{ name: 'Isolate', actionName: 'isolate' }],
					},
					{
						...permission,
						category: 'Settings',
						name: 'Data Management',
						actionName: 'dm_action',
					},
					{
						...permission,
						type: 'datasetGroup',
						category: 'System',
						datasets: ['alerts', 'cases'],
					},
					{ ...permission, type: 'datasetGroup', category: 'Lookup' },
				],
				raw: [
					{
						category_name: 'Investigation & Response',
						sub_category_name: 'Response',
						...actionCenter,
					},
					{ category_name: 'Settings', sub_category_name: null, ...dataManagement },
					...tree.data.datasetGroups,
				],
			},
			{
				name: 'keeps what has its permissions in another form',
				parameters: {},
				exchanges: [
					{
						...treeCall,
						reply: {
							data: {
								rbac_permissions: [
									{ category_name: 'A', permissions: [actionCenter] },
									{
										category_name: 'B',
										sub_categories: [
											{ sub_category_name: 'C', permissions: null },
											{ sub_category_name: 'D', permissions: [] },
										],
									},
								],
								datasetGroups: [],
							},
						},
					},
				],
				items: [
					{
						...permission,
						category: 'A',
						record: null,
						recordText: JSON.stringify({ category_name: 'A', permissions: [actionCenter] }),
					},
					{
						...permission,
						category: 'B',
						subCategory: 'C',
						record: null,
						recordText: '{"sub_category_name":"C","permissions":null}',
					},
				],
				hints: ["what came is in 'recordText'"],
			},
			{
				name: 'survives a tree without branches',
				parameters: {},
				exchanges: [
					{
						...treeCall,
						reply: {
							data: { rbac_permissions: [null, { sub_categories: [{}] }], datasetGroups: null },
						},
					},
				],
				items: [],
			},
		],
		failures: [
			{
				name: 'no tree in the answer',
				exchanges: [{ ...treeCall, reply: { data: {} } }],
				says: ['answered without the permissions that roles can have'],
			},
		],
	}),
);
