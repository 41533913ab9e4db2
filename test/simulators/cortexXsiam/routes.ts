import { deleteKeys, generate, getApiKeys, notOffered } from './apiKeys';
import { managementLogs } from './audit';
import type { CortexXsiamRoute } from './call';
import { caseArtifacts, caseSchema, searchCases, updateCase } from './cases';
import { addData, addDataset, deleteDataset, getData, getDatasets, removeData } from './datasets';
import { getActionStatus, getEndpoint, getEndpoints, isolate, unisolate } from './endpoints';
import { insertEntry } from './entries';
import { getKey, putKey } from './iamApiKeys';
import { createRole, deleteRole, listRoles, permissionConfig } from './iamRoles';
import { getScope, putScope } from './iamScopes';
import { createUserGroup, deleteUserGroup, listUserGroups, patchUserGroup } from './iamUserGroups';
import { getUser, listUsers, patchUser } from './iamUsers';
import { createIssue, issueSchema, searchIssues, updateIssue } from './issues';
import {
	createRule,
	deleteRule,
	getRule,
	listRules,
	putRule,
	updateRuleStatus,
} from './notifications';
import type { Permission } from './permissions';
import { getRoles, getUserGroup, getUsers, setUserRole } from './rbac';
import { getTenantInfo } from './system';
import { getQueryResults, getQueryResultsStream, getQuota, startQuery } from './xql';

type Route = CortexXsiamRoute;

const route = (
	method: Route['method'],
	path: string,
	answer: Route['answer'],
	permission?: Permission,
	status = 200,
	input?: Route['input'],
): Route => ({ method, path, status, answer, permission, input });

const papi = '/public_api/v1';
const iam = '/platform/iam/v1';
const notify = '/platform/notifications/v1';

/** Every call that the simulator answers, and what a key must be permitted for it. */
export const cortexXsiamRoutes: readonly CortexXsiamRoute[] = [
	route('POST', '/api_keys/validate', () => true),
	route('GET', '/api_keys/validate', () => true),
	route('GET', `${papi}/healthcheck`, () => ({ status: 'available' })),

	route('POST', `${papi}/api_keys/get_api_keys`, getApiKeys, 'papi_view'),
	route('POST', `${papi}/api_keys/generate`, generate, 'papi_edit'),
	route('POST', `${papi}/api_keys/delete`, deleteKeys, 'papi_edit'),
	route('POST', `${papi}/api_keys/get`, notOffered),
	route('POST', `${papi}/api_keys/list`, notOffered),

	route('GET', `${iam}/api-key/:id`, getKey, 'access_management_view'),
	route('PUT', `${iam}/api-key/:id`, putKey, 'access_management_action'),
	route('GET', `${iam}/scope/:entity_type/:entity_id`, getScope, 'access_management_view'),
	route('PUT', `${iam}/scope/:entity_type/:entity_id`, putScope, 'access_management_action'),
	route('GET', `${iam}/role`, listRoles, 'access_management_view'),
	route('POST', `${iam}/role`, createRole, 'access_management_action', 201),
	route('GET', `${iam}/role/permission-config`, permissionConfig, 'access_management_view'),
	route('DELETE', `${iam}/role/:role_id`, deleteRole, 'access_management_action'),
	route('GET', `${iam}/user-group`, listUserGroups, 'access_management_view'),
	route('POST', `${iam}/user-group`, createUserGroup, 'access_management_action', 201),
	route('PATCH', `${iam}/user-group/:group_id`, patchUserGroup, 'access_management_action'),
	route('DELETE', `${iam}/user-group/:group_id`, deleteUserGroup, 'access_management_action'),
	route('GET', `${iam}/user`, listUsers, 'access_management_view'),
	route('GET', `${iam}/user/:user_email`, getUser, 'access_management_view'),
	route('PATCH', `${iam}/user/:user_email`, patchUser, 'access_management_action'),

	// No permission is documented for reading users, roles and groups here.
	route('POST', `${papi}/rbac/get_users`, getUsers),
	route('POST', `${papi}/rbac/get_roles`, getRoles),
	route('POST', `${papi}/rbac/get_user_group`, getUserGroup),
	route('POST', `${papi}/rbac/set_user_role`, setUserRole, 'access_management_action'),

	route('POST', `${papi}/audits/management_logs`, managementLogs, 'auditing_view'),
	// No permission is documented for the licence of the tenant.
	route('POST', `${papi}/system/get_tenant_info`, getTenantInfo),

	route('GET', `${notify}/list-rules`, listRules, 'notifications_view'),
	route('POST', `${notify}/rule`, createRule, 'notifications_action', 201),
	route('GET', `${notify}/rule/:rule_uuid`, getRule, 'notifications_view'),
	route('PUT', `${notify}/rule/:rule_uuid`, putRule, 'notifications_action'),
	route('DELETE', `${notify}/rule/:rule_uuid`, deleteRule, 'notifications_action', 204),
	route(
		'PATCH',
		`${notify}/update-rule-status/:rule_uuid`,
		updateRuleStatus,
		'notifications_action',
		204,
	),

	route('POST', `${papi}/case/search`, searchCases, 'cases_view'),
	route('GET', `${papi}/case/schema`, caseSchema, 'cases_view'),
	route('GET', `${papi}/case/artifacts/:id`, caseArtifacts, 'cases_view'),
	route('POST', `${papi}/case/update/:id`, updateCase, 'cases_action', 204),
	route('POST', `${papi}/issue/search`, searchIssues, 'cases_view'),
	route('POST', `${papi}/issue/schema`, issueSchema, 'cases_view'),
	route('POST', `${papi}/issue`, createIssue, 'cases_action', 202),
	route('POST', `${papi}/issue/:id`, updateIssue, 'cases_action', 204),

	route('POST', `${papi}/entries/insert`, insertEntry, 'cases_action', 200, 'plain'),

	route('POST', `${papi}/xql/add_dataset`, addDataset, 'data_management_action'),
	route('POST', '/public_api/v2/xql/delete_dataset', deleteDataset, 'data_management_action'),
	route('POST', `${papi}/xql/get_datasets`, getDatasets, 'query_center_view'),
	route('POST', `${papi}/xql/lookups/add_data`, addData, 'data_management_action'),
	route('POST', `${papi}/xql/lookups/get_data`, getData, 'query_center_view'),
	route('POST', `${papi}/xql/lookups/remove_data`, removeData, 'data_management_action'),
	route('POST', `${papi}/xql/start_xql_query`, startQuery, 'query_center_action'),
	route('POST', `${papi}/xql/get_query_results`, getQueryResults, 'query_center_view'),
	route('POST', `${papi}/xql/get_query_results_stream`, getQueryResultsStream, 'query_center_view'),
	route('POST', `${papi}/xql/get_quota`, getQuota, 'query_center_view'),

	route('POST', `${papi}/endpoints/get_endpoint`, getEndpoint, 'endpoints_view'),
	route('POST', `${papi}/endpoints/get_endpoints`, getEndpoints, 'endpoints_view'),
	route('POST', `${papi}/endpoints/isolate`, isolate, 'isolate'),
	route('POST', `${papi}/endpoints/unisolate`, unisolate, 'isolate'),
	route('POST', `${papi}/actions/get_action_status`, getActionStatus, 'actions_center'),
];
