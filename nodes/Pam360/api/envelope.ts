import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { readJson, unexpectedAnswer } from '../../shared/answer';
import type { Failure } from '../../shared/failure';
import { quoteVendor } from '../../shared/failure';
import { asNumber, asObject, asText } from '../../shared/read';
import { mayBeTooMany, tooMany } from '../../shared/tooMany';
import type { Reply } from '../../shared/transport';
import { DROPS } from './dropped';
import type { Told } from './outcomes';
import { filtered, refusal, withOutcome } from './refusals';

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

const TOO_MANY = 429;

/** Whether an answer refuses the request for the rate of requests, as HTTP has it or within a success. */
export function isTooMany(reply: Pick<Reply, 'status' | 'text'>): boolean {
	if (reply.status === TOO_MANY) return true;
	const body = asObject(mayBeTooMany(reply));
	const { result } = asObject(body?.operation) ?? body ?? {};
	const { status, statusCode } = asObject(result) ?? {};
	return asNumber(statusCode) === TOO_MANY && saidBy(asText(status) ?? '') === 'failed';
}

/**
 * The JSON of an answer of any family of calls.
 *
 * @throws Failure where the security filter or a limit kept the call out, or there is no JSON
 */
export function readBody(reply: Reply, facts: CallFacts = {}): unknown {
	// What failed with 429 may be the target, after a part of the work.
	const status = !facts.reachesTarget && isTooMany(reply) ? TOO_MANY : reply.status;
	try {
		if (status === 599) throw filtered();
		if (status === TOO_MANY) throw tooMany('PAM360', reply);
		return readJson(reply, 'PAM360', status < 400 ? DROPS : EMPTY_REFUSAL_MEANS);
	} catch (failure) {
		throw withOutcome(failure as Failure, { status, ...facts });
	}
}

/** An answer that is JSON and tells no result. */
export function withoutResult(reply: Reply, what: string, facts: CallFacts = {}): Failure {
	return withOutcome(unexpectedAnswer(reply, 'PAM360', what), { status: reply.status, ...facts });
}

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
