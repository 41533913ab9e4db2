import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { TokenBucket } from '../shared/rateLimit';
import { rawBody } from '../shared/simulator';
import { authenticate, demand } from './authentication';
import { type Context, header, readInput, Streamed } from './call';
import { errorBody, forbidden, InputError, naturalShape, notFound, VendorError } from './errors';
import { cortexXsiamRoutes } from './routes';
import type { CortexXsiamKey } from './state';

/** Bytes of a request that the gateway lets through; fact sheet 3.1 names the status only. */
const largestBody = 1024 * 1024;

/** What is asked of every call before its own affairs. */
function admit(request: FastifyRequest, context: Context, bucket: TokenBucket): CortexXsiamKey {
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

async function send(reply: FastifyReply, status: number, body: unknown): Promise<FastifyReply> {
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
	const { settings } = context;

	for (const route of cortexXsiamRoutes) {
		app.route({
			method: route.method,
			url: route.path,
			handler: async (request, reply) => {
				if (route.path.startsWith('/platform/iam') && !settings.iamAvailable) throw notFound();
				const key = admit(request, context, bucket);
				const input = readInput(request, route);
				demand(route.permission, key, context);
				const body = route.answer({ route, request, context, key, ...input });
				return await send(reply, route.status, body);
			},
		});
	}

	app.setNotFoundHandler(async () => {
		throw notFound();
	});

	app.setErrorHandler(async (error, request, reply) => {
		if (!(error instanceof VendorError)) throw error;
		const { retryAfterSeconds: wait, inputErrorStatus, errorShape } = settings;
		const { message, extra, dress } = error;
		const told =
			error instanceof InputError
				? new VendorError(inputErrorStatus, message, extra, dress)
				: error;
		if (told.status === 429 && wait !== null) reply.header('retry-after', wait);
		const shape = errorShape ?? naturalShape(told, request.raw.url ?? '');
		return await send(reply, told.status, errorBody(told, shape));
	});
}
