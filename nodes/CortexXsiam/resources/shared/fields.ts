import type { z } from 'zod';
import type { Meaning } from '../../api/errors';
import { filledBy, param, picker } from '../../../shared/param';
import { roleList, userGroupOptions, userOptions } from './lists';

/** Picks a role; by name, for tenants that do not let the key list roles. */
export function roleParam<const Required extends boolean = true>(
	description: string,
	required?: Required,
) {
	return picker({
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

/** What a refusal of the role means that `roleParam` took. */
export function roleRefused(description: string, words = /role/i): Meaning {
	return {
		when: ({ extra }) => words.test(extra),
		message: "Cortex XSIAM does not accept the role in 'Role'",
		description,
	};
}

/** Picks several users by their email addresses. */
export function usersParam<Schema extends z.ZodTypeAny>(
	what: string,
	schema: Schema,
	required = false,
) {
	return filledBy(userOptions, (loadOptionsMethod) =>
		param(
			{
				displayName: 'User Names or IDs',
				name: 'users',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod },
				...(required && { required }),
				default: [],
				description:
					'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				hint: `${what}. In an expression: email addresses, separated by commas.`,
			},
			schema,
		),
	);
}

/** Picks several user groups. */
export function userGroupsParam<const Name extends string>(
	displayName: string,
	name: Name,
	what: string,
) {
	return filledBy(userGroupOptions, (loadOptionsMethod) =>
		param({
			displayName,
			name,
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod },
			default: [],
			description:
				'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
			hint: `${what}. In an expression: names or IDs, separated by commas.`,
		}),
	);
}
