import { z } from 'zod';
import { param, picker } from '../../../shared/param';
import { locatedId } from '../../../shared/locator';
import { flag, ifGiven, requiredText, textList } from '../../../shared/input';
import { userList } from './lists';

/** A UUID in the samples; what else the vault may use fits into a path. */
export const user = picker(
	{
		displayName: 'User',
		name: 'userId',
		description: 'The user of the vault',
		list: userList,
		id: {
			regex: '^\\S{1,255}$',
			errorMessage: 'An ID has no spaces',
			placeholder: 'e.g. 2819c223-7f76-453a-919d-413861904646',
		},
	},
	locatedId(/^\S{1,255}$/, 'must be the ID of a user, without spaces'),
);

const emailAddress = requiredText.pipe(z.string().email('must be an email address'));

export const username = param({
	displayName: 'Username',
	name: 'username',
	type: 'string',
	default: '',
	placeholder: 'e.g. nathan.smith',
	description: 'The name that the user logs in with',
});

export const externalId = param({
	displayName: 'External ID',
	name: 'externalId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 00u1a2b3c4d5e6f7g8h9',
	description: 'The ID of the user in the directory that the user comes from',
});

export const fullName = param({
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Nathan Smith',
	description: 'The full name of the user',
});

export const email = param(
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. nathan@example.com',
		description: 'The email address of the user',
	},
	ifGiven(emailAddress),
);

export const active = param(
	{
		displayName: 'Active',
		name: 'active',
		type: 'boolean',
		default: true,
		description: 'Whether the user can log in',
	},
	flag.optional(),
);

export const roles = param(
	{
		displayName: 'Roles',
		name: 'roles',
		type: 'string',
		default: '',
		placeholder: 'e.g. Operator, Auditor',
		description: 'The roles of the user in the vault, separated by commas',
	},
	textList.nullish(),
);

export const accessGroups = param(
	{
		displayName: 'Access Groups',
		name: 'accessGroups',
		type: 'string',
		default: '',
		placeholder: 'e.g. Linux admins, Windows admins',
		description: 'The access groups of the user in the vault, separated by commas',
	},
	textList.nullish(),
);

/** The entries of a multi-valued attribute. */
export function entries(texts: string[]): Array<{ value: string }> {
	return texts.map((value) => ({ value }));
}
