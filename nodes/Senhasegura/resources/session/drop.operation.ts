import type { SenhaseguraApi } from '../../api/client';
import { confirms } from '../../api/envelope';
import { param } from '../../../shared/param';
import { asId, asText } from '../../../shared/read';
import { inputFailure } from '../../../shared/failure';
import { requiredText } from '../../../shared/input';
import { pathSegment } from '../../../shared/url';
import { item, operation } from '../shared/operation';
import { sessions } from './sessionItem';

/** A session ID is 40 hex digits in the samples; a number this short is the other one. */
const NUMBER = /^\d{1,19}$/;

/** `DELETE session/drop/{session_id}`. Source: docs/api/senhasegura.md, "Sessions". */
export const drop = operation({
	name: 'Drop',
	value: 'drop',
	action: 'Drop session',
	description: 'End a running remote session at once: its user loses the connection',
	byPerson: { targets: ['session'] },
	params: [
		param(
			{
				displayName: 'Session ID or Number',
				name: 'session',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 421c83a3b10be439d4da33b6c140f53eaf448207',
				description:
					'The session ID, or the number of the session; with a number the node looks up the session ID first',
			},
			requiredText.refine(
				(value) => /^[\w-]{1,255}$/.test(value),
				'must be a session ID or the number of a session',
			),
		),
	],
	async run(api, { session }) {
		const id = NUMBER.test(session) ? session : null;
		const sessionId = id === null ? session : await sessionIdOf(api, id);
		const { body } = await api.change({
			method: 'DELETE',
			path: `session/drop/${pathSegment(sessionId)}`,
			...confirms,
			repeatable: true,
		});
		return {
			item: item('session', { id, sessionId, dropped: true }),
			raw: body,
		};
	},
});

async function sessionIdOf(api: SenhaseguraApi, id: string): Promise<string> {
	const { value } = await api.read({
		path: `session/remotesessions/${id}`,
		answer: sessions,
		what: 'the session',
	});
	const found = value.find((one) => asId(one.id) === id);
	const sessionId = asText(found?.session_id);
	if (sessionId !== null) return sessionId;
	throw inputFailure(
		`No session has the number ${id}`,
		"'Session: Get Many' lists the sessions with their numbers and session IDs.",
	);
}
