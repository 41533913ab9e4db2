import { everyPermission, type Permission } from './permissions';
import { samples } from './samples';
import type {
	CortexXsiamKey,
	CortexXsiamRole,
	CortexXsiamState,
	CortexXsiamUser,
	SecurityLevel,
} from './state';

/** 128 characters, like the vendor's; plainly no key of a real tenant. */
const demoSecret = (name: string) => `Demo0${name}0Key0`.repeat(16).slice(0, 128);

export const cortexXsiamDemo = {
	standard: { apiKeyId: '21', apiKey: demoSecret('Standard') },
	advanced: { apiKeyId: '22', apiKey: demoSecret('Advanced') },
	/** May list keys and nothing more. */
	viewer: { apiKeyId: '23', apiKey: demoSecret('Viewer') },
	childTenantId: '9100000000001',
} as const;

const dayMs = 86_400_000;

const then = 1_661_171_650_679;

function role(
	role_id: string,
	pretty_name: string,
	is_custom: boolean,
	permissions: Permission[],
): CortexXsiamRole {
	return {
		role_id,
		pretty_name,
		description: `What ${pretty_name} may do`,
		is_custom,
		created_by: is_custom ? 'admin@example.com' : 'Palo Alto Networks',
		created_ts: then,
		updated_ts: then,
		permissions,
	};
}

function user(email: string, first: string, last: string, role_name: string): CortexXsiamUser {
	return {
		user_email: email,
		user_first_name: first,
		user_last_name: last,
		phone_number: '408-753-4000',
		role_name,
		status: 'Active',
		last_logged_in: 1_640_024_700_241,
		is_hidden: false,
		user_type: 'CSP',
		scope: [],
	};
}

function key(
	demo: { apiKeyId: string; apiKey: string },
	securityLevel: SecurityLevel,
	roleName: string,
	comment: string,
	now: number,
): [number, CortexXsiamKey] {
	const id = Number(demo.apiKeyId);
	return [
		id,
		{
			id,
			secret: demo.apiKey,
			securityLevel,
			roles: [roleName],
			comment,
			expiration: null,
			creationTime: now - 30 * dayMs,
			createdBy: 'admin@example.com',
			userName: 'Ada Admin',
			childTenantId: null,
		},
	];
}

export function initialState(now: number): CortexXsiamState {
	const { standard, advanced, viewer } = cortexXsiamDemo;
	return {
		keys: new Map([
			key(standard, 'standard', 'Instance Administrator', 'Automation', now),
			key(advanced, 'advanced', 'Instance Administrator', 'Automation, advanced', now),
			key(viewer, 'standard', 'Public API Viewer', 'Reporting', now),
		]),
		roles: [
			role('instance_admin', 'Instance Administrator', false, everyPermission),
			role('investigator', 'Investigator', false, []),
			role('papi_action_01', 'Public API Action', true, ['papi_view', 'papi_edit']),
			role('papi_viewer_01', 'Public API Viewer', true, ['papi_view']),
		],
		users: [
			user('admin@example.com', 'Ada', 'Admin', 'Instance Administrator'),
			user('ivy@example.com', 'Ivy', 'Investigator', 'Investigator'),
			user('paul@example.com', 'Paul', 'Automation', 'Public API Action'),
		],
		userGroups: [
			{
				group_id: '101',
				group_name: 'SOC',
				description: null,
				role_id: 'investigator',
				created_by: 'admin@example.com',
				created_ts: then,
				updated_ts: then,
				users: ['ivy@example.com'],
				group_type: 'custom',
				nested_group_ids: ['abc_102'],
				idp_groups: ['soc-idp'],
			},
			{
				group_id: 'abc_102',
				group_name: 'SOC Night Shift',
				description: 'From 22:00 to 06:00',
				role_id: null,
				created_by: 'admin@example.com',
				created_ts: then,
				updated_ts: then,
				users: [],
				group_type: 'custom',
				nested_group_ids: [],
				idp_groups: [],
			},
		],
		scopes: new Map(),
		scopeTargets: {
			endpointGroups: [
				{ tag_id: 'EG:1', tag_name: 'test-eg-1' },
				{ tag_id: 'EG:2', tag_name: 'Servers' },
			],
			endpointTags: [{ tag_id: 'ET:1', tag_name: 'production' }],
			casesIssues: [
				{ tag_id: 'DOM:1', tag_name: 'Security' },
				{ tag_id: 'DOM:4', tag_name: 'Health' },
				{ tag_id: 'DOM:5', tag_name: 'IT' },
			],
			assetGroups: [1, 2, 3].map((id) => ({
				asset_group_id: id,
				asset_group_name: `Asset Test Group ${id}`,
			})),
		},
		childTenants: new Set([cortexXsiamDemo.childTenantId]),
		audits: [],
		...samples(),
		datasets: new Map(),
		entries: [],
		actions: new Map(),
		nextActionId: 22_519,
		xqlQueries: new Map(),
		xqlRejected: 0,
		nextKeyId: 4_267,
		nextNumber: 103,
		nonces: new Set(),
	};
}
