import { commonDefaults, type CommonSettings } from '../shared/simulator';
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

/** Switches. Where docs/api/cortex-xsiam.md has two readings, they are values of one. */
export interface CortexXsiamSettings extends CommonSettings {
	/**
	 * How far an advanced key's timestamp may be off, milliseconds (docs/api/cortex-xsiam.md, "Advanced
	 * keys"; inferred).
	 */
	timestampWindowMs: number;
	/**
	 * Refuses a nonce that this key has used before (docs/api/cortex-xsiam.md, "Advanced keys"; inferred).
	 */
	strictNonce: boolean;
	/**
	 * Calls a second that the tenant takes, over all endpoints; 0: no limit (docs/api/cortex-xsiam.md,
	 * "Limits").
	 */
	ratePerSecond: number;
	/** Seconds in the Retry-After header of a 429; `null`: no such header. */
	retryAfterSeconds: number | null;
	/** A 429 comes with HTTP 200, its number in the body only; not documented. */
	tooManyAs200: boolean;
	/** The tenant lacks the licence: 402 (docs/api/cortex-xsiam.md, "Status codes"). */
	licenceMissing: boolean;
	/** Answers have no Date header, as RFC 9110, 6.6.1 lets a server without a clock do. */
	omitsDate: boolean;
	/**
	 * Sends every error in this shape (docs/api/cortex-xsiam.md, "Bodies of errors") instead of the one of
	 * its endpoint.
	 */
	errorShape: ErrorShape | null;
	/**
	 * The status of plain wrong input (docs/api/cortex-xsiam.md, "Status codes"); 422 comes with a list of
	 * findings.
	 */
	inputErrorStatus: 400 | 422 | 500;
	/** Called before a page of any paged list is read, so that the list may change meanwhile. */
	beforePage: ((page: CortexXsiamPage) => void) | null;
	/**
	 * Counts of a list never exceed this (docs/api/cortex-xsiam.md, "Requests and answers": 9,999 for
	 * incidents); `null`: they tell the truth.
	 */
	totalsSaturateAt: number | null;

	/**
	 * Writes `DATA`, `FILTER_COUNT`, `TOTAL_COUNT` or their lower-case twins (docs/api/cortex-xsiam.md,
	 * "Listing API keys").
	 */
	listCasing: 'upper' | 'lower';
	/**
	 * The longest page of get_api_keys; not documented for this call (docs/api/cortex-xsiam.md, "Listing
	 * API keys").
	 */
	maxPage: number;
	/** Whether `expiration lte` finds keys that never expire; not documented. */
	neverMatchesLte: boolean;
	/** How many keys the tenant may have; not documented. */
	keyLimit: number | null;

	/**
	 * False: a tenant before platform v1.3, `/platform/iam` answers 404 (docs/api/cortex-xsiam.md,
	 * "Reading and changing one API key").
	 */
	iamAvailable: boolean;
	/** False: a scope with `datasets_rows` is refused (docs/api/cortex-xsiam.md, "Scopes"). */
	datasetScoping: boolean;
	/** Whether parts of a scope that a PUT leaves out are cleared; not documented. */
	scopePutReplaces: boolean;
	/**
	 * `groups[].group_id` of users; `mixed` as documented: a number in the list (docs/api/cortex-xsiam.md,
	 * "Users").
	 */
	userGroupIds: 'mixed' | 'number' | 'string';

	/**
	 * set_user_role's count: a number as seen, a string as documented (docs/api/cortex-xsiam.md, "Users
	 * and roles by the older calls").
	 */
	updateCountAs: 'number' | 'string';
	/**
	 * rbac/get_roles: a list of lists as seen, a plain list as its schema says (docs/api/cortex-xsiam.md,
	 * "Users and roles by the older calls").
	 */
	nestedRoles: boolean;
	/**
	 * rbac/get_user_group: a bare list as documented, or `reply.data` (docs/api/cortex-xsiam.md, "Users
	 * and roles by the older calls").
	 */
	userGroupsIn: 'reply' | 'reply.data';

	/**
	 * Cases as today's tenants send them (docs/api/cortex-xsiam.md, "Cases"), or as the contract of 3.4
	 * has them (docs/api/cortex-xsiam.md, "Cases").
	 */
	caseForm: 'seen' | 'schema';
	/** Which words of cases and issues are taken: today's, those of the contract of 3.4, or both. */
	vocabulary: 'today' | '3.4' | 'both';
	/**
	 * issue/search: `DATA`, its counts and names with dots in them as seen (docs/api/cortex-xsiam.md,
	 * "Issues"), or `issues` as its schema says (docs/api/cortex-xsiam.md, "Issues").
	 */
	issueListForm: 'seen' | 'schema';
	/**
	 * Where issue/search looks for page, order and further fields; elsewhere they are ignored
	 * (docs/api/cortex-xsiam.md, "Requests and answers").
	 */
	issuePaging: 'inside' | 'beside';
	/**
	 * How long after its creation an issue is found by a search, milliseconds (docs/api/cortex-xsiam.md,
	 * "Issues": asynchronous).
	 */
	issueDelayMs: number;

	/**
	 * Lookup datasets as the contract's samples have them, or as its schemas say
	 * (docs/api/cortex-xsiam.md, "Lookups and datasets").
	 */
	datasetForm: 'sample' | 'schema';
	/** How the war rooms of cases are called (docs/api/cortex-xsiam.md, "War room"). */
	warRoomPrefix: 'CASE-' | 'INCIDENT-';

	/** How many times a query is PENDING first (docs/api/cortex-xsiam.md, "XQL queries"). */
	xqlPendingPolls: number;
	/** Queries end with FAIL. */
	xqlFails: boolean;
	/** Queries that may run at once (docs/api/cortex-xsiam.md, "Limits"). */
	xqlParallel: number;
	/** Compute units of a day; a query costs 0.0015 (docs/api/cortex-xsiam.md, "XQL queries"). */
	xqlQuota: number;
	/**
	 * `number_of_results` is missing, as seen on real tenants (docs/api/cortex-xsiam.md, "XQL queries").
	 */
	xqlOmitsCount: boolean;
	/** A gzip stream says so in Content-Encoding, or is bare bytes; not documented. */
	xqlStreamEncoding: 'bare' | 'header';
	/** The connection breaks in the middle of a stream. */
	xqlStreamBreaks: boolean;

	/** How many times an action is not done yet (docs/api/cortex-xsiam.md, "Endpoints"). */
	actionPendingPolls: number;
	/** Actions started from now on end with FAILED (docs/api/cortex-xsiam.md, "Endpoints"). */
	actionsFail: boolean;
}

export const defaultSettings = (): CortexXsiamSettings => ({
	...commonDefaults,
	timestampWindowMs: 300_000,
	strictNonce: false,
	ratePerSecond: 0,
	retryAfterSeconds: null,
	tooManyAs200: false,
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
