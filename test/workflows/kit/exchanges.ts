import type { IncomingHttpHeaders } from 'node:http';
import nock from 'nock';

/** One call and its answer, byte for byte. */
export interface Exchange {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** The request target as it goes over the wire: path and query, percent-encoding untouched. */
	path: string;
	/** The body as it goes over the wire; none where it is left out. */
	body?: string;
	/** Headers that must be there, by their lower-case names; `undefined`: must not be there. */
	headers?: Record<string, string | undefined>;
	/** The answer: 200 with this JSON, or this text or these bytes as they are. */
	reply?: object | string | Buffer;
	status?: number;
	replyHeaders?: Record<string, string>;
}

export interface Sent {
	method: string;
	path: string;
	body: string;
	headers: IncomingHttpHeaders;
}

const HEADERS = { 'Content-Type': 'application/json' };

function answerOf({ reply = {}, status = 200, replyHeaders }: Partial<Exchange>) {
	const isRaw = typeof reply === 'string' || Buffer.isBuffer(reply);
	return [status, isRaw ? reply : JSON.stringify(reply), { ...HEADERS, ...replyHeaders }] as const;
}

/** The tests of the file, or of a `describe`, reach no server: calls get what nock was told, or fail. */
export function answeredByNock(): void {
	beforeAll(() => {
		if (!nock.isActive()) nock.activate();
		nock.disableNetConnect();
	});
	afterEach(() => nock.cleanAll());
	afterAll(() => nock.restore());
}

/**
 * Answers the calls to a host in turn, whatever they are, and records them: a wrong call is a
 * difference in the comparison, not a mismatch that nock swallows.
 *
 * @returns the calls that were made; one beyond the last answer gets a 418
 */
export function answerInTurn(host: string, exchanges: Array<Partial<Exchange>>): Sent[] {
	const rest = [...exchanges];
	const scope = nock(host).persist();
	for (const method of METHODS) {
		const interceptor = scope.intercept(/.*/, method);
		interceptor.reply(function () {
			const [status, body, headers] = answerOf(rest.shift() ?? { status: 418 });
			return [status, body, headers];
		});
	}
	return recorded(scope);
}

/**
 * Answers the calls that come before, however often they are made, and cuts the connection of any other.
 *
 * @returns the calls that were made
 */
export function cutAfter(host: string, before: Exchange[]): Sent[] {
	const scope = nock(host).persist();
	for (const exchange of before) {
		const [status, body, headers] = answerOf(exchange);
		scope.intercept(exchange.path, exchange.method).reply(status, body, headers);
	}
	for (const method of METHODS) {
		scope
			.intercept(/.*/, method)
			.replyWithError(Object.assign(new Error('x'), { code: 'ECONNRESET' }));
	}
	return recorded(scope);
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** The calls to a host, as they come. */
function recorded(scope: nock.Scope): Sent[] {
	const sent: Sent[] = [];
	scope.on(
		'request',
		(
			request: { method: string; path: string; headers: IncomingHttpHeaders },
			_: unknown,
			body: string,
		) => {
			const { method, path, headers } = request;
			sent.push({ method, path, body: body ?? '', headers: { ...headers } });
		},
	);
	return sent;
}

/** Compares what was sent with what should have been, in order. */
export function expectSent(sent: Sent[], exchanges: Exchange[]): void {
	const brief = ({ method, path, body }: Exchange | Sent) => ({ method, path, body: body ?? '' });
	expect(sent.map(brief)).toEqual(exchanges.map(brief));
	exchanges.forEach(({ headers = {} }, index) => {
		const found = sent[index]?.headers ?? {};
		const named = Object.keys(headers).map((name) => [name, found[name]]);
		expect(Object.fromEntries(named)).toEqual(headers);
	});
}
