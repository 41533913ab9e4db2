import { advice } from '../../shared/advice';
import { parseJson } from '../../shared/answer';
import { clockDifference } from '../../shared/clock';
import { Failure, quoteVendor, scrub } from '../../shared/failure';
import type { FailureDetails, FailureKind } from '../../shared/failure';
import { isIntercepted, troubleOf } from '../../shared/outcome';
import { mayBeTooMany, tooMany } from '../../shared/tooMany';
import type { Reply } from '../../shared/transport';
import { failureKind, isRateLimit, toldStatus } from './outcomes';
import type { VendorError } from './outcomes';

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Finds the error in an answer; undefined when it holds none.
 *
 * @param secrets Values to take out of the texts before they are cut to length.
 */
export function findError(json: unknown, secrets: string[] = []): VendorError | undefined {
	const levels = [
		json,
		child(json, 'reply'),
		child(json, 'data'),
		child(child(json, 'data'), 'reply'),
	];
	for (const level of levels) {
		const error = isObject(level) ? readError(level) : undefined;
		if (!error) continue;
		const [code, message, extra] = error.map((value) => quoteVendor(scrub(text(value), secrets)));
		return {
			code,
			message,
			extra,
			...(isAnyones(level, error) && { isForeign: true }),
		} as VendorError;
	}
	return undefined;
}

/**
 * The words of an answer in none of these forms: a gateway's text, but not the page of a proxy, and
 * of JSON no more than its message, since it may hold a new key.
 */
export function otherWords(body: string, secrets: string[] = []): VendorError {
	const words = HOLDS_JSON.test(body) ? messageOf(parseJson(body)) : body;
	const message = isPage(body) ? '' : quoteVendor(scrub(words, secrets));
	return { code: '', message, extra: '', isForeign: true };
}

/** JSON, cut off or not, alone or among words. */
const HOLDS_JSON = /^\s*[[{"]|\{\s*\\?"/;

function messageOf(json: unknown): string {
	const message = child(json, 'message') ?? child(json, 'description');
	return typeof message === 'string' ? message : '';
}

/** Whether an answer is a web page, perhaps that of a proxy. */
export function isPage(body: string): boolean {
	return /^\s*</.test(body);
}

function child(json: unknown, key: string): unknown {
	return isObject(json) ? json[key] : undefined;
}

type Words = [code: unknown, message: unknown, extra: unknown];

function readError(level: Json): Words | undefined {
	const { metadata } = level;
	const main: Words = [level.err_code, level.err_msg, level.err_extra];
	if (main.some(isSaid)) {
		const code = level.err_code ?? child(metadata, 'err_code') ?? child(metadata, 'code');
		return [code, level.err_msg, level.err_extra ?? child(metadata, 'err_extra')];
	}
	if (isSaid(level.errorCode)) return [level.errorCode, level.message, level.details];
	if (typeof level.error === 'string' && isSaid(level.error)) {
		return [undefined, level.error, undefined];
	}
	if (isSaid(level.errors)) return [undefined, level.description, level.errors];
	return undefined;
}

/** Form 7 is that of many servers, with a status or a path beside it. */
function isAnyones(level: unknown, [code, message]: Words): boolean {
	const isForm7 = code === undefined && message === child(level, 'error');
	return isForm7 && Object.keys(level as Json).length > 1;
}

/** Some successes carry the fields of an error with nothing in them. */
function isSaid(value: unknown): boolean {
	if (typeof value === 'string') return value.trim() !== '';
	if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
	return value !== null && value !== undefined;
}

/** What nests deeper than this tells a person nothing. */
const DEEPEST = 6;

/** `err_extra` is a text, null, a list of validation items, or an object with a message of its own. */
function text(value: unknown, depth = DEEPEST): string {
	if (value === null || value === undefined || depth === 0) return '';
	if (Array.isArray(value)) return textsOf(value, depth).join('; ');
	if (!isObject(value)) return String(value as string | number | boolean);
	const where = value.field ?? value.loc;
	const what = value.err_msg ?? value.msg ?? value.message;
	if (what === undefined) return stringify(value);
	const location = Array.isArray(where) ? textsOf(where, depth).join('.') : text(where, depth - 1);
	return [location, text(what, depth - 1)].filter(Boolean).join(': ');
}

function textsOf(values: unknown[], depth: number): string[] {
	return values.map((entry) => text(entry, depth - 1)).filter(Boolean);
}

function stringify(value: Json): string {
	try {
		// The new key has this name (docs/api/cortex-xsiam.md, "Generating an API key").
		return JSON.stringify(value, (name, entry: unknown) => (name === 'key' ? undefined : entry));
	} catch {
		// It nests too deep.
		return '';
	}
}

/** What a refusal means for the user. Of an error that may have come after the work it says nothing. */
export interface Meaning {
	when: (error: VendorError, status: number) => boolean;
	message: string;
	description: string;
	declared?: FailureDetails['declared'];
}

const INVALID_CREDENTIAL = { cause: 'credential-invalid' } as const;

/**
 * What a refusal means for the user, whatever the call, first match first (docs/api/cortex-xsiam.md,
 * "Status codes").
 */
const MEANINGS: Meaning[] = [
	{
		when: (_, status) => status === 401,
		message: 'Cortex XSIAM does not accept the API key',
		description:
			"It does not say why. Check four things in the credential: 'API Key ID' belongs to this key; 'API Key' is complete; 'Security Level' is the one the key was made with; the key has not expired or been deleted. For an advanced key the clocks of n8n and the tenant must agree within five minutes. If other calls work with it and only those on API keys do not, the license may not include these.",
		declared: INVALID_CREDENTIAL,
	},
	{
		when: (_, status) => status === 402,
		message: 'The Cortex XSIAM license does not include this call',
		description:
			'API keys can be managed with XSIAM Premium, Enterprise, NG SIEM or Enterprise Plus; other calls may need an add-on.',
	},
	{
		when: (_, status) => status === 403,
		message: "The role of the credential's API key does not permit this call",
		description:
			"Give the key a role with the component that the call belongs to. For API keys that is 'Public API': View to list keys, View/Edit to generate and delete them; some tenants also need Access Management, as do roles, users, user groups and scopes. With a child tenant, check 'Child Tenant ID'.",
	},
	{
		when: (_, status) => status === 404,
		message: 'Cortex XSIAM does not know this address',
		description:
			"Check 'URL' in the credential: use 'Copy API URL' on the page of API keys. Older tenants lack newer calls.",
	},
	{
		when: (_, status) => status === 413,
		message: 'The request is too large for Cortex XSIAM',
		description: 'Shorten the parameters or split the input.',
	},
];

/**
 * The failure that an answer stands for.
 *
 * @param meanings What refusals of this call mean, where the status does not say it for every call.
 */
export function refusal(reply: Reply, found: VendorError, meanings: Meaning[] = []): Failure {
	const { repeated } = reply;
	const told = { ...found, status: reply.status };
	const status = toldStatus(told);
	const said = [found.code && `[${found.code}]`, found.message, found.extra]
		.filter(Boolean)
		.join(' ');
	const quote = said
		? `${found.isForeign ? 'The answer' : 'Cortex XSIAM'} said: ${said}.`
		: `The answer was HTTP ${reply.status} ${silence(reply.text)}.`;
	const earlier = repeated ? [EARLIER] : [];
	if (isRateLimit(told)) return tooMany('Cortex XSIAM', reply, BEARS, ...earlier, quote);
	const kind = failureKind(told);
	const known = kind === 'refused' ? [...MEANINGS, ...meanings] : [];
	const meaning = known.find(({ when }) => when(found, status));
	const { message, description } = meaning ?? unexplained(reply.status, found, kind);
	const clock = status === 401 ? clockDifference(reply.headers.date) : '';
	return new Failure(message, {
		kind,
		code: String(status),
		description: [description, ...earlier, clock, quote].filter(Boolean).join(' '),
		declared: meaning?.declared,
	});
}

/** Where nobody knows what became of the request, it was not refused either. */
function unexplained(
	status: number,
	{ message, extra, isForeign }: VendorError,
	kind: FailureKind,
) {
	const words = extra || message;
	// Only what the tenant itself says can be about the parameters.
	const isOthers = isIntercepted(status) || isForeign;
	if (kind === 'refused') {
		return {
			message: `Cortex XSIAM refused the request: ${words || `HTTP ${status}`}`,
			description: isOthers ? troubleOf(status, 'Cortex XSIAM') : CHECK,
		};
	}
	return {
		message: `Cortex XSIAM answered the request with HTTP ${status}${words && `: ${words}`}`,
		description: isOthers ? troubleOf(status, 'Cortex XSIAM') : FAULT,
	};
}

function silence(body: string): string {
	if (isPage(body))
		return 'with a web page, which a proxy or firewall in front of the tenant may have sent';
	return HOLDS_JSON.test(body) ? 'with JSON that names no cause' : 'without a text';
}

const EARLIER = 'An earlier attempt, whose answer was lost, may have done the work.';

const CHECK = advice('parameters', 'Check the parameters.', 'Check the fields of the credential.');

const FAULT = advice(
	'parameters',
	'Wrong parameters can cause this, and so can a fault inside Cortex XSIAM. Check the parameters first.',
	'This may be a fault inside Cortex XSIAM. Try again later.',
);

const BEARS = `A tenant accepts about 10 requests per second from all its clients together. ${advice(
	'pace',
	"Lower 'Requests per Second' if other clients use it, too.",
	'If other clients use it, too, let them send fewer.',
)}`;

/** Whether an answer refuses the request for the rate of requests, as HTTP has it or within a success. */
export function isTooMany(reply: Pick<Reply, 'status' | 'text'>): boolean {
	const { status } = reply;
	if (status === 429) return true;
	const error = findError(mayBeTooMany(reply));
	return error !== undefined && isRateLimit({ ...error, status });
}
