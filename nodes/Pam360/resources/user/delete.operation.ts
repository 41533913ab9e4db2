import { item, operation } from '../shared/operation';
import { user } from '../shared/pickers';
import { pathSegment } from '../../../shared/url';

/** `DELETE /user/{USERID}`. Source: docs/api/pam360.md, "Other calls for users". */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete user',
	description: 'Delete a user of PAM360 for good. An API user’s token stops working, too.',
	byPerson: { targets: ['userId'] },
	params: [user],
	async run(api, { userId }) {
		const id = await api.ids.user(userId);
		const { body } = await api.change({
			method: 'DELETE',
			path: `user/${pathSegment(id)}`,
			repeatable: true,
			mayHave: 'The user may have been deleted',
		});
		return {
			item: item('user', { id, deleted: true }),
			raw: body,
		};
	},
});
