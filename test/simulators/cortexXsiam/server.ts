import type { FastifyInstance, FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { TokenBucket } from '../shared/rateLimit';
import { rawBody } from '../shared/simulator';
import { authenticate, demand } from './authentication';
import {
	type Asked,
	type Context,
	type CortexXsiamRoute,
	header,
	readInput,
	Streamed,
} from './call';
import { errorBody, forbidden, InputError, naturalShape, notFound, VendorError } from './errors';
import { cortexXsiamRoutes } from './routes';
import type { CortexXsiamKey } from './state';

/**
 * Bytes of a request that the gateway lets through; docs/api/cortex-xsiam.md, "Status codes" names the
 * status only.
 */
const largestBody = 1024 * 1024;

/** What is asked of every call before its own affairs. */
function admit(request: Asked, context: Context, bucket: TokenBucket): CortexXsiamKey {
	const { settings, state } = context;
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
}

/** What goes out: a status, and a body or none. */
export interface Answer {
	status: number;
	body: unknown;
}

/**
 * Does what a request asks for.
 *
 * @throws VendorError where it is refused
 */
export function answerTo(
	route: CortexXsiamRoute,
	request: Asked,
	context: Context,
	bucket: TokenBucket,
): Answer {
	if (route.path.startsWith('/platform/iam') && !context.settings.iamAvailable) throw notFound();
	const key = admit(request, context, bucket);
	const input = readInput(request, route);
	demand(route.permission, key, context);
	return { status: route.status, body: route.answer({ route, request, context, key, ...input }) };
}

/** A refusal as it goes out for a path. */
export function refusalOf(error: VendorError, path: string, { settings }: Context): Answer {
	const { message, extra, dress } = error;
	const told =
		error instanceof InputError
			? new VendorError(settings.inputErrorStatus, message, extra, dress)
			: error;
	const shape = settings.errorShape ?? naturalShape(told, path);
	return { status: told.status, body: errorBody(told, shape) };
}

async function send(reply: FastifyReply, { status, body }: Answer): Promise<FastifyReply> {
	reply.code(status);
	if (body === undefined) return await reply.send();
	if (body instanceof Streamed) {
		reply.type('application/octet-stream').headers(body.headers);
		return await reply.send(Readable.from(body.chunks(), { objectMode: false }));
	}
	return await reply.type('application/json').send(JSON.stringify(body));
}

/** Hangs the table of routes into the server. */
export function routes(app: FastifyInstance, context: Context): void {
	const bucket = new TokenBucket();

	for (const route of cortexXsiamRoutes) {
		app.route({
			method: route.method,
			url: route.path,
			handler: async (request, reply) =>
				await send(reply, answerTo(route, request, context, bucket)),
		});
	}

	app.addHook('onSend', async (_request, reply) => {
		if (!context.settings.omitsDate) return;
		reply.removeHeader('date');
		reply.raw.sendDate = false;
	});

	app.setNotFoundHandler(async () => {
		throw notFound();
	});

	app.setErrorHandler(async (error, request, reply) => {
		if (!(error instanceof VendorError)) throw error;
		const answer = refusalOf(error, request.raw.url ?? '', context);
		const { retryAfterSeconds: wait, tooManyAs200 } = context.settings;
		const isTooMany = answer.status === 429;
		if (isTooMany && wait !== null) reply.header('retry-after', wait);
		if (isTooMany && tooManyAs200) answer.status = 200;
		return await send(reply, answer);
	});
}
