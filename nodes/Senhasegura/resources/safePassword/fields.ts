import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { additionalFields } from '../../../shared/description';
import { optionalText, requiredText, textList } from '../../../shared/input';
import { optionalSecret, requiredPassword } from '../shared/password';

/** MySafe has access keys of its own. */
export const ownKeys: INodeProperties = {
	displayName:
		'MySafe has access keys of its own: make a credential with those, they open nothing else',
	name: 'ownKeys',
	type: 'notice',
	default: '',
};

function people(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: 'e.g. nathan.smith, ana.lima',
		description,
	};
}

/** What an entry has: the vault wants the first three. */
export const entryFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Portal of the bank',
		description: 'The name of the entry',
	},
	{
		displayName: 'Username',
		name: 'username',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. nathan.smith',
		description: 'The username that goes with the password',
	},
	{
		displayName: 'Password',
		name: 'password',
		type: 'string',
		required: true,
		typeOptions: { password: true },
		default: '',
		description: 'The password to keep. It is sent to the vault only.',
	},
	additionalFields(
		people('Groups Who Can Edit', 'groupsWhoCanEdit', 'Names of groups, separated by commas'),
		people('Groups Who Can View', 'groupsWhoCanView', 'Names of groups, separated by commas'),
		{
			displayName: 'Notes',
			name: 'notes',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. Shared with the branch in Lyon',
			description: 'A text that is kept with the password',
		},
		{
			displayName: 'Tags',
			name: 'tags',
			type: 'string',
			default: '',
			placeholder: 'e.g. bank, finance',
			description: 'Keywords, separated by commas',
		},
		{
			displayName: 'TOTP Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The seed of time-based one-time passwords, in base32',
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://bank.example.com',
			description: 'The address where the password is used',
		},
		people('Users Who Can Edit', 'usersWhoCanEdit', 'Usernames, separated by commas'),
		people('Users Who Can View', 'usersWhoCanView', 'Usernames, separated by commas'),
	),
];

const BASE32 = /^[A-Z2-7\s]+=*$/i;

export const entryInput = {
	name: requiredText,
	username: requiredText,
	password: requiredPassword,
	additionalFields: z.object({
		groupsWhoCanEdit: textList,
		groupsWhoCanView: textList,
		notes: optionalText,
		secretKey: optionalSecret.refine(
			(text) => text === undefined || BASE32.test(text),
			'must be base32: letters, and digits from 2 to 7',
		),
		tags: textList,
		url: optionalText,
		usersWhoCanEdit: textList,
		usersWhoCanView: textList,
	}),
};

type Entry = z.output<z.ZodObject<typeof entryInput>>;

/** The body of a call (fact sheet 12); undefined is not sent. */
export function entryBody(entry: Entry): object {
	const { name, username, password, additionalFields: more } = entry;
	const list = (key: 'username' | 'name', editors: string[], viewers: string[]) => {
		const of = (names: string[], canEdit: boolean) =>
			names.map((who) => ({ [key]: who, can_edit: canEdit }));
		const all = [...of(editors, true), ...of(viewers, false)];
		return all.length > 0 ? all : undefined;
	};
	return {
		name,
		username,
		password,
		url: more.url,
		secret_key: more.secretKey,
		notes: more.notes,
		tags: more.tags.join(',') || undefined,
		users_allowed: list('username', more.usersWhoCanEdit, more.usersWhoCanView),
		groups_allowed: list('name', more.groupsWhoCanEdit, more.groupsWhoCanView),
	};
}
