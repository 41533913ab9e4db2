import type { FastifyRequest } from 'fastify';
import type { Fields } from './input';
import type { senhaseguraResources } from './settings';
import type { Context } from './state';

/** One call being answered. */
export interface Call {
	request: FastifyRequest;
	context: Context;
	/** Client id or consumer key; blank on calls that need none. */
	caller: string;
	/** What was sent in query and body. */
	sent: Fields;
	/** The path's last part where a route has `:id`, decoded; else blank. */
	id: string;
}

/** An answer in the vendor's envelope (docs/api/senhasegura.md, "The envelope"). */
export interface Answer {
	status: number;
	/** HTTP status where it is not the body's; dashboards answer 200 to everything. */
	httpStatus?: number;
	message: string;
	/** Further fields of `response`. */
	also?: object;
	/** What stands next to `response`. */
	entity?: object;
}

/** An answer outside the envelope. */
export interface PlainAnswer {
	status: number;
	/** JSON, a page, or nothing. */
	plain: object | string | null;
	headers?: Record<string, string>;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type Resource = (typeof senhaseguraResources)[number] | 'MySafe';

export interface Route {
	method: Method;
	/** Below the prefix. */
	path: string;
	/** What the authorization must be granted; `null`: no authentication at all. */
	resource: Resource | null;
	/** Refused to a read-only authorization (1039). */
	write?: true;
	/** The only prefix that has it; by default both have. */
	prefix?: '/api' | '/iso' | '';
	answer(call: Call): Answer | PlainAnswer | Promise<PlainAnswer>;
}
