import type { Answer, Call, Route } from './call';
import { shownSecret } from './present';

/**
 * GET system/nc/agent; the fingerprint counts as a secret, docs/api/senhasegura.md, "Encrypted secrets"
 * and "Dashboards and system".
 */
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
