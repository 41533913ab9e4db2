import { commonDefaults, type CommonSettings } from '../shared/simulator';
import { senhaseguraDemo } from './demo';

/** What an authorization can be granted (docs/api/senhasegura.md, "Authorizations"). */
export const senhaseguraResources = [
	'PAM Core',
	'Certificate Manager',
	'Task Manager',
	'Dashboards',
	'Web Proxy Session',
	'Users',
	'System',
	'A2A',
] as const;

/** Switches. Where docs/api/senhasegura.md has two readings, they are values of one. */
export interface SenhaseguraSettings extends CommonSettings {
	/**
	 * What the authorization may use; without it a call is refused with HTTP 500 (docs/api/senhasegura.md,
	 * "Authorizations").
	 */
	authorizedResources: string[];
	/** PAM permission Read-only: every PAM write is 1039 (docs/api/senhasegura.md, "Authorizations"). */
	readOnly: boolean;
	/** Referers that are let in; `null`: any (docs/api/senhasegura.md, "Authorizations"). */
	allowedReferers: string[] | null;
	/** Caller addresses that are let in; `null`: any (docs/api/senhasegura.md, "Authorizations"). */
	allowedIps: string[] | null;
	/** The appliance's tenant (docs/api/senhasegura.md, "Addresses"). */
	tenant: string;
	/** A token call by IP address must name the tenant (docs/api/senhasegura.md, "Addresses"). */
	multiTenant: boolean;
	/**
	 * Prefixes that are served; another is the gateway's 404 (docs/api/senhasegura.md, "Addresses" and
	 * "Versions").
	 */
	prefixes: string[];
	/** `expires_in` and life of a token, seconds (docs/api/senhasegura.md, "OAuth 2.0"). */
	tokenTtl: number;
	/**
	 * How long a token really lives, seconds; `null`: as long as `expires_in` says
	 * (docs/api/senhasegura.md, "Versions").
	 */
	tokenLife: number | null;
	/** `token_type`, whose case varies (docs/api/senhasegura.md, "OAuth 2.0"). */
	tokenType: string;
	/** How far oauth_timestamp may be off, milliseconds. */
	timestampWindowMs: number;
	/**
	 * Origin that the appliance believes to be called by; behind a proxy not the client's
	 * (docs/api/senhasegura.md, "OAuth 1.0").
	 */
	originSeen: string | null;
	/**
	 * HTTP status where the authorization lacks the resource (docs/api/senhasegura.md, "Other errors" and
	 * "Versions").
	 */
	notAuthorizedStatus: number;
	/**
	 * HTTP status where no Authorization header is sent (docs/api/senhasegura.md, "Other errors" and
	 * "Versions").
	 */
	missingTokenStatus: number;
	/** `tag` instead of `identifier`, as before 3.33 (docs/api/senhasegura.md, "Storing an SSH key"). */
	legacyTagField: boolean;
	/**
	 * `type` of a credential is the credential's, not the device's, as in 2021 (docs/api/senhasegura.md,
	 * "Storing a credential").
	 */
	legacyTypeField: boolean;
	/** No top-level `code`, as before 3.31 (docs/api/senhasegura.md, "The envelope"). */
	omitCode: boolean;
	/** No top-level `tenant` (docs/api/senhasegura.md, "The envelope"). */
	omitTenant: boolean;
	/** `Message` instead of `message` (docs/api/senhasegura.md, "The envelope"). */
	capitalMessage: boolean;
	/** Only `mensagem`, `erro`, `cod_erro` (docs/api/senhasegura.md, "The envelope"). */
	portugueseOnly: boolean;
	/** Successes without a text (docs/api/senhasegura.md, "Versions"). */
	emptyMessage: boolean;
	/** `1017:Key inactive` (docs/api/senhasegura.md, "The envelope"). */
	codeWithoutSpace: boolean;
	/**
	 * `response.changed` as `"true"` or `"false"` on device and credential upserts
	 * (docs/api/senhasegura.md, "The envelope").
	 */
	reportChanged: boolean;
	/** HTTP 200 where the body says 201 (docs/api/senhasegura.md, "Storing an SSH key"). */
	http200On201: boolean;
	/**
	 * POST device says `Device 17` with 200, as the v4 page has it (docs/api/senhasegura.md, "Devices").
	 */
	devicePostAs200: boolean;
	/** Ids as numbers (docs/api/senhasegura.md, "Versions"). */
	numericIds: boolean;
	/**
	 * Booleans of an entity as `"0"` and `"1"`, or as `"true"` and `"false"` (docs/api/senhasegura.md,
	 * "Versions").
	 */
	stringBooleans: boolean | 'words';
	/**
	 * A key that no identifier names is looked for by hostname, ip and username, as credentials are, and
	 * gets the identifier; whether keys are is not documented (docs/api/senhasegura.md, "Storing an SSH
	 * key" and "Not found").
	 */
	keysFoundByPlace: boolean;
	/**
	 * The list has items that are disabled, too; not documented (docs/api/senhasegura.md, "Listing
	 * credentials").
	 */
	listsDisabled: boolean;
	/**
	 * Storing a key moves its `change`; not documented (docs/api/senhasegura.md, "Keys that the vault
	 * changes by itself").
	 */
	storingMovesChange: boolean;
	/**
	 * A blank identifier stays blank, as before 3.33; such a key cannot be updated
	 * (docs/api/senhasegura.md, "Storing an SSH key").
	 */
	noAutoIdentifier: boolean;
	/**
	 * An update need not resend ip, hostname and keys, as in 3.32 (docs/api/senhasegura.md, "Storing an
	 * SSH key").
	 */
	partialUpdate: boolean;
	/**
	 * Keys know no `key_name`, `enabled`, `tags`, `devices`, as before 3.32 (docs/api/senhasegura.md,
	 * "Versions").
	 */
	noKeyExtras: boolean;
	/** `&` in a key's tags becomes `&amp;`, as before 3.32 (docs/api/senhasegura.md, "Versions"). */
	entitiesInTags: boolean;
	/** `tags` of a single key: a list in 3.32, a string by the 4.x table, absent in its sample. */
	tagsAs: 'array' | 'string' | 'absent';
	/**
	 * How an entry of `devices_error` looks; not documented (docs/api/senhasegura.md, "Storing an SSH
	 * key").
	 */
	devicesErrorAs: 'object' | 'string';
	/**
	 * What becomes of a renewal of a secret that an update does not name: up to 3.33 it stays, in 4.0 it is
	 * switched off (docs/api/senhasegura.md, "DevOps Secret Manager").
	 */
	omittedRenewal: 'stays' | 'off';
	/** How long a custody lasts that a read took, minutes; not documented. */
	custodyMinutes: number;
	/**
	 * How long the password change takes that a released custody sets off, milliseconds
	 * (docs/api/senhasegura.md, "Disabling, enabling, releasing").
	 */
	passwordChangeMs: number;
	/**
	 * Secrets as base64 of an RSA-OAEP (SHA-1) ciphertext (docs/api/senhasegura.md, "Encrypted secrets").
	 */
	encryptSecrets: boolean;
	/** PEM of the public key for that; `null`: the pair whose private half `decryptionKey()` gives. */
	encryptionPublicKey: string | null;
	/**
	 * Minutes that the appliance's clock is ahead of UTC; most of its dates name no zone
	 * (docs/api/senhasegura.md, "Listing credentials").
	 */
	utcOffsetMinutes: number;
	/**
	 * Name of the block that holds certificates' data; not documented (docs/api/senhasegura.md,
	 * "Certificates").
	 */
	certificateKey: string;
	/** Name of the list in an API v2 answer; not documented (docs/api/senhasegura.md, "API v2"). */
	v2ListKey: string;
	/** Requests a minute to API v2, then 429 (docs/api/senhasegura.md, "API v2"). */
	v2RateLimit: number;
}

export const defaultSettings = (): SenhaseguraSettings => ({
	...commonDefaults,
	authorizedResources: [...senhaseguraResources],
	readOnly: false,
	allowedReferers: null,
	allowedIps: null,
	tenant: senhaseguraDemo.tenant,
	multiTenant: false,
	prefixes: ['/api', '/iso'],
	tokenTtl: 3_600,
	tokenLife: null,
	tokenType: 'Bearer',
	timestampWindowMs: 300_000,
	originSeen: null,
	notAuthorizedStatus: 500,
	missingTokenStatus: 404,
	legacyTagField: false,
	legacyTypeField: false,
	omitCode: false,
	omitTenant: false,
	capitalMessage: false,
	portugueseOnly: false,
	emptyMessage: false,
	codeWithoutSpace: false,
	reportChanged: false,
	http200On201: false,
	devicePostAs200: false,
	numericIds: false,
	stringBooleans: false,
	keysFoundByPlace: false,
	listsDisabled: true,
	storingMovesChange: true,
	noAutoIdentifier: false,
	partialUpdate: false,
	noKeyExtras: false,
	entitiesInTags: false,
	tagsAs: 'string',
	devicesErrorAs: 'object',
	omittedRenewal: 'stays',
	custodyMinutes: 60,
	passwordChangeMs: 0,
	encryptSecrets: false,
	encryptionPublicKey: null,
	utcOffsetMinutes: 0,
	certificateKey: 'certificates',
	v2ListKey: 'data',
	v2RateLimit: 600,
});
