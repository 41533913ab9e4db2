import type { FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';

/**
 * What became of a request: `pending` (in work), `answered`, `cut` (the connection was destroyed
 * before the answer was complete, by either side) or `hung` (never answered on purpose).
 */
export type Outcome = 'pending' | 'answered' | 'cut' | 'hung';

/** One request as it was on the wire. */
export interface RecordedRequest {
	/** Counts from 1 since the start or the last reset. */
	number: number;
	/** When its head arrived, milliseconds since the epoch (real time, no clock offset). */
	at: number;
	/** Which TCP connection carried it; counts from 1. */
	connection: number;
	method: string;
	/** The request target exactly as sent, percent-encoding untouched. */
	url: string;
	/** The request target up to the first `?`, percent-encoding untouched. */
	path: string;
	/** Lower-cased names, as Node gives them. */
	headers: IncomingHttpHeaders;
	/** Names and values as sent, in the order sent: name, value, name, value ... */
	rawHeaders: string[];
	/** The body's bytes. */
	rawBody: Buffer;
	/** The body read as UTF-8. */
	body: string;
	/** The HTTP status of the answer; `null` where none was sent. */
	status: number | null;
	outcome: Outcome;
}

/** How many requests are being worked on, and how many there have been at once at most. */
export interface Concurrency {
	now: number;
	peak: number;
}

/** Requests that a log keeps; older ones are dropped. */
const logLimit = 5_000;

export class RequestLog {
	readonly entries: RecordedRequest[] = [];

	readonly concurrency: Concurrency = { now: 0, peak: 0 };

	private readonly open = new WeakMap<FastifyRequest, RecordedRequest>();

	private readonly connections = new WeakMap<Socket, number>();

	private connectionCount = 0;

	private requestCount = 0;

	begin(request: FastifyRequest): void {
		const url = request.raw.url ?? '';
		const rawBody = Buffer.alloc(0);
		const entry: RecordedRequest = {
			number: (this.requestCount += 1),
			at: Date.now(),
			connection: this.connectionOf(request.raw.socket),
			method: request.method,
			url,
			path: url.split('?', 1)[0] ?? '',
			headers: request.raw.headers,
			rawHeaders: request.raw.rawHeaders,
			rawBody,
			body: '',
			status: null,
			outcome: 'pending',
		};
		this.open.set(request, entry);
		this.entries.push(entry);
		if (this.entries.length > logLimit) this.entries.shift();
		this.concurrency.now += 1;
		this.concurrency.peak = Math.max(this.concurrency.peak, this.concurrency.now);
	}

	body(request: FastifyRequest): void {
		const entry = this.open.get(request);
		if (!entry || !Buffer.isBuffer(request.body)) return;
		entry.rawBody = request.body;
		entry.body = request.body.toString('utf8');
	}

	entryOf(request: FastifyRequest): RecordedRequest | undefined {
		return this.open.get(request);
	}

	/** Notes how a request ended; the first word counts. */
	end(request: FastifyRequest, outcome: Exclude<Outcome, 'pending'>, status: number | null): void {
		const entry = this.open.get(request);
		if (!entry || entry.outcome !== 'pending') return;
		entry.outcome = outcome;
		entry.status = status;
		this.concurrency.now -= 1;
	}

	clear(): void {
		this.entries.length = 0;
		this.requestCount = 0;
		this.concurrency.peak = this.concurrency.now;
	}

	private connectionOf(socket: Socket): number {
		const known = this.connections.get(socket);
		if (known !== undefined) return known;
		this.connectionCount += 1;
		this.connections.set(socket, this.connectionCount);
		return this.connectionCount;
	}
}
