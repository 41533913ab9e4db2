import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../../shared/locator';
import { roleList, userGroupOptions, userOptions } from './lists';

/** Picks a role; by name, for tenants that do not let the key list roles. */
export function roleField(description: string, required = true): INodeProperties {
	return locator({
		displayName: 'Role',
		name: 'role',
		description,
		required,
		list: roleList,
		id: {
			regex: '^\\S+$',
			errorMessage: 'An ID has no spaces: choose By Name for a name',
			placeholder: 'e.g. custom_role_01',
		},
		byName: { placeholder: 'e.g. Investigator' },
	});
}

/** Picks several users by their e-mail addresses. */
export function usersField(what: string): INodeProperties {
	return {
		displayName: 'User Names or IDs',
		name: 'users',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: userOptions.name },
		default: [],
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		hint: `${what}. In an expression: e-mail addresses, separated by commas.`,
	};
}

/** Picks several user groups. */
export function userGroupsField(displayName: string, name: string, what: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: userGroupOptions.name },
		default: [],
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		hint: `${what}. In an expression: names or IDs, separated by commas.`,
	};
}
