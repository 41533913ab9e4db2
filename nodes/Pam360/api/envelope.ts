import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { readJson, unexpectedAnswer } from '../../shared/answer';
import { Failure, quoteVendor } from '../../shared/failure';
import { asObject } from '../../shared/fields';
import { tooMany } from '../../shared/tooMany';
import type { Reply } from '../../shared/transport';
import { DROPS } from './dropped';
import {
	ACCOUNT_EXISTS,
	HARMFUL,
	NO_SUCH_ACCOUNT,
	OTHER_HOST,
	UNKNOWN_TOKEN,
	isAuthentication,
	isFault,
	kindOf,
} from './outcomes';
import type { Told } from './outcomes';
import { TOKEN_FIELDS } from './token';

/** The answer of `/restapi/json/v1` (docs/api/pam360.md, "The envelope"); unknown fields are kept. */
const envelope = z.object({
	operation: z
		.object({
			name: z.string().optional().catch(undefined),
			result: z
				.object({
					status: z.union([z.string(), z.boolean()]).transform(String),
					message: z.string().catch(''),
					statusCode: z
						.union([z.string(), z.number()])
						.transform(String)
						.optional()
						.catch(undefined),
				})
				.passthrough(),
			totalRows: z.coerce.number().optional().catch(undefined),
			Details: z.unknown(),
			details: z.unknown(),
		})
		.passthrough(),
});

/** Whether something is an answer of `/restapi/json/v1`, of success or failure, or is meant to be one. */
export function isEnvelope(json: unknown): boolean {
	const result = asObject(asObject(asObject(json)?.operation)?.result) ?? {};
	return 'status' in result;
}

export interface Pam360Reply {
	/** The whole answer, as it came. */
	body: IDataObject;
	/** Object, array or absent. */
	details: unknown;
	message: string;
	/** How many records there are, in answers that count them. */
	totalRows?: number;
}

const EMPTY_REFUSAL_MEANS = "Check the credential's 'URL', and proxies between n8n and PAM360.";

/** What is known of a call beside its answer. */
export interface CallFacts {
	/** Of a change: whether an earlier attempt may have made it, its answer being lost. */
	repeated?: boolean;
	/** Whether the call changes nothing. */
	isRead?: boolean;
	/** Of a change: whether it fails as a whole. */
	failsWhole?: boolean;
	/** Whether PAM360 works on another system for it, so that it can fail half-way. */
	reachesTarget?: boolean;
}

/** Of a call that changes nothing. */
export const READ = { isRead: true } as const;

/**
 * The JSON of an answer of any family of calls.
 *
 * @throws Failure where the security filter or a limit kept the call out, or there is no JSON
 */
export function readBody(reply: Reply, facts: CallFacts = {}): unknown {
	const { status } = reply;
	try {
		if (status === 599) throw filtered();
		if (status === 429) throw tooMany('PAM360', reply);
		return readJson(reply, 'PAM360', status < 400 ? DROPS : EMPTY_REFUSAL_MEANS);
	} catch (failure) {
		throw withOutcome(failure as Failure, { status, ...facts });
	}
}

const FILTERED = {
	message: "PAM360's security filter took the input for an attack",
	description:
		'Remove unusual characters such as < > from the parameters, or ask the PAM360 administrator to allow them.',
};

function filtered(): Failure {
	return new Failure(`${FILTERED.message} (HTTP 599)`, {
		kind: 'refused',
		code: '599',
		description: FILTERED.description,
	});
}

/** An answer that is JSON and tells no result. */
export function withoutResult(reply: Reply, what: string, facts: CallFacts = {}): Failure {
	return withOutcome(unexpectedAnswer(reply, 'PAM360', what), { status: reply.status, ...facts });
}

/** What became of a call is told by the table, whatever kept its answer from being read. */
function withOutcome(failure: Failure, told: Told): Failure {
	const outcome = failure.with({ kind: kindOf(told) });
	return told.repeated ? outcome.plus(EARLIER) : outcome;
}

const EARLIER = 'The answer to an earlier attempt was lost.';

/**
 * Reads an answer; failures hide inside HTTP 200 (docs/api/pam360.md, "Failures").
 *
 * @throws Failure with PAM360's own text; of kind `lost` where nobody knows what became of the call
 */
export function readReply(reply: Reply, facts: CallFacts = {}): Pam360Reply {
	const json = readBody(reply, facts);
	const parsed = envelope.safeParse(json);
	if (!parsed.success) throw withoutResult(reply, 'the result of the operation', facts);
	const { name, result, Details, details, totalRows } = parsed.data.operation;
	const text = demandSuccess(reply.status, { ...result, name, ...facts });
	return {
		body: json as IDataObject,
		details: Details ?? details,
		message: text,
		...(totalRows !== undefined && { totalRows }),
	};
}

/** The result in an answer, wherever its family of calls keeps it. */
interface Result extends CallFacts {
	name?: string;
	status: string;
	message: string;
	statusCode?: string;
}

/**
 * What PAM360 said, of a success.
 *
 * @throws Failure with PAM360's own text
 */
export function demandSuccess(httpStatus: number, { status, ...result }: Result): string {
	const said = saidBy(status, result.statusCode);
	if (said === 'success' && httpStatus < 400) return quoteVendor(result.message);
	throw refusal({ ...result, said, status: httpStatus });
}

/** The code of success; the only one that vendor pages show (docs/api/pam360.md, "The envelope"). */
const DONE = '20000';

/**
 * `Success`, and `true` where a token is regenerated; in any case of letters (docs/api/pam360.md, "The
 * envelope"). For another word, and for a failure with the code of success, the code and the word
 * decide together.
 */
function saidBy(status: string, statusCode?: string): Told['said'] {
	const word = status.trim();
	if (/^(success|true)$/i.test(word)) return 'success';
	const isFailure = /^(fail(ed|ure)?|false|error)$/i.test(word);
	if (statusCode === DONE) return isFailure ? 'other' : 'success';
	return isFailure ? 'failed' : 'other';
}

/**
 * Details of an answer about one thing: an object or a list of one, depending on the call
 * (docs/api/pam360.md, "The envelope").
 */
export function recordOf(details: unknown): IDataObject {
	return asObject([details].flat()[0]) ?? {};
}

/** How a text says that there is nothing to list. */
const NONE = /\b(no|none|not any|0|zero|empty|not (found|available))\b/i;

/**
 * The records of a page, which may be none only where PAM360 says so: by an empty list, by its count, or in
 * words. A list that ends early must not be taken for the whole, nor what a trigger knows be forgotten.
 *
 * @param rows Undefined where nothing stands in their place.
 * @param what The records, for messages: `the SSH keys`.
 * @param from How many records come before the page.
 * @throws Failure where records are counted but not there, something else is in their place, or nothing is
 */
export function countedRows<Row>(
	rows: Row[] | undefined,
	{ totalRows, message }: Pick<Pam360Reply, 'totalRows' | 'message'>,
	what: string,
	from = 0,
): Row[] {
	const fail = (how: string) =>
		new Failure(`PAM360 answered ${how}`, {
			kind: 'unusable',
			description: `It said: ${quoteVendor(message) || 'nothing'}. This version of PAM360 seems to answer in another form.`,
		});
	if (rows !== undefined && rows.length > 0) {
		if (rows.some((row) => asObject(row) !== null)) return rows;
		throw fail(`with something else than ${what}`);
	}
	const missing = from === 0 ? '' : ` after ${from} of them`;
	if (totalRows !== undefined && totalRows > from) {
		throw fail(`without ${what}${missing}, although it counted ${totalRows}`);
	}
	const isSaid = rows !== undefined || totalRows !== undefined || from > 0 || NONE.test(message);
	if (isSaid) return [];
	throw fail(`without ${what}, and did not say that there are none`);
}

/**
 * The same for a list that comes in one piece, of which no further page can be asked for.
 *
 * @param most How many records are wanted.
 * @throws Failure also where fewer came than are counted and wanted
 */
export function wholeRows<Row>(
	rows: Row[] | undefined,
	reply: Pick<Pam360Reply, 'totalRows' | 'message'>,
	what: string,
	most: number,
): Row[] {
	const found = countedRows(rows, reply, what);
	const { totalRows = 0 } = reply;
	if (totalRows <= found.length || most <= found.length) return found;
	throw new Failure(`PAM360 counts ${totalRows} of ${what} and gave ${found.length}`, {
		kind: 'unusable',
		description: `It has no call for the rest. To get those that it gives, turn off 'Return All' and set 'Limit' to ${found.length} or less.`,
	});
}

/** What PAM360's texts mean for the user. Its failure codes are not published: texts decide. */
const REFUSALS: Array<{
	text: RegExp;
	message: string;
	description: string;
	/** Whether every other call with the credential would be refused as well. */
	ofCredential?: boolean;
}> = [
	{ text: HARMFUL, ...FILTERED },
	{
		text: NO_SUCH_ACCOUNT,
		message: 'PAM360 knows no such account, or does not show it to the API user',
		description:
			"Check 'PAM360 Resource' and 'Account', and that the account is shared with the API user.",
	},
	{
		text: ACCOUNT_EXISTS,
		message: 'The resource has an account of this name already',
		description: "Choose another 'Account Name', or update the account that is there.",
	},
	{
		// "Authentication failed" alone may be said of a target, whose password is to be reset.
		text: UNKNOWN_TOKEN,
		message: 'PAM360 does not accept the auth token',
		description: `Check ${TOKEN_FIELDS} in the credential. A token that was given when the API user was created must be regenerated before its first use, and tokens can expire.`,
		ofCredential: true,
	},
	{
		text: OTHER_HOST,
		message: 'PAM360 does not allow the API user to call from this host',
		description:
			"The API user is tied to a host name. In PAM360's user settings, enter the host on which n8n runs (in queue mode that of every worker), or turn the host check off.",
		ofCredential: true,
	},
];

/** PAM360's no, or its word on trouble, as a failure that says what to do. */
export function refusal(told: Told): Failure {
	const { message = '', status, statusCode } = told;
	const text = quoteVendor(message);
	const said = [text || 'no reason', statusCode && `[${statusCode}]`].filter(Boolean).join(' ');
	const kind = kindOf(told);
	const fail = (what: string, description: string, ofCredential = false) =>
		new Failure(what, {
			kind,
			code: String(status),
			description: told.repeated ? `${description} ${EARLIER}` : description,
			...(ofCredential && { declared: { cause: 'credential-invalid' } }),
		});
	if (told.said === 'success') {
		return fail(
			`PAM360 reported success with HTTP ${status}`,
			`It said: ${text || 'nothing'}. Check proxies between n8n and PAM360, and PAM360's own log.`,
		);
	}
	// What this answer says is told, whatever an attempt before it did.
	const isRefused = kindOf({ ...told, repeated: false }) === 'refused';
	const known = isRefused ? REFUSALS.find((entry) => entry.text.test(text)) : undefined;
	if (known) {
		return fail(
			known.message,
			`${known.description} PAM360 said: ${said}.`,
			known.ofCredential ?? isAuthentication(told),
		);
	}
	if (isAuthentication(told)) {
		return fail(
			`PAM360 does not accept the credential: ${said}`,
			`PAM360 did not get as far as the operation. Check ${TOKEN_FIELDS} and 'Organization Name' in the credential, and the API user in PAM360.`,
			true,
		);
	}
	if (isRefused)
		return fail(`PAM360 refused the request: ${said}`, `Check the parameters, ${ROLE}`);
	return fail(`PAM360 could not do it, or not all of it: ${said}`, adviceOn(told));
}

const ROLE =
	'and that the API user has the permission: it sees and does only what its role and its shares allow.';

/** Where nobody knows what became of a call. */
function adviceOn(told: Told): string {
	if (told.reachesTarget) {
		return 'It tells no more than that something went wrong: on the target, or in PAM360 afterwards.';
	}
	if (told.said === 'other' || isFault(told)) {
		return "It met trouble of its own, and does not tell how far it got. PAM360's own log tells more; try again later.";
	}
	return `It does not tell whether anything was done before that. If it is a refusal, it is about what was given, or about the API user: look at the parameters, ${ROLE}`;
}
