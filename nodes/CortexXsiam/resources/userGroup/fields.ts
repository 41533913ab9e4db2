import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import type { Meaning } from '../../api/errors';
import { textList, optionalText } from '../../../shared/input';
import { locator, optionalLocated } from '../../../shared/locator';
import { idOf, idsOf, roles, userGroups } from '../shared/directory';
import { roleField, userGroupsField, usersField } from '../shared/fields';
import { userGroupList } from '../shared/lists';
import { listOf } from '../shared/text';

export function userGroupField(description: string): INodeProperties {
	return locator({
		displayName: 'User Group',
		name: 'userGroup',
		description,
		list: userGroupList,
		id: {
			regex: '^\\S+$',
			errorMessage: 'An ID has no spaces: choose By Name for a name',
			placeholder: 'e.g. 7f3e5b2c-4d5e-4f6a-8b9c-1d305f4a5b6c_123',
		},
		byName: { placeholder: 'e.g. SOC Night Shift' },
	});
}

/** What a user group has besides its name. */
export const memberFields: INodeProperties[] = [
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		description: 'What the user group is for',
	},
	{
		displayName: 'IdP Groups',
		name: 'idpGroups',
		type: 'string',
		default: '',
		placeholder: 'e.g. soc-analysts, soc-leads',
		description: 'Groups of the identity provider whose members belong to this one',
		hint: 'Separate several by commas',
	},
	userGroupsField(
		'Nested Group Names or IDs',
		'nestedGroups',
		'The groups that are part of this one',
	),
	roleField('The role that all members have through the user group', false),
	usersField('The members'),
];

/** For the input of `memberFields`. */
export const memberInput = {
	description: optionalText,
	idpGroups: textList,
	nestedGroups: textList,
	role: optionalLocated,
	users: textList,
};

type Members = z.output<z.ZodObject<typeof memberInput>>;

/** Members as the vendor takes them; what is not given is left out. */
export async function membersOf(api: CortexXsiamApi, members: Members) {
	const { description, idpGroups, nestedGroups, role, users } = members;
	return {
		description,
		role_id: role && (await idOf(api, roles, role)),
		users: listOf(users),
		nested_group_ids:
			nestedGroups.length > 0 ? await idsOf(api, userGroups, nestedGroups) : undefined,
		idp_groups: listOf(idpGroups),
	};
}

/**
 * What the vendor says of a user group that it does not take (docs/api/cortex-xsiam.md, "User groups").
 */
export const userGroupMeanings: Meaning[] = [
	{
		when: ({ extra }) => /already being used/i.test(extra),
		message: "'Name' is taken: the tenant has a user group of this name",
		description: 'Choose another name, or update the user group that is there.',
	},
	{
		when: ({ extra }) => /could not find group/i.test(extra),
		message: "'User Group' is not known to the tenant",
		description: 'Choose it from the list, or give its ID.',
	},
	{
		when: ({ extra }) => /role/i.test(extra),
		message: "Cortex XSIAM does not accept the role in 'Role'",
		description: 'Choose one from the list.',
	},
];
