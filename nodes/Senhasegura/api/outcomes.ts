import type { FailureKind } from '../../shared/failure';
import { isIntercepted, isRefusal, outcomeOf, tellsOfFault } from '../../shared/outcome';
import type { OutcomeRow } from '../../shared/outcome';

/** An answer that is no success, as far as it tells what became of the call. */
export interface Told {
	/** Of HTTP, or of the envelope where HTTP says that all is well. */
	status: number;
	/** The vendor's own words, without the number before them. */
	text: string;
	/** The number before them, or else `exception.code`. */
	number?: number;
	/** The first part of the path below the prefix; numbers mean another thing in another one. */
	module?: string;
	/** Whether the call changes nothing. */
	isRead?: boolean;
	/** Whether it is in no form of the vault's: what stands in front of the vault may have said it. */
	isForeign?: boolean;
}

/** Whether the whole text is one that is known; the period at its end may be missing. */
const says =
	(...texts: RegExp[]) =>
	({ text }: Told) =>
		texts.some((known) => known.test(text.replace(/[\s.!]+$/, '')));

const numbered =
	(modules: readonly string[], ...numbers: number[]) =>
	({ module = 'pam', number }: Told) =>
		number !== undefined && modules.includes(module) && numbers.includes(number);

/** Texts of the gateway that is part of the vault: it got no answer, or none in time, from what is behind it. */
const ofGateway = says(
	/^an invalid response was received from the upstream server$/i,
	/^the upstream server is (timing out|currently unavailable)$/i,
);

/** `exception.code` of a fault is 500, and a text may begin with a status of HTTP. */
const ofServer = ({ number = 0 }: Told) => number >= 500 && number < 600;

/**
 * What became of a call, by an answer that is no success; the first row that fits. A `source` in quotes
 * is a section of docs/api/senhasegura.md.
 */
export const OUTCOMES: ReadonlyArray<OutcomeRow<Told>> = [
	{
		answer: 'a proxy that wants a login first: 407, 511',
		when: ({ status }) => isIntercepted(status) && isRefusal(status, false),
		outcome: 'refused',
		source: 'RFC 9110, section 15.5.8; RFC 6585, section 6',
	},
	{
		answer: 'a gateway that got no answer, or gave up: 408, 499, 502 to 504, 520 to 530',
		when: ({ status }) => isIntercepted(status),
		outcome: 'unknown',
		source: '"Other errors"; RFC 9110, sections 15.5.9 and 15.6.3 to 15.6.5',
	},
	{
		answer: 'the texts of such a gateway, whatever its status',
		when: ofGateway,
		outcome: 'unknown',
		source: '"Other errors", of vendor pages',
	},
	{
		answer: 'HTTP 401, 429, and the vault’s own 403, whatever is said',
		when: ({ status, isForeign }) =>
			status === 401 || status === 429 || (status === 403 && !isForeign),
		outcome: 'refused',
		source: 'RFC 9110, sections 15.5.2 and 15.5.4; RFC 6585, section 4',
	},
	{
		answer: 'You are not authorized to access this resource',
		when: says(/^you are not authorized to access this resource$/i),
		outcome: 'refused',
		source: '"Other errors", of vendor pages',
	},
	{
		answer: 'The http referer is not allowed',
		when: says(/^the http referer is not allowed$/i),
		outcome: 'refused',
		source: '"Other errors", of vendor pages',
	},
	{
		answer: 'Resource sub not found, no Route matched with those values',
		when: says(/^resource[ /]sub(-resource)? not found$/i, /^no route matched with those values$/i),
		outcome: 'refused',
		source: '"Other errors", of vendor pages',
	},
	{
		answer: 'Client authentication failed, Invalid signature',
		when: says(/^client authentication failed$/i, /^invalid signature$/i),
		outcome: 'refused',
		source: '"Other errors", of vendor pages',
	},
	{
		answer: 'An error occurred while droping session',
		when: says(/^an error occurred while dropp?ing session$/i),
		outcome: 'refused',
		source: '"Sessions", of vendor pages',
	},
	{
		answer: 'User, Credential or Credential device not specified, Invalid protocol',
		when: says(
			/^(user|username|credential|credential device) not specified$/i,
			/^invalid protocol$/i,
		),
		outcome: 'refused',
		source: '"Sessions", of vendor pages',
	},
	{
		answer: 'a certificate that is there already, and one or a key that cannot be read',
		when: says(/^certificate already exists$/i, /^(invalid|empty) (certificate|private key)$/i),
		outcome: 'refused',
		source: '"Certificates", of vendor pages; the words are inferred',
	},
	{
		answer: 'exception.code 500, or a status of HTTP before the text',
		when: ofServer,
		outcome: 'unknown',
		source: '"Other errors": Unexpected error',
	},
	{
		answer: 'the words of a fault, whatever its number and status',
		when: ({ text }) => tellsOfFault(text),
		outcome: 'unknown',
		source: '"Other errors": Unexpected error, a fault of the server',
	},
	{
		answer: 'a number of PAM, from 1004 to 1047',
		when: numbered(
			['pam'],
			...[1004, 1005, 1007, 1008, 1009, 1010, 1011, 1013, 1014, 1015, 1016, 1017, 1018, 1019],
			...[1020, 1021, 1022, 1023, 1024, 1026, 1029, 1039, 1042, 1043, 1044, 1045, 1046, 1047],
		),
		outcome: 'refused',
		source: '"Errors by number", of vendor pages',
	},
	{
		answer: 'a number of MySafe: 1001, 1005, 1006, 1009, 1010',
		when: numbered(['mysafe'], 1001, 1005, 1006, 1009, 1010),
		outcome: 'refused',
		source: '"Errors by number", of vendor pages',
	},
	{
		answer: 'a number of sessions: 1002, 1003',
		when: numbered(['session', 'remote'], 1002, 1003),
		outcome: 'refused',
		source: '"Errors by number", of vendor pages',
	},
	{
		answer: 'a number of related users: 1001, 1005',
		when: numbered(['user'], 1001, 1005),
		outcome: 'refused',
		source: '"Errors by number", of vendor pages',
	},
	{
		answer: 'a number of certificates: 1001, 1049',
		when: numbered(['certificate', 'cert'], 1001, 1049),
		outcome: 'refused',
		source: '"Errors by number", of vendor pages',
	},
	{
		answer: 'a status of a request that was not taken, whoever answers: 404, 413, 415',
		when: ({ status }) => isRefusal(status, false),
		outcome: 'refused',
		source:
			'RFC 9110, sections 15.5.5, 15.5.12, 15.5.14 to 15.5.16, 15.5.20, 15.5.22; RFC 8470, section 5.2; RFC 6585, sections 3, 5',
	},
	{
		answer:
			'a status by which HTTP, or the envelope, refuses, in a form of the vault’s: 400, 409, 422',
		when: ({ status, isForeign }) => isRefusal(status, !isForeign),
		outcome: 'refused',
		source: '"Errors by number"; RFC 9110, section 15.5',
	},
	{
		answer: 'an error within a success, of a call that changes nothing',
		when: ({ status, isRead }) => status < 300 && isRead === true,
		outcome: 'refused',
		source: '"The envelope": `error` true beside HTTP 200',
	},
	{
		answer:
			'anything else: 500, an error within a success, with a text or number not known, a page with 403',
		when: () => true,
		outcome: 'unknown',
		source: '"Other errors": Unexpected error; no source says that nothing was done',
	},
];

/** What kind of failure an answer is that is no success. */
export function failureKind(told: Told): Extract<FailureKind, 'refused' | 'lost'> {
	return outcomeOf(OUTCOMES, told).outcome === 'refused' ? 'refused' : 'lost';
}

/** Whether nobody knows what became of a call because the vault, or what is before it, met a fault. */
export function isFault(told: Told): boolean {
	const { status, text } = told;
	const isOfFault =
		isIntercepted(status) || ofGateway(told) || ofServer(told) || tellsOfFault(text);
	return failureKind(told) === 'lost' && isOfFault;
}
