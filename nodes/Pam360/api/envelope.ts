import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { readJson, unexpectedAnswer } from '../../shared/answer';
import { Failure, quoteVendor } from '../../shared/failure';
import { asObject } from '../../shared/fields';
import type { Reply } from '../../shared/transport';

/** The answer of `/restapi/json/v1` (fact sheet 1.5); unknown fields are kept. */
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

const EMPTY_MEANS =
	"PAM360 drops requests without a word when it cannot resolve the host name that is set for the API user. In PAM360's user settings, enter a host name that the PAM360 server can resolve, or turn the host check off.";

const EMPTY_REFUSAL_MEANS = "Check the credential's 'URL', and proxies between n8n and PAM360.";

/**
 * The JSON of an answer of any family of calls.
 *
 * @throws Failure where the security filter or a limit kept the call out, or there is no JSON
 */
export function readBody(reply: Reply): unknown {
	if (reply.status === 599) {
		throw new Failure("PAM360's security filter took the input for an attack (HTTP 599)", {
			kind: 'refused',
			code: '599',
			description:
				'Remove unusual characters such as < > from the parameters, or ask the PAM360 administrator to allow them.',
		});
	}
	if (reply.status === 429) {
		throw new Failure('PAM360 gets more requests than it takes (HTTP 429)', {
			kind: 'refused',
			code: '429',
			description:
				"The node waited and tried again, in vain. Lower 'Max Concurrent Items' in the node's options, or try again later.",
			declared: { cause: 'rate-limited' },
		});
	}
	return readJson(reply, 'PAM360', reply.status < 400 ? EMPTY_MEANS : EMPTY_REFUSAL_MEANS);
}

/**
 * Reads an answer; failures hide inside HTTP 200 (fact sheet 1.7).
 *
 * @throws Failure with PAM360's own text
 */
export function readReply(reply: Reply): Pam360Reply {
	const json = readBody(reply);
	const parsed = envelope.safeParse(json);
	if (!parsed.success) throw unexpectedAnswer(reply, 'PAM360', 'the result of the operation');
	const { result, Details, details, totalRows } = parsed.data.operation;
	const text = quoteVendor(result.message);
	if (!isSuccess(result.status)) throw refusal(text, result.statusCode, reply.status);
	if (reply.status >= 400) throw contradiction(text, reply.status);
	return {
		body: json as IDataObject,
		details: Details ?? details,
		message: text,
		...(totalRows !== undefined && { totalRows }),
	};
}

/**
 * Reads the answer to a change. A refusal of a call that was repeated says little: the attempt before
 * may have done the work, and what is gone cannot be deleted again.
 *
 * @throws Failure with PAM360's own text
 */
export function readChange(reply: Reply): Pam360Reply {
	try {
		return readReply(reply);
	} catch (failure) {
		const isOpen = failure instanceof Failure && failure.kind === 'refused' && reply.repeated;
		throw isOpen
			? failure.with({ kind: 'lost' }).plus('The answer to an earlier attempt was lost.')
			: failure;
	}
}

/** Something between n8n and PAM360, or PAM360 itself, went wrong after the work was done. */
export function contradiction(text: string, status: number): Failure {
	return new Failure(`PAM360 reported success with HTTP ${status}`, {
		kind: 'lost',
		code: String(status),
		description: `It said: ${text || 'nothing'}. Check proxies between n8n and PAM360, and PAM360's own log.`,
	});
}

/** Details of an answer about one thing: an object or a list of one, depending on the call (1.5). */
export function recordOf(details: unknown): IDataObject {
	return asObject([details].flat()[0]) ?? {};
}

/**
 * The records of a page, which may be none only where PAM360 counts none. A list that ends early must
 * not be taken for the whole, nor what a trigger knows be forgotten.
 *
 * @param what The records, for messages: `the SSH keys`.
 * @param from How many records come before the page.
 * @throws Failure where records are counted but not there, or something else is in their place
 */
export function countedRows<Row>(
	rows: Row[],
	{ totalRows = 0, message }: Pick<Pam360Reply, 'totalRows' | 'message'>,
	what: string,
	from = 0,
): Row[] {
	const fail = (how: string) =>
		new Failure(`PAM360 answered ${how}`, {
			kind: 'unusable',
			description: `It said: ${quoteVendor(message) || 'nothing'}. This version of PAM360 seems to answer in another form.`,
		});
	if (rows.length > 0) {
		if (rows.some((row) => asObject(row) !== null)) return rows;
		throw fail(`with something else than ${what}`);
	}
	if (totalRows <= from) return rows;
	const missing = from === 0 ? '' : ` after ${from} of them`;
	throw fail(`without ${what}${missing}, although it counted ${totalRows}`);
}

/** `Success`, and `true` where a token is regenerated; in any case of letters (fact sheet 1.5). */
export function isSuccess(status: string): boolean {
	return /^(success|true)$/i.test(status.trim());
}

/** What PAM360's texts mean for the user. Its failure codes are not published: texts decide. */
const REFUSALS: Array<{
	text: RegExp;
	message: string;
	description: string;
	/** Whether every other call with the credential would be refused as well. */
	ofCredential?: boolean;
}> = [
	{
		text: /no such account found/i,
		message: 'PAM360 knows no such account, or does not show it to the API user',
		description:
			"Check 'PAM360 Resource' and 'Account', and that the account is shared with the API user.",
	},
	{
		text: /account is not added as it already exists/i,
		message: 'The resource has an account of this name already',
		description: "Choose another 'Account Name', or update the account that is there.",
	},
	{
		// "Authentication failed" alone may be said of a target, whose password is to be reset.
		text: /not associated to any user/i,
		message: 'PAM360 does not accept the auth token',
		description:
			"Check 'Auth Token' in the credential. A token that was given when the API user was created must be regenerated before its first use, and tokens can expire.",
		ofCredential: true,
	},
	{
		text: /not allowed to access from this host/i,
		message: 'PAM360 does not allow the API user to call from this host',
		description:
			"The API user is tied to a host name. In PAM360's user settings, enter the host on which n8n runs (in queue mode that of every worker), or turn the host check off.",
		ofCredential: true,
	},
];

/**
 * PAM360's no, as a failure that says what to do.
 *
 * @param text What it said.
 */
export function refusal(text: string, statusCode: string | undefined, httpStatus: number): Failure {
	const known = REFUSALS.find((entry) => entry.text.test(text));
	const said = [text || 'no reason', statusCode && `[${statusCode}]`].filter(Boolean).join(' ');
	if (known) {
		return new Failure(known.message, {
			kind: 'refused',
			code: String(httpStatus),
			description: `${known.description} PAM360 said: ${said}.`,
			...(known.ofCredential && { declared: { cause: 'credential-invalid' } }),
		});
	}
	return new Failure(`PAM360 refused the request: ${said}`, {
		kind: 'refused',
		code: String(httpStatus),
		description:
			'Check the parameters, and that the API user has the permission: it sees and does only what its role and its shares allow.',
	});
}
