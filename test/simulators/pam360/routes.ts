import type { Call, FileAnswer, PkiSuccess, ScimSuccess, Success } from './call';
import { addAccounts, editAccount } from './calls/accountChanges';
import { deleteAccount, getAccountDetails, getAccounts, shareAccount } from './calls/accounts';
import { getAccessRequests, requestPassword } from './calls/accessRequests';
import { fetchAgentKey } from './calls/agentKey';
import { getAudit } from './calls/audit';
import * as certificates from './calls/certificates';
import { manageOrganizations } from './calls/organizations';
import * as passwords from './calls/passwords';
import { configureRemotePasswordReset } from './calls/remoteReset';
import * as resourceGroups from './calls/resourceGroups';
import * as lookups from './calls/resourceLookups';
import * as resources from './calls/resources';
import * as groups from './calls/scimGroups';
import * as scimUsers from './calls/scimUsers';
import * as sshKeys from './calls/sshKeys';
import { regenerateAuthtoken } from './calls/tokens';
import { restoreTrash } from './calls/trash';
import { createTunnel, createTunnelServer, destroyTunnel } from './calls/tunnels';
import * as users from './calls/users';
import type { InputRule } from './inputData';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface RouteOf<Family extends string, Result> {
	family: Family;
	method: Method;
	/** From the host on, placeholders in braces. */
	path: string;
	/** What the envelope calls it: unique, so that a log may name a call by it. */
	operation: string;
	/** How it takes INPUT_DATA; `null`: not at all. */
	input: InputRule | null;
	answer(call: Call): Result | Promise<Result>;
}

export type Pam360Route =
	| RouteOf<'rest', Success | FileAnswer>
	| RouteOf<'pki', PkiSuccess | FileAnswer>
	| RouteOf<'scim', ScimSuccess>;

const none = null;
const must: InputRule = { key: 'Details', mandatory: true };
const may: InputRule = { key: 'Details', mandatory: false };
const mustLower: InputRule = { key: 'details', mandatory: true };
const mayLower: InputRule = { key: 'details', mandatory: false };

type Line<Result> = [
	method: Method,
	path: string,
	operation: string,
	input: InputRule | null,
	answer: (call: Call) => Result | Promise<Result>,
];

const account = '/resources/{RESOURCEID}/accounts/{ACCOUNTID}';
const byNames = '/resources/resourcename/{name}/accounts/accountname/{account}';

/** Names in the table are the vendor's where answers show them. */
const rest: Array<Line<Success | FileAnswer>> = [
	['POST', '/agents/agentkey', 'Fetch Agent Key', mustLower, fetchAgentKey],
	['PUT', '/user/regenerateAuthtoken', 'REGENERATE AUTHTOKEN', none, regenerateAuthtoken],

	['GET', '/resources', 'GET RESOURCES', may, resources.getResources],
	['POST', '/resources', 'CREATE RESOURCE', must, resources.createResource],
	['GET', '/resources/resourcetypes', 'GET RESOURCE TYPES', may, lookups.getResourceTypes],
	[
		'GET',
		'/resources/getResourceIdAccountId',
		'GET_RESOURCEACCOUNTID',
		none,
		lookups.getResourceIdAccountId,
	],
	['GET', '/resources/resourcename/{name}', 'GET_RESOURCEID', none, lookups.getResourceId],
	['GET', byNames, 'GET_RESOURCEACCOUNTID_BY_PATH', none, lookups.getResourceIdAccountIdByPath],
	[
		'GET',
		'/resources/getResourceAccountDetails',
		'GET_RESOURCEACCOUNTDETAILS',
		none,
		passwords.getResourceAccountDetails,
	],
	[
		'POST',
		'/resources/configureremotepasswordreset',
		'CONFIGURE REMOTE PASSWORD RESET',
		must,
		configureRemotePasswordReset,
	],
	['PUT', '/resources/{RESOURCEID}', 'EDIT RESOURCE', must, resources.editResource],
	['DELETE', '/resources/{RESOURCEID}', 'DELETE RESOURCE', none, resources.deleteResource],
	['PUT', '/resources/{RESOURCEID}/share', 'SHARE RESOURCE', must, resources.shareResource],
	['PUT', '/trash/restore', 'RESTORE TRASH', must, restoreTrash],

	['GET', '/resources/{RESOURCEID}/accounts', 'GET RESOURCE ACCOUNTLIST', may, getAccounts],
	['POST', '/resources/{RESOURCEID}/accounts', 'ADD ACCOUNTS', must, addAccounts],
	['GET', account, 'GET RESOURCE ACCOUNT DETAILS', none, getAccountDetails],
	['PUT', account, 'EDIT ACCOUNT', must, editAccount],
	['DELETE', account, 'DELETE ACCOUNT', none, deleteAccount],
	['PUT', `${account}/share`, 'SHARE ACCOUNT', must, shareAccount],
	['GET', `${account}/downloadfile`, 'DOWNLOAD FILE', may, passwords.downloadFile],
	['GET', `${account}/password`, 'GET PASSWORD', may, passwords.getPassword],
	['PUT', `${account}/password`, 'CHANGE PASSWORD', must, passwords.changePassword],
	['GET', '/passwords/generate', 'GENERATE PASSWORD', may, passwords.generateByPolicy],
	['GET', '/accounts/{ACCOUNTID}/totp', 'GET TOTP', none, passwords.getTotp],
	['POST', '/accounts/{ACCOUNTID}/requestpassword', 'REQUEST PASSWORD', may, requestPassword],
	[
		'GET',
		'/accounts/passwordaccessrequests',
		'GET PASSWORD ACCESS REQUESTS',
		none,
		getAccessRequests,
	],

	['GET', '/resourcegroup', 'GET RESOURCE GROUPS', mayLower, resourceGroups.getResourceGroups],
	[
		'GET',
		'/resources/{RESOURCEID}/associatedGroups',
		'GET ASSOCIATED GROUPS',
		none,
		resourceGroups.getAssociatedGroups,
	],
	[
		'POST',
		'/resourcegroup/{groupId}/associateResources',
		'ASSOCIATE RESOURCES',
		must,
		resourceGroups.associateResources,
	],
	['PUT', '/resourcegroup/share', 'SHARE RESOURCE GROUP', must, resourceGroups.shareResourceGroup],
	['POST', '/user', 'CREATE USER', must, users.createUser],
	['GET', '/user/getUserId', 'GET_USERID', none, users.getUserId],
	['GET', '/user/getUserGroupId', 'GET_USERGROUPID', none, users.getUserGroupId],
	['PUT', '/user/lock', 'LOCK USER', none, users.lockUser],
	['PUT', '/user/unlock', 'UNLOCK USER', none, users.unlockUser],
	['DELETE', '/user/{USERID}', 'DELETE USER', none, users.deleteUser],
	['POST', '/organizations/manage', 'MANAGE ORGANIZATIONS', must, manageOrganizations],
	['GET', '/audit', 'GET_AUDIT', none, getAudit],

	['POST', '/tunnel/createTunnelServer', 'Create Tunnel Server', must, createTunnelServer],
	['POST', '/tunnel/createTunnel', 'Create Tunnel', must, createTunnel],
	['DELETE', '/tunnel/destroyTunnel/{portNo}', 'Destroy Tunnel', none, destroyTunnel],
];

/** The operation is the path's last part (docs/api/pam360.md, "Certificates"). */
const pki: Array<[Method, string, InputRule | null, Line<PkiSuccess | FileAnswer>[4]]> = [
	['GET', 'getAllSSHKeys', none, sshKeys.getAllSshKeys],
	['GET', 'getSSHkeysforuser', must, sshKeys.getSshKeysForUser],
	['GET', 'getAllAssociatedUsers', none, sshKeys.getAllAssociatedUsers],
	['POST', 'getSSHKey', may, sshKeys.brokenKeyCall],
	['POST', 'exportSSHKey', may, sshKeys.brokenKeyCall],
	['GET', 'getAllSSLCertificates', may, certificates.getAllCertificates],
	['POST', 'addCertificate', must, certificates.addCertificate],
	['POST', 'createCertificate', must, certificates.createCertificate],
	['POST', 'createCSR', must, certificates.createCsr],
	['POST', 'signCSR', must, certificates.signCsr],
	['GET', 'getCertificate', must, certificates.getCertificate],
	['GET', 'getCertificateKeyStore', must, certificates.getCertificateKeyStore],
	['GET', 'getCertificatePassphrase', must, certificates.getCertificatePassphrase],
	['GET', 'getCertificateDetails', must, certificates.getCertificateDetails],
];

const scim: Array<[Method, string, string, Line<ScimSuccess>[4]]> = [
	['GET', '/Users', 'SCIM get users', scimUsers.getScimUsers],
	['POST', '/Users', 'SCIM create user', scimUsers.createScimUser],
	['GET', '/Users/{userId}', 'SCIM get user', scimUsers.getScimUser],
	['PUT', '/Users/{userId}', 'SCIM replace user', scimUsers.replaceScimUser],
	['PATCH', '/Users/{userId}', 'SCIM patch user', scimUsers.patchScimUser],
	['GET', '/Groups', 'SCIM get groups', groups.getScimGroups],
	['GET', '/Groups/{groupId}', 'SCIM get group', groups.getScimGroup],
	['GET', '/ServiceProviderConfig', 'SCIM configuration', groups.getServiceProviderConfig],
	['GET', '/ResourceTypes', 'SCIM resource types', groups.getResourceTypeList],
	['GET', '/Schemas', 'SCIM schemas', groups.getSchemaList],
];

/** Every call of the server. */
export const pam360Routes: readonly Pam360Route[] = [
	...rest.map(([method, path, operation, input, answer]) => ({
		family: 'rest' as const,
		method,
		path: `/restapi/json/v1${path}`,
		operation,
		input,
		answer,
	})),
	...pki.map(([method, operation, input, answer]) => ({
		family: 'pki' as const,
		method,
		path: `/api/pki/restapi/${operation}`,
		operation,
		input,
		answer,
	})),
	...scim.map(([method, path, operation, answer]) => ({
		family: 'scim' as const,
		method,
		path: `/scim/v2${path}`,
		operation,
		input: none,
		answer,
	})),
];

const patterns = pam360Routes.map((route) => ({
	route,
	pattern: new RegExp(`^${route.path.replaceAll(/\{\w+\}/gu, '[^/]+')}/?$`, 'u'),
}));

/** Which call a request was, such as an entry of the log; `undefined` where there is none. */
export function pam360CallOf(request: { method: string; path: string }): Pam360Route | undefined {
	return patterns.find(
		({ route, pattern }) => route.method === request.method && pattern.test(request.path),
	)?.route;
}
