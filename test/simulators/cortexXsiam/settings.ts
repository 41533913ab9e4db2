import type { CommonSettings } from '../shared/simulator';
import type { ErrorShape } from './errors';

/** A page of a list, about to be read. */
export interface CortexXsiamPage {
	/** The path of the call. */
	path: string;
	/** Index of the first entry wanted. */
	from: number;
	/** Index after the last entry wanted. */
	to: number;
}

/** Switches; numbers in brackets are sections of the Cortex XSIAM fact sheet. */
export interface CortexXsiamSettings extends CommonSettings {
	/** How far an advanced key's timestamp may be off, milliseconds (2.2, inferred). */
	timestampWindowMs: number;
	/** Refuses a nonce that this key has used before (2.2, inferred). */
	strictNonce: boolean;
	/** Calls a second that the tenant takes, over all endpoints; 0: no limit (3.3). */
	ratePerSecond: number;
	/** Seconds in the Retry-After header of a 429; `null`: no such header. */
	retryAfterSeconds: number | null;
	/** The tenant lacks the licence: 402 (3.1). */
	licenceMissing: boolean;
	/** Answers have no Date header, as RFC 9110, 6.6.1 lets a server without a clock do. */
	omitsDate: boolean;
	/** Sends every error in this shape (3.2) instead of the one of its endpoint. */
	errorShape: ErrorShape | null;
	/** The status of plain wrong input (3.1); 422 comes with a list of findings. */
	inputErrorStatus: 400 | 422 | 500;
	/** Called before a page of any paged list is read, so that the list may change meanwhile. */
	beforePage: ((page: CortexXsiamPage) => void) | null;
	/** Counts of a list never exceed this (3.4: 9,999 for incidents); `null`: they tell the truth. */
	totalsSaturateAt: number | null;

	/** Writes `DATA`, `FILTER_COUNT`, `TOTAL_COUNT` or their lower-case twins (4.1). */
	listCasing: 'upper' | 'lower';
	/** The longest page of get_api_keys; not documented for this call (4.1). */
	maxPage: number;
	/** Whether `expiration lte` finds keys that never expire; not documented. */
	neverMatchesLte: boolean;
	/** How many keys the tenant may have; not documented. */
	keyLimit: number | null;

	/** False: a tenant before platform v1.3, `/platform/iam` answers 404 (4.4). */
	iamAvailable: boolean;
	/** False: a scope with `datasets_rows` is refused (5.2). */
	datasetScoping: boolean;
	/** Whether parts of a scope that a PUT leaves out are cleared; not documented. */
	scopePutReplaces: boolean;
	/** `groups[].group_id` of users; `mixed` as documented: a number in the list (5.2). */
	userGroupIds: 'mixed' | 'number' | 'string';

	/** set_user_role's count: a number as seen, a string as documented (5.1). */
	updateCountAs: 'number' | 'string';
	/** rbac/get_roles: a list of lists as seen, a plain list as its schema says (5.1). */
	nestedRoles: boolean;
	/** rbac/get_user_group: a bare list as documented, or `reply.data` (5.1). */
	userGroupsIn: 'reply' | 'reply.data';

	/** Cases as today's tenants send them (addendum 3.1), or as the contract of 3.4 has them (7.3). */
	caseForm: 'seen' | 'schema';
	/** Which words of cases and issues are taken: today's, those of the contract of 3.4, or both. */
	vocabulary: 'today' | '3.4' | 'both';
	/**
	 * issue/search: `DATA`, its counts and names with dots in them as seen (addendum 3.3), or `issues` as its
	 * schema says (7.2).
	 */
	issueListForm: 'seen' | 'schema';
	/** Where issue/search looks for page, order and further fields; elsewhere they are ignored (3.4). */
	issuePaging: 'inside' | 'beside';
	/** How long after its creation an issue is found by a search, milliseconds (7.2: asynchronous). */
	issueDelayMs: number;

	/** Lookup datasets as the contract's samples have them, or as its schemas say (addendum 4). */
	datasetForm: 'sample' | 'schema';
	/** How the war rooms of cases are called (addendum 5.1). */
	warRoomPrefix: 'CASE-' | 'INCIDENT-';

	/** How many times a query is PENDING first (7.1). */
	xqlPendingPolls: number;
	/** Queries end with FAIL. */
	xqlFails: boolean;
	/** Queries that may run at once (3.3). */
	xqlParallel: number;
	/** Compute units of a day; a query costs 0.0015 (7.1). */
	xqlQuota: number;
	/** `number_of_results` is missing, as seen on real tenants (7.1). */
	xqlOmitsCount: boolean;
	/** A gzip stream says so in Content-Encoding, or is bare bytes; not documented. */
	xqlStreamEncoding: 'bare' | 'header';
	/** The connection breaks in the middle of a stream. */
	xqlStreamBreaks: boolean;

	/** How many times an action is not done yet (7.5). */
	actionPendingPolls: number;
	/** Actions started from now on end with FAILED (7.5). */
	actionsFail: boolean;
}

export const defaultSettings = (): CortexXsiamSettings => ({
	clockOffsetMs: 0,
	timestampWindowMs: 300_000,
	strictNonce: false,
	ratePerSecond: 0,
	retryAfterSeconds: null,
	licenceMissing: false,
	omitsDate: false,
	errorShape: null,
	inputErrorStatus: 500,
	beforePage: null,
	totalsSaturateAt: null,

	listCasing: 'upper',
	maxPage: 100,
	neverMatchesLte: false,
	keyLimit: null,

	iamAvailable: true,
	datasetScoping: true,
	scopePutReplaces: false,
	userGroupIds: 'mixed',

	updateCountAs: 'number',
	nestedRoles: true,
	userGroupsIn: 'reply',

	caseForm: 'seen',
	vocabulary: 'today',
	issueListForm: 'seen',
	issuePaging: 'inside',
	issueDelayMs: 0,

	datasetForm: 'sample',
	warRoomPrefix: 'CASE-',

	xqlPendingPolls: 0,
	xqlFails: false,
	xqlParallel: 4,
	xqlQuota: 5,
	xqlOmitsCount: false,
	xqlStreamEncoding: 'bare',
	xqlStreamBreaks: false,

	actionPendingPolls: 0,
	actionsFail: false,
});
