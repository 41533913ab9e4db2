import type { Answer, Call, Route } from './call';
import { duration } from './dates';
import type { SenhaseguraSession } from './entities';
import { Refusal } from './envelope';
import { text } from './input';
import { timestamp } from './present';
import type { Context } from './state';

/**
 * Which proxy sessions each dashboard counts (docs/api/senhasegura.md, "Dashboards and system";
 * dashboards).
 */
const selections = new Map<string, (session: SenhaseguraSession) => boolean>([
	['all', () => true],
	['jumpserver', ({ proxy }) => proxy === 'Terminal Proxy'],
	['rdpgate', ({ proxy }) => proxy === 'RDP Proxy'],
	['ssh', ({ protocol }) => protocol === 'ssh'],
	['rdp', ({ protocol }) => protocol === 'rdp'],
	['rdpweb', ({ protocol, proxy }) => protocol === 'rdp' && proxy === 'Web Proxy'],
	['sshweb', ({ protocol, proxy }) => protocol === 'ssh' && proxy === 'Web Proxy'],
]);

/** Dashboards say no inside a success: HTTP 200, `error` false, `status` 400. */
const invalid = (message: string): Answer => ({ status: 400, httpStatus: 200, message });

const notFound = () => new Refusal(404, 'Resource/sub-resource not found');

function technology({ protocol, proxy }: SenhaseguraSession): string {
	if (proxy === 'RDP Proxy') return 'RDP_Gate';
	if (proxy === 'Terminal Proxy') return 'Jump_Server';
	if (protocol === 'rdp') return 'RDP_Web';
	if (protocol === 'ssh' || protocol === 'telnet') return 'SSH/Telnet';
	return protocol.includes('sql') ? 'SQL' : 'HTTP_VNC';
}

/** Numbers for some, texts for others, and a list where there is nothing, as the samples have it. */
function counts(sessions: SenhaseguraSession[]): object {
	const names = [...new Set(sessions.map(technology))];
	if (names.length === 0) return [];
	const count = (name: string) => {
		const number = sessions.filter((one) => technology(one) === name).length;
		return name === 'Jump_Server' || name === 'SSH/Telnet' ? number : String(number);
	};
	return Object.fromEntries(names.map((name) => [name, count(name)]));
}

function filtered({ context, sent }: Call): SenhaseguraSession[] {
	const [from, to] = [text(sent.data1), text(sent.data2)];
	const wanted = [sent.hostname, sent.userCredencial, sent.username].map(text);
	return context.state.sessions.filter((one) => {
		const day = one.start.slice(0, 10);
		const values = [one.device.split(':')[0], one.credential, one.user];
		return (
			(from === '' || day >= from) &&
			(to === '' || day <= to) &&
			wanted.every((value, index) => value === '' || value === values[index])
		);
	});
}

/** GET dash/sessions/{protocol}, docs/api/senhasegura.md, "Dashboards and system". */
function sessions(call: Call): Answer {
	const selection = selections.get(call.id);
	if (!selection) throw notFound();
	const selected = filtered(call).filter(selection);
	const running = counts(selected.filter(({ end }) => end === null));
	const ended = call.sent.ativo === '1' ? [] : counts(selected.filter(({ end }) => end !== null));
	const entity =
		call.id === 'all'
			? { sessions: { enabled: running, historic: ended } }
			: { sessoes: { historico: ended, ativas: running } };
	return { status: 200, message: 'Sessions', entity };
}

function riskyAccess(session: SenhaseguraSession, end: string): object {
	const [host = '', port = ''] = session.device.split(':');
	return {
		session_cod: session.id,
		host,
		port,
		protocol: session.protocol,
		credential: session.credential,
		risk: '0',
		start_date: session.start,
		end_date: end,
		duration: duration(session.start, end),
		user_Cod: '1',
		username: session.user,
	};
}

/** GET coge/risco/{all|queries|access}, docs/api/senhasegura.md, "Dashboards and system". */
function risks(call: Call): Answer {
	const { context, id, sent } = call;
	if (!['all', 'queries', 'access'].includes(id)) throw notFound();
	const [from, to] = [text(sent.data1), text(sent.data2)];
	if (from !== '' && to !== '' && from > to) return invalid('Date1 greater than date2');
	const [hostname, credential] = [text(sent.hostname), text(sent.userCredencial)];
	if (credential !== '' && hostname === '') return invalid('hostname parameter is missing');
	if (hostname !== '' && credential === '') return invalid('userCredencial parameter is missing');
	const protocol = text(sent.protocolo) || 'all';
	const known = [...selections.keys(), 'telnet', 'vnchttp', 'sql'];
	if (!known.includes(protocol)) return invalid('Invalid protocol');

	const access = filtered(call).map((one) => riskyAccess(one, one.end ?? timestamp(context)));
	if (id === 'all') {
		const entity = { higher_risk: { queries: [], access } };
		return { status: 200, message: 'HigherRisk', entity };
	}
	const entity = { maior_risco: id === 'access' ? { acessos: access } : { consultas: [] } };
	return { status: 200, message: 'MaiorRisco', entity };
}

function credentialCounts({ now, state }: Context): { expired: string; using: string } {
	const items = [...state.items.values()];
	const expired = items.filter(({ expiresAt }) => expiresAt !== null && expiresAt <= now());
	const using = items.filter(({ custody }) => [...custody.values()].some((until) => until > now()));
	return { expired: String(expired.length), using: String(using.length) };
}

/**
 * GET dash/credentials/{all|expired|using}: counts as texts, docs/api/senhasegura.md, "Dashboards and
 * system".
 */
function credentials({ context, id }: Call): Answer {
	const { expired, using } = credentialCounts(context);
	switch (id) {
		case 'all':
			return { status: 200, message: 'Credentials', entity: { credentials: { expired, using } } };
		case 'expired':
			return {
				status: 200,
				message: 'Credenciais',
				entity: { credenciais: { expiradas: expired } },
			};
		case 'using':
			return { status: 200, message: 'Credentials', entity: { credentials: { using } } };
		default:
			return invalid('Invalid request');
	}
}

/** GET dash/credentials without a state: 404, docs/api/senhasegura.md, "Dashboards and system". */
function withoutKind(): never {
	throw notFound();
}

const resource = 'Dashboards';

export const dashboardRoutes: Route[] = [
	{ method: 'GET', path: '/dash/sessions/:id', resource, answer: sessions },
	{ method: 'GET', path: '/coge/risco/:id', resource, answer: risks },
	{ method: 'GET', path: '/dash/credentials', resource, answer: withoutKind },
	{ method: 'GET', path: '/dash/credentials/:id', resource, answer: credentials },
];
