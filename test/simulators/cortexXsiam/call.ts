import type { FastifyRequest } from 'fastify';
import { rawBody, type VendorContext } from '../shared/simulator';
import { iamInvalid, inputError, invalidInput, VendorError } from './errors';
import { type Fields, fields } from './fields';
import type { Permission } from './permissions';
import type { CortexXsiamSettings } from './settings';
import type { CortexXsiamKey, CortexXsiamState } from './state';

/** What is looked at of a request. */
export type Asked = Pick<FastifyRequest, 'headers' | 'params' | 'body' | 'ip'>;

export type Context = VendorContext<CortexXsiamSettings, CortexXsiamState>;

/** One line of the table of routes. */
export interface CortexXsiamRoute {
	method: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT';
	/** Path with `:name` for what varies. */
	path: string;
	/** What the calling key must be permitted; none: any key will do. */
	permission?: Permission;
	/** The status of a success. */
	status: number;
	/** A body without `request_data`, for the few calls that the contract shows so. */
	input?: 'plain';
	/** The body of a success; `undefined`: none. */
	answer: (call: Call) => object | boolean | undefined;
}

/** A body that goes out in chunks and is no JSON document. */
export class Streamed {
	constructor(
		private readonly bytes: Buffer,
		readonly headers: Record<string, string>,
		private readonly breaks: boolean,
	) {}

	/** The bytes in pieces; where it breaks, the second half never comes. */
	*chunks(): Generator<Buffer> {
		const size = 16 * 1024;
		const end = this.breaks ? Math.floor(this.bytes.length / 2) : this.bytes.length;
		for (let from = 0; from < end; from += size) {
			yield this.bytes.subarray(from, Math.min(from + size, end));
		}
		if (this.breaks) throw new Error('The stream breaks, as its switch says');
	}
}

/** One call being answered. */
export interface Call {
	route: CortexXsiamRoute;
	request: Asked;
	context: Context;
	key: CortexXsiamKey;
	/** `request_data`; empty for calls without a body. */
	data: Fields;
	/** The whole body; empty for calls without one. */
	body: Fields;
	/** The body as sent, for what JSON.parse hides. */
	text: string;
}

export function header(request: Asked, name: string): string | undefined {
	const value = request.headers[name];
	return Array.isArray(value) ? value[0] : value;
}

/** What stands in the path for a `:name`. */
export function inPath({ request }: Call, name: string): string {
	return (request.params as Record<string, string>)[name] ?? '';
}

type Input = Pick<Call, 'data' | 'body' | 'text'>;

/**
 * Reads the body of a call that has one (docs/api/cortex-xsiam.md, "Status codes" and "Requests and
 * answers").
 */
export function readInput(request: Asked, { method, path, input }: CortexXsiamRoute): Input {
	if (method === 'GET' || method === 'DELETE') return { data: {}, body: {}, text: '' };
	const text = rawBody(request.body).toString('utf8');
	if (!/^application\/json\b/iu.test(header(request, 'content-type') ?? '') || text === '') {
		throw new VendorError(415, 'Unsupported Media Type', null);
	}
	let body: Fields | undefined;
	try {
		body = fields(JSON.parse(text));
	} catch {
		throw invalidInput('Invalid JSON');
	}
	// A few calls take `{}` for "no arguments" (docs/api/cortex-xsiam.md, "Requests and answers").
	if (body && Object.keys(body).length === 0) return { data: {}, body, text };
	if (body && input === 'plain') return { data: {}, body, text };
	const data = fields(body?.request_data);
	if (body && data) return { data, body, text };
	const told = 'request_data param is missing';
	throw path.startsWith('/platform/') ? iamInvalid(told) : inputError(told);
}
