import { done } from '../../api/schemas';
import { sentAs } from '../../../shared/param';
import { clearableFields } from '../shared/clear';
import { idOf, idsOf, pathOf, roles, userGroups, users } from '../shared/directory';
import { roleParam, roleRefused, userGroupsParam } from '../shared/fields';
import { item, operation } from '../shared/operation';
import { userParam } from './fields';

const CLEARABLE = [
	{ name: 'Role', value: 'role' },
	{ name: 'User Groups', value: 'groups' },
];

/** `PATCH /platform/iam/v1/user/{user_email}`. Source: docs/api/cortex-xsiam.md, "Users". */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update user',
	description: 'Change the details, the role or the user groups of a user',
	byPerson: { targets: ['user', 'role', 'groups', 'status'] },
	params: [
		userParam('The user to change'),
		clearableFields(
			CLEARABLE,
			'What to take away from the user: the role that is assigned directly, or the membership in all user groups',
			sentAs('user_first_name', {
				displayName: 'First Name',
				name: 'firstName',
				type: 'string',
				default: '',
			}),
			sentAs('user_last_name', {
				displayName: 'Last Name',
				name: 'lastName',
				type: 'string',
				default: '',
			}),
			sentAs('phone_number', {
				displayName: 'Phone Number',
				name: 'phoneNumber',
				type: 'string',
				default: '',
				placeholder: 'e.g. 408-753-4000',
			}),
			roleParam('The role that the user gets directly, in place of the present one', false),
			sentAs('status', {
				displayName: 'Status',
				name: 'status',
				type: 'string',
				default: '',
				placeholder: 'e.g. Active',
				description: "The status, as 'User: Get' shows it",
			}),
			sentAs('is_hidden', {
				displayName: 'Hidden',
				name: 'isHidden',
				type: 'boolean',
				default: false,
				description: 'Whether the user is hidden in the console',
			}),
			userGroupsParam(
				'User Group Names or IDs',
				'groups',
				'The only groups the user is in from now on',
			),
		),
	],
	async run(api, { user, updateFields: changes }) {
		const { clear, role, groups, ...details } = changes;
		const roleId = role && (await idOf(api, roles, role));
		const groupIds = groups.length > 0 ? await idsOf(api, userGroups, groups) : undefined;
		const { body } = await api.change({
			method: 'PATCH',
			path: pathOf(users, user),
			// What is undefined is left out; an empty role or list takes away (docs/api/cortex-xsiam.md,
			// "Users").
			data: {
				...details,
				role_id: clear.has('role') ? '' : roleId,
				user_groups: clear.has('groups') ? [] : groupIds,
			},
			answer: done,
			what: 'a confirmation that the user was changed',
			repeatable: true,
			meanings: [roleRefused('Choose one from the list; Account Admin cannot be assigned.')],
		});
		return {
			item: item('user', { id: user, updated: true }),
			raw: body,
		};
	},
});
