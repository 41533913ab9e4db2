import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { demandRole } from './access';
import { authenticate, organizationOf } from './authentication';
import { type Call, FileAnswer, type Pam360Context } from './call';
import { envelope, failureEnvelope, pkiEnvelope, pkiFailure } from './envelope';
import { Bare, Failure, ScimFailure } from './failures';
import { inputOf, queryOf } from './inputData';
import { type Pam360Route, pam360Routes } from './routes';
import { scimSchemas } from './scim';

const jsonType = 'application/json;charset=UTF-8';
const fileType = 'application/octet-stream';

const notFoundPage =
	'<!doctype html><html lang="en"><head><title>HTTP Status 404 – Not Found</title></head>' +
	'<body><h1>HTTP Status 404 – Not Found</h1></body></html>';

async function send(
	reply: FastifyReply,
	body: object,
	{ type = jsonType, status = 200 } = {},
): Promise<FastifyReply> {
	return await reply.code(status).type(type).send(JSON.stringify(body));
}

async function sendFile(reply: FastifyReply, { content, name }: FileAnswer): Promise<FastifyReply> {
	const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
	return await reply.type(fileType).header('content-disposition', disposition).send(content);
}

function callOf(route: Pam360Route, request: FastifyRequest, context: Pam360Context): Call {
	const caller = authenticate(request, context, {
		scim: route.family === 'scim',
		regenerates: route.operation === 'REGENERATE AUTHTOKEN',
	});
	return {
		...context,
		...caller,
		request,
		orgName: organizationOf(request, context),
		params: request.params as Record<string, string>,
		query: queryOf(request),
		input: inputOf(request, route.input, context.settings),
	};
}

/** SCIM is for those who may manage users, where it is switched on (docs/api/pam360.md, "SCIM"). */
function demandScim(call: Call): void {
	if (!call.settings.scimEnabled) throw new ScimFailure(403, 'SCIM is not enabled.');
	demandRole(call, 'manageUsers');
}

async function answer(
	route: Pam360Route,
	request: FastifyRequest,
	reply: FastifyReply,
	context: Pam360Context,
): Promise<FastifyReply> {
	const call = callOf(route, request, context);
	const { settings } = context;
	if (route.family === 'scim') {
		demandScim(call);
		const { status, body, location } = await route.answer(call);
		if (location !== undefined) reply.header('location', location);
		return await send(reply, body, { type: 'application/scim+json', status });
	}
	if (route.family === 'pki') {
		const result = await route.answer(call);
		if (result instanceof FileAnswer) return await sendFile(reply, result);
		return await send(reply, pkiEnvelope(settings, route.operation, result));
	}
	const result = await route.answer(call);
	if (result instanceof FileAnswer) return await sendFile(reply, result);
	return await send(reply, envelope(settings, route.operation, result));
}

function scimError({ status, message, scimType }: ScimFailure): object {
	const schemas = [scimSchemas.error];
	return { schemas, status: String(status), detail: message, ...(scimType && { scimType }) };
}

/** A failure in the words of the call's family. */
async function refuse(
	route: Pam360Route,
	reply: FastifyReply,
	error: unknown,
	{ settings }: Pam360Context,
): Promise<FastifyReply> {
	if (error instanceof Bare) {
		if (error.reason) reply.raw.statusMessage = error.reason;
		return await reply.code(error.status).send('');
	}
	if (error instanceof ScimFailure) {
		const { status } = error;
		return await send(reply, scimError(error), { type: 'application/scim+json', status });
	}
	if (!(error instanceof Failure)) throw error;
	if (route.family === 'scim') {
		const status = error.operation === 'Authentication' ? 401 : 403;
		const body = scimError(new ScimFailure(status, error.message));
		return await send(reply, body, { type: 'application/scim+json', status });
	}
	if (route.family === 'pki') {
		const status = settings.pkiFailures === 'error' ? 400 : 200;
		return await send(reply, pkiFailure(settings, route.operation, error), { status });
	}
	const asFile = settings.fileFailuresAsFile && route.operation === 'DOWNLOAD FILE';
	const body = failureEnvelope(settings, route.operation, error);
	return await send(reply, body, { type: asFile ? fileType : jsonType });
}

export function serve(app: FastifyInstance, context: Pam360Context): void {
	for (const route of pam360Routes) {
		app.route({
			method: route.method,
			url: route.path.replaceAll(/\{(\w+)\}/gu, ':$1'),
			handler: async (request, reply) => {
				try {
					return await answer(route, request, reply, context);
				} catch (error) {
					return await refuse(route, reply, error, context);
				}
			},
		});
	}

	app.setNotFoundHandler(
		async (_request, reply) =>
			await reply.code(404).type('text/html;charset=utf-8').send(notFoundPage),
	);
}
