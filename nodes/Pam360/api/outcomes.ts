import type { FailureKind } from '../../shared/failure';
import { isRefusal, outcomeOf } from '../../shared/outcome';
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

/** Words of a server that met a fault of its own; older builds tell no code with them. */
const FAULT = /\bexception\b|\b(internal|server|unexpected|unknown) error\b/i;

const failed = ({ said }: Told) => said === 'failed';

/** Looks for words, whose spacing differs between builds (docs/api/pam360.md, "Traps"). */
const tells =
	(words: RegExp) =>
	({ message = '' }: Told) =>
		words.test(message.replace(/\s+/g, ' '));

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
		answer: 'Failed, with a text on the token or the host',
		when: (told) => failed(told) && (tells(UNKNOWN_TOKEN)(told) || tells(OTHER_HOST)(told)),
		outcome: 'refused',
		source: '"Failures", of recorded answers of Password Manager Pro',
	},
	{
		answer: 'Failed, No such account found',
		when: (told) => failed(told) && tells(NO_SUCH_ACCOUNT)(told),
		outcome: 'refused',
		source: '"What a failure says of the work", of a client of Password Manager Pro',
	},
	{
		answer: 'Failed, Account is not added as it already exists',
		when: (told) => failed(told) && tells(ACCOUNT_EXISTS)(told),
		outcome: 'refused',
		source: '"Failures", of a client of Password Manager Pro',
	},
	{
		answer: 'Failed, with a code of the server such as 50001',
		when: (told) => failed(told) && /^5\d{4}$/.test(told.statusCode ?? ''),
		outcome: 'unknown',
		source: '"Codes of failures", of the vendor’s SDK: INTERNAL_SERVER_ERROR',
	},
	{
		answer: 'Failed, with HTTP 500 or above, or a status by which a gateway gives up',
		when: (told) => failed(told) && told.status >= 400 && !isRefusal(told.status),
		outcome: 'unknown',
		source: '"What a failure says of the work"',
	},
	{
		answer: 'Failed, with the words of an exception',
		when: (told) => failed(told) && tells(FAULT)(told),
		outcome: 'unknown',
		source: '"What a failure says of the work": 50001 as an older build tells it',
	},
	{
		answer: 'Failed, where PAM360 works on another system: RESETTYPE REMOTE',
		when: (told) => failed(told) && told.reachesTarget === true,
		outcome: 'unknown',
		source: '"What a failure says of the work" and "Remote resets"',
	},
	{
		answer: 'Failed, with 40000, another code, or none',
		when: failed,
		outcome: 'refused',
		source: '"Codes of failures", of the vendor’s SDK: FAILURE; "What a failure says of the work"',
	},
	{
		answer: 'no result, or a word that is not known, with a status by which HTTP refuses',
		when: ({ status }) => isRefusal(status),
		outcome: 'refused',
		source: 'RFC 9110, sections 15.4 and 15.5',
	},
	{
		answer: 'anything else: no result, a word that is not known, HTTP 500 and above',
		when: () => true,
		outcome: 'unknown',
		source: '"What a failure says of the work"',
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
export function kindOf(told: Told): Extract<FailureKind, 'refused' | 'lost'> {
	return outcomeOf(OUTCOMES, told).outcome === 'refused' ? 'refused' : 'lost';
}
