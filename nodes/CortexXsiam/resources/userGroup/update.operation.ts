import { done } from '../../api/schemas';
import { newName } from '../../../shared/nameParams';
import { clearableFields } from '../shared/clear';
import { idOf, pathOf, userGroups } from '../shared/directory';
import { item, operation } from '../shared/operation';
import { memberParams, membersOf, userGroupMeanings, userGroupParam } from './fields';

const CLEARABLE = [
	{ name: 'Description', value: 'description' },
	{ name: 'IdP Groups', value: 'idpGroups' },
	{ name: 'Nested Groups', value: 'nestedGroups' },
	{ name: 'Role', value: 'role' },
	{ name: 'Users', value: 'users' },
];

/**
 * `PATCH /platform/iam/v1/user-group/{group_id}`. Source: docs/api/cortex-xsiam.md, "User groups".
 */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update user group',
	description: 'Change a user group. A list that you give replaces the present one.',
	byPerson: { targets: ['userGroup', 'role', 'users', 'nestedGroups', 'idpGroups'] },
	params: [
		userGroupParam('The user group to change'),
		clearableFields(
			CLEARABLE,
			'What to empty. Without a role or users, people lose permissions.',
			newName,
			...memberParams,
		),
	],
	async run(api, { userGroup, updateFields: { clear, name, ...members } }) {
		const id = await idOf(api, userGroups, userGroup);
		const { body } = await api.change({
			method: 'PATCH',
			path: pathOf(userGroups, id),
			data: {
				group_name: name,
				...(await membersOf(api, members)),
				...emptied(clear),
			},
			answer: done,
			what: 'a confirmation that the user group was changed',
			repeatable: true,
			meanings: userGroupMeanings,
		});
		return { item: item('userGroup', { id, updated: true }), raw: body };
	},
});

/** An empty text or list empties a field (docs/api/cortex-xsiam.md, "User groups"). */
function emptied(clear: Set<string>) {
	return {
		...(clear.has('description') && { description: '' }),
		...(clear.has('role') && { role_id: '' }),
		...(clear.has('users') && { users: [] }),
		...(clear.has('nestedGroups') && { nested_group_ids: [] }),
		...(clear.has('idpGroups') && { idp_groups: [] }),
	};
}
