import { randomBytes } from 'node:crypto';
import type { Answer, Call, PlainAnswer, Route } from './call';
import { duration } from './dates';
import type { SenhaseguraSession } from './entities';
import { refuse, Refusal } from './envelope';
import { header, text } from './input';
import { shownId, timestamp } from './present';
import type { Context } from './state';

/** A session URL must be opened within this time (docs/api/senhasegura.md, "Sessions"). */
const urlLifeMs = 30_000;

const protocols = ['http', 'https', 'mysql', 'rdp', 'sqlserver', 'ssh', 'telnet', 'vnc', 'x11'];

/** Refusals of this family have no number, and `error_code` 0. */
const refuseSession = (message: string) => new Refusal(400, message, null, { flag: 0 });

/** POST remote/session, docs/api/senhasegura.md, "Sessions". */
function createSessionUrl({ request, context, sent }: Call): Answer {
	const { now, state } = context;
	const protocol = text(sent.protocol).toLowerCase().replaceAll(/\s/gu, '');
	if (!text(sent.user)) throw refuseSession('User not specified');
	if (!text(sent.credential)) throw refuseSession('Credential not specified');
	if (!text(sent.device)) throw refuseSession('Credential device not specified');
	if (!protocols.includes(protocol)) throw refuseSession('Invalid protocol');
	const key = randomBytes(96).toString('base64url');
	state.sessionUrls.set(key, {
		user: text(sent.user),
		credential: text(sent.credential),
		device: text(sent.device),
		protocol,
		originIp: text(sent.remoteAddr) || request.ip,
		expiresAt: now() + urlLifeMs,
	});
	const origin = `${request.protocol}://${header(request, 'host') ?? ''}`;
	return {
		status: 200,
		message: 'Session created successfully',
		entity: {
			session: {
				session_url: `${origin}/modulos/auth?_sr=${key}`,
				token: randomBytes(32).toString('hex'),
			},
		},
	};
}

/** What a browser does with a session URL; it works once, for 30 seconds. The page is made up. */
function openSession({ context, sent }: Call): PlainAnswer {
	const { now, state } = context;
	const key = text(sent._sr);
	const url = state.sessionUrls.get(key);
	state.sessionUrls.delete(key);
	if (!url || url.expiresAt <= now()) return { status: 403, plain: '<p>Session expired</p>' };
	state.sessions.push({
		id: String(540 + state.sessions.length),
		user: url.user,
		originIp: url.originIp,
		credential: url.credential,
		device: url.device,
		protocol: url.protocol,
		proxy: 'Web Proxy',
		sessionId: randomBytes(20).toString('hex'),
		start: timestamp(context),
		end: null,
		governanceCode: null,
	});
	return { status: 200, plain: '<p>Session started</p>' };
}

/** Keys and one value are half Portuguese, as the vendor has it. */
function shownSession(context: Context, session: SenhaseguraSession): object {
	const { end, start } = session;
	return {
		id: shownId(context, session.id),
		user: session.user,
		origin_ip: session.originIp,
		credencial: session.credential,
		dispositivo: session.device,
		protocol: session.protocol,
		proxy: session.proxy,
		session_id: session.sessionId,
		start,
		end,
		time: end === null ? null : duration(start, end),
		prevent_purge: 'Não',
		request: null,
		ITSM: session.governanceCode,
	};
}

/** GET session/remotesessions, all of them; the text is blank, docs/api/senhasegura.md, "Sessions". */
function listSessions({ context }: Call): Answer {
	const { sessions } = context.state;
	return {
		status: 200,
		message: '',
		entity: { remote_sessions: sessions.map((one) => shownSession(context, one)) },
	};
}

/**
 * GET session/remotesessions/{id}: by number, not by session id, docs/api/senhasegura.md, "Sessions".
 */
function getSession({ context, id }: Call): Answer {
	if (!/^\d+$/u.test(id)) throw refuse(1003);
	const session = context.state.sessions.find((one) => one.id === id);
	if (!session) throw refuse(1002);
	return {
		status: 200,
		message: '',
		entity: { remote_sessions: [shownSession(context, session)] },
	};
}

/**
 * DELETE session/drop/{session_id}; Portuguese in every language, docs/api/senhasegura.md, "Sessions".
 */
function dropSession({ context, id }: Call): Answer {
	const session = context.state.sessions.find((one) => one.sessionId === id);
	if (session?.end !== null) throw new Refusal(500, 'An error occurred while droping session');
	session.end = timestamp(context);
	return { status: 200, message: 'Sessão interrompida com sucesso' };
}

const resource = 'PAM Core';

export const sessionRoutes: Route[] = [
	{
		method: 'POST',
		path: '/remote/session',
		resource: 'Web Proxy Session',
		answer: createSessionUrl,
	},
	{ method: 'GET', path: '/modulos/auth', prefix: '', resource: null, answer: openSession },
	{ method: 'GET', path: '/session/remotesessions', resource, answer: listSessions },
	{ method: 'GET', path: '/session/remotesessions/:id', resource, answer: getSession },
	{ method: 'DELETE', path: '/session/drop/:id', resource, answer: dropSession },
];
