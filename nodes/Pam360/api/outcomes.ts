import type { FailureKind } from '../../shared/failure';
import { isRefusal, outcomeOf, tellsOfFault } from '../../shared/outcome';
import type { OutcomeRow } from '../../shared/outcome';

/** An answer of any family of calls, as far as it tells what became of the call. */
export interface Told {
	/** Of HTTP. */
	status: number;
	/** Of the result: yes, no, or another word; none where there is no result. */
	said?: 'success' | 'failed' | 'other';
	/** `operation.name`. */
	name?: string;
	/** `result.message`. */
	message?: string;
	/** `result.statusCode`. */
	statusCode?: string;
	/** Whether an earlier attempt may have done the work, its answer being lost. */
	repeated?: boolean;
	/** Whether the call changes nothing. */
	isRead?: boolean;
	/** Whether it is a change that fails as a whole: sharing, and a reset in PAM360 alone. */
	failsWhole?: boolean;
	/** Whether PAM360 works on another system for it, so that it can fail half-way. */
	reachesTarget?: boolean;
	/** Whether a read with the same token was answered with nothing as well. */
	isDropped?: boolean;
}

/**
 * What refused tokens, and calls from a host that is not theirs, are told (docs/api/pam360.md,
 * "Failures").
 */
export const UNKNOWN_TOKEN = /not associated to any user/i;
export const OTHER_HOST = /not allowed to access from this host/i;

/**
 * What the security filter says where it does not answer with HTTP 599 alone (docs/api/pam360.md, "The
 * envelope of the key and certificate calls").
 */
export const HARMFUL = /detected harmful content/i;

export const NO_SUCH_ACCOUNT = /no such account found/i;
export const ACCOUNT_EXISTS = /account is not added as it already exists/i;

/** The same texts where nothing stands beside them: PAM360's own, and not about a target. */
const WHOLE_TOKEN =
	/^api key received is not associated to any user\b\W*(authentication failed)?\W*$/i;
const WHOLE_HOST = /^(user is )?not allowed to access from this host\W*$/i;
const WHOLE_ACCOUNT = /^no such account found\W*$/i;

const failed = ({ said }: Told) => said === 'failed';

/** In one line: the spacing differs between builds (docs/api/pam360.md, "Traps"). */
function wordsOf({ message = '' }: Told): string {
	return message.replace(/\s+/g, ' ').trim();
}

const tells = (words: RegExp) => (told: Told) => words.test(wordsOf(told));

/**
 * Of a call that reaches a target, what holds such a text may quote the target, after the work: then it
 * counts only as a whole.
 */
const says = (words: RegExp, whole: RegExp) => (told: Told) =>
	tells(told.reachesTarget ? whole : words)(told);

/** Codes of the server's own faults: 50001, and what HTTP has for them. */
const ofServer = ({ statusCode = '' }: Told) => /^5\d\d(\d\d)?$/.test(statusCode);

const isBroken = ({ status }: Told) => status >= 400 && !isRefusal(status, true);

/** Older builds tell no code with it (docs/api/pam360.md, "What a failure says of the work"). */
const isFaultByWords = (told: Told) => tellsOfFault(wordsOf(told));

/** Whether a failure is a fault of the server's own, by its code, by HTTP or by its words. */
export function isFault(told: Told): boolean {
	return failed(told) && (ofServer(told) || isBroken(told) || isFaultByWords(told));
}

/**
 * What became of a call, by its answer; the first row that fits. A `source` in quotes is a section of
 * docs/api/pam360.md.
 */
export const OUTCOMES: ReadonlyArray<OutcomeRow<Told>> = [
	{
		answer: 'Success, with a status of HTTP that agrees',
		when: ({ said, status }) => said === 'success' && status < 400,
		outcome: 'done',
		source: '"The envelope", of vendor pages',
	},
	{
		answer: 'Success, with the HTTP status of an error',
		when: ({ said }) => said === 'success',
		outcome: 'unknown',
		source: 'they contradict each other',
	},
	{
		answer: 'anything else after an attempt whose answer was lost',
		when: ({ repeated }) => repeated === true,
		outcome: 'unknown',
		source: 'the attempt before may have done the work',
	},
	{
		answer: 'nothing at all, and to a read with the same token as well',
		when: ({ isDropped }) => isDropped === true,
		outcome: 'refused',
		source: '"What a failure says of the work", of notes on Password Manager Pro',
	},
	{
		answer: 'HTTP 599, of the security filter before the operation',
		when: ({ status }) => status === 599,
		outcome: 'refused',
		source: '"What a failure says of the work", of the vendor’s browser extension',
	},
	{
		answer: 'Failed, with the words of the security filter',
		when: (told) => failed(told) && tells(HARMFUL)(told),
		outcome: 'refused',
		source: 'A, of the FAQ of Password Manager Pro',
	},
	{
		answer: 'HTTP 429',
		when: ({ status }) => status === 429,
		outcome: 'refused',
		source: 'RFC 6585, section 4',
	},
	{
		answer: 'Failed, of the operation Authentication',
		when: (told) => failed(told) && isAuthentication(told),
		outcome: 'refused',
		source: '"What a failure says of the work", of recorded answers of Password Manager Pro',
	},
	{
		answer: 'Failed, with a code of the server such as 50001 or 503',
		when: (told) => failed(told) && ofServer(told),
		outcome: 'unknown',
		source: '"Codes of failures", of the vendor’s SDK: INTERNAL_SERVER_ERROR',
	},
	{
		answer: 'Failed, with HTTP 500 or above, or a status by which a gateway gives up',
		when: (told) => failed(told) && isBroken(told),
		outcome: 'unknown',
		source: '"What a failure says of the work"',
	},
	{
		answer: 'Failed, with the words of a fault, whatever its code',
		when: (told) => failed(told) && isFaultByWords(told),
		outcome: 'unknown',
		source: '"What a failure says of the work": 50001 as an older build tells it',
	},
	{
		answer: 'Failed, with a text on the token or the host',
		when: (told) =>
			failed(told) &&
			(says(UNKNOWN_TOKEN, WHOLE_TOKEN)(told) || says(OTHER_HOST, WHOLE_HOST)(told)),
		outcome: 'refused',
		source: '"Failures", of recorded answers of Password Manager Pro',
	},
	{
		answer: 'Failed, No such account found',
		when: (told) => failed(told) && says(NO_SUCH_ACCOUNT, WHOLE_ACCOUNT)(told),
		outcome: 'refused',
		source: '"What a failure says of the work", of a client of Password Manager Pro',
	},
	{
		answer: 'Failed, where PAM360 works on another system: RESETTYPE REMOTE',
		when: (told) => failed(told) && told.reachesTarget === true,
		outcome: 'unknown',
		source: '"What a failure says of the work" and "Remote resets"',
	},
	{
		answer: 'Failed, Account is not added as it already exists',
		when: (told) => failed(told) && tells(ACCOUNT_EXISTS)(told),
		outcome: 'refused',
		source: '"Failures", of a client of Password Manager Pro',
	},
	{
		answer: 'Failed, of a call that changes nothing',
		when: (told) => failed(told) && told.isRead === true,
		outcome: 'refused',
		source: '"What a failure says of the work"',
	},
	{
		answer: 'Failed, with 40000 or another code of that kind',
		when: (told) => failed(told) && /^4\d{4}$/.test(told.statusCode ?? ''),
		outcome: 'refused',
		source: '"Codes of failures", of the vendor’s SDK: FAILURE',
	},
	{
		answer: 'Failed, with a status by which HTTP refuses',
		when: (told) => failed(told) && isRefusal(told.status, true),
		outcome: 'refused',
		source: 'RFC 9110, section 15.5',
	},
	{
		answer: 'Failed, without a code, of sharing and of a reset of the kind LOCAL',
		when: (told) => failed(told) && told.failsWhole === true && told.statusCode === undefined,
		outcome: 'refused',
		source: '"What a failure says of the work"',
	},
	{
		answer: 'Failed, without a code or with one that is not known, of any other change',
		when: failed,
		outcome: 'unknown',
		source: '"What a failure says of the work": no source says that nothing was done',
	},
	{
		answer:
			'no result, or a word that is not known, with a status of a request that was not taken: 401, 404, 413',
		when: ({ status }) => isRefusal(status, false),
		outcome: 'refused',
		source:
			'RFC 9110, sections 15.5.2, 15.5.5, 15.5.8, 15.5.12, 15.5.14 to 15.5.16, 15.5.20, 15.5.22; RFC 8470, section 5.2; RFC 6585, sections 3, 5, 6',
	},
	{
		answer:
			'anything else: no result, a word that is not known, a redirect, a page with 403, HTTP 500',
		when: () => true,
		outcome: 'unknown',
		source:
			'"What a failure says of the work": what stands in front of PAM360 may say it of work that was done',
	},
];

/**
 * By this name PAM360 tells that it did not get as far as the operation (docs/api/pam360.md,
 * "Failures").
 */
export function isAuthentication({ name = '' }: Pick<Told, 'name'>): boolean {
	return /^authentication$/i.test(name.trim());
}

/** What kind of failure an answer is that is no success. */
export function failureKind(told: Told): Extract<FailureKind, 'refused' | 'lost'> {
	return outcomeOf(OUTCOMES, told).outcome === 'refused' ? 'refused' : 'lost';
}
