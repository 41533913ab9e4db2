import { z } from 'zod';
import {
	isSelfEvident,
	isWebPage,
	parseJson,
	readJson,
	unexpectedAnswer,
} from '../../shared/answer';
import { asBoolean, asNumber, asObject } from '../../shared/read';
import type { Failure } from '../../shared/failure';
import { isScimError } from '../../shared/scim';
import { mayBeTooMany, tooMany } from '../../shared/tooMany';
import type { Reply } from '../../shared/transport';
import { quoted, refusal } from './refusals';
import type { Family, Refusal } from './refusals';

const VENDOR = 'senhasegura';

const TOO_MANY = 429;

/** The `exception` of a fault of the vault's own says where to look, and no reason. */
const INTERNAL = 500;

const EMPTY_MEANS = "Check the credential's 'URL', and proxies between n8n and the vault.";

const text = z.string().nullish().catch(null);
const numeric = z.coerce.number().nullish().catch(null);

/**
 * Booleans come as such, and as `"0"`, `"1"` or `"true"` from older versions (docs/api/senhasegura.md,
 * "Versions").
 */
export const looseBoolean = z.unknown().transform((value) => asBoolean(value) === true);

/** The v1 envelope (docs/api/senhasegura.md, "The envelope"); every field in it may be missing. */
export const envelope = z
	.object({
		code: numeric,
		response: z
			.object({
				status: numeric,
				message: text,
				mensagem: text,
				Message: text,
				error: looseBoolean,
				erro: looseBoolean,
			})
			.passthrough(),
		exception: z.object({ code: numeric, message: text }).passthrough().nullish().catch(null),
		// Beside the envelope, as the vendor's own command line tool reads it (docs/api/senhasegura.md,
		// "DevOps Secret Manager").
		error: text.transform((told) => (asBoolean(told) === false ? null : told)),
	})
	.passthrough();

/**
 * An answer of which only the envelope matters, so that it has to say that all is well: HTTP 200 alone
 * does not (docs/api/senhasegura.md, "The envelope").
 */
export const confirmed = z.unknown().refine((body) => {
	const { code, response } = asObject(body) ?? {};
	const told = asObject(response) ?? {};
	const status = asNumber(told.status) ?? asNumber(code);
	if (status !== null) return status >= 200 && status < 300;
	return [told.error, told.erro].some((flag) => asBoolean(flag) === false);
});

const confirmedBare = z.unknown().refine((body) => confirmed.safeParse(enveloped(body)).success);

/**
 * A bare answer as if it were in the envelope: what that has in `response` stands at the top
 * (docs/api/senhasegura.md, "Certificates"). An error without a flag is that of any server.
 */
function enveloped(json: unknown, httpStatus = 200): unknown {
	const body = asObject(json);
	if (body === null || asObject(body.response)) return json;
	const isOwn =
		httpStatus < 400 || [body.error, body.erro].some((flag) => asBoolean(flag) !== null);
	return isOwn ? { ...body, response: body } : json;
}

/** What an answer lacks that is not `confirmed`, for messages. */
export const CONFIRMATION = 'a confirmation that the call went well';

/** Of a call whose answer has to confirm, and no more. */
export const confirms = { answer: confirmed, what: CONFIRMATION };

/** The same of an answer that may be bare. */
export const confirmsBare = { answer: confirmedBare, what: CONFIRMATION };

/**
 * What gateways, the token endpoint, SCIM and API v2 answer instead (docs/api/senhasegura.md, "OAuth
 * 2.0", "Other errors", "SCIM" and "API v2").
 */
const plainError = z.object({
	message: text,
	error: z
		.union([z.string(), z.object({ message: text }).transform(({ message }) => message)])
		.nullish()
		.catch(null),
	error_description: text,
	detail: text,
	title: text,
	reason: text,
});

/** The families of DSM, and how they tell errors (docs/api/senhasegura.md, "DevOps Secret Manager"). */
const DSM = new Set(['dapp', 'sctm', 'cicd', 'coe']);
const dsmError = z.object({ error: z.string(), message: text, reason: text }).strict();

export interface SenhaseguraReply {
	/** The whole answer, as it came. */
	body: Record<string, unknown>;
	/** English where there is English. */
	message: string;
}

/**
 * Reads an answer; that it is no success may stand in any of several places (docs/api/senhasegura.md,
 * "The envelope" and "DevOps Secret Manager").
 *
 * @throws Failure with the vendor's own text
 */
export function readReply(reply: Reply, family?: Family): SenhaseguraReply {
	if (isTooMany(reply)) throw limited(reply);
	const json = isSelfEvident(reply) ? parseJson(reply.text) : readJson(reply, VENDOR, EMPTY_MEANS);
	const parsed = envelope.safeParse(family?.bare ? enveloped(json, reply.status) : json);
	if (!parsed.success) {
		if (reply.status >= 400) throw plainRefusal(reply, json, family);
		throw unexpectedAnswer(reply, VENDOR, 'its usual envelope');
	}
	const { code, response, exception, error } = parsed.data;
	// An empty text in one language says nothing about the other.
	const message = response.message || response.mensagem || response.Message || '';
	const status =
		reply.status >= 400 ? reply.status : Math.max(reply.status, response.status ?? code ?? 0);
	const isRefused = response.error || response.erro || status >= 400;
	if (isRefused || error || exception?.code) {
		const own = isRefused ? message : '';
		const isVague = NO_REASON.test(own) && exception?.code !== INTERNAL;
		const told = (!isVague && own) || exception?.message || own || plainText(json);
		throw refusal(status, told, {
			exceptionCode: exception?.code,
			family,
			date: reply.headers.date,
		});
	}
	return { body: json as Record<string, unknown>, message };
}

/**
 * Reads an answer of the families that have no envelope: SCIM and API v2. Their refusals are not
 * documented (docs/api/senhasegura.md, "SCIM" and "API v2"); gateways and missing permissions answer as
 * in the rest of the API.
 *
 * @returns an empty body for an answer without content, as after a deletion
 * @throws Failure with the vendor's own text
 */
export function readPlainReply(reply: Reply, family: Family): SenhaseguraReply {
	const { status } = reply;
	if (status === 204) return { body: {}, message: '' };
	if (isTooMany(reply)) throw limited(reply);
	const json = isSelfEvident(reply) ? parseJson(reply.text) : readJson(reply, VENDOR, EMPTY_MEANS);
	if (envelope.safeParse(json).success) {
		const answer = readReply(reply, family);
		if (confirmed.safeParse(json).success) return answer;
		throw unexpectedAnswer(reply, VENDOR, CONFIRMATION);
	}
	const body = asObject(json);
	// Some say it in the body alone, as the envelope does.
	const told = status >= 400 ? status : Math.max(status, asNumber(body?.status) ?? 0);
	if (told >= 400) throw plainRefusal({ ...reply, status: told }, json, family);
	if (body) return { body, message: '' };
	throw unexpectedAnswer(reply, VENDOR, 'a record');
}

/** What the vault says where the reason stands in `exception` (docs/api/senhasegura.md, "MySafe notes"). */
const NO_REASON = /^\s*unexpected error\.?\s*$/i;

/** A refusal without the envelope: of those who have none, or of something before the vault. */
function plainRefusal({ status, text, headers }: Reply, json: unknown, family?: Family): Refusal {
	const isOwn =
		isScimError(json) ||
		(family?.isAnyForm && asObject(json) !== null) ||
		(DSM.has(family?.module ?? '') && dsmError.safeParse(json).success);
	return refusal(status, plainText(json), {
		family,
		date: headers.date,
		...(!isOwn && { foreign: whatIs(text, json) }),
	});
}

function whatIs(text: string, json: unknown): string {
	if (text.trim() === '') return '';
	if (isWebPage(text)) return 'a web page';
	return asObject(json) ? 'JSON' : 'a text';
}

/** Whether an answer refuses the request for the rate of requests, as HTTP has it or within a success. */
export function isTooMany(reply: Pick<Reply, 'status' | 'text'>): boolean {
	if (reply.status === TOO_MANY) return true;
	const body = asObject(mayBeTooMany(reply));
	// Without an envelope, a number is one of the record unless that says that it is an error.
	const told = asObject(body?.response) ?? (asBoolean(body?.error) === true ? body : null);
	return told !== null && (asNumber(told.status) ?? asNumber(body?.code)) === TOO_MANY;
}

/** A refusal for the rate of requests (docs/api/senhasegura.md, "API v2"), in whatever form. */
function limited(reply: Reply): Failure {
	const json = parseJson(reply.text);
	const { response } = envelope.safeParse(json).data ?? {};
	const told = quoted(response?.message || response?.mensagem || plainText(json));
	return tooMany(VENDOR, reply, told ? `senhasegura said: ${told}.` : '');
}

function plainText(json: unknown): string {
	const parsed = plainError.safeParse(json);
	if (!parsed.success) return '';
	const { message, error, error_description: description, detail, title, reason } = parsed.data;
	return message || description || detail || error || reason || title || '';
}
