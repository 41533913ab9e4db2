import { accountOf, hasApproval, resourceOf, visibleAccounts } from '../access';
import { record } from '../audit';
import type { Call, Success } from '../call';
import { written } from '../dates';
import { compliance } from '../generate';
import { pageOf, searchOf, viewOf } from '../lists';
import { customFieldRows } from '../options';
import { applyShare } from '../shares';
import type {
	Pam360Account,
	Pam360CustomColumn,
	Pam360CustomField,
	Pam360Resource,
} from '../state';

const autologons: Record<string, string[]> = {
	Linux: ['SSH', 'Telnet'],
	Windows: ['Windows Remote Desktop'],
	WindowsDomain: ['Windows Remote Desktop'],
};

/** `****` where it can be fetched; of a file its name (docs/api/pam360.md, "Listing accounts"). */
function passwordStatus(call: Call, account: Pam360Account): string {
	if (account.file) return account.file.name;
	return account.approvalRequired && !hasApproval(call, account) ? '[Request]' : '****';
}

function customField(fields: Pam360CustomField[], columns: Pam360CustomColumn[]): object {
	const rows = customFieldRows(fields, columns);
	return rows.length > 0 ? { 'CUSTOM FIELD': rows } : {};
}

function accountRow(call: Call, { type }: Pam360Resource, account: Pam360Account): object {
	const { settings, state } = call;
	const ticket = String(account.ticketRequired);
	const since = {
		ACCOUNT_DESCRIPTION: account.description,
		PASSWORDREQUEST_REASON_MANDATORY: 'true',
		IS_USER_WITH_COMMAND_CONTROL_ROLE: 'false',
		IS_COMMAND_CONTROL_CONFIGURED: 'false',
	};
	return {
		ISFAVPASS: String(account.favourite),
		'ACCOUNT ID': account.id,
		AUTOLOGONLIST: autologons[type] ?? [],
		'ACCOUNT NAME': account.name,
		'PASSWORD STATUS': passwordStatus(call, account),
		ISREMOTEAPPONLY: 'false',
		'ACCOUNT PASSWORD POLICY': account.policy,
		AUTOLOGONSTATUS: settings.autologonStatus,
		IS_TICKETID_REQD_ACW: 'false',
		PASSWDID: account.id,
		IS_TICKETID_REQD_MANDATORY: ticket,
		IS_TICKETID_REQD: ticket,
		ISREASONREQUIRED: String(account.reasonRequired),
		...(settings.answersOf !== 'older' && since),
		...customField(account.customFields, state.customColumns.account),
	};
}

const newerResource = {
	PASSWORDREQUEST_REASON_MANDATORY: 'true',
	IS_LOCAL_ACCOUNTS_AUTOLOGON_RESTRICTED: 'false',
	IS_SSH_RESTRICTED: 'false',
	ISRDPRESTRICTED: 'false',
};

/** The accounts that were asked for, without a page's bounds. */
function foundAccounts(call: Call, resource: Pam360Resource): Pam360Account[] {
	const { input, state } = call;
	const inView = viewOf(input);
	const search = searchOf(call, input);
	const groupId = input.has('GROUPID') ? String(input.integer('GROUPID', 0)) : undefined;
	const group = state.resourceGroups.find(({ id }) => id === groupId);
	if (groupId !== undefined && !group?.resourceIds.has(resource.id)) return [];
	const all = visibleAccounts(call, resource);
	if (!inView && !search) return all;
	const whole = !search || search.resource(resource);
	return all.filter(
		(account) => (!inView || inView(resource, account)) && (whole || search.account(account)),
	);
}

/** GET /resources/{RESOURCEID}/accounts, docs/api/pam360.md, "Listing accounts". */
export function getAccounts(call: Call): Success {
	const { input, settings, state } = call;
	const resource = resourceOf(call);
	const rows = pageOf(call, foundAccounts(call, resource), input).map((account) =>
		accountRow(call, resource, account),
	);
	return {
		message: 'Resource details with account list fetched successfully',
		details: {
			LOCATION: resource.location,
			'RESOURCE DESCRIPTION': resource.description,
			'RESOURCE TYPE': resource.type,
			'RESOURCE ID': resource.id,
			'ACCOUNT LIST': rows,
			DEPARTMENT: resource.department,
			'RESOURCE OWNER': resource.owner,
			'RESOURCE PASSWORD POLICY': resource.policy,
			'RESOURCE URL': resource.url,
			NEWSSHTERMINAL: 'false',
			'DOMAIN NAME': resource.domainName,
			ALLOWOPENURLINBROWSER: 'true',
			'RESOURCE NAME': resource.name,
			'DNS NAME': resource.dnsName,
			...customField(resource.customFields, state.customColumns.resource),
			...(settings.answersOf === 'newer' && newerResource),
		},
	};
}

/** GET /resources/{RESOURCEID}/accounts/{ACCOUNTID}, docs/api/pam360.md, "Details of an account". */
export function getAccountDetails(call: Call): Success {
	const { settings, state } = call;
	const { account } = accountOf(call);
	const { status, reason } = compliance(account.password);
	return {
		message: 'Account details fetched successfully',
		details: {
			DESCRIPTION: account.description || 'N/A',
			PASSWDID: account.id,
			'LAST MODIFIED TIME': written(settings, account.lastModified, 'console'),
			'EXPIRY STATUS': 'Valid',
			'COMPLIANT REASON': account.file ? '-' : reason,
			...(settings.answersOf !== 'older' && { PASSWORDREQUEST_REASON_MANDATORY: 'true' }),
			'PASSWORD STATUS': passwordStatus(call, account),
			'PASSWORD POLICY': account.policy,
			'COMPLIANT STATUS': account.file ? 'Compliant' : status,
			'LAST ACCESSED TIME': written(settings, account.lastAccessed, 'console'),
			...customField(account.customFields, state.customColumns.account),
		},
	};
}

/** DELETE /resources/{RESOURCEID}/accounts/{ACCOUNTID}, docs/api/pam360.md, "Deleting an account". */
export function deleteAccount(call: Call): Success {
	const { settings, state } = call;
	const { resource, account } = accountOf(call, 'fullaccess');
	resource.accounts.delete(account.id);
	if (settings.deleteToTrash) {
		state.trash.push({ type: 'account', resourceId: resource.id, account });
	}
	record(call, 'Resource', 'Account Deleted', { resource, account });
	return { message: 'Account deleted successfully' };
}

/** PUT /resources/{RESOURCEID}/accounts/{ACCOUNTID}/share, docs/api/pam360.md, "Sharing an account". */
export function shareAccount(call: Call): Success {
	const { resource, account } = accountOf(call, 'fullaccess');
	const { with: user, accessType } = applyShare(call, account);
	const what = accessType === 'revoke' ? 'Account Share Revoked' : 'Account Shared';
	record(call, 'Resource', what, { resource, account, ...(user && { user }) });
	return { message: 'Account share updated successfully' };
}
