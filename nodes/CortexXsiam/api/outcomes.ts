import type { FailureKind } from '../../shared/failure';
import { isIntercepted, isRefusal, outcomeOf, tellsOfFault } from '../../shared/outcome';
import type { OutcomeRow } from '../../shared/outcome';

/**
 * The vendor's own words, from any of the ten forms in which errors come (docs/api/cortex-xsiam.md,
 * "Bodies of errors").
 */
export interface VendorError {
	code: string;
	message: string;
	extra: string;
	/** Whether they are in none of these forms: what stands in front of the tenant may have said them. */
	isForeign?: boolean;
}

/** An error, as far as it tells what became of the call. */
export interface Told extends VendorError {
	/** Of HTTP. */
	status: number;
}

/**
 * The status that an error is of: one that comes with HTTP 2xx says it itself, as a number or a text
 * (docs/api/cortex-xsiam.md, "Limits").
 */
export function toldStatus({ status, code }: Pick<Told, 'status' | 'code'>): number {
	const own = Number(code);
	return status < 300 && own >= 400 && own < 600 ? own : status;
}

/** Whether a call was refused for the rate of requests. Of this, only the code counts. */
export function isRateLimit(told: Pick<Told, 'status' | 'code'>): boolean {
	return toldStatus(told) === 429;
}

/**
 * Whether an error is a text that is known to refuse. A text that goes on to tell of a fault does not,
 * and words that stand in the middle of another text are no such text.
 */
const says =
	(...texts: RegExp[]) =>
	({ message, extra }: Told) =>
		[message, extra].flatMap(partsOf).some((part) => texts.some((text) => text.test(part))) &&
		![message, extra].some((words) => tellsOfFault(words.replace(UNIFIED, '')));

/** The items of a list, without the names of the fields before them: form 10 of the vendor's errors. */
function partsOf(words: string): string[] {
	return words.split('; ').map((part) => part.replace(/^[\w.]+: /, ''));
}

/** What every HTTP 500 says, also that for wrong input (docs/api/cortex-xsiam.md, "Bodies of errors"). */
const UNIFIED =
	/^an (unexpected )?error occurred( by XDR public API| while processing XDR( public API| - XQL query)?)?/i;

/**
 * What became of a call, by an error in its answer; the first row that fits. A `source` in quotes is a
 * section of docs/api/cortex-xsiam.md.
 */
export const OUTCOMES: ReadonlyArray<OutcomeRow<Told>> = [
	{
		answer: 'a proxy that wants a login first: 407, 511',
		when: (told) => isIntercepted(toldStatus(told)) && isRefusal(toldStatus(told), false),
		outcome: 'refused',
		source: 'RFC 9110, section 15.5.8; RFC 6585, section 6',
	},
	{
		answer: 'a gateway that got no answer, or gave up: 408, 499, 502 to 504, 520 to 530',
		when: (told) => isIntercepted(toldStatus(told)),
		outcome: 'unknown',
		source: 'RFC 9110, sections 15.5.9 and 15.6.3 to 15.6.5',
	},
	{
		answer: '429, of HTTP or of the error within a success',
		when: isRateLimit,
		outcome: 'refused',
		source: 'RFC 6585, section 4; "Limits"',
	},
	{
		answer: 'a status of a request that was not taken, whoever answers: 401, 404, 413, 415',
		when: (told) => isRefusal(toldStatus(told), false),
		outcome: 'refused',
		source:
			'RFC 9110, sections 15.5.2, 15.5.5, 15.5.12, 15.5.14 to 15.5.16, 15.5.20, 15.5.22; RFC 8470, section 5.2; RFC 6585, sections 3, 5',
	},
	{
		answer: 'anything else that is in no form of the tenant: a page, a text, or other JSON',
		when: ({ isForeign }) => isForeign === true,
		outcome: 'unknown',
		source:
			'"Bodies of errors": what stands in front of the tenant may say it of work that was done',
	},
	{
		answer: '400, 402, 403, 409, 422, of HTTP or of the error within a success',
		when: (told) => isRefusal(toldStatus(told), true),
		outcome: 'refused',
		source: '"Status codes", of the contract; RFC 9110, section 15.5',
	},
	{
		answer: 'Unknown custom roles',
		when: says(/^unknown custom roles\b/i),
		outcome: 'refused',
		source: '"Generating an API key", of a client',
	},
	{
		answer: 'Value must be integer in epoch milliseconds',
		when: says(/^value must be integer in epoch milliseconds\b/i),
		outcome: 'refused',
		source: '"Bodies of errors", of clients',
	},
	{
		answer: 'a text on an expiration or a role that cannot be, in the words of a rule',
		when: says(
			/^expiration (must be in the future|(can ?not|must not) be (more|later|longer) than)\b/i,
			/^roles? do(es)? not exist\b/i,
		),
		outcome: 'refused',
		source: '"Generating an API key": the rule; its words are inferred',
	},
	{
		answer: 'role_names param is missing',
		when: says(/^\w+ params? (is|are) missing$/i),
		outcome: 'refused',
		source: '"Bodies of errors", of clients',
	},
	{
		answer: 'Invalid parameter names, Unsupported operator, invalid field or operator',
		when: says(
			/^invalid parameter names\b/i,
			/^unsupported operator\b/i,
			/^invalid (field|operator|field or operator)$/i,
		),
		outcome: 'refused',
		source: '"Bodies of errors" and, for 599, "Status codes", of the contract',
	},
	{
		answer: 'Search size must fulfill the requirement',
		when: says(/^search size must fulfill the requirement\b/i),
		outcome: 'refused',
		source: '"Bodies of errors", of the contract',
	},
	{
		answer: 'Got an invalid input, The request contains invalid or missing parameters',
		when: says(
			/^got an invalid input while processing XDR public API$/i,
			/^the request contains invalid or missing parameters$/i,
		),
		outcome: 'refused',
		source: '"Bodies of errors", of the contract',
	},
	{
		answer: 'Can not update users to Account Admin role',
		when: says(/^can not update users to account admin role$/i),
		outcome: 'refused',
		source: '"Bodies of errors", of a client',
	},
	{
		answer: 'No identity threat',
		when: says(/^no identity threat\b/i),
		outcome: 'refused',
		source: '"Bodies of errors", of a client',
	},
	{
		answer: 'No endpoint was found for creating the requested action',
		when: says(/(^|- )no endpoint was found for creating the requested action$/i),
		outcome: 'refused',
		source: '"Bodies of errors", of the vendor’s XSOAR content',
	},
	{
		answer: 'reached max allowed amount of parallel running queries',
		when: says(/^reached max allowed amount of parallel running queries\b/i),
		outcome: 'refused',
		source: '"Bodies of errors", of the contract',
	},
	{
		answer: 'a text on the quota of queries that is used up',
		when: says(/^[\w ,'-]*\bquota (was |is |has been )?(exceeded|reached|used up)$/i),
		outcome: 'refused',
		source: '"Limits" and "XQL queries": the quota; its words are inferred',
	},
	{
		answer: 'anything else: 500, 599 and a code of its own without a text that is known',
		when: () => true,
		outcome: 'unknown',
		source: '"Status codes": a 500 is wrong input and trouble of the tenant alike',
	},
];

/** What kind of failure an error is. */
export function failureKind(told: Told): Extract<FailureKind, 'refused' | 'lost'> {
	return outcomeOf(OUTCOMES, told).outcome === 'refused' ? 'refused' : 'lost';
}
