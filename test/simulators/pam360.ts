import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DateTime } from 'luxon';
import { randomBytes } from 'node:crypto';
import {
	type CommonSettings,
	rawBody,
	type Simulator,
	type StartOptions,
	startSimulator,
	type VendorContext,
} from './shared/simulator';

/** Tokens have the shape of an upper-case GUID (fact sheet 1.2); these open nothing. */
export const pam360Demo = {
	authToken: '00DE0000-DE00-4DE0-8DE0-00000000DE01',
	applicationToken: '00DE0000-DE00-4DE0-8DE0-00000000DE02',
	orgName: 'Example Client One',
	serverTimeZone: 'Asia/Kolkata',
} as const;

/** Switches; numbers in brackets are sections of the PAM360 fact sheet. */
export interface Pam360Settings extends CommonSettings {
	/** IANA zone in which the server writes dates without saying so (1.8). */
	serverTimeZone: string;
	/** The calling host is not the one that the token is locked to (1.3, 1.7). */
	hostLocked: boolean;
	/** The API user's host name cannot be resolved: every answer is an empty body (1.3). */
	hostNotResolvable: boolean;
	/** HTTP 599 without a body: for every call, or where the pattern is found in INPUT_DATA (1.7). */
	securityFilter: boolean | RegExp;
	/** `result.status` of a success: `Success`, in some calls `true` (1.5). */
	successStatus: string;
	/** How `result.statusCode` 20000 is written (1.5). */
	statusCode: 'number' | 'string' | 'absent';
	/** `result.statusCode` of a failure; the fact sheet confirms none, so default none. */
	failureStatusCode: number | string | null;
	/** Leaves `operation.Details` out of the answer with the key. */
	omitDetails: boolean;
	/** Leaves `operation.name` out (1.5). */
	omitName: boolean;
	/** Answers success with an empty `agentKey`. */
	emptyAgentKey: boolean;
	/** Hours that a key lives where `validityPeriod` is not sent; not documented. */
	defaultValidityHours: number;
}

export interface Pam360AgentKey {
	agentKey: string;
	/** Milliseconds since the epoch. */
	endTime: number;
	/** The same, as answered: `dd/MM/yyyy HH:mm:ss` in the server's zone. */
	agentKeyEndTime: string;
	/** The organisation named in the `orgName` header; `null`: the user's own. */
	orgName: string | null;
	token: string;
}

export interface Pam360Token {
	user: string;
	/** Milliseconds since the epoch; `null`: never. */
	expiresAt: number | null;
}

export interface Pam360State {
	tokens: Map<string, Pam360Token>;
	/** Display names that the `orgName` header may carry. */
	organizations: Set<string>;
	keys: Pam360AgentKey[];
	resources: Array<Record<string, string>>;
	resourceTypes: Array<Record<string, string>>;
}

export type Pam360Simulator = Simulator<Pam360Settings, Pam360State>;

export type Pam360Options = StartOptions<Pam360Settings>;

type Context = VendorContext<Pam360Settings, Pam360State>;

const defaults = (): Pam360Settings => ({
	clockOffsetMs: 0,
	serverTimeZone: pam360Demo.serverTimeZone,
	hostLocked: false,
	hostNotResolvable: false,
	securityFilter: /<script/i,
	successStatus: 'Success',
	statusCode: 'number',
	failureStatusCode: null,
	omitDetails: false,
	omitName: false,
	emptyAgentKey: false,
	defaultValidityHours: 24,
});

const resource = (id: string, name: string, type: string, description: string) => ({
	'RESOURCE DESCRIPTION': description,
	'RESOURCE TYPE': type,
	'RESOURCE ID': id,
	'RESOURCE NAME': name,
	NOOFACCOUNTS: '1',
});

const initialState = (): Pam360State => ({
	tokens: new Map([
		[pam360Demo.authToken, { user: 'api-user@localhost', expiresAt: null }],
		[pam360Demo.applicationToken, { user: 'application@localhost', expiresAt: null }],
	]),
	organizations: new Set(['Example MSP', pam360Demo.orgName]),
	keys: [],
	resources: [
		resource('1', 'FIN-WINSERVER-09', 'Windows', 'Finance, file server'),
		resource('301', 'WEB-LINUX-01', 'Linux', 'Web front end'),
		resource('302', 'WEB-LINUX-02', 'Linux', 'Web front end'),
	],
	resourceTypes: [
		{ 'RESOURCE TYPE ID': '1', 'RESOURCE TYPE': 'Windows' },
		{ 'RESOURCE TYPE ID': '2', 'RESOURCE TYPE': 'Linux' },
		{ 'RESOURCE TYPE ID': '3', 'RESOURCE TYPE': 'Brocade VDX' },
	],
});

/** A failure as the vendor tells it: HTTP 200 and `Failed` in the envelope (fact sheet 1.7). */
class Failure extends Error {
	constructor(
		readonly operation: string,
		message: string,
	) {
		super(message);
	}
}

/** An answer outside the envelope: HTTP status and no body. */
class Bare extends Error {
	constructor(
		readonly status: number,
		readonly reason?: string,
	) {
		super();
	}
}

function header(request: FastifyRequest, name: string): string | undefined {
	const value = request.headers[name];
	return Array.isArray(value) ? value[0] : value;
}

function queryOf(request: FastifyRequest): URLSearchParams {
	return new URLSearchParams((request.raw.url ?? '').split('?').slice(1).join('?'));
}

/**
 * The token, in every place where clients of this vendor put one (fact sheet 1.2): header or query
 * AUTHTOKEN, application token in the header with APP_TYPE 17, or in the query with APP_NAME.
 */
function tokenOf(request: FastifyRequest): string | undefined {
	const query = queryOf(request);
	const own = header(request, 'authtoken') ?? query.get('AUTHTOKEN');
	if (own) return own;
	const applicationToken = header(request, 'app_authtoken');
	if (applicationToken && header(request, 'app_type') === '17') return applicationToken;
	return (query.has('APP_NAME') && query.get('APP_AUTHTOKEN')) || undefined;
}

function authenticate(request: FastifyRequest, { settings, state, now }: Context): string {
	if (settings.hostNotResolvable) throw new Bare(200);
	const token = tokenOf(request);
	const known = token === undefined ? undefined : state.tokens.get(token);
	if (token === undefined || !known || (known.expiresAt ?? Infinity) <= now()) {
		throw new Failure(
			'Authentication',
			'API key received is not associated to any user. Authentication failed.',
		);
	}
	if (settings.hostLocked) {
		throw new Failure('Authentication', 'User is not allowed to access from this host');
	}
	return token;
}

/** The organisation of the call; the wording of the refusal is inferred. */
function organizationOf(request: FastifyRequest, { state }: Context): string | null {
	const name = header(request, 'orgname');
	if (name === undefined) return null;
	if (!state.organizations.has(name)) {
		throw new Failure('Authentication', 'The organization name specified does not exist.');
	}
	return name;
}

const pythonLiteral = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|\bTrue\b|\bFalse\b|\bNone\b/gsu;

/** Rewrites what Python's `str(dict)` prints as JSON (fact sheet 1.4: clients send it). */
function fromPython(text: string): string {
	return text.replace(pythonLiteral, (literal, single?: string, double?: string) => {
		if (literal === 'True') return 'true';
		if (literal === 'False') return 'false';
		if (literal === 'None') return 'null';
		if (double !== undefined) return literal;
		return `"${(single ?? '').replaceAll("\\'", "'").replaceAll('"', '\\"')}"`;
	});
}

function parseInput(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		try {
			return JSON.parse(fromPython(text));
		} catch {
			return undefined;
		}
	}
}

function record(value: unknown): Record<string, unknown> | undefined {
	const plain = typeof value === 'object' && value !== null && !Array.isArray(value);
	return plain ? (value as Record<string, unknown>) : undefined;
}

/**
 * The fields of INPUT_DATA, read from a form body whatever its content type, else from the query
 * (fact sheet 1.4). `key` is `details` in some calls and `Details` in the others: the other case
 * is refused. `undefined` where there is no INPUT_DATA at all.
 */
function inputOf(
	request: FastifyRequest,
	operation: string,
	key: 'details' | 'Details',
	{ settings }: Context,
): Record<string, unknown> | undefined {
	const form = new URLSearchParams(rawBody(request.body).toString('utf8'));
	const text = form.get('INPUT_DATA') ?? queryOf(request).get('INPUT_DATA');
	const filter = settings.securityFilter;
	const harmful = typeof filter === 'boolean' ? filter : (text ?? '').search(filter) !== -1;
	if (harmful) throw new Bare(599, 'OK');
	if (text === null) return undefined;

	const details = record(record(record(parseInput(text))?.operation)?.[key]);
	if (!details) throw new Failure(operation, 'Invalid INPUT_DATA. Check the input and try again.');
	return details;
}

interface Success {
	message: string;
	details?: unknown;
	totalRows?: number;
	withStatusCode?: boolean;
}

function envelope(settings: Pam360Settings, operation: string, success: Success): object {
	const { message, details, totalRows, withStatusCode = false } = success;
	const code = settings.statusCode;
	return {
		operation: {
			result: {
				message,
				status: settings.successStatus,
				...(withStatusCode &&
					code !== 'absent' && { statusCode: code === 'number' ? 20_000 : '20000' }),
			},
			...(totalRows !== undefined && { totalRows }),
			...(details !== undefined && !settings.omitDetails && { Details: details }),
			...(!settings.omitName && { name: operation }),
		},
	};
}

const fetchAgentKey = 'Fetch Agent Key';

/** The vendor's Integer: a number or its digits, within 32 bits. */
function hours(value: unknown): number {
	const digits = text(value);
	const count = /^\d{1,10}$/u.test(digits) ? Number(digits) : 0;
	if (count < 1 || count > 2_147_483_647) {
		throw new Failure(fetchAgentKey, 'Invalid value for validityPeriod.');
	}
	return count;
}

/** POST /agents/agentkey, fact sheet 2.1; what `false` does is not documented. */
function agentKey(request: FastifyRequest, token: string, context: Context): object {
	const { settings, state, now } = context;
	const orgName = organizationOf(request, context);
	const input = inputOf(request, fetchAgentKey, 'details', context);
	if (!input) throw new Failure(fetchAgentKey, 'INPUT_DATA is missing.');

	const wanted = input.generateAgentKey;
	if (Array.isArray(wanted) || !['true', 'false'].includes(String(wanted))) {
		throw new Failure(fetchAgentKey, 'Invalid value for generateAgentKey.');
	}
	const validity =
		input.validityPeriod === undefined
			? settings.defaultValidityHours
			: hours(input.validityPeriod);

	let key = state.keys.findLast((one) => one.orgName === orgName && one.endTime > now());
	if (String(wanted) === 'true') {
		const end = DateTime.fromMillis(now(), { zone: settings.serverTimeZone })
			.plus({ hours: validity })
			.startOf('second');
		key = {
			agentKey: randomBytes(8).toString('hex'),
			endTime: end.toMillis(),
			agentKeyEndTime: end.toFormat('dd/MM/yyyy HH:mm:ss'),
			orgName,
			token,
		};
		state.keys.push(key);
	}
	if (!key) throw new Failure(fetchAgentKey, 'No active agent key is available.');

	return envelope(settings, fetchAgentKey, {
		message: 'Agent key fetched successfully.',
		withStatusCode: true,
		details: {
			agentKey: settings.emptyAgentKey ? '' : key.agentKey,
			agentKeyEndTime: key.agentKeyEndTime,
		},
	});
}

/** The columns of SEARCHCOLUMN that the demo resources have (fact sheet 3.1). */
const searchColumns: Record<string, string> = {
	RESOURCENAME: 'RESOURCE NAME',
	RESOURCE_TYPE: 'RESOURCE TYPE',
	RESOURCEDESC: 'RESOURCE DESCRIPTION',
};

/** `''` for anything that is not text or a number. */
function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function whole(value: unknown, fallback: number): number {
	const count = Number(value ?? fallback);
	return Number.isInteger(count) && count >= 0 ? count : fallback;
}

/** An empty list has `totalRows` 0 and no Details at all (fact sheet 1.5). */
function listing(
	settings: Pam360Settings,
	operation: string,
	message: string,
	rows: unknown[],
	totalRows = rows.length,
): object {
	return envelope(settings, operation, {
		message,
		totalRows,
		...(rows.length > 0 && { details: rows }),
	});
}

/** GET /resources, fact sheet 3.1. */
function resources(request: FastifyRequest, _token: string, context: Context): object {
	const { settings, state } = context;
	const operation = 'GET RESOURCES';
	organizationOf(request, context);
	const input = inputOf(request, operation, 'Details', context) ?? {};
	const searched = text(input.SEARCHVALUE).toLowerCase();
	const column = searchColumns[text(input.SEARCHCOLUMN)];
	const found = state.resources.filter((one) =>
		(column ? [one[column] ?? ''] : Object.values(one)).some((value) =>
			value.toLowerCase().includes(searched),
		),
	);
	const start = whole(input.STARTINDEX, 0);
	const page = found.slice(start, start + whole(input.LIMIT, found.length));
	return listing(settings, operation, 'Resources fetched successfully', page, found.length);
}

/** GET /resources/resourcetypes, fact sheet 3.5; the answer's shape is inferred. */
function resourceTypes(request: FastifyRequest, _token: string, context: Context): object {
	const { settings, state } = context;
	const operation = 'GET RESOURCE TYPES';
	organizationOf(request, context);
	const input = inputOf(request, operation, 'Details', context);
	if (!input || input.RESOURCETYPE_CONTAINING === undefined) {
		throw new Failure(operation, 'RESOURCETYPE_CONTAINING is missing.');
	}
	const wanted = [input.RESOURCETYPE_CONTAINING].flat().map((part) => text(part).toLowerCase());
	const found = state.resourceTypes.filter((type) =>
		wanted.some((part) => (type['RESOURCE TYPE'] ?? '').toLowerCase().includes(part)),
	);
	return listing(settings, operation, 'Resource types fetched successfully', found);
}

const notFoundPage =
	'<!doctype html><html lang="en"><head><title>HTTP Status 404 – Not Found</title></head>' +
	'<body><h1>HTTP Status 404 – Not Found</h1></body></html>';

async function sendJson(reply: FastifyReply, body: object): Promise<FastifyReply> {
	return await reply.type('application/json;charset=UTF-8').send(JSON.stringify(body));
}

function routes(app: FastifyInstance, context: Context): void {
	const calls = [
		['POST', '/restapi/json/v1/agents/agentkey', agentKey],
		['GET', '/restapi/json/v1/resources', resources],
		['GET', '/restapi/json/v1/resources/resourcetypes', resourceTypes],
	] as const;

	for (const [method, url, answer] of calls) {
		app.route({
			method,
			url,
			handler: async (request, reply) => {
				const token = authenticate(request, context);
				return await sendJson(reply, answer(request, token, context));
			},
		});
	}

	app.setNotFoundHandler(
		async (_request, reply) =>
			await reply.code(404).type('text/html;charset=utf-8').send(notFoundPage),
	);

	app.setErrorHandler(async (error, _request, reply) => {
		if (error instanceof Failure) {
			const code = context.settings.failureStatusCode;
			return await sendJson(reply, {
				operation: {
					name: error.operation,
					result: {
						status: 'Failed',
						message: error.message,
						...(code !== null && { statusCode: code }),
					},
				},
			});
		}
		if (error instanceof Bare) {
			if (error.reason) reply.raw.statusMessage = error.reason;
			return await reply.code(error.status).send('');
		}
		throw error;
	});
}

/** Starts a ManageEngine PAM360 server; resolves when it accepts connections. */
export async function startPam360Simulator(options: Pam360Options = {}): Promise<Pam360Simulator> {
	return await startSimulator<Pam360Settings, Pam360State>(
		{ settings: defaults, state: initialState, routes },
		options,
	);
}
