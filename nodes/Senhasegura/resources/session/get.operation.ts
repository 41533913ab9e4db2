import { picker } from '../../../shared/param';
import { asId } from '../../../shared/read';
import { inputFailure } from '../../../shared/failure';
import { locatedId } from '../../../shared/locator';
import { operation } from '../shared/operation';
import { sessionList } from './lists';
import { sessionResult, sessions } from './sessionItem';

/** `GET session/remotesessions/{id}`. Source: docs/api/senhasegura.md, "Sessions". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get session',
	description: 'Get a remote session',
	params: [
		picker(
			{
				displayName: 'Session',
				name: 'session',
				description: 'The remote session, by its number',
				list: sessionList,
				id: {
					regex: '^\\d{1,19}$',
					errorMessage: 'The number has digits only; the long session ID is not the number',
					placeholder: 'e.g. 540',
				},
			},
			locatedId(/^\d{1,19}$/, 'must be the number of a session, not its session ID'),
		),
	],
	async run(api, { session: id }) {
		const { value, body } = await api.read({
			path: `session/remotesessions/${id}`,
			answer: sessions,
			what: 'the session',
		});
		const found = value.find((one) => asId(one.id) === id);
		if (!found) {
			throw inputFailure(
				`No session has the number ${id}`,
				"'Session: Get Many' lists the sessions with their numbers.",
			);
		}
		return { ...sessionResult(found, api.serverTimeZone), raw: body };
	},
});
