import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DateTime } from 'luxon';
import { createHash, randomBytes } from 'node:crypto';
import { errorBody, type ErrorShape, VendorError } from './shared/cortexErrors';
import { TokenBucket } from './shared/rateLimit';
import {
	type CommonSettings,
	rawBody,
	type Simulator,
	type StartOptions,
	startSimulator,
	type VendorContext,
} from './shared/simulator';

/** 128 characters, like the vendor's; plainly no key of a real tenant. */
const demoSecret = (name: string) => `Demo0${name}0Key0`.repeat(16).slice(0, 128);

export const cortexXsiamDemo = {
	standard: { apiKeyId: '21', apiKey: demoSecret('Standard') },
	advanced: { apiKeyId: '22', apiKey: demoSecret('Advanced') },
	/** May list keys and nothing more. */
	viewer: { apiKeyId: '23', apiKey: demoSecret('Viewer') },
	childTenantId: '9100000000001',
} as const;

export type SecurityLevel = 'standard' | 'advanced';

/** What a role lets a key do, as far as the simulator knows (fact sheet 4 and 4.4). */
export type Permission =
	'papi_view' | 'papi_edit' | 'access_management_view' | 'access_management_action';

/** Switches; numbers in brackets are sections of the Cortex XSIAM fact sheet. */
export interface CortexXsiamSettings extends CommonSettings {
	/** How far an advanced key's timestamp may be off, milliseconds (2.2, inferred). */
	timestampWindowMs: number;
	/** Refuses a nonce that this key has used before (2.2, inferred). */
	strictNonce: boolean;
	/** Calls a second that the tenant takes, over all endpoints; 0: no limit (3.3). */
	ratePerSecond: number;
	/** Seconds in the Retry-After header of a 429; `null`: no such header. */
	retryAfterSeconds: number | null;
	/** The tenant lacks the licence: 402 (3.1). */
	licenceMissing: boolean;
	/** Sends every error in this shape (3.2) instead of the one of its endpoint. */
	errorShape: ErrorShape | null;
	/** Writes `DATA`, `FILTER_COUNT`, `TOTAL_COUNT` or their lower-case twins (4.1). */
	listCasing: 'upper' | 'lower';
	/** The longest page of get_api_keys; not documented for this call (4.1). */
	maxPage: number;
	/** Whether `expiration lte` finds keys that never expire; not documented. */
	neverMatchesLte: boolean;
	/** False: a tenant before platform v1.3, `/platform/iam` answers 404 (4.4). */
	iamAvailable: boolean;
}

export interface CortexXsiamKey {
	id: number;
	secret: string;
	securityLevel: SecurityLevel;
	/** Display names of roles. */
	roles: string[];
	comment: string | null;
	/** Milliseconds since the epoch; `null`: never. */
	expiration: number | null;
	/** Milliseconds since the epoch. */
	creationTime: number;
	createdBy: string;
	userName: string;
	/** The tenant named by the call that issued the key. */
	childTenantId: string | null;
	/** In place of what its roles permit. */
	permissions?: Permission[];
}

export interface CortexXsiamRole {
	role_id: string;
	/** The display name; never the same as `role_id`. */
	pretty_name: string;
	description: string;
	is_custom: boolean;
	created_by: string;
	created_ts: number;
	updated_ts: number;
	permissions: Permission[];
}

export interface CortexXsiamState {
	keys: Map<number, CortexXsiamKey>;
	roles: CortexXsiamRole[];
	users: Array<Record<string, unknown>>;
	childTenants: Set<string>;
	nextKeyId: number;
	/** `<key id>:<nonce>` of all advanced calls. */
	nonces: Set<string>;
}

export type CortexXsiamSimulator = Simulator<CortexXsiamSettings, CortexXsiamState>;

export type CortexXsiamOptions = StartOptions<CortexXsiamSettings>;

type Context = VendorContext<CortexXsiamSettings, CortexXsiamState>;

const dayMs = 86_400_000;

const defaults = (): CortexXsiamSettings => ({
	clockOffsetMs: 0,
	timestampWindowMs: 300_000,
	strictNonce: false,
	ratePerSecond: 0,
	retryAfterSeconds: null,
	licenceMissing: false,
	errorShape: null,
	listCasing: 'upper',
	maxPage: 100,
	neverMatchesLte: false,
	iamAvailable: true,
});

const everything: Permission[] = [
	'papi_view',
	'papi_edit',
	'access_management_view',
	'access_management_action',
];

function role(
	role_id: string,
	pretty_name: string,
	is_custom: boolean,
	permissions: Permission[],
): CortexXsiamRole {
	return {
		role_id,
		pretty_name,
		description: `What ${pretty_name} may do`,
		is_custom,
		created_by: is_custom ? 'admin@example.com' : 'Palo Alto Networks',
		created_ts: 1_661_171_650_679,
		updated_ts: 1_661_171_650_679,
		permissions,
	};
}

function user(email: string, first: string, last: string, role_name: string) {
	return {
		user_email: email,
		user_first_name: first,
		user_last_name: last,
		role_name,
		last_logged_in: 1_640_024_700_241,
		user_type: 'CSP',
		groups: [],
		scope: [],
	};
}

function initialState(now: number): CortexXsiamState {
	const key = (
		demo: { apiKeyId: string; apiKey: string },
		securityLevel: SecurityLevel,
		roleName: string,
		comment: string,
	): [number, CortexXsiamKey] => [
		Number(demo.apiKeyId),
		{
			id: Number(demo.apiKeyId),
			secret: demo.apiKey,
			securityLevel,
			roles: [roleName],
			comment,
			expiration: null,
			creationTime: now - 30 * dayMs,
			createdBy: 'admin@example.com',
			userName: 'Ada Admin',
			childTenantId: null,
		},
	];
	return {
		keys: new Map([
			key(cortexXsiamDemo.standard, 'standard', 'Instance Administrator', 'Automation'),
			key(cortexXsiamDemo.advanced, 'advanced', 'Instance Administrator', 'Automation, advanced'),
			key(cortexXsiamDemo.viewer, 'standard', 'Public API Viewer', 'Reporting'),
		]),
		roles: [
			role('instance_admin', 'Instance Administrator', false, everything),
			role('investigator', 'Investigator', false, []),
			role('papi_action_01', 'Public API Action', true, ['papi_view', 'papi_edit']),
			role('papi_viewer_01', 'Public API Viewer', true, ['papi_view']),
		],
		users: [
			user('admin@example.com', 'Ada', 'Admin', 'Instance Administrator'),
			user('ivy@example.com', 'Ivy', 'Investigator', 'Investigator'),
			user('paul@example.com', 'Paul', 'Automation', 'Public API Action'),
		],
		childTenants: new Set([cortexXsiamDemo.childTenantId]),
		nextKeyId: 4_267,
		nonces: new Set(),
	};
}

const inputError = (extra: string) =>
	new VendorError(500, 'An unexpected error occurred by XDR public API', extra);

const invalidInput = (extra: string) =>
	new VendorError(400, 'Got an invalid input while processing XDR public API', extra);

const unauthorized = () => new VendorError(401, 'Public API request unauthorized', null);

const forbidden = (extra = 'Insufficient permissions for api key') =>
	new VendorError(403, 'Forbidden. Access was denied to this resource.', extra);

/** A refusal of `/platform/iam`, shape (2) of fact sheet 3.2. */
const iamInvalid = (extra: string) =>
	new VendorError(400, 'The request contains invalid or missing parameters.', extra);

function header(request: FastifyRequest, name: string): string | undefined {
	const value = request.headers[name];
	return Array.isArray(value) ? value[0] : value;
}

/** Fact sheet 2.1 to 2.3: whatever is wrong, the answer is the same 401. */
function authenticate(request: FastifyRequest, context: Context): CortexXsiamKey {
	const { settings, state, now } = context;
	const id = header(request, 'x-xdr-auth-id') ?? '';
	const sent = header(request, 'authorization');
	const key = /^\d{1,15}$/u.test(id) ? state.keys.get(Number(id)) : undefined;
	if (!key || sent === undefined) throw unauthorized();
	if (key.expiration !== null && key.expiration <= now()) throw unauthorized();

	if (key.securityLevel === 'standard') {
		if (sent !== key.secret) throw unauthorized();
		return key;
	}

	const timestamp = header(request, 'x-xdr-timestamp') ?? '';
	const nonce = header(request, 'x-xdr-nonce') ?? '';
	if (!/^\d{1,15}$/u.test(timestamp) || !/^[A-Za-z0-9]{64}$/u.test(nonce)) throw unauthorized();
	const digest = createHash('sha256')
		.update(key.secret + nonce + timestamp, 'utf8')
		.digest('hex');
	if (sent !== digest) throw unauthorized();
	if (Math.abs(now() - Number(timestamp)) > settings.timestampWindowMs) throw unauthorized();
	const used = `${key.id}:${nonce}`;
	if (settings.strictNonce && state.nonces.has(used)) throw unauthorized();
	state.nonces.add(used);
	return key;
}

function permissionsOf(key: CortexXsiamKey, { state }: Context): Set<Permission> {
	if (key.permissions) return new Set(key.permissions);
	const granted = state.roles.filter((one) => key.roles.includes(one.pretty_name));
	return new Set(granted.flatMap((one) => one.permissions));
}

/** The permission to change implies the one to look (fact sheet 5.2). */
const implied: Partial<Record<Permission, Permission>> = {
	papi_view: 'papi_edit',
	access_management_view: 'access_management_action',
};

function demand(permission: Permission, key: CortexXsiamKey, context: Context): void {
	const granted = permissionsOf(key, context);
	const stronger = implied[permission];
	if (!granted.has(permission) && !(stronger && granted.has(stronger))) throw forbidden();
}

type Fields = Record<string, unknown>;

function fields(value: unknown): Fields | undefined {
	const plain = typeof value === 'object' && value !== null && !Array.isArray(value);
	return plain ? (value as Fields) : undefined;
}

const strings = (value: unknown): value is string[] =>
	Array.isArray(value) && value.every((one) => typeof one === 'string');

const integers = (value: unknown): value is number[] =>
	Array.isArray(value) && value.every(Number.isInteger);

/** One call being answered. */
interface Call {
	request: FastifyRequest;
	context: Context;
	key: CortexXsiamKey;
	/** `request_data`; empty for calls without a body. */
	data: Fields;
	/** The body as sent, for what JSON.parse hides. */
	text: string;
}

/** `"expiration": 1730419200000.0` is an integer to JSON.parse, but not to the vendor (3.2). */
function writtenAsFloat(text: string, name: string): boolean {
	return new RegExp(`"${name}"\\s*:\\s*-?\\d+(\\.\\d+|[eE])`, 'u').test(text);
}

function refuseUnknown(data: Fields, known: string[]): void {
	const unknown = Object.keys(data).filter((name) => !known.includes(name));
	if (unknown.length > 0) throw inputError(`Invalid parameter names: ${unknown.join(', ')}`);
}

const millisecondsOnly = 'Value must be integer in epoch milliseconds';

interface Filter {
	field: string;
	operator: string;
	value: unknown;
}

function filtersOf(data: Fields): Filter[] {
	if (data.filters === undefined) throw inputError('filters param is missing');
	const list: unknown[] | undefined = Array.isArray(data.filters) ? data.filters : undefined;
	if (!list) throw inputError('filters must be a list');
	return list.map((entry) => {
		const { field, operator, value } = fields(entry) ?? {};
		if (typeof field !== 'string' || typeof operator !== 'string' || value === undefined) {
			throw inputError('A filter must have field, operator and value');
		}
		return { field, operator, value };
	});
}

function predicate({ field, operator, value }: Filter, { settings }: Context) {
	const wrongOperator = () => inputError(`Unsupported operator '${operator}' for field ${field}`);
	switch (field) {
		case 'id': {
			if (operator !== 'in') throw wrongOperator();
			if (!integers(value)) throw inputError('Value of id must be a list of integers');
			const wanted = new Set(value);
			return (key: CortexXsiamKey) => wanted.has(key.id);
		}
		case 'roles':
			if (operator !== 'contains') throw wrongOperator();
			if (!strings(value)) throw inputError('Value of roles must be a list of strings');
			return (key: CortexXsiamKey) => value.some((name) => key.roles.includes(name));
		case 'expiration': {
			if (operator !== 'gte' && operator !== 'lte') throw wrongOperator();
			if (!Number.isInteger(value)) throw inputError(millisecondsOnly);
			const bound = value as number;
			return ({ expiration }: CortexXsiamKey) => {
				if (expiration === null) return operator === 'gte' || settings.neverMatchesLte;
				return operator === 'gte' ? expiration >= bound : expiration <= bound;
			};
		}
		default:
			throw inputError(`Invalid parameter names: ${field}`);
	}
}

type Compare = (a: CortexXsiamKey, b: CortexXsiamKey) => number;

function order(sort: unknown): Compare {
	const { field = 'expiration', keyword = 'desc' } = sort === undefined ? {} : (fields(sort) ?? {});
	if (field !== 'expiration' && field !== 'roles') {
		throw inputError(`Invalid parameter names: ${String(field)}`);
	}
	if (keyword !== 'asc' && keyword !== 'desc') throw inputError('Invalid sort keyword');
	const sign = keyword === 'asc' ? 1 : -1;
	if (field === 'roles') {
		return (a, b) => sign * a.roles.join().localeCompare(b.roles.join()) || b.id - a.id;
	}
	return (a, b) => sign * ((a.expiration ?? 0) - (b.expiration ?? 0)) || b.id - a.id;
}

/** A key as the vendor lists it; never with its secret (fact sheet 4.1). */
const listed = (key: CortexXsiamKey) => ({
	id: key.id,
	creation_time: key.creationTime,
	created_by: key.createdBy,
	user_name: key.userName,
	roles: key.roles,
	security_level: key.securityLevel,
	comment: key.comment,
	expiration: key.expiration,
});

/** POST api_keys/get_api_keys, fact sheet 4.1. */
function getApiKeys({ context, data, key }: Call): object {
	demand('papi_view', key, context);
	refuseUnknown(data, ['filters', 'search_from', 'search_to', 'sort']);
	const { settings, state } = context;
	const tests = filtersOf(data).map((filter) => predicate(filter, context));
	const from = data.search_from ?? 0;
	if (!Number.isInteger(from) || (from as number) < 0) throw invalidInput('Invalid search_from');
	const to = data.search_to ?? (from as number) + settings.maxPage;
	if (!Number.isInteger(to) || (to as number) < 1) throw invalidInput('Invalid search_to');
	const size = (to as number) - (from as number);
	if (size <= 0 || size > settings.maxPage) {
		throw invalidInput(
			`Search size must fulfill the requirement: 0 < search_size <= ${settings.maxPage}`,
		);
	}
	const compare = order(data.sort);

	const found = [...state.keys.values()].filter((one) => tests.every((test) => test(one)));
	const page = found
		.sort(compare)
		.slice(from as number, to as number)
		.map(listed);
	return {
		reply:
			settings.listCasing === 'upper'
				? { DATA: page, FILTER_COUNT: found.length, TOTAL_COUNT: state.keys.size }
				: { data: page, filter_count: found.length, total_count: state.keys.size },
	};
}

/** 128 letters and digits. */
const newSecret = () => randomBytes(96).toString('base64').replace(/[+/]/gu, '0');

function expirationOf({ data, text }: Call, now: number): number {
	if (!('expiration' in data)) return now + 7 * dayMs;
	const { expiration } = data;
	if (
		typeof expiration !== 'number' ||
		!Number.isInteger(expiration) ||
		expiration <= 0 ||
		writtenAsFloat(text, 'expiration')
	) {
		throw inputError(millisecondsOnly);
	}
	if (expiration <= now) throw inputError('Expiration must be in the future');
	if (expiration > DateTime.fromMillis(now, { zone: 'utc' }).plus({ months: 6 }).toMillis()) {
		throw inputError('Expiration can not be more than six months from now');
	}
	return expiration;
}

/** POST api_keys/generate, fact sheet 4.2 and 9.3. */
function generate(call: Call): object {
	const { context, data, key, request } = call;
	demand('papi_edit', key, context);
	refuseUnknown(data, ['roles', 'security_level', 'expiration', 'comment']);
	const { roles, security_level: level, comment } = data;
	if (roles === undefined) throw inputError('roles param is missing');
	if (!strings(roles) || roles.length === 0) throw inputError('roles must be a list of role names');
	const { state } = context;
	if (!roles.every((name) => state.roles.some((one) => one.pretty_name === name))) {
		throw inputError('Unknown custom roles');
	}
	if (level === undefined) throw inputError('security_level param is missing');
	if (level !== 'standard' && level !== 'advanced') throw inputError('Invalid security_level');
	if (comment !== undefined && typeof comment !== 'string') {
		throw inputError('comment must be a string');
	}

	const now = context.now();
	const issued: CortexXsiamKey = {
		expiration: expirationOf(call, now),
		id: state.nextKeyId,
		secret: newSecret(),
		securityLevel: level,
		roles,
		comment: comment ?? null,
		creationTime: now,
		createdBy: 'N/A',
		userName: `Public API - ${key.id}`,
		childTenantId: header(request, 'x-child-tenant-id') ?? null,
	};
	state.nextKeyId += 1;
	state.keys.set(issued.id, issued);
	return { reply: { id: issued.id, key: issued.secret } };
}

/** POST api_keys/delete, fact sheet 4.3. */
function deleteKeys({ context, data, key }: Call): object {
	demand('papi_edit', key, context);
	refuseUnknown(data, ['filters']);
	const filters = filtersOf(data);
	const filter = filters[0];
	if (!filter || filters.length > 1) throw inputError('Exactly one filter is expected');
	if (filter.field !== 'id') throw inputError(`Invalid parameter names: ${filter.field}`);
	if (filter.operator !== 'in') {
		throw inputError(`Unsupported operator '${filter.operator}' for field id`);
	}
	if (!integers(filter.value) || filter.value.length === 0) {
		throw inputError('Value of id must be a list of integers');
	}
	const ids = filter.value;
	return { reply: { update_count: ids.filter((id) => context.state.keys.delete(id)).length } };
}

/** Paths that look like the list of keys and are not, fact sheet 4.1. */
function notOffered(): never {
	throw inputError('Unknown endpoint');
}

/** POST rbac/get_users, fact sheet 5.1. */
const getUsers = ({ context }: Call): object => ({ reply: context.state.users });

/** POST rbac/get_roles, fact sheet 5.1: an array of arrays. */
function getRoles({ context, data }: Call): object {
	if (!strings(data.role_names)) throw inputError('role_names param is missing');
	const wanted = data.role_names;
	const found = context.state.roles.filter((one) => wanted.includes(one.pretty_name));
	return {
		reply: found.map((one) => [
			{
				pretty_name: one.pretty_name,
				permissions: one.permissions,
				insert_time: one.created_ts,
				update_time: null,
				created_by: one.created_by,
				description: one.description,
				groups: [],
				users: [],
			},
		]),
	};
}

/** GET /platform/iam/v1/role, fact sheet 5.2. */
function iamRoles({ context, key }: Call): object {
	demand('access_management_view', key, context);
	// JSON leaves out what is undefined: permissions are the simulator's own affair.
	const data = context.state.roles.map((one) => ({ ...one, permissions: undefined }));
	return { data, metadata: { total_count: data.length } };
}

function pathKey({ context, request }: Call, missing: (id: string) => string): CortexXsiamKey {
	const { id } = request.params as { id: string };
	const key = /^\d{1,15}$/u.test(id) ? context.state.keys.get(Number(id)) : undefined;
	if (!key) throw iamInvalid(missing(id));
	return key;
}

/** GET /platform/iam/v1/api-key/{id}, fact sheet 4.4. */
function iamGetKey(call: Call): object {
	demand('access_management_view', call.key, call.context);
	const missing = (id: string) => `Api Key fetch failed: api_key_id does not exist, id=${id}.`;
	return { data: listed(pathKey(call, missing)) };
}

/** PUT /platform/iam/v1/api-key/{id}, fact sheet 4.4: a replace, with role ids. */
function iamPutKey(call: Call): object {
	const { context, data, key } = call;
	demand('access_management_action', key, context);
	const target = pathKey(call, () => 'Invalid api_key_id');
	const unknown = Object.keys(data).filter(
		(name) => !['roles', 'security_level', 'comment'].includes(name),
	);
	if (unknown.length > 0) throw iamInvalid(`Unknown properties: ${unknown.join(', ')}`);
	const { roles, security_level: level, comment = null } = data;
	if (!strings(roles) || roles.length === 0) throw iamInvalid('roles is missing');
	const named = roles.map((id) => context.state.roles.find((one) => one.role_id === id));
	if (named.includes(undefined)) throw iamInvalid('Invalid role ids');
	if (level !== 'standard' && level !== 'advanced') throw iamInvalid('Invalid security_level');
	if (comment !== null && typeof comment !== 'string') throw iamInvalid('Invalid comment');
	target.roles = named.flatMap((one) => (one ? [one.pretty_name] : []));
	target.securityLevel = level;
	target.comment = comment;
	return { data: { message: 'API key updated successfully' } };
}

/** Bytes of a request that the gateway lets through; fact sheet 3.1 names the status only. */
const largestBody = 1024 * 1024;

function parseData(request: FastifyRequest): { data: Fields; text: string } {
	const contentType = header(request, 'content-type') ?? '';
	const text = rawBody(request.body).toString('utf8');
	if (!/^application\/json\b/iu.test(contentType) || text === '') {
		throw new VendorError(415, 'Unsupported Media Type', null);
	}
	let body: Fields | undefined;
	try {
		body = fields(JSON.parse(text));
	} catch {
		throw invalidInput('Invalid JSON');
	}
	// A few calls take `{}` for "no arguments" (fact sheet 3.4).
	if (body && Object.keys(body).length === 0) return { data: {}, text };
	const data = fields(body?.request_data);
	if (!data) throw inputError('request_data param is missing');
	return { data, text };
}

type Answer = (call: Call) => object | boolean;

const endpoints: Array<['GET' | 'POST' | 'PUT', string, Answer]> = [
	['GET', '/public_api/v1/healthcheck', () => ({ status: 'available' })],
	['POST', '/public_api/v1/api_keys/get_api_keys', getApiKeys],
	['POST', '/public_api/v1/api_keys/generate', generate],
	['POST', '/public_api/v1/api_keys/delete', deleteKeys],
	['POST', '/public_api/v1/api_keys/get', notOffered],
	['POST', '/public_api/v1/api_keys/list', notOffered],
	['POST', '/public_api/v1/rbac/get_users', getUsers],
	['POST', '/public_api/v1/rbac/get_roles', getRoles],
	['POST', '/api_keys/validate', () => true],
	['GET', '/api_keys/validate', () => true],
	['GET', '/platform/iam/v1/role', iamRoles],
	['GET', '/platform/iam/v1/api-key/:id', iamGetKey],
	['PUT', '/platform/iam/v1/api-key/:id', iamPutKey],
];

function routes(app: FastifyInstance, context: Context): void {
	const bucket = new TokenBucket();
	const { settings, state } = context;

	const admit = (request: FastifyRequest): CortexXsiamKey => {
		if (rawBody(request.body).length > largestBody) {
			throw new VendorError(413, 'Request entity too large', null);
		}
		if (!bucket.take(settings.ratePerSecond)) {
			throw new VendorError(429, 'Too many requests', 'Rate limit exceeded');
		}
		const key = authenticate(request, context);
		if (settings.licenceMissing) {
			throw new VendorError(402, 'Unauthorized', 'The required license type is missing');
		}
		const tenant = header(request, 'x-child-tenant-id');
		if (tenant !== undefined && !state.childTenants.has(tenant)) {
			throw forbidden('Unknown child tenant');
		}
		return key;
	};

	for (const [method, url, answer] of endpoints) {
		app.route({
			method,
			url,
			handler: async (request, reply) => {
				if (url.startsWith('/platform/iam') && !settings.iamAvailable) {
					throw new VendorError(404, 'Not Found', null);
				}
				const key = admit(request);
				const input = method === 'GET' ? { data: {}, text: '' } : parseData(request);
				const body = answer({ request, context, key, ...input });
				return await sendJson(reply, 200, body);
			},
		});
	}

	app.setNotFoundHandler(async () => {
		throw new VendorError(404, 'Not Found', null);
	});

	app.setErrorHandler(async (error, request, reply) => {
		if (!(error instanceof VendorError)) throw error;
		const retryAfter = settings.retryAfterSeconds;
		if (error.status === 429 && retryAfter !== null) reply.header('retry-after', retryAfter);
		const iam = (request.raw.url ?? '').startsWith('/platform/iam');
		return await sendJson(
			reply,
			error.status,
			errorBody(error, settings.errorShape ?? naturalShape(error.status, iam)),
		);
	});
}

/** Fact sheet 3.2: shape (1) everywhere but for 400 and 403 of `/platform/iam`. */
function naturalShape(status: number, iam: boolean): ErrorShape {
	if (iam && status === 400) return 'iam';
	if (iam && status === 403) return 'iamReply';
	return 'reply';
}

async function sendJson(
	reply: FastifyReply,
	status: number,
	body: object | boolean,
): Promise<FastifyReply> {
	return await reply.code(status).type('application/json').send(JSON.stringify(body));
}

/** Starts a Cortex XSIAM tenant's API host; resolves when it accepts connections. */
export async function startCortexXsiamSimulator(
	options: CortexXsiamOptions = {},
): Promise<CortexXsiamSimulator> {
	return await startSimulator<CortexXsiamSettings, CortexXsiamState>(
		{ settings: defaults, state: initialState, routes },
		options,
	);
}
