import type { FastifyRequest } from 'fastify';
import type { VendorContext } from '../shared/simulator';
import { Failure } from './failures';
import type { Input } from './input';
import type { Pam360Settings } from './settings';
import type { Pam360State, Pam360User } from './state';

export type Pam360Context = VendorContext<Pam360Settings, Pam360State>;

/** One call by a user who is known, as the handlers see it. */
export interface Call extends Pam360Context {
	request: FastifyRequest;
	user: Pam360User;
	token: string;
	/** The token was sent as that of an application. */
	application: boolean;
	/** From the `orgName` header; `null`: the user's own organisation. */
	orgName: string | null;
	/** Placeholders of the route's path, decoded. */
	params: Record<string, string>;
	query: URLSearchParams;
	input: Input;
}

/** What `/restapi/json/v1` answers on success. */
export interface Success {
	message: string;
	details?: unknown;
	totalRows?: number;
	/** Newer calls tell 20000, older ones no code (docs/api/pam360.md, "The envelope"). */
	withStatusCode?: boolean;
	/** Instead of the usual `status`. */
	status?: string;
	/** The call never tells its name. */
	nameless?: boolean;
	/** Where the payload is, if not in `Details`. */
	detailsKey?: 'Details' | 'details';
}

/** An answer that is a file, as it is. */
export class FileAnswer {
	constructor(
		readonly content: string | Buffer,
		readonly name: string,
	) {}
}

/**
 * What `/api/pki/restapi` answers on success (docs/api/pam360.md, "The envelope of the key and
 * certificate calls").
 */
export interface PkiSuccess {
	message: string;
	/** The call's own key, and what is under it. */
	payload?: [key: string, value: unknown];
	totalRows?: number;
	/** Keys beside `name` and `result`. */
	beside?: Record<string, unknown>;
}

export interface ScimSuccess {
	status: number;
	body: object;
	location?: string;
}

/** A placeholder that must be a Long. */
export function idParam({ params }: Call, name: string): string {
	const id = params[name] ?? '';
	if (!/^\d{1,19}$/u.test(id)) throw new Failure(`Invalid value for ${name}.`);
	return id;
}

/** A parameter of the query; empty counts as absent. */
export function queryParam({ query }: Call, name: string): string {
	const value = query.get(name) ?? '';
	if (value.trim() === '') throw new Failure(`${name} is missing.`);
	return value;
}
