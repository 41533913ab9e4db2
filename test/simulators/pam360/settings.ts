import { commonDefaults, type CommonSettings } from '../shared/simulator';
import { pam360Demo } from './demo';

/**
 * Switches. Where docs/api/pam360.md leaves a question open, the default is what it infers, and the
 * switch has the other reading.
 */
export interface Pam360Settings extends CommonSettings {
	/**
	 * IANA zone in which the server writes and reads dates without saying so (docs/api/pam360.md,
	 * "Dates").
	 */
	serverTimeZone: string;

	/**
	 * The calling host is not the one that the token is locked to (docs/api/pam360.md, "API users" and
	 * "Failures").
	 */
	hostLocked: boolean;
	/**
	 * The API user's host name cannot be resolved: every answer is an empty body (docs/api/pam360.md, "API
	 * users").
	 */
	hostNotResolvable: boolean;
	/**
	 * HTTP 599 without a body: for every call, or where the pattern is found in INPUT_DATA
	 * (docs/api/pam360.md, "Failures").
	 */
	securityFilter: boolean | RegExp;
	/**
	 * AUTHTOKEN is not taken from the query, as the older documentation says (docs/api/pam360.md,
	 * "Authentication").
	 */
	headerTokenOnly: boolean;
	/**
	 * The token of a new API user works without being regenerated first (docs/api/pam360.md, "API users").
	 */
	newTokensWork: boolean;

	/**
	 * `result.status` of a success: `Success`, in some calls `true` (docs/api/pam360.md, "The envelope").
	 */
	successStatus: string;
	/** `result.status` where a token was regenerated (docs/api/pam360.md, "Auth tokens"). */
	regenerateStatus: string;
	/** How `result.statusCode` 20000 is written (docs/api/pam360.md, "The envelope"). */
	statusCode: 'number' | 'string' | 'absent';
	/**
	 * `result.statusCode` of a failure, but one of authentication; `null`: none, as in older builds. The
	 * number is that of the vendor's SDK (docs/api/pam360.md, "Codes of failures").
	 */
	failureStatusCode: number | string | null;
	/** Leaves `operation.Details` out of every answer. */
	omitDetails: boolean;
	/** Leaves `operation.name` out (docs/api/pam360.md, "The envelope"). */
	omitName: boolean;
	/** How ids are written in answers (docs/api/pam360.md, "INPUT_DATA"). */
	idsAs: 'string' | 'number';
	/** How flags such as ISREASONREQUIRED are written in answers (docs/api/pam360.md, "INPUT_DATA"). */
	booleansAs: 'string' | 'boolean';

	/**
	 * `Details` of a list without rows: no such key, or an empty array (docs/api/pam360.md, "The
	 * envelope").
	 */
	emptyLists: 'absent' | 'empty';
	/**
	 * Whether `totalRows` counts everything found or the rows of the page (docs/api/pam360.md, "Lists,
	 * limits, TLS": not stated); `none`: it is missing, as in the sample of accounts (docs/api/pam360.md,
	 * "Listing accounts").
	 */
	totalRowsOf: 'all' | 'page' | 'none';
	/** The most rows that the server gives at a time, whatever LIMIT says; `null`: as many as asked for. */
	longestPage: number | null;
	/**
	 * Whether STARTINDEX counts rows or pages of LIMIT rows, both from 0 (docs/api/pam360.md, "Lists,
	 * limits, TLS": not stated).
	 */
	startIndexIs: 'offset' | 'page';

	/** Answers success with an empty `agentKey`. */
	emptyAgentKey: boolean;
	/** Hours that a key lives where `validityPeriod` is not sent; not documented. */
	defaultValidityHours: number;

	/** Which builds' fields accounts and their resource have (docs/api/pam360.md, "Listing accounts"). */
	answersOf: 'documented' | 'older' | 'newer';
	/** AUTOLOGONSTATUS: `ALLOWED`, or a whole sentence (docs/api/pam360.md, "Listing accounts"). */
	autologonStatus: string;
	/**
	 * Who must send RESOURCETYPE_CONTAINING: documented as mandatory, yet the vendor's own client, which
	 * has an application token, leaves it out (docs/api/pam360.md, "Types of resources").
	 */
	resourceTypesNeedInput: 'fromUsers' | 'always' | 'never';
	/**
	 * Key of a new resource's id in `Details`; `null`: the answer has none (docs/api/pam360.md, "Creating
	 * a resource").
	 */
	createdResourceIdKey: string | null;
	/** A deleted resource or account can be restored (docs/api/pam360.md, "Trash": not stated). */
	deleteToTrash: boolean;
	/**
	 * An account that exists: below a top-level Success, or a failure of the call (docs/api/pam360.md,
	 * "Failures").
	 */
	duplicateAccounts: 'hidden' | 'refused';
	/**
	 * Failures of a file's download carry the content type of a file (docs/api/pam360.md, "Files of
	 * accounts").
	 */
	fileFailuresAsFile: boolean;

	/**
	 * Where RESETTYPE REMOTE succeeds; unless in both, the answer is a failure that does not tell where
	 * (docs/api/pam360.md, "Remote resets": not stated).
	 */
	remoteReset: Record<'target' | 'vault', 'ok' | 'failed'>;
	/**
	 * The target has an agent: the vault and the answer come first, see `fetchResets` (docs/api/pam360.md,
	 * "Remote resets").
	 */
	remoteResetQueued: boolean;
	/**
	 * A change without NEWPASSWORD makes one by policy; `false`: it is refused (docs/api/pam360.md,
	 * "Resetting a password": not stated).
	 */
	generateMissingPassword: boolean;
	/**
	 * STATUS of a new access request; `APPROVED` grants it at once (docs/api/pam360.md, "Requests for
	 * access": values not stated).
	 */
	newRequestStatus: string;

	/** Where the array of resource groups is (docs/api/pam360.md, "Resource groups": not seen). */
	resourceGroupsKey: 'Details' | 'details';
	/** Key of a new user's id in `Details` (docs/api/pam360.md, "Creating API users": not seen). */
	createdUserIdKey: string;
	/** `false`: SCIM is switched off (docs/api/pam360.md, "SCIM"). */
	scimEnabled: boolean;
	/**
	 * `givenName` and `familyName` beside `name`, instead of below it (docs/api/pam360.md, "SCIM": not
	 * seen).
	 */
	scimFlatNames: boolean;
	/** `false`: not the MSP edition (docs/api/pam360.md, "Organizations"). */
	mspEdition: boolean;

	/** Order of audit records (docs/api/pam360.md, "Audit": not stated). */
	auditOrder: 'newestFirst' | 'oldestFirst';
	/**
	 * STARTINDEX of the first audit record; the only recorded sample says 1 (docs/api/pam360.md, "Audit").
	 */
	firstAuditIndex: 0 | 1;

	/**
	 * Spelling of `status` in PKI answers (docs/api/pam360.md, "The envelope of the key and certificate
	 * calls").
	 */
	pkiStatusKey: 'status' | 'Status' | 'STATUS';
	/**
	 * Whether PKI answers have status and message below `result` or at the top (docs/api/pam360.md, "The
	 * envelope of the key and certificate calls").
	 */
	pkiResult: 'nested' | 'flat';
	/**
	 * The payload of PKI answers under the call's own key, or `details` (docs/api/pam360.md, "The envelope
	 * of the key and certificate calls").
	 */
	pkiPayload: 'own' | 'details';
	/**
	 * PKI failures in the envelope, or as HTTP 400 with `error.message` (docs/api/pam360.md, "The envelope
	 * of the key and certificate calls").
	 */
	pkiFailures: 'envelope' | 'error';
	/**
	 * Key of a new certificate request's id in the answer; `null`: the answer has none, since none is
	 * promised (docs/api/pam360.md, "Requests for certificates").
	 */
	createdCsrIdKey: string | null;
	/**
	 * Whether the list of certificates can be narrowed down by their expiry: seen of Key Manager Plus only
	 * (docs/api/pam360.md, "Listing and reading certificates").
	 */
	expiryFilter: boolean;
}

export const defaultSettings = (): Pam360Settings => ({
	...commonDefaults,
	serverTimeZone: pam360Demo.serverTimeZone,
	hostLocked: false,
	hostNotResolvable: false,
	securityFilter: /<script/i,
	headerTokenOnly: false,
	newTokensWork: false,
	successStatus: 'Success',
	regenerateStatus: 'true',
	statusCode: 'number',
	failureStatusCode: 40_000,
	omitDetails: false,
	omitName: false,
	idsAs: 'string',
	booleansAs: 'string',
	emptyLists: 'absent',
	totalRowsOf: 'all',
	longestPage: null,
	startIndexIs: 'offset',
	emptyAgentKey: false,
	defaultValidityHours: 24,
	answersOf: 'documented',
	autologonStatus: 'ALLOWED',
	resourceTypesNeedInput: 'fromUsers',
	createdResourceIdKey: null,
	deleteToTrash: true,
	duplicateAccounts: 'hidden',
	fileFailuresAsFile: false,
	remoteReset: { target: 'ok', vault: 'ok' },
	remoteResetQueued: false,
	generateMissingPassword: true,
	newRequestStatus: 'PENDING',
	resourceGroupsKey: 'Details',
	createdUserIdKey: 'USER ID',
	scimEnabled: true,
	scimFlatNames: false,
	mspEdition: true,
	auditOrder: 'newestFirst',
	firstAuditIndex: 1,
	pkiStatusKey: 'status',
	pkiResult: 'nested',
	pkiPayload: 'details',
	pkiFailures: 'envelope',
	createdCsrIdKey: null,
	expiryFilter: true,
});
