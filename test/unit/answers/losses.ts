import type { VendorName } from './recorded';

interface Losses {
	/** What no item of a vendor has: the envelope around what is asked for. */
	everywhere: RegExp[];
	/** By operation, the places in its answers and why their values are not in the item. */
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

const OF_THE_DEVICE = 'about the device, which Device: Get tells';
const OF_THE_PARENT = 'about another record';
const SECRET = 'a secret that was not asked for';
const NOTES = 'a free text in which people keep secrets, too';
const IN_THE_FORM = 'how a message looks, not whom it reaches';
const LOOKED_UP = 'of a record that was looked up for its ID';
const BY_NAME = 'the item names it';
const SAID_TWICE = 'said by another field as well';
const ASKED_FOR = 'the operation was asked for it';
const OF_THE_SCREEN = 'of what a screen shows';

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

const otherSecrets = {
	...all('about the application, not the secret', 'application.description', 'application.tags.*'),
	...all(
		SECRET,
		'application.secrets.*.data.*.USERNAME',
		'application.secrets.*.data.*.PASSWORD',
		'application.secrets.*.data.*.access_key_id',
		'application.secrets.*.data.*.secret_access_key',
		'application.secrets.*.data.*.TTL',
		'application.secrets.*.data.my_key',
	),
};

const scimUser360 = (prefix: string) => ({
	[`${prefix}name.formatted`]: SAID_TWICE,
	[`${prefix}roles.*.primary`]: SCIM_ROLES,
});

export const LOST: Record<VendorName, Losses> = {
	pam360: {
		everywhere: [
			/^(operation\.)?(name|result\..*|totalRows)$/,
			/^totalResults$/,
			/(^|\.)schemas\.\*$/,
		],
		of: {
			'account.get': all(SAID_TWICE, 'operation.Details.*.PASSWORDREQUEST_REASON_MANDATORY'),
			'account.getAll': {
				...all(
					'about the resource',
					'operation.Details.LOCATION',
					'operation.Details.RESOURCE NAME',
				),
				...all(SECRET, 'operation.Details.ACCOUNT LIST.*.CUSTOM FIELD.*.CUSTOMFIELDVALUE'),
			},
			'resource.get': {
				...all('Account: Get Many gives them', 'operation.Details.ACCOUNT LIST'),
				...all(
					OF_THE_SCREEN,
					'operation.Details.NEWSSHTERMINAL',
					'operation.Details.ALLOWOPENURLINBROWSER',
				),
			},
			'user.create': scimUser360(''),
			'user.get': scimUser360(''),
			'user.getAll': scimUser360('Resources.*.'),
			'user.update': scimUser360(''),
		},
	},
	cortexXsiam: {
		everywhere: [
			/^(reply\.)?(total|filter|result)[_ ]count$/i,
			/\.TOTAL_COUNT$/,
			/^data\.message$/,
		],
		of: {
			'apiKey.update': all(LOOKED_UP, 'data.*.role_id', 'data.*.is_custom'),
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
			'endpoint.getAll': all(
				'about the agent and the directory',
				'reply.endpoints.*.scan_status',
				'reply.endpoints.*.content_status',
				'reply.endpoints.*.active_directory',
			),
			'notificationRule.get': ruleForm('data.'),
			'notificationRule.getAll': {
				...ruleForm('data.*.'),
				...all('empty: the rule reaches nobody', 'data.*.forward_source'),
			},
			'notificationRule.update': {
				...all(ASKED_FOR, 'data.name', 'data.forward_type'),
				...all('an answer without a body', ''),
			},
			'role.delete': all(
				LOOKED_UP,
				'data.*.description',
				'data.*.is_custom',
				'data.*.created_by',
				'data.*.created_ts',
				'data.*.updated_ts',
			),
			'role.get': all(
				'said by the list of roles as well',
				'reply.*.*.insert_time',
				'reply.*.*.update_time',
				'reply.*.*.created_by',
				'reply.*.*.description',
			),
			'scope.get': all(
				BY_NAME,
				'data.assets.asset_groups.*.asset_group_name',
				'data.endpoints.endpoint_groups.tags.*.tag_id',
				'data.endpoints.endpoint_tags.tags.*.tag_id',
				'data.cases_issues.tags.*.tag_id',
			),
			'user.update': all(LOOKED_UP, 'data.*.role_id'),
			'warRoomEntry.create': all(
				'of an entry that was just made',
				'version',
				'modified',
				'type',
				'note',
				'tags',
			),
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
			'certificate.getAll': all(
				SECRET,
				'certificates.*.password_key',
				'certificates.*.password_revocation',
			),
			'certificate.publish': all(ASKED_FOR, 'devices.*'),
			'certificateRequest.getAll': all(SECRET, 'data.password_key', 'data.password_revocation'),
			'certificateRequest.sign': all(ASKED_FOR, 'self_signed', 'justification'),
			'credential.changePassword': {
				...all(SECRET, 'credential.password', 'credential.content'),
				...all(
					'of the reading that takes custody',
					'credential.parent_credential_cod',
					'credential.parent_credential',
					'credential.additional',
					'credential.domain',
					'credential.ip',
					'credential.port',
					'credential.model',
					'credential.expiration_time',
				),
			},
			'credential.get': {
				...all(SAID_TWICE, 'credential.content'),
				...all(OF_THE_PARENT, 'credential.parent_credential'),
				...all(OF_THE_DEVICE, 'credential.model'),
			},
			'credential.getAll': deviceOfCredential,
			'credentialV2.get': moreOfV2(''),
			'credentialV2.getAll': moreOfV2('credentials.*.'),
			'protectedInformation.create': all(SECRET, 'info.content'),
			'safeApiSecret.create': {
				...all(NOTES, 'api_entity.notes'),
				...all(SECRET, 'api_entity.client_secret'),
			},
			'safeApiSecret.get': all(NOTES, 'api_secret_entity.notes'),
			'safeApiSecret.update': {
				...all(NOTES, 'api_entity.notes'),
				...all(SECRET, 'api_entity.client_secret'),
			},
			'safeApiSecret.upsert': {
				...all(NOTES, 'api_entity.notes'),
				...all(SECRET, 'api_entity.client_secret'),
				...all(
					LOOKED_UP,
					'api_secret_entity.client_id',
					'api_secret_entity.client_secret',
					'api_secret_entity.groups_allowed.*.can_edit',
					'api_secret_entity.groups_allowed.*.name',
					'api_secret_entity.method',
					'api_secret_entity.name',
					'api_secret_entity.notes',
					'api_secret_entity.tags',
					'api_secret_entity.url',
					'api_secret_entity.users_allowed.*.can_edit',
					'api_secret_entity.users_allowed.*.name',
					'api_secret_on_list.*.can_write',
					'api_secret_on_list.*.name',
					'api_secret_on_list.*.need_approval',
					'api_secret_on_list.*.need_justify',
				),
			},
			'safePassword.create': all(NOTES, 'password_entity.note'),
			'safePassword.get': {
				...all(SECRET, 'password_entity.secret_key', 'password_entity.token'),
				...all(NOTES, 'password_entity.notes'),
			},
			'safePassword.update': all(NOTES, 'password_entity.note'),
			'secret.get': {
				...all(
					'about the application, not the secret',
					'application.description',
					'application.tags.*',
				),
				...all(SECRET, 'application.secrets.*.data.my_key'),
			},
			'secret.getAll': otherSecrets,
			'secret.provision': all(
				'of how the vault renews it, which was not asked for',
				'secret.description',
				'secret.renew_cloud_time',
				'secret.renew_credential_time',
				'secret.renew_ephemeral_credential_time',
			),
			'secret.upsert': otherSecrets,
			'session.get': all('no source says what it is', 'remote_sessions.*.request'),
			'session.getAll': all('no source says what it is', 'remote_sessions.*.request'),
			'sshKey.getAll': deviceOfCredential,
			'user.create': all(SCIM_EMAIL, 'emails.*.primary'),
			'user.get': all(SCIM_EMAIL, 'emails.*.primary'),
			'user.getAll': all(SCIM_EMAIL, 'Resources.*.emails.*.primary'),
			'user.update': all(SCIM_EMAIL, 'emails.*.primary'),
		},
	},
};
