import type { CommonSettings } from '../shared/simulator';
import { senhaseguraDemo } from './demo';

/** What an authorization can be granted (fact sheet 2.4). */
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

/** Switches; numbers in brackets are sections of the senhasegura fact sheet. */
export interface SenhaseguraSettings extends CommonSettings {
	/** What the authorization may use; without it a call is refused with HTTP 500 (2.4). */
	authorizedResources: string[];
	/** PAM permission Read-only: every PAM write is 1039 (2.4). */
	readOnly: boolean;
	/** Referers that are let in; `null`: any (2.4). */
	allowedReferers: string[] | null;
	/** Caller addresses that are let in; `null`: any (2.4). */
	allowedIps: string[] | null;
	/** The appliance's tenant (1). */
	tenant: string;
	/** A token call by IP address must name the tenant (1). */
	multiTenant: boolean;
	/** Prefixes that are served; another is the gateway's 404 (1, 16.1). */
	prefixes: string[];
	/** `expires_in` and life of a token, seconds (2.1). */
	tokenTtl: number;
	/** How long a token really lives, seconds; `null`: as long as `expires_in` says (16.12). */
	tokenLife: number | null;
	/** `token_type`, whose case varies (2.1). */
	tokenType: string;
	/** How far oauth_timestamp may be off, milliseconds. */
	timestampWindowMs: number;
	/** Origin that the appliance believes to be called by; behind a proxy not the client's (2.2). */
	originSeen: string | null;
	/** HTTP status where the authorization lacks the resource (3.2, 16.9). */
	notAuthorizedStatus: number;
	/** HTTP status where no Authorization header is sent (3.2, 16.9). */
	missingTokenStatus: number;
	/** `tag` instead of `identifier`, as before 3.33 (4.2). */
	legacyTagField: boolean;
	/** `type` of a credential is the credential's, not the device's, as in 2021 (5.3). */
	legacyTypeField: boolean;
	/** No top-level `code`, as before 3.31 (3). */
	omitCode: boolean;
	/** No top-level `tenant` (3). */
	omitTenant: boolean;
	/** `Message` instead of `message` (3). */
	capitalMessage: boolean;
	/** Only `mensagem`, `erro`, `cod_erro` (3). */
	portugueseOnly: boolean;
	/** Successes without a text (16.10). */
	emptyMessage: boolean;
	/** `1017:Key inactive` (3). */
	codeWithoutSpace: boolean;
	/** `response.changed` as `"true"` or `"false"` on device and credential upserts (3). */
	reportChanged: boolean;
	/** HTTP 200 where the body says 201 (4.2). */
	http200On201: boolean;
	/** POST device says `Device 17` with 200, as the v4 page has it (6). */
	devicePostAs200: boolean;
	/** Ids as numbers (16.6). */
	numericIds: boolean;
	/** Booleans of an entity as `"0"` and `"1"`, or as `"true"` and `"false"` (16.7). */
	stringBooleans: boolean | 'words';
	/**
	 * A key that no identifier names is looked for by hostname, ip and username, as credentials are, and
	 * gets the identifier; whether keys are is not documented (4.2, 19).
	 */
	keysFoundByPlace: boolean;
	/** The list has items that are disabled, too; not documented (5.1). */
	listsDisabled: boolean;
	/** Storing a key moves its `change`; not documented (addendum 2). */
	storingMovesChange: boolean;
	/** A blank identifier stays blank, as before 3.33; such a key cannot be updated (4.1). */
	noAutoIdentifier: boolean;
	/** An update need not resend ip, hostname and keys, as in 3.32 (4.2). */
	partialUpdate: boolean;
	/** Keys know no `key_name`, `enabled`, `tags`, `devices`, as before 3.32 (16.4). */
	noKeyExtras: boolean;
	/** `&` in a key's tags becomes `&amp;`, as before 3.32 (16.8). */
	entitiesInTags: boolean;
	/** `tags` of a single key: a list in 3.32, a string by the 4.x table, absent in its sample. */
	tagsAs: 'array' | 'string' | 'absent';
	/** How an entry of `devices_error` looks; not documented (4.2). */
	devicesErrorAs: 'object' | 'string';
	/** How long a custody lasts that a read took, minutes; not documented. */
	custodyMinutes: number;
	/** How long the password change takes that a released custody sets off, milliseconds (5.4). */
	passwordChangeMs: number;
	/** Secrets as base64 of an RSA-OAEP (SHA-1) ciphertext (2.5). */
	encryptSecrets: boolean;
	/** PEM of the public key for that; `null`: the pair whose private half `decryptionKey()` gives. */
	encryptionPublicKey: string | null;
	/** Minutes that the appliance's clock is ahead of UTC; most of its dates name no zone (5.1). */
	utcOffsetMinutes: number;
	/** Name of the block that holds certificates' data; not documented (12). */
	certificateKey: string;
	/** Name of the list in an API v2 answer; not documented (15). */
	v2ListKey: string;
	/** Requests a minute to API v2, then 429 (15). */
	v2RateLimit: number;
}

export const defaultSettings = (): SenhaseguraSettings => ({
	clockOffsetMs: 0,
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
	custodyMinutes: 60,
	passwordChangeMs: 0,
	encryptSecrets: false,
	encryptionPublicKey: null,
	utcOffsetMinutes: 0,
	certificateKey: 'certificates',
	v2ListKey: 'data',
	v2RateLimit: 600,
});
