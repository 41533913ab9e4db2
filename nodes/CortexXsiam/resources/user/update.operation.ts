import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { done } from '../../api/schemas';
import { updateFields } from '../../../shared/description';
import { flag, ifGiven, optionalText, textList } from '../../../shared/input';
import { optionalLocated } from '../../../shared/locator';
import { operation } from '../../../shared/operation';
import { checkUpdate, clearField, clearInput } from '../shared/clear';
import { idOf, idsOf, pathOf, roles, userGroups, users } from '../shared/directory';
import { roleField, userGroupsField } from '../shared/fields';
import { userField, userInput } from './fields';

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
	fields: [
		userField('The user to change'),
		updateFields(
			clearField(
				CLEARABLE,
				'What to take away from the user: the role that is assigned directly, or the membership in all user groups',
			),
			{
				displayName: 'First Name',
				name: 'firstName',
				type: 'string',
				default: '',
			},
			{
				displayName: 'Hidden',
				name: 'isHidden',
				type: 'boolean',
				default: false,
				description: 'Whether the user is hidden in the console',
			},
			{
				displayName: 'Last Name',
				name: 'lastName',
				type: 'string',
				default: '',
			},
			{
				displayName: 'Phone Number',
				name: 'phoneNumber',
				type: 'string',
				default: '',
				placeholder: 'e.g. 408-753-4000',
			},
			roleField('The role that the user gets directly, in place of the present one', false),
			{
				displayName: 'Status',
				name: 'status',
				type: 'string',
				default: '',
				placeholder: 'e.g. Active',
				description: 'The status, as Get shows it',
			},
			userGroupsField(
				'User Group Names or IDs',
				'groups',
				'The only groups the user is in from now on',
			),
		),
	],
	input: z.object({
		user: userInput,
		updateFields: z
			.object({
				clear: clearInput(CLEARABLE),
				firstName: optionalText,
				lastName: optionalText,
				phoneNumber: optionalText,
				status: optionalText,
				isHidden: ifGiven(flag),
				role: optionalLocated,
				groups: textList,
			})
			.superRefine(checkUpdate),
	}),
	async run(api: CortexXsiamApi, { user, updateFields: changes }) {
		const { clear, firstName, lastName, phoneNumber, status, isHidden, role, groups } = changes;
		const roleId = role && (await idOf(api, roles, role));
		const groupIds = groups.length > 0 ? await idsOf(api, userGroups, groups) : undefined;
		const { body } = await api.change({
			method: 'PATCH',
			path: pathOf(users, user),
			// What is undefined is left out; an empty role or list takes away (docs/api/cortex-xsiam.md,
			// "Users").
			data: {
				user_first_name: firstName,
				user_last_name: lastName,
				phone_number: phoneNumber,
				status,
				is_hidden: isHidden,
				role_id: clear.has('role') ? '' : roleId,
				user_groups: clear.has('groups') ? [] : groupIds,
			},
			answer: done,
			what: 'a confirmation that the user was changed',
			repeatable: true,
			meanings: [
				{
					when: ({ extra }) => /role/i.test(extra),
					message: "Cortex XSIAM does not accept the role in 'Role'",
					description: 'Choose one from the list; Account Admin cannot be assigned.',
				},
			],
		});
		return {
			item: { vendor: 'cortexXsiam', type: 'user', id: user, updated: true },
			raw: body,
		};
	},
});
