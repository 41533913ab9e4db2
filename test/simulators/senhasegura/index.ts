import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Simulator, type StartOptions, startSimulator } from '../shared/simulator';
import { authenticate, authorize, noRoute } from './authentication';
import type { Answer, Call, PlainAnswer, Route } from './call';
import { changePasswords } from './custody';
import { envelope, PlainRefusal, refuse, Refusal, refusalEnvelope } from './envelope';
import { parameters } from './input';
import { pair } from './present';
import { senhaseguraRoutes } from './routes';
import { defaultSettings, type SenhaseguraSettings } from './settings';
import { type Context, initialState, type SenhaseguraState } from './state';

export type { Route as SenhaseguraRoute } from './call';
export { senhaseguraDemo } from './demo';
export { senhaseguraInProcess, type SenhaseguraInProcess } from './inProcess';
export { senhaseguraRoutes } from './routes';
export { senhaseguraResources, type SenhaseguraSettings } from './settings';
export type {
	SenhaseguraApplication,
	SenhaseguraCertificate,
	SenhaseguraCertificateRequest,
	SenhaseguraCredential,
	SenhaseguraDevice,
	SenhaseguraInformation,
	SenhaseguraKey,
	SenhaseguraRelatedUser,
	SenhaseguraSafeItem,
	SenhaseguraSecret,
	SenhaseguraSession,
	SenhaseguraSessionUrl,
	SenhaseguraToken,
} from './entities';
export type { SenhaseguraState } from './state';

export interface SenhaseguraSimulator extends Simulator<SenhaseguraSettings, SenhaseguraState> {
	/** PEM (PKCS#8) of the private key that opens encrypted secrets. */
	decryptionKey(): string;
}

export type SenhaseguraOptions = StartOptions<SenhaseguraSettings>;

/**
 * Under 3.33 and later `/api`, before that `/iso`; both are served (docs/api/senhasegura.md,
 * "Addresses").
 */
const prefixes = ['/api', '/iso'];

async function sendJson(reply: FastifyReply, status: number, body: object): Promise<FastifyReply> {
	return await reply.code(status).type('application/json').send(JSON.stringify(body));
}

async function sendPlain(reply: FastifyReply, answer: PlainAnswer): Promise<FastifyReply> {
	const { headers = {}, plain, status } = answer;
	reply.code(status);
	if (plain !== null) {
		reply.type(typeof plain === 'string' ? 'text/html; charset=UTF-8' : 'application/json');
	}
	reply.headers(headers);
	return await reply.send(typeof plain === 'object' && plain ? JSON.stringify(plain) : plain);
}

async function sendEnvelope(
	reply: FastifyReply,
	settings: SenhaseguraSettings,
	answer: Answer,
): Promise<FastifyReply> {
	const { entity = {}, httpStatus = answer.status, ...told } = answer;
	const tenant = settings.omitTenant ? {} : { tenant: settings.tenant };
	const status = httpStatus === 201 && settings.http200On201 ? 200 : httpStatus;
	return await sendJson(reply, status, envelope(settings, told, { ...tenant, ...entity }));
}

/**
 * Authenticates and authorizes, in the order of docs/api/senhasegura.md, "What a simulator assumes";
 * gives the call to be answered.
 */
async function admit(request: FastifyRequest, context: Context, route: Route): Promise<Call> {
	const { resource, write } = route;
	const caller = resource === null ? '' : authenticate(request, context);
	if (resource !== null) authorize(request, context, caller, resource);
	if (write && context.settings.readOnly) throw refuse(1039);
	changePasswords(context);
	const { id = '' } = request.params as { id?: string };
	return { request, context, caller, sent: await parameters(request), id };
}

const servedUnder = ({ prefix }: Route) => (prefix === undefined ? prefixes : [prefix]);

function routes(app: FastifyInstance, context: Context): void {
	const { settings } = context;
	const underServedPrefix = (path: string) =>
		settings.prefixes.some((prefix) => path.startsWith(`${prefix}/`));

	for (const route of senhaseguraRoutes) {
		for (const prefix of servedUnder(route)) {
			app.route({
				method: route.method,
				url: prefix + route.path,
				handler: async (request, reply) => {
					if (prefix !== '' && !settings.prefixes.includes(prefix)) throw noRoute();
					const answer = await route.answer(await admit(request, context, route));
					if ('plain' in answer) return await sendPlain(reply, answer);
					return await sendEnvelope(reply, settings, answer);
				},
			});
		}
	}

	app.setNotFoundHandler(async (request) => {
		if (!underServedPrefix(request.raw.url ?? '')) throw noRoute();
		authenticate(request, context);
		throw new Refusal(404, 'Resource sub not found');
	});

	app.setErrorHandler(async (error, _request, reply) => {
		if (error instanceof PlainRefusal) {
			const { body, headers, status } = error;
			return await sendPlain(reply, { status, plain: body, headers });
		}
		if (!(error instanceof Refusal)) throw error;
		return await sendJson(reply, error.status, refusalEnvelope(settings, error));
	});
}

/** Starts a senhasegura appliance; resolves when it accepts connections. */
export async function startSenhaseguraSimulator(
	options: SenhaseguraOptions = {},
): Promise<SenhaseguraSimulator> {
	const simulator = await startSimulator<SenhaseguraSettings, SenhaseguraState>(
		{ settings: defaultSettings, state: initialState, routes },
		options,
	);
	return Object.assign(simulator, { decryptionKey: () => pair().privateKey });
}
