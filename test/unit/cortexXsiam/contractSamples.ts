export const PUBLIC = '/public_api/v1';
export const IAM = '/platform/iam/v1';
export const GENERATE = `${PUBLIC}/api_keys/generate`;

/** Bodies as the vendor documents them, by section of docs/api/cortex-xsiam.md. */
export const samples: Array<[section: string, method: string, path: string, body?: unknown]> = [
	['Testing a credential', 'GET', `${PUBLIC}/healthcheck`],
	['Testing a credential', 'POST', `${PUBLIC}/system/get_tenant_info`, { request_data: {} }],
	[
		'Listing API keys',
		'POST',
		`${PUBLIC}/api_keys/get_api_keys`,
		{ request_data: { filters: [] } },
	],
	[
		'Listing API keys',
		'POST',
		`${PUBLIC}/api_keys/get_api_keys`,
		{ request_data: { filters: [{ field: 'expiration', operator: 'gte', value: 1721149909250 }] } },
	],
	[
		'Generating an API key',
		'POST',
		GENERATE,
		{
			request_data: {
				roles: ['Public API Action'],
				security_level: 'standard',
				expiration: 1725802080000,
				comment: 'API key for Joe',
			},
		},
	],
	[
		'Deleting API keys',
		'POST',
		`${PUBLIC}/api_keys/delete`,
		{ request_data: { filters: [{ field: 'id', operator: 'in', value: [121, 134] }] } },
	],
	['Reading and changing one API key', 'GET', `${IAM}/api-key/123`],
	[
		'Reading and changing one API key',
		'PUT',
		`${IAM}/api-key/123`,
		{
			request_data: {
				roles: ['role_name_123'],
				security_level: 'standard',
				comment: 'useful comment',
			},
		},
	],
	['Scope of an API key', 'GET', `${IAM}/scope/api-key/123`],
	['Scope of an API key', 'GET', `${IAM}/scope/user/user1%40test.com`],
	['Users and roles by the older calls', 'POST', `${PUBLIC}/rbac/get_users`, { request_data: {} }],
	['Users and roles by the older calls', 'POST', `${PUBLIC}/rbac/get_users`, {}],
	[
		'Users and roles by the older calls',
		'POST',
		`${PUBLIC}/rbac/get_roles`,
		{ request_data: { role_names: ['Role1', 'Role2'] } },
	],
	[
		'Users and roles by the older calls',
		'POST',
		`${PUBLIC}/rbac/get_user_group`,
		{ request_data: { group_names: ['Group1', 'Group2'] } },
	],
	[
		'Users and roles by the older calls',
		'POST',
		`${PUBLIC}/rbac/set_user_role`,
		{ request_data: { user_emails: ['user1@acme.com', 'user2@acme.com'], role_name: 'Role1' } },
	],
	[
		'Users and roles by the older calls',
		'POST',
		`${PUBLIC}/rbac/set_user_role`,
		{ request_data: { user_emails: ['user1@acme.com'], role_name: '' } },
	],
	['Roles', 'GET', `${IAM}/role`],
	[
		'Roles',
		'POST',
		`${IAM}/role`,
		{
			request_data: {
				component_permissions: ['rules_action', 'wf_verdict_change'],
				dataset_permissions: [{ category: 'Lookup', access_all: true, permissions: [] }],
				pretty_name: 'CustomRoleName',
				description: 'A custom role with specific permissions',
			},
		},
	],
	['Roles', 'DELETE', `${IAM}/role/test_role_01`],
	['Roles', 'GET', `${IAM}/role/permission-config`],
	['User groups', 'GET', `${IAM}/user-group`],
	[
		'User groups',
		'POST',
		`${IAM}/user-group`,
		{
			request_data: {
				group_name: 'test_group_name',
				role_id: 'role_name_123',
				description: 'Test Description',
				users: ['user1@test.com'],
				nested_group_ids: ['7f3o5b2c-4d5e-4f6a-8b9c-1d3o5f4a5b6c_123'],
				idp_groups: ['test idp group'],
			},
		},
	],
	['User groups', 'POST', `${IAM}/user-group`, { request_data: { group_name: 'test_group_name' } }],
	[
		'User groups',
		'PATCH',
		`${IAM}/user-group/123-456`,
		{ request_data: { users: [], role_id: '', description: null } },
	],
	['User groups', 'DELETE', `${IAM}/user-group/123-456`],
	['Users', 'GET', `${IAM}/user`],
	['Users', 'GET', `${IAM}/user/user1%40test.com`],
	[
		'Users',
		'PATCH',
		`${IAM}/user/user1%40test.com`,
		{
			request_data: {
				phone_number: '408-753-4000',
				status: 'Active',
				role_id: 'role_name_123',
				is_hidden: true,
				user_groups: ['user_groups_123'],
			},
		},
	],
	['Audit log', 'POST', `${PUBLIC}/audits/management_logs`, { request_data: {} }],
	['The tenant', 'POST', `${PUBLIC}/get_risk_score`, { request_data: { id: 'user2_9fa235' } }],
	[
		'Audit log',
		'POST',
		`${PUBLIC}/audits/agents_reports`,
		{
			request_data: {
				filters: [
					{ field: 'domain', operator: 'in', value: ['WORKGROUP'] },
					{ field: 'timestamp', operator: 'gte', value: 1565074114053 },
				],
			},
		},
	],
	['Notification rules', 'GET', '/platform/notifications/v1/list-rules'],
	[
		'Notification rules',
		'POST',
		'/platform/notifications/v1/rule',
		{
			request_data: {
				name: 'Key events',
				forward_type: 'audit',
				forward_source: { email: { distribution_list: ['a@b.c'] }, syslog: { id: 1 } },
				time_zone: 'UTC',
			},
		},
	],
	[
		'Notification rules',
		'PATCH',
		'/platform/notifications/v1/update-rule-status/a1b2',
		{ request_data: { status: 'disable' } },
	],
	['Notification rules', 'DELETE', '/platform/notifications/v1/rule/a1b2'],
	[
		'XQL queries',
		'POST',
		`${PUBLIC}/xql/start_xql_query`,
		{
			request_data: {
				query: 'dataset=xdr_data | fields event_id, event_type | limit 3',
				tenants: [],
				timeframe: { from: 1598907600000, to: 1599080399000 },
			},
		},
	],
	[
		'XQL queries',
		'POST',
		`${PUBLIC}/xql/start_xql_query`,
		{ request_data: { query: 'dataset=xdr_data', timeframe: { relativeTime: 86400000 } } },
	],
	[
		'XQL queries',
		'POST',
		`${PUBLIC}/xql/get_query_results`,
		{
			request_data: {
				query_id: '061880b4867446_4356_inv',
				pending_flag: true,
				limit: 100,
				format: 'json',
			},
		},
	],
	[
		'XQL queries',
		'POST',
		`${PUBLIC}/xql/get_query_results_stream`,
		{ request_data: { stream_id: 'streamID', is_gzip_compressed: true } },
	],
	['XQL queries', 'POST', `${PUBLIC}/xql/get_quota`, { request_data: {} }],
	[
		'Issues',
		'POST',
		`${PUBLIC}/issue/search`,
		{
			request_data: {
				filters: [{ field: 'severity', operator: 'in', value: ['HIGH', 'CRITICAL'] }],
			},
			search_from: 0,
			search_to: 50,
			sort: { field: 'observation_time', keyword: 'desc' },
		},
	],
	[
		'Issues',
		'POST',
		`${PUBLIC}/issue`,
		{
			request_data: {
				issue: {
					name: 'Unauthorized Access Detected',
					description: '…',
					observation_time: 1700000000000,
					domain: 'SECURITY',
					category: 'CONFIGURATION',
					severity: 'HIGH',
				},
			},
		},
	],
	[
		'Issues',
		'POST',
		`${PUBLIC}/issue/123`,
		{
			request_data: {
				update_data: {
					status: 'Resolved',
					status_resolution_reason: 'RESOLVED_FALSE_POSITIVE',
					status_resolution_comment: 'Verified',
				},
			},
		},
	],
	[
		'Cases',
		'POST',
		`${PUBLIC}/case/search`,
		{
			request_data: {
				filters: [{ field: 'status_progress', operator: 'in', value: ['NEW'] }],
				search_from: 0,
				search_to: 100,
				sort: { field: 'creation_time', keyword: 'desc' },
			},
		},
	],
	[
		'Cases',
		'POST',
		`${PUBLIC}/case/update/3`,
		{
			request_data: {
				update_data: {
					status_progress: 'RESOLVED',
					resolve_reason: 'RESOLVED_FALSE_POSITIVE',
					resolve_comment: '…',
				},
			},
		},
	],
	['Cases', 'GET', `${PUBLIC}/case/artifacts/3`],
	['Cases', 'POST', `${PUBLIC}/entries/insert`, { id: 'CASE-3', data: '!Print value=1' }],
	['Endpoints', 'POST', `${PUBLIC}/endpoints/get_endpoints`, {}],
	['Endpoints', 'POST', `${PUBLIC}/endpoints/isolate`, { request_data: { endpoint_id: '…' } }],
	['Endpoints', 'POST', `${PUBLIC}/endpoints/unisolate`, { request_data: { endpoint_id: '…' } }],
	['Endpoints', 'POST', `${PUBLIC}/endpoints/scan`, { request_data: { filters: 'all' } }],
	[
		'Endpoints',
		'POST',
		`${PUBLIC}/actions/get_action_status`,
		{ request_data: { group_action_id: 123456789 } },
	],
	[
		'Endpoints',
		'POST',
		`${PUBLIC}/hash_exceptions/blocklist`,
		{ request_data: { hash_list: ['<sha256>'], comment: '…', incident_id: 5 } },
	],
];
