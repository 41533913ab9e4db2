import { done } from '../../api/schemas';
import { idOf, pathOf, userGroups } from '../shared/directory';
import { item, operation } from '../shared/operation';
import { userGroupMeanings, userGroupParam } from './fields';

/**
 * `DELETE /platform/iam/v1/user-group/{group_id}`. Source: docs/api/cortex-xsiam.md, "User groups".
 */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete user group',
	description: 'Delete a user group. Its members lose what they were permitted through it.',
	byPerson: { targets: ['userGroup'] },
	params: [userGroupParam('The user group to delete')],
	async run(api, { userGroup }) {
		const id = await idOf(api, userGroups, userGroup);
		const { body } = await api.change({
			method: 'DELETE',
			path: pathOf(userGroups, id),
			answer: done,
			what: 'a confirmation that the user group was deleted',
			repeatable: true,
			meanings: userGroupMeanings,
		});
		return { item: item('userGroup', { id, deleted: true }), raw: body };
	},
});
