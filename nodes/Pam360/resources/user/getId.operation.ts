import { recordOf } from '../../api/envelope';
import { Failure } from '../../../shared/failure';
import { asId } from '../../../shared/read';
import type { Result } from '../../../shared/operation';
import { userName } from '../shared/commonFields';
import { item, operation } from '../shared/operation';

/** `GET /user/getUserId`. Source: docs/api/pam360.md, "Other calls for users". */
export const getId = operation({
	name: 'Get ID',
	value: 'getId',
	action: 'Get user ID',
	description: 'Find out the ID of a user by name',
	params: [userName],
	async run(api, { userName: name }): Promise<Result> {
		const { details, body, message } = await api.read({
			path: 'user/getUserId',
			query: { USERNAME: name },
		});
		const id = asId(recordOf(details).USERID);
		if (id === null) {
			throw new Failure('PAM360 reported success but returned no ID of the user', {
				kind: 'unusable',
				description: `It said: ${message || 'nothing'}. Check 'Username'.`,
			});
		}
		return {
			item: item('user', { id, userName: name }),
			raw: body,
		};
	},
});
