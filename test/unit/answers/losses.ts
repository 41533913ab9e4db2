import type { VendorName } from './recorded';

interface Losses {
	/** What no item of a vendor has: the envelope around what is asked for. */
	everywhere: RegExp[];
	/**
	 * By recording, the places in its answers whose values are not in the item, and why. `2: data` is in the
	 * second of several answers; `data.**` is whatever of it is lost.
	 */
	of: Record<string, Record<string, string>>;
}

/** Operations whose answers are those of others, in an order that depends on what they find. */
export const WITHOUT_ANSWERS: Record<VendorName, Record<string, string>> = {
	pam360: {},
	cortexXsiam: {
		'apiKey.finishRotation': 'reads what apiKey.getAll reads, and whether keys are accepted',
		'apiKey.rotate': 'reads what apiKey.getAll and scope.get read, and whether keys are accepted',
	},
	senhasegura: {
		'sshKey.finishRotation': 'reads what sshKey.getAll and sshKey.get read',
		'sshKey.rotate': 'reads what sshKey.getAll and sshKey.get read',
	},
};

const all = (reason: string, ...places: string[]): Record<string, string> =>
	Object.fromEntries(places.map((place) => [place, reason]));

const within = (prefix: string, losses: Record<string, string>): Record<string, string> =>
	Object.fromEntries(Object.entries(losses).map(([place, reason]) => [prefix + place, reason]));

const OF_THE_DEVICE = 'about the device, which Device: Get tells';
const OF_THE_PARENT = 'about another record';
const OF_THE_RESOURCE = 'about the resource, which Resource: Get tells';
const OF_THE_ACCOUNTS = 'Account: Get Many gives them';
const OF_THE_APPLICATION = 'about the application, not the secret';
const OF_ARTIFACTS = 'Case: Get Artifacts gives them';
const OF_PUBLICATIONS = 'Certificate Publication: Get Many tells it';
const SECRET = 'a secret that was not asked for';
const NOTES = 'a free text in which people keep secrets, too';
const IN_THE_FORM = 'how a message looks, not whom it reaches';
const LOOKED_UP = 'of a record that was looked up for its ID';
const LOOKED_AT = 'of a record as it was before it was changed';
const MADE = 'of what was just made: the item names it';
const BY_NAME = 'the item names it';
const SAID_TWICE = 'said by another field as well';
const ASKED_FOR = 'the operation was asked for it';
const OF_THE_SCREEN = 'of what a screen shows';
const OF_SESSIONS = 'of how sessions are opened from the console';
const OF_THE_QUOTA = 'what the query has cost, and what is left';
const BY_NUMBER = 'the number before the word is read';
const SCIM_EMAIL = 'the item has one address';
const SCIM_ROLES = 'all roles are in the item';

const deviceOfCredential = all(
	OF_THE_DEVICE,
	'credentials.*.type_code',
	'credentials.*.device_model',
	'credentials.*.device_type',
	'credentials.*.device_vendor',
	'credentials.*.connectivity',
	'credentials.*.connectivity_code',
);

const readCredential = {
	...all(SAID_TWICE, 'credential.content'),
	...all(OF_THE_PARENT, 'credential.parent_credential'),
	...all(OF_THE_DEVICE, 'credential.model'),
};

const moreOfV2 = (prefix: string) => ({
	...all(
		'of settings, which the vendor has no other call for',
		`${prefix}credential.additional_information`,
		`${prefix}credential.password_policy`,
		`${prefix}jit.credential_enabled`,
		`${prefix}reconciliation.credential_enabled`,
	),
	[`${prefix}device.domain_name`]: OF_THE_DEVICE,
});

const ruleForm = (prefix: string) =>
	all(
		IN_THE_FORM,
		`${prefix}forward_source.email.custom_mail_subject`,
		`${prefix}applications.*`,
		`${prefix}mail_format`,
		`${prefix}syslog_format`,
		`${prefix}slack_format`,
	);

const ofTheApplication = all(OF_THE_APPLICATION, 'application.description', 'application.tags.*');

const olderAccountFlags = within('operation.Details.ACCOUNT LIST.*.', {
	...all(OF_THE_SCREEN, 'ISFAVPASS'),
	...all(OF_SESSIONS, 'AUTOLOGONLIST.*', 'AUTOLOGONSTATUS', 'ISREMOTEAPPONLY'),
	...all('said of the ticket where it is mandatory', 'IS_TICKETID_REQD', 'IS_TICKETID_REQD_ACW'),
});

const accountFlags = {
	...olderAccountFlags,
	...within('operation.Details.ACCOUNT LIST.*.', {
		...all(SAID_TWICE, 'PASSWORDREQUEST_REASON_MANDATORY'),
		...all(OF_SESSIONS, 'IS_COMMAND_CONTROL_CONFIGURED', 'IS_USER_WITH_COMMAND_CONTROL_ROLE'),
	}),
};

const olderResourceOfAccounts = all(
	OF_THE_RESOURCE,
	...[
		'ALLOWOPENURLINBROWSER',
		'DEPARTMENT',
		'DNS NAME',
		'DOMAIN NAME',
		'LOCATION',
		'NEWSSHTERMINAL',
		'RESOURCE DESCRIPTION',
		'RESOURCE ID',
		'RESOURCE NAME',
		'RESOURCE OWNER',
		'RESOURCE TYPE',
		'RESOURCE URL',
	].map((name) => `operation.Details.${name}`),
);

const resourceOfAccounts = {
	...olderResourceOfAccounts,
	...all(OF_THE_RESOURCE, 'operation.Details.RESOURCE PASSWORD POLICY'),
};

const accountsOfResource = {
	...all(OF_THE_ACCOUNTS, 'operation.Details.ACCOUNT LIST.*.**'),
	...all(
		OF_THE_SCREEN,
		'operation.Details.NEWSSHTERMINAL',
		'operation.Details.ALLOWOPENURLINBROWSER',
	),
};

const resourceRow = all(
	LOOKED_UP,
	'operation.Details.*.RESOURCE DESCRIPTION',
	'operation.Details.*.RESOURCE TYPE',
	'operation.Details.*.NOOFACCOUNTS',
);

const scimUser360 = (prefix: string) =>
	within(prefix, {
		'name.formatted': SAID_TWICE,
		'emails.*.value': SCIM_EMAIL,
		'roles.*.primary': SCIM_ROLES,
	});

const olderRole = (prefix: string) =>
	all(
		'said by the list of roles as well',
		`${prefix}insert_time`,
		`${prefix}update_time`,
		`${prefix}created_by`,
		`${prefix}description`,
	);

const costs = all(
	OF_THE_QUOTA,
	'2: reply.number_of_results',
	'2: reply.query_cost.tenant_id_1',
	'2: reply.remaining_quota',
);

const storedApiSecret = (prefix: string) => ({
	...all(NOTES, `${prefix}api_entity.notes`),
	...all(SECRET, `${prefix}api_entity.client_secret`),
});

export const LOST: Record<VendorName, Losses> = {
	pam360: {
		everywhere: [
			/^(operation\.)?(name|result\..*|totalRows)$/,
			/^totalResults$/,
			/(^|\.)schemas\.\*$/,
		],
		of: {
			'account.create': {
				...all('success is success', '1: operation.Details.*.admin.STATUS'),
				...all(LOOKED_UP, '2: operation.Details.**'),
			},
			'account.get': all(SAID_TWICE, '2: operation.Details.PASSWORDREQUEST_REASON_MANDATORY'),
			'account.get, not compliant': all(
				SAID_TWICE,
				'operation.Details.PASSWORDREQUEST_REASON_MANDATORY',
			),
			'account.get, with custom fields': {
				...all(SAID_TWICE, 'operation.Details.PASSWORDREQUEST_REASON_MANDATORY'),
				...all(SECRET, 'operation.Details.CUSTOM FIELD.*.CUSTOMFIELDVALUE'),
			},
			'account.getAll': { ...resourceOfAccounts, ...accountFlags },
			'account.getAll, of 2024': {
				...resourceOfAccounts,
				...accountFlags,
				...all(
					OF_SESSIONS,
					'operation.Details.IS_LOCAL_ACCOUNTS_AUTOLOGON_RESTRICTED',
					'operation.Details.IS_SSH_RESTRICTED',
					'operation.Details.ISRDPRESTRICTED',
				),
				...all(OF_THE_RESOURCE, 'operation.Details.PASSWORDREQUEST_REASON_MANDATORY'),
			},
			'account.getAll, older, with custom fields': {
				...olderResourceOfAccounts,
				...olderAccountFlags,
				...all(OF_THE_RESOURCE, 'operation.Details.PASSWORD POLICY'),
				...all(SECRET, 'operation.Details.ACCOUNT LIST.*.CUSTOM FIELD.*.CUSTOMFIELDVALUE'),
			},
			'account.upsert': {
				...all(LOOKED_UP, '1: operation.Details.**', '3: operation.Details.**'),
				...all('success is success', '2: operation.Details.*.admin.STATUS'),
			},
			'account.upsert, of one that is there': all(LOOKED_UP, '1: operation.Details.**'),
			'certificate.createCsr, flat': all('success is success', 'message'),
			'certificate.export, within JSON': all('it is the file', 'details'),
			'resource.get': accountsOfResource,
			'resource.get, by a name that no path can have': {
				...all(LOOKED_UP, '1: operation.Details.*.**'),
				...within('2: ', accountsOfResource),
			},
			'resource.get, older, with custom fields': {
				...accountsOfResource,
				...all(SECRET, 'operation.Details.CUSTOM FIELD.*.CUSTOMFIELDVALUE'),
			},
			'resource.upsert': within('3: ', resourceRow),
			'resource.upsert, of one that is there': within('1: ', resourceRow),
			'user.create': scimUser360(''),
			'user.get': scimUser360(''),
			'user.getAll': scimUser360('Resources.*.'),
			'user.update': {
				...all(LOOKED_UP, '1: operation.Details.USERID'),
				...all(LOOKED_AT, '2: **'),
				...scimUser360('3: '),
			},
		},
	},
	cortexXsiam: {
		everywhere: [
			/^(reply\.)?(total|filter|result)[_ ]count$/i,
			/\.TOTAL_COUNT$/,
			/^data\.message$/,
		],
		of: {
			'apiKey.delete': all('one was asked for; none is an error', 'reply.update_count'),
			'apiKey.update': all(LOOKED_UP, '2: data.*.**'),
			'auditLog.getAll': all(
				'of the console, where one looks into an entry',
				'reply.data.*.AUDIT_ASSET_JSON',
				'reply.data.*.AUDIT_ASSET_NAMES',
				'reply.data.*.AUDIT_SESSION_ID',
				'reply.data.*.AUDIT_LINK',
				'reply.data.*.AUDIT_USER_AGENT',
				'reply.data.*.AUDIT_ADDITIONAL_INFORMATION.endpoint_names.*',
				'reply.data.*.AUDIT_ADDITIONAL_INFORMATION.endpoint_count',
			),
			'case.getAll, of 3.4': all(OF_ARTIFACTS, 'reply.DATA.*.artifacts.*'),
			'case.getAll, of 3.4 by its definition': all(OF_ARTIFACTS, 'reply.DATA.*.artifacts.*'),
			'endpoint.getAll': all(
				'about the agent and the directory',
				'reply.endpoints.*.scan_status',
				'reply.endpoints.*.content_status',
				'reply.endpoints.*.active_directory',
			),
			'notificationRule.get': ruleForm('data.'),
			'notificationRule.get, of the Go SDK': {
				...ruleForm('data.'),
				...all(
					'known of the SDK alone; the audit log tells who changed a rule, and when',
					'data.created_at',
					'data.modified_at',
					'data.useUTC',
				),
			},
			'notificationRule.getAll': ruleForm('data.*.'),
			'notificationRule.update': {
				...all(LOOKED_AT, '1: data.**'),
				...all('an answer without a body', '2: '),
			},
			'role.delete': all(LOOKED_UP, '1: data.*.**'),
			'role.get': { ...all(LOOKED_UP, '1: data.*.**'), ...olderRole('2: reply.*.*.') },
			'role.get, by the definition': {
				...all(LOOKED_UP, '1: data.*.**'),
				...olderRole('2: reply.*.'),
			},
			'scope.get': {
				...all(
					BY_NAME,
					'data.assets.asset_groups.*.asset_group_name',
					'data.endpoints.endpoint_groups.tags.*.tag_id',
					'data.endpoints.endpoint_tags.tags.*.tag_id',
					'data.cases_issues.tags.*.tag_id',
				),
				...all('no tag is meant beside any', 'data.endpoints.endpoint_tags.tags.*.tag_name'),
			},
			'scope.set': all(LOOKED_AT, '1: data.**'),
			'user.update': all(LOOKED_UP, '1: data.*.**', '2: data.*.**'),
			'warRoomEntry.create': all(MADE, 'version', 'modified', 'type', 'note', 'tags'),
			'xql.runQuery': costs,
			'xql.runQuery, of more than 1,000 rows': {
				...costs,
				'2: reply.results.stream_id': 'the rows are read by it',
			},
			'xql.runQuery, with newer costs': {
				...costs,
				...all(
					OF_THE_QUOTA,
					'2: reply.query_cost_charged',
					'2: reply.remaining_yearly_quota',
					'2: reply.daily_used_quota',
				),
			},
		},
	},
	senhasegura: {
		everywhere: [
			/^(code|tenant)$/,
			/^(response|exception)\./,
			/^(totalResults|itemsPerPage|startIndex)$/,
			/(^|\.)(schemas\.\*|meta\.resourceType)$/,
			// Of answers without the envelope.
			/^(status|message)$/,
		],
		of: {
			'certificate.download': all(ASKED_FOR, 'format', 'key_format'),
			'certificate.download, without the key': all(ASKED_FOR, 'format'),
			'certificate.getAll': all(
				SECRET,
				'certificates.*.password_key',
				'certificates.*.password_revocation',
			),
			'certificate.getAll, in data': all(SECRET, 'data.password_key', 'data.password_revocation'),
			'certificate.getAll, up to 4.0': {
				...all(OF_PUBLICATIONS, 'certified.*.publish_info', 'certified.*.device'),
				...all(SECRET, 'certified.*.password_key', 'certified.*.password_revocation'),
			},
			'certificate.publish': all(ASKED_FOR, 'devices.*'),
			'certificatePublication.getAll': all(
				BY_NUMBER,
				'publications.*.processed',
				'publications.*.error',
			),
			'certificatePublication.getAll, up to 4.0': all(
				BY_NUMBER,
				'certified.*.processed',
				'certified.*.error',
			),
			'certificateRequest.getAll': all(SECRET, 'data.password_key', 'data.password_revocation'),
			'certificateRequest.getAll, up to 4.0': all(
				SECRET,
				'certified.*.password_key',
				'certified.*.password_revocation',
			),
			'certificateRequest.sign': all(ASKED_FOR, 'self_signed', 'justification'),
			'credential.changePassword': {
				...all(LOOKED_UP, '1: credentials.*.**'),
				...all(SECRET, '2: credential.password', '2: credential.content'),
				...all(
					'of the reading that takes custody',
					'2: credential.parent_credential_cod',
					'2: credential.parent_credential',
					'2: credential.additional',
					'2: credential.domain',
					'2: credential.ip',
					'2: credential.port',
					'2: credential.model',
					'2: credential.expiration_time',
				),
			},
			'credential.get': readCredential,
			'credential.get, up to 3.32': readCredential,
			'credential.getAll': deviceOfCredential,
			'credential.getAll, up to 3.32': deviceOfCredential,
			'credentialV2.get': moreOfV2(''),
			'credentialV2.getAll': moreOfV2('credentials.*.'),
			'protectedInformation.create': all(SECRET, 'info.content'),
			'safeApiSecret.create': storedApiSecret(''),
			'safeApiSecret.get': all(NOTES, 'api_secret_entity.notes'),
			'safeApiSecret.update': storedApiSecret(''),
			'safeApiSecret.update, of 3.33 and 4.0': storedApiSecret(''),
			'safeApiSecret.upsert': {
				...all(LOOKED_UP, '1: api_secret_on_list.*.**', '2: api_secret_entity.**'),
				...storedApiSecret('3: '),
			},
			'safePassword.create': all(NOTES, 'password_entity.note'),
			'safePassword.get': {
				...all(SECRET, 'password_entity.secret_key', 'password_entity.token'),
				...all(NOTES, 'password_entity.notes'),
			},
			'safePassword.update': all(NOTES, 'password_entity.note'),
			'secret.get': {
				...ofTheApplication,
				...all('of the other secrets of the application', 'application.secrets.*.**'),
			},
			'secret.get, with an object for its values': ofTheApplication,
			'secret.getAll': { ...ofTheApplication, ...all(SECRET, 'application.secrets.*.data.*.**') },
			'secret.provision': all(
				'of how the vault renews it, which was not asked for',
				'secret.description',
				'secret.renew_cloud_time',
				'secret.renew_credential_time',
				'secret.renew_ephemeral_credential_time',
			),
			'secret.provision, up to 3.33': ofTheApplication,
			'secret.upsert': {
				...all(LOOKED_UP, '1: application.**'),
				...within('2: ', ofTheApplication),
				...all(
					'of the other secrets of the application, and values',
					'2: application.secrets.*.**',
				),
			},
			'session.createWebProxySession': all(SECRET, 'session.token'),
			'session.get': all('no source says what it is', 'remote_sessions.*.request'),
			'session.getAll': all('no source says what it is', 'remote_sessions.*.request'),
			'sshKey.getAll': deviceOfCredential,
			'sshKey.getAll, up to 3.32': deviceOfCredential,
			'user.create': all(SCIM_EMAIL, 'emails.*.primary'),
			'user.get': all(SCIM_EMAIL, 'emails.*.primary'),
			'user.getAll': all(SCIM_EMAIL, 'Resources.*.emails.*.primary'),
			'user.update': all(SCIM_EMAIL, 'emails.*.primary'),
		},
	},
};
