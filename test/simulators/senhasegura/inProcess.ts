import type { FastifyRequest } from 'fastify';
import type { Method } from './call';
import { envelope, Refusal, refusalEnvelope } from './envelope';
import type { Fields } from './input';
import { senhaseguraRoutes } from './routes';
import { defaultSettings, type SenhaseguraSettings } from './settings';
import { initialState, type SenhaseguraState } from './state';

/** An appliance without a server: for tests that make a hundred thousand calls. */
export interface SenhaseguraInProcess {
	readonly settings: SenhaseguraSettings;
	readonly state: SenhaseguraState;
	/** What the server would answer to an authorized JSON call; the path is that below the prefix. */
	answer(method: string, path: string, sent: Fields): { status: number; body: object };
}

const routes = senhaseguraRoutes.map((route) => ({
	route,
	pattern: new RegExp(`^${route.path.replace(/:\w+/gu, '([^/]+)')}$`, 'u'),
}));

function routeFor(method: string, path: string) {
	for (const { route, pattern } of routes) {
		const match = route.method === (method as Method) ? pattern.exec(path) : null;
		if (match) return { route, id: decodeURIComponent(match[1] ?? '') };
	}
	return undefined;
}

export function senhaseguraInProcess(caller = 'tests'): SenhaseguraInProcess {
	const settings = defaultSettings();
	const now = () => Date.now() + settings.clockOffsetMs;
	const state = initialState(now());
	const context = { settings, state, now };
	return {
		settings,
		state,
		answer(method, path, sent) {
			const found = routeFor(method, path);
			try {
				if (!found) throw new Refusal(404, 'Resource sub not found');
				const { route, id } = found;
				// What the routes of keys and credentials look at is beside it.
				const request = { headers: {}, raw: { url: path } } as FastifyRequest;
				const answer = route.answer({ request, context, caller, sent, id });
				if (!('message' in answer)) throw new Refusal(404, 'Resource sub not found');
				const { entity = {}, httpStatus = answer.status, ...told } = answer;
				return { status: httpStatus, body: envelope(settings, told, entity) };
			} catch (error) {
				if (!(error instanceof Refusal)) throw error;
				return { status: error.status, body: refusalEnvelope(settings, error) };
			}
		},
	};
}
