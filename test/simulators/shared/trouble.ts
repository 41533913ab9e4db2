import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import { destroy, never } from './gate';
import { TokenBucket } from './rateLimit';
import type { RequestLog } from './requestLog';

/** Which requests meet the trouble: a path prefix or a pattern on the raw path; none: all. */
export type TroubleMatch = string | RegExp | { path?: string | RegExp; method?: string };

interface TroubleScope {
	match?: TroubleMatch;
	/** How many requests meet it; default: every one until it is removed. */
	times?: number;
	/** How many matching requests pass unharmed first; default 0. */
	skip?: number;
}

/** `work: true` lets the vendor do what was asked before the answer goes wrong; default false. */
interface MayWork {
	work?: boolean;
}

export type Trouble = TroubleScope &
	(
		| {
				/** Waits `ms` milliseconds before the work, or between the work and its answer. */
				kind: 'latency';
				ms: number;
				when?: 'beforeWork' | 'afterWork';
		  }
		| {
				/**
				 * Works `ms` milliseconds on each request, on `capacity` of them at the full speed; what is
				 * more at the same time slows all of them down, by the `power` of the excess (default 1: the
				 * work is shared; 2: the more there is, the less gets done).
				 */
				kind: 'load';
				ms: number;
				capacity: number;
				power?: number;
		  }
		| {
				/** Takes this many requests a second, and answers 429 to the others. */
				kind: 'rateLimit';
				perSecond: number;
				retryAfter?: number | string;
		  }
		| ({
				/** Answers with this status; `retryAfter` (seconds or a date) becomes Retry-After. */
				kind: 'status';
				status: number;
				retryAfter?: number | string;
				/** An object is sent as JSON; absent: no body at all. */
				body?: string | object;
		  } & MayWork)
		/** Destroys the connection before any state changes. */
		| { kind: 'cutBeforeWork' }
		/** Does the work, then destroys the connection instead of answering. */
		| { kind: 'cutAfterWork' }
		/** Does the work, answers 200 with zero bytes. */
		| { kind: 'emptyBody' }
		/** A proxy's HTML page; `status` defaults to 200. */
		| ({ kind: 'html'; status?: number; body?: string } & MayWork)
		/** Does the work, answers 200 with the right JSON cut off before its end. */
		| { kind: 'garbage' }
		/** Does the work, gives the right JSON as `contentType` (default text/html). */
		| { kind: 'wrongContentType'; contentType?: string }
		/** Any body and status; defaults: 200, application/json. */
		| ({
				kind: 'rawBody';
				body: string | Buffer;
				status?: number;
				contentType?: string;
		  } & MayWork)
		/** Does the work, announces the whole answer, sends half of it and cuts. */
		| { kind: 'truncate' }
		/** 302 to `to`. */
		| ({ kind: 'redirect'; to: string; status?: number } & MayWork)
		/** Never answers; the connection is destroyed when the simulator closes. */
		| ({ kind: 'hang' } & MayWork)
	);

export type TroubleKind = Trouble['kind'];

/** A trouble in force. */
export interface TroubleHandle {
	/** How many requests have met it. */
	readonly hits: number;
	remove(): void;
}

interface Rule {
	trouble: Trouble;
	seen: number;
	hits: number;
	bucket: TokenBucket;
}

const proxyPage =
	'<!DOCTYPE html>\n<html><head><title>Access gateway</title></head>' +
	'<body><h1>Sign in to continue</h1><p>Reference 0a1b2c3d</p></body></html>\n';

function pathMatches(path: string, wanted: string | RegExp | undefined): boolean {
	if (wanted === undefined) return true;
	// search() ignores the lastIndex that a pattern with the g flag would carry over.
	return typeof wanted === 'string' ? path.startsWith(wanted) : path.search(wanted) !== -1;
}

function matches(match: TroubleMatch | undefined, method: string, path: string): boolean {
	if (match === undefined) return true;
	if (typeof match === 'string' || match instanceof RegExp) return pathMatches(path, match);
	if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
	return pathMatches(path, match.path);
}

/** The troubles of one simulator, in the order added. */
export class TroubleList {
	private rules: Rule[] = [];

	/** Told of each request that is never answered, by the port that its client has. */
	onHang: (clientPort: number | undefined) => void = () => {};

	add(trouble: Trouble): TroubleHandle {
		const rule: Rule = { trouble, seen: 0, hits: 0, bucket: new TokenBucket() };
		this.rules.push(rule);
		return {
			get hits() {
				return rule.hits;
			},
			remove: () => {
				this.rules = this.rules.filter((other) => other !== rule);
			},
		};
	}

	clear(): void {
		this.rules = [];
	}

	/**
	 * The troubles that this request meets, each counted: every slowness that matches and the first
	 * trouble of another kind.
	 */
	take(method: string, path: string): Trouble[] {
		const met: Trouble[] = [];
		let answered = false;
		for (const rule of this.rules) {
			const { trouble } = rule;
			if (rule.hits >= (trouble.times ?? Infinity)) continue;
			if (answered && !isSlowness(trouble)) continue;
			if (!matches(trouble.match, method, path)) continue;
			rule.seen += 1;
			if (rule.seen <= (trouble.skip ?? 0)) continue;
			if (trouble.kind === 'rateLimit' && rule.bucket.take(trouble.perSecond)) continue;
			rule.hits += 1;
			met.push(trouble);
			if (!isSlowness(trouble)) answered = true;
		}
		return met;
	}
}

function isSlowness({ kind }: Trouble): boolean {
	return kind === 'latency' || kind === 'load';
}

/** The work of a request is done a little at a time, each at the speed that the load leaves. */
const SLICE_MS = 5;

async function underLoad(
	{ ms, capacity, power = 1 }: Extract<Trouble, { kind: 'load' }>,
	log: RequestLog,
): Promise<void> {
	for (let left = ms; left > 0; left -= SLICE_MS) {
		const slowness = Math.max(1, log.concurrency.now / capacity) ** power;
		await sleep(Math.min(left, SLICE_MS) * slowness, undefined, { ref: false });
	}
}

function worksFirst(trouble: Trouble): boolean {
	switch (trouble.kind) {
		case 'latency':
			return trouble.when === 'afterWork';
		case 'cutBeforeWork':
		case 'load':
		case 'rateLimit':
			return false;
		case 'cutAfterWork':
		case 'emptyBody':
		case 'garbage':
		case 'wrongContentType':
		case 'truncate':
			return true;
		default:
			return trouble.work ?? false;
	}
}

/** An answer in place of the vendor's. */
interface Replacement {
	status: number;
	body: string | Buffer;
	contentType?: string;
	headers?: Record<string, string>;
}

function replacement(trouble: Trouble, payload: string): Replacement | undefined {
	switch (trouble.kind) {
		case 'rateLimit':
			return replacement({ ...trouble, kind: 'status', status: 429 }, payload);
		case 'status': {
			const headers: Record<string, string> = {};
			if (trouble.retryAfter !== undefined) headers['retry-after'] = String(trouble.retryAfter);
			if (trouble.body === undefined) return { status: trouble.status, body: '', headers };
			const text = typeof trouble.body === 'string';
			return {
				status: trouble.status,
				body: text ? (trouble.body as string) : JSON.stringify(trouble.body),
				contentType: text ? 'text/plain; charset=utf-8' : 'application/json',
				headers,
			};
		}
		case 'emptyBody':
			return { status: 200, body: '' };
		case 'html':
			return {
				status: trouble.status ?? 200,
				body: trouble.body ?? proxyPage,
				contentType: 'text/html; charset=utf-8',
			};
		case 'garbage':
			return { status: 200, body: payload.slice(0, -1), contentType: 'application/json' };
		case 'rawBody':
			return {
				status: trouble.status ?? 200,
				body: trouble.body,
				contentType: trouble.contentType ?? 'application/json',
			};
		case 'redirect':
			return { status: trouble.status ?? 302, body: '', headers: { location: trouble.to } };
		default:
			return undefined;
	}
}

function dress(reply: FastifyReply, answer: Replacement): void {
	reply.code(answer.status);
	reply.removeHeader('content-length');
	reply.removeHeader('content-type');
	if (answer.contentType !== undefined) reply.header('content-type', answer.contentType);
	for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
}

/**
 * Hangs the troubles between the wire and the vendor's handlers, which know nothing of them. Must
 * be installed before any route or hook of a vendor.
 */
export function installTrouble(app: FastifyInstance, troubles: TroubleList, log: RequestLog): void {
	const afterWork = new WeakMap<FastifyRequest, Trouble[]>();

	const cut = async (request: FastifyRequest): Promise<never> => {
		destroy(request, log);
		return await never();
	};

	const hang = async (request: FastifyRequest): Promise<never> => {
		log.end(request, 'hung', null);
		troubles.onHang(request.raw.socket.remotePort);
		return await never();
	};

	app.addHook('preHandler', async (request, reply) => {
		const path = (request.raw.url ?? '').split('?', 1)[0] ?? '';
		const met = troubles.take(request.method, path);
		if (met.length === 0) return;
		afterWork.set(request, met.filter(worksFirst));
		for (const trouble of met) {
			if (worksFirst(trouble)) continue;
			if (trouble.kind === 'latency') {
				await sleep(trouble.ms, undefined, { ref: false });
			} else if (trouble.kind === 'load') {
				await underLoad(trouble, log);
			} else if (trouble.kind === 'cutBeforeWork') {
				await cut(request);
			} else if (trouble.kind === 'hang') {
				await hang(request);
			} else {
				const answer = replacement(trouble, '');
				if (!answer) continue;
				dress(reply, answer);
				return await reply.send(answer.body);
			}
		}
	});

	app.addHook<unknown>('onSend', async (request, reply, payload) => {
		const pending = afterWork.get(request) ?? [];
		const text = typeof payload === 'string' ? payload : '';
		let body = payload;
		for (const trouble of pending) {
			if (trouble.kind === 'latency') {
				await sleep(trouble.ms, undefined, { ref: false });
			} else if (trouble.kind === 'cutAfterWork') {
				await cut(request);
			} else if (trouble.kind === 'hang') {
				await hang(request);
			} else if (trouble.kind === 'wrongContentType') {
				reply.header('content-type', trouble.contentType ?? 'text/html; charset=utf-8');
			} else if (trouble.kind === 'truncate') {
				const whole = Buffer.from(text);
				log.end(request, 'cut', reply.statusCode);
				reply.raw.writeHead(reply.statusCode, {
					'content-type': String(reply.getHeader('content-type') ?? 'application/json'),
					'content-length': Math.max(whole.length, 2),
				});
				reply.raw.write(whole.subarray(0, Math.floor(whole.length / 2)), () =>
					request.raw.socket.end(() => request.raw.socket.destroy()),
				);
				await never();
			} else {
				const answer = replacement(trouble, text);
				if (!answer) continue;
				dress(reply, answer);
				body = answer.body;
			}
		}
		return body;
	});
}
