import type { Answer, Call, Route } from './call';
import { shownSecret } from './present';

/** GET system/nc/agent; the fingerprint counts as a secret, fact sheet 2.5 and 12. */
function listAgents({ context }: Call): Answer {
	const agent = context.state.agents.map((one) => ({
		...one,
		fingerprint: shownSecret(context, one.fingerprint),
	}));
	return { status: 200, message: `${agent.length} agents found`, entity: { agent } };
}

export const systemRoutes: Route[] = [
	{ method: 'GET', path: '/system/nc/agent', resource: 'System', answer: listAgents },
];
