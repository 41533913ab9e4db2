import { done } from '../../api/schemas';
import { idOf, pathOf, roles } from '../shared/directory';
import { roleParam } from '../shared/fields';
import { item, operation } from '../shared/operation';

/** `DELETE /platform/iam/v1/role/{role_id}`. Source: docs/api/cortex-xsiam.md, "Roles". */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete role',
	description:
		'Delete a custom role. Cortex XSIAM refuses this for predefined roles, and while a user or user group has the role.',
	byPerson: { targets: ['role'] },
	params: [roleParam('The custom role to delete')],
	async run(api, { role }) {
		const id = await idOf(api, roles, role);
		const { body } = await api.change({
			method: 'DELETE',
			path: pathOf(roles, id),
			answer: done,
			what: 'a confirmation that the role was deleted',
			repeatable: true,
			meanings: [
				{
					when: ({ extra }) => /assigned|custom|valid|empty/i.test(extra),
					message: "The role in 'Role' cannot be deleted",
					description:
						'Only a custom role that no user and no user group has can be deleted; an ID must be known to the tenant.',
				},
			],
		});
		return { item: item('role', { id, deleted: true }), raw: body };
	},
});
