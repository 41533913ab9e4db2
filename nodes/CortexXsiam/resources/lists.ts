/** All lists that the editor fills for this node. */
export { apiKeyList, roleNameOptions } from './apiKey/lists';
export { caseList } from './case/lists';
export { endpointOptions } from './endpoint/lists';
export { issueList } from './issue/lists';
export { permissionOptions } from './role/lists';
export {
	notificationRuleList,
	roleList,
	userGroupList,
	userGroupOptions,
	userList,
	userOptions,
} from './shared/lists';
