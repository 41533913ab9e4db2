import { DateTime } from 'luxon';
import { Failure, quoteVendor, scrub } from '../../shared/failure';
import type { FailureDetails, FailureKind } from '../../shared/failure';
import type { Reply } from '../../shared/transport';

/** The vendor's own words, from any of the ten forms in which errors come (fact sheet 3.2). */
export interface VendorError {
	code: string;
	message: string;
	extra: string;
}

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
		return { code, message, extra } as VendorError;
	}
	return undefined;
}

/** The words of an answer in none of these forms: a gateway's text, but not the page of a proxy. */
export function otherWords(body: string, secrets: string[] = []): VendorError {
	return { code: '', message: isPage(body) ? '' : quoteVendor(scrub(body, secrets)), extra: '' };
}

function isPage(body: string): boolean {
	return /^\s*</.test(body);
}

function child(json: unknown, key: string): unknown {
	return isObject(json) ? json[key] : undefined;
}

/** Code, message and extra, each of any type. */
function readError(level: Json): [unknown, unknown, unknown] | undefined {
	const { metadata } = level;
	if ('err_code' in level || 'err_msg' in level) {
		const code = level.err_code ?? child(metadata, 'err_code') ?? child(metadata, 'code');
		const extra = level.err_extra ?? child(metadata, 'err_extra');
		return [code, level.err_msg, extra];
	}
	if ('errorCode' in level) return [level.errorCode, level.message, level.details];
	if (typeof level.error === 'string') return [undefined, level.error, undefined];
	if ('errors' in level) return [undefined, level.description, level.errors];
	return undefined;
}

/** `err_extra` is a text, null, a list of validation items, or an object with a message of its own. */
function text(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (Array.isArray(value)) return value.map(text).filter(Boolean).join('; ');
	if (!isObject(value)) return String(value as string | number | boolean);
	const where = value.field ?? value.loc;
	const what = value.err_msg ?? value.msg ?? value.message;
	if (what === undefined) return JSON.stringify(value);
	return where === undefined
		? text(what)
		: `${Array.isArray(where) ? where.join('.') : text(where)}: ${text(what)}`;
}

interface Meaning {
	when: (error: VendorError, status: number) => boolean;
	message: string;
	description: string;
	declared?: FailureDetails['declared'];
}

const INVALID_CREDENTIAL = { cause: 'credential-invalid' } as const;

/** What an answer means for the user, first match first (fact sheet 3.1, 3.2, 4.2). */
const MEANINGS: Meaning[] = [
	{
		when: (_, status) => status === 401,
		message: 'Cortex XSIAM does not accept the API key',
		description:
			"It does not say why. Check four things in the credential: 'API Key ID' belongs to this key; 'API Key' is complete; 'Security Level' is the one the key was made with; the key has not expired or been deleted. For an advanced key the clocks of n8n and the tenant must agree within five minutes.",
		declared: INVALID_CREDENTIAL,
	},
	{
		when: (_, status) => status === 402,
		message: 'The Cortex XSIAM license does not include this call',
		description:
			'API keys can be managed with XSIAM Premium, Enterprise, NG SIEM or Enterprise Plus.',
	},
	{
		when: (_, status) => status === 403,
		message: "The role of the credential's API key does not permit this call",
		description:
			"Give the key a role with the component 'Public API': View to list keys, View/Edit to generate and delete them. Some tenants also want Access Management. With a child tenant, check 'Child Tenant ID'.",
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
	{
		when: (_, status) => status === 429,
		message: 'Cortex XSIAM takes no more requests at the moment',
		description:
			"A tenant bears about 10 requests a second over all its clients. Lower 'Requests per Second' in the node's options.",
		declared: { cause: 'rate-limited' },
	},
	{
		when: ({ extra }) => /unknown custom roles/i.test(extra),
		message: "'Role Names or IDs' holds a role that the tenant does not know",
		description:
			'Give roles by their display names as in the console, not by their ids, and in the same letters.',
	},
	{
		when: ({ extra }) => /role/i.test(extra) && /(missing|not exist|invalid|unknown)/i.test(extra),
		message: "Cortex XSIAM does not accept the roles in 'Role Names or IDs'",
		description: 'Give roles by their display names as in the console.',
	},
	{
		when: ({ extra }) => /epoch milliseconds|expiration/i.test(extra),
		message: "Cortex XSIAM does not accept the date in 'Expiration'",
		description: 'It must lie in the future, at most six months ahead.',
	},
];

/** The failure that an answer stands for. */
export function refusal(reply: Reply, found: VendorError): Failure {
	const { status } = reply;
	const meaning = MEANINGS.find(({ when }) => when(found, status));
	const said = [found.code && `[${found.code}]`, found.message, found.extra]
		.filter(Boolean)
		.join(' ');
	const silence = isPage(reply.text) ? "with a web page, perhaps a proxy's" : 'without a text';
	const quote = said ? `Cortex XSIAM said: ${said}.` : `The answer was HTTP ${status} ${silence}.`;
	const clock = status === 401 ? clockDifference(reply.headers.date) : '';
	return new Failure(
		meaning?.message ??
			`Cortex XSIAM refused the request: ${found.extra || found.message || `HTTP ${status}`}`,
		{
			kind: kindOf(status, found),
			code: String(status),
			description: [meaning?.description ?? 'Check the parameters.', clock, quote]
				.filter(Boolean)
				.join(' '),
			declared: meaning?.declared,
		},
	);
}

/**
 * A 500 that says what was wrong with the input did nothing; one that does not, and a gateway's, may
 * have come after the work was done.
 */
function kindOf(status: number, { extra }: VendorError): FailureKind {
	return status === 502 || status === 504 || (status >= 500 && extra === '') ? 'lost' : 'refused';
}

const NOTABLE_SECONDS = 2;

function clockDifference(date: string | undefined): string {
	const server = date ? DateTime.fromHTTP(date) : undefined;
	if (!server?.isValid) return '';
	const seconds = Math.round((server.toMillis() - Date.now()) / 1000);
	if (Math.abs(seconds) < NOTABLE_SECONDS) return 'The clocks agree.';
	return `The server's clock is ${Math.abs(seconds)} seconds ${seconds > 0 ? 'ahead of' : 'behind'} n8n's.`;
}
