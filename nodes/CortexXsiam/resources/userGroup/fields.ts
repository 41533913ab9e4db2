import type { CortexXsiamApi } from '../../api/client';
import type { Meaning } from '../../api/errors';
import { param, picker, sentAs } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { textList } from '../../../shared/input';
import { locatedId } from '../../../shared/locator';
import { idOf, idsOf, roles, userGroups } from '../shared/directory';
import { roleParam, roleRefused, userGroupsParam, usersParam } from '../shared/fields';
import { userGroupList } from '../shared/lists';
import { listOf } from '../shared/text';

const look = {
	displayName: 'User Group',
	name: 'userGroup',
	list: userGroupList,
	id: {
		regex: '^\\S+$',
		errorMessage: 'An ID has no spaces',
		placeholder: 'e.g. 7f3e5b2c-4d5e-4f6a-8b9c-1d305f4a5b6c_123',
	},
} as const;

export function userGroupParam(description: string) {
	return picker({
		...look,
		description,
		id: { ...look.id, errorMessage: 'An ID has no spaces: choose By Name for a name' },
		byName: { placeholder: 'e.g. SOC Night Shift' },
	});
}

/** For calls that are made by the ID, which no name is looked up for. */
export function userGroupById(description: string) {
	return picker({ ...look, description }, locatedId(/^\S+$/, 'must be the ID of a user group'));
}

/** What a user group has besides its name. */
export const memberParams = [
	param({
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		description: 'What the user group is for',
	}),
	sentAs(
		'idp_groups',
		{
			displayName: 'IdP Groups',
			name: 'idpGroups',
			type: 'string',
			default: '',
			placeholder: 'e.g. soc-analysts, soc-leads',
			description: 'Groups of the identity provider whose members belong to this one',
			hint: 'Separate several by commas',
		},
		textList.transform(listOf),
	),
	userGroupsParam(
		'Nested Group Names or IDs',
		'nestedGroups',
		'The groups that are part of this one',
	),
	roleParam('The role that all members have through the user group', false),
	usersParam('The members', textList.transform(listOf)),
] as const;

type Members = ValuesOf<typeof memberParams>;

/** Members as the vendor takes them; what is not given is left out. */
export async function membersOf(api: CortexXsiamApi, members: Members) {
	const { description, idp_groups, nestedGroups, role, users } = members;
	return {
		description,
		role_id: role && (await idOf(api, roles, role)),
		users,
		nested_group_ids:
			nestedGroups.length > 0 ? await idsOf(api, userGroups, nestedGroups) : undefined,
		idp_groups,
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
	roleRefused('Choose one from the list.'),
];
