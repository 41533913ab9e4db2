import type { CommonSettings } from '../shared/simulator';
import { pam360Demo } from './demo';

/**
 * Switches; numbers in brackets are sections of the PAM360 fact sheet. Where it leaves a question
 * open, the default is its inference and the switch has the other reading.
 */
export interface Pam360Settings extends CommonSettings {
	/** IANA zone in which the server writes and reads dates without saying so (1.8). */
	serverTimeZone: string;

	/** The calling host is not the one that the token is locked to (1.3, 1.7). */
	hostLocked: boolean;
	/** The API user's host name cannot be resolved: every answer is an empty body (1.3). */
	hostNotResolvable: boolean;
	/** HTTP 599 without a body: for every call, or where the pattern is found in INPUT_DATA (1.7). */
	securityFilter: boolean | RegExp;
	/** AUTHTOKEN is not taken from the query, as the older documentation says (1.2). */
	headerTokenOnly: boolean;
	/** The token of a new API user works without being regenerated first (1.3). */
	newTokensWork: boolean;

	/** `result.status` of a success: `Success`, in some calls `true` (1.5). */
	successStatus: string;
	/** `result.status` where a token was regenerated (2.2). */
	regenerateStatus: string;
	/** How `result.statusCode` 20000 is written (1.5). */
	statusCode: 'number' | 'string' | 'absent';
	/**
	 * `result.statusCode` of a failure, but one of authentication; `null`: none, as in older builds. The
	 * number is that of the vendor's SDK (addendum B.1).
	 */
	failureStatusCode: number | string | null;
	/** Leaves `operation.Details` out of every answer. */
	omitDetails: boolean;
	/** Leaves `operation.name` out (1.5). */
	omitName: boolean;
	/** How ids are written in answers (1.4). */
	idsAs: 'string' | 'number';
	/** How flags such as ISREASONREQUIRED are written in answers (1.4). */
	booleansAs: 'string' | 'boolean';

	/** `Details` of a list without rows: no such key, or an empty array (1.5). */
	emptyLists: 'absent' | 'empty';
	/**
	 * Whether `totalRows` counts everything found or the rows of the page (1.9: not stated); `none`: it is
	 * missing, as in the sample of accounts (4.1).
	 */
	totalRowsOf: 'all' | 'page' | 'none';
	/** The most rows that the server gives at a time, whatever LIMIT says; `null`: as many as asked for. */
	longestPage: number | null;
	/** Whether STARTINDEX counts rows or pages of LIMIT rows, both from 0 (1.9: not stated). */
	startIndexIs: 'offset' | 'page';

	/** Answers success with an empty `agentKey`. */
	emptyAgentKey: boolean;
	/** Hours that a key lives where `validityPeriod` is not sent; not documented. */
	defaultValidityHours: number;

	/** Which builds' fields accounts and their resource have (4.1). */
	answersOf: 'documented' | 'older' | 'newer';
	/** AUTOLOGONSTATUS: `ALLOWED`, or a whole sentence (4.1). */
	autologonStatus: string;
	/**
	 * Who must send RESOURCETYPE_CONTAINING: documented as mandatory, yet the vendor's own client,
	 * which has an application token, leaves it out (3.5).
	 */
	resourceTypesNeedInput: 'fromUsers' | 'always' | 'never';
	/** Key of a new resource's id in `Details`; `null`: the answer has none (3.2). */
	createdResourceIdKey: string | null;
	/** A deleted resource or account can be restored (3.8: not stated). */
	deleteToTrash: boolean;
	/** An account that exists: below a top-level Success, or a failure of the call (1.7). */
	duplicateAccounts: 'hidden' | 'refused';
	/** Failures of a file's download carry the content type of a file (4.6). */
	fileFailuresAsFile: boolean;

	/**
	 * Where RESETTYPE REMOTE succeeds; unless in both, the answer is a failure that does not tell where
	 * (addendum B.3: not stated).
	 */
	remoteReset: Record<'target' | 'vault', 'ok' | 'failed'>;
	/** The target has an agent: the vault and the answer come first, see `fetchResets` (addendum B.3). */
	remoteResetQueued: boolean;
	/** A change without NEWPASSWORD makes one by policy; `false`: it is refused (5.2: not stated). */
	generateMissingPassword: boolean;
	/** STATUS of a new access request; `APPROVED` grants it at once (6.2: values not stated). */
	newRequestStatus: string;

	/** Where the array of resource groups is (7.1: not seen). */
	resourceGroupsKey: 'Details' | 'details';
	/** Key of a new user's id in `Details` (7.2: not seen). */
	createdUserIdKey: string;
	/** `false`: SCIM is switched off (7.4). */
	scimEnabled: boolean;
	/** `givenName` and `familyName` beside `name`, instead of below it (7.4: not seen). */
	scimFlatNames: boolean;
	/** `false`: not the MSP edition (7.5). */
	mspEdition: boolean;

	/** Order of audit records (8: not stated). */
	auditOrder: 'newestFirst' | 'oldestFirst';
	/** STARTINDEX of the first audit record; the only recorded sample says 1 (8). */
	firstAuditIndex: 0 | 1;

	/** Spelling of `status` in PKI answers (1.6). */
	pkiStatusKey: 'status' | 'Status' | 'STATUS';
	/** Whether PKI answers have status and message below `result` or at the top (1.6). */
	pkiResult: 'nested' | 'flat';
	/** The payload of PKI answers under the call's own key, or `details` (1.6). */
	pkiPayload: 'own' | 'details';
	/** PKI failures in the envelope, or as HTTP 400 with `error.message` (1.6). */
	pkiFailures: 'envelope' | 'error';
}

export const defaultSettings = (): Pam360Settings => ({
	clockOffsetMs: 0,
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
});
