import fastify, { type FastifyInstance } from 'fastify';
import type { AddressInfo, Socket } from 'node:net';
import { type Gate, installGate } from './gate';
import { type Concurrency, type RecordedRequest, RequestLog } from './requestLog';
import { serverIdentity } from './tls';
import { installTrouble, TroubleList } from './trouble';

/** Options that every simulator takes when it is started. */
export interface StartOptions<Settings> {
	/** Default 0: a free port. */
	port?: number;
	/** Plain HTTP instead of TLS. */
	http?: boolean;
	/** PEM of the authority whose client certificate every caller must present. */
	clientCa?: string;
	/** Switches that differ from their defaults; `reset()` comes back to them. */
	settings?: Partial<Settings>;
}

/** Switches that every simulator has. */
export interface CommonSettings {
	/** How far the simulator's clock (and its Date header) is ahead of real time, milliseconds. */
	clockOffsetMs: number;
	/** How many connections there may be at once; one more is closed before a byte is read. 0: any number. */
	maxConnections: number;
}

/** What every simulator's switches begin with. */
export const commonDefaults: CommonSettings = { clockOffsetMs: 0, maxConnections: 0 };

/** How many connections there have been at once at most, and how many were one too many. */
export interface Connections {
	peak: number;
	refused: number;
}

/** A running simulator. */
export interface Simulator<Settings extends CommonSettings, State> {
	/** `https://localhost:<port>`, no trailing slash. */
	readonly url: string;
	readonly port: number;
	/** PEM of the certificate to trust; empty with plain HTTP. */
	readonly certificate: string;
	/** The last 5,000 requests, oldest first. */
	readonly log: RecordedRequest[];
	readonly concurrency: Concurrency;
	readonly connections: Readonly<Connections>;
	readonly trouble: TroubleList;
	/** Holds each request before and after its work, if it has a keeper. */
	readonly gate: Gate;
	/** What the vendor knows; may be read and changed at any time. */
	readonly state: State;
	/** Switches; may be changed at any time. */
	readonly settings: Settings;
	/** The simulator's present time, milliseconds since the epoch. */
	now(): number;
	/** Fresh state, the settings of the start, no troubles, no keeper of the gate, an empty log. */
	reset(): void;
	/** Stops listening and destroys every connection. */
	close(): Promise<void>;
}

/** What a vendor's routes are given. */
export interface VendorContext<Settings, State> {
	settings: Settings;
	state: State;
	now(): number;
}

interface Vendor<Settings extends CommonSettings, State> {
	settings(): Settings;
	state(now: number): State;
	routes(app: FastifyInstance, context: VendorContext<Settings, State>): void;
}

function createApp(http: boolean, clientCa: string | undefined): FastifyInstance {
	const options = {
		// Vendors judge the size themselves; this only keeps a mistake from filling the memory.
		bodyLimit: 16 * 1024 * 1024,
		forceCloseConnections: true,
		exposeHeadRoutes: false,
		routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2_000 },
	};
	if (http) return fastify(options);
	const { certificate, key } = serverIdentity();
	const mutual = clientCa
		? { ca: clientCa, requestCert: true, rejectUnauthorized: true }
		: undefined;
	const https = { cert: certificate, key, ...mutual };
	return fastify({ ...options, https });
}

/** Reads every body as bytes, whatever its content type and method: each vendor parses its own. */
function readRawBodies(app: FastifyInstance): void {
	app.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

export async function startSimulator<Settings extends CommonSettings, State extends object>(
	vendor: Vendor<Settings, State>,
	options: StartOptions<Settings> = {},
): Promise<Simulator<Settings, State>> {
	const { port = 0, http = false, clientCa } = options;
	const settings: Settings = { ...vendor.settings(), ...options.settings };
	const now = () => Date.now() + settings.clockOffsetMs;
	const state = vendor.state(now());
	const log = new RequestLog();
	const trouble = new TroubleList();
	const gate: Gate = { keeper: null };
	const connections: Connections = { peak: 0, refused: 0 };

	const app = createApp(http, clientCa);
	readRawBodies(app);
	app.addHook('onRequest', async (request, reply) => {
		log.begin(request);
		// Changes nothing where an answer has gone out: then the request has ended already.
		reply.raw.once('close', () => log.end(request, 'cut', null));
	});
	app.addHook('preHandler', async (request) => log.body(request));
	app.addHook('onSend', async (_request, reply) => {
		reply.header('date', new Date(now()).toUTCString());
	});
	installGate(app, gate, log);
	installTrouble(app, trouble, log);
	// As the last hook before the answer is written, so that a caller who has it finds it in the log.
	app.addHook('onSend', async (request, reply) => log.end(request, 'answered', reply.statusCode));
	vendor.routes(app, { settings, state, now });

	const open = new Set<Socket>();
	app.server.on('connection', (socket: Socket) => {
		if (settings.maxConnections > 0 && open.size >= settings.maxConnections) {
			connections.refused += 1;
			socket.resetAndDestroy();
			return;
		}
		open.add(socket);
		connections.peak = Math.max(connections.peak, open.size);
		socket.once('close', () => open.delete(socket));
	});

	await app.listen({ host: '127.0.0.1', port });
	const address = app.server.address() as AddressInfo;

	return {
		url: `${http ? 'http' : 'https'}://localhost:${address.port}`,
		port: address.port,
		certificate: http ? '' : serverIdentity().certificate,
		log: log.entries,
		concurrency: log.concurrency,
		connections,
		trouble,
		gate,
		state,
		settings,
		now,
		reset() {
			Object.assign(settings, vendor.settings(), options.settings);
			Object.assign(state, vendor.state(now()));
			trouble.clear();
			gate.keeper = null;
			log.clear();
			Object.assign(connections, { peak: open.size, refused: 0 });
		},
		async close() {
			await app.close();
		},
	};
}

/** The body's bytes; empty where there was none. */
export function rawBody(body: unknown): Buffer {
	return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
