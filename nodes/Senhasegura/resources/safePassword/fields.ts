import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { additionalFields, updateFields } from '../../../shared/description';
import { optionalText, refuseEmptyUpdate, requiredText, textList } from '../../../shared/input';
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

const name: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Portal of the bank',
	description: 'The name of the entry',
};

const username: INodeProperties = {
	displayName: 'Username',
	name: 'username',
	type: 'string',
	default: '',
	placeholder: 'e.g. nathan.smith',
	description: 'The username that goes with the password',
};

const password: INodeProperties = {
	displayName: 'Password',
	name: 'password',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'The password to keep. It is sent to the vault only.',
};

const notes: INodeProperties = {
	displayName: 'Notes',
	name: 'notes',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. Shared with the branch in Lyon',
	description: 'A text that is kept with the password',
};

const tags: INodeProperties = {
	displayName: 'Tags',
	name: 'tags',
	type: 'string',
	default: '',
	placeholder: 'e.g. bank, finance',
	description: 'Keywords, separated by commas',
};

const secretKey: INodeProperties = {
	displayName: 'TOTP Secret Key',
	name: 'secretKey',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'The seed of time-based one-time passwords, in base32',
};

const url: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://bank.example.com',
	description: 'The address where the password is used',
};

/** What an entry has: the vault wants the first three. */
export const entryFields: INodeProperties[] = [
	{ ...name, required: true },
	{ ...username, required: true },
	{ ...password, required: true },
	additionalFields(
		people('Groups Who Can Edit', 'groupsWhoCanEdit', 'Names of groups, separated by commas'),
		people('Groups Who Can View', 'groupsWhoCanView', 'Names of groups, separated by commas'),
		notes,
		tags,
		secretKey,
		url,
		people('Users Who Can Edit', 'usersWhoCanEdit', 'Usernames, separated by commas'),
		people('Users Who Can View', 'usersWhoCanView', 'Usernames, separated by commas'),
	),
];

/** What can be changed: the vault keeps what is not sent, and shares with nobody where a list is empty. */
export const changeFields: INodeProperties = updateFields(
	people(
		'Groups Who Can Edit',
		'groupsWhoCanEdit',
		"Names of groups, separated by commas. Together with 'Groups Who Can View' they are all groups that the entry is shared with from now on; both empty: none.",
	),
	people(
		'Groups Who Can View',
		'groupsWhoCanView',
		"Names of groups, separated by commas. Together with 'Groups Who Can Edit' they are all groups that the entry is shared with from now on; both empty: none.",
	),
	name,
	notes,
	password,
	tags,
	secretKey,
	url,
	username,
	people(
		'Users Who Can Edit',
		'usersWhoCanEdit',
		"Usernames, separated by commas. Together with 'Users Who Can View' they are all users that the entry is shared with from now on; both empty: none.",
	),
	people(
		'Users Who Can View',
		'usersWhoCanView',
		"Usernames, separated by commas. Together with 'Users Who Can Edit' they are all users that the entry is shared with from now on; both empty: none.",
	),
);

const BASE32 = /^[A-Z2-7\s]+=*$/i;

const seed = optionalSecret.refine(
	(text) => text === undefined || BASE32.test(text),
	'must be base32: letters, and digits from 2 to 7',
);

const givenEntry = z.object({
	name: requiredText,
	username: requiredText,
	password: requiredPassword,
	additionalFields: z.object({
		groupsWhoCanEdit: textList,
		groupsWhoCanView: textList,
		notes: optionalText,
		secretKey: seed,
		tags: textList,
		url: optionalText,
		usersWhoCanEdit: textList,
		usersWhoCanView: textList,
	}),
});

/** An entry, and the body that creates it; undefined is not sent. */
export const entryInput = givenEntry.transform(
	({ name: entryName, additionalFields: more, ...entry }) => ({
		name: entryName,
		body: {
			name: entryName,
			...entry,
			...contentBody(more),
			tags: more.tags.join(',') || undefined,
			users_allowed: sharing('username', more.usersWhoCanEdit, more.usersWhoCanView),
			groups_allowed: sharing('name', more.groupsWhoCanEdit, more.groupsWhoCanView),
		},
	}),
);

const given = textList.nullish();

/**
 * The body of a change, which has nothing but what is given (docs/api/senhasegura.md, "MySafe
 * passwords").
 */
export const changesBody = z
	.object({
		groupsWhoCanEdit: given,
		groupsWhoCanView: given,
		name: optionalText,
		notes: optionalText,
		password: requiredPassword.optional(),
		secretKey: seed,
		tags: given,
		url: optionalText,
		username: optionalText,
		usersWhoCanEdit: given,
		usersWhoCanView: given,
	})
	.transform((more, context) => {
		const isGiven = Object.values(more).some((value) => value !== undefined && value !== null);
		if (!isGiven) {
			refuseEmptyUpdate(context);
		}
		const list = (
			key: 'username' | 'name',
			editors?: string[] | null,
			viewers?: string[] | null,
		) => (editors || viewers ? (sharing(key, editors ?? [], viewers ?? []) ?? []) : undefined);
		return {
			name: more.name,
			username: more.username,
			password: more.password,
			...contentBody(more),
			tags: more.tags?.join(','),
			users_allowed: list('username', more.usersWhoCanEdit, more.usersWhoCanView),
			groups_allowed: list('name', more.groupsWhoCanEdit, more.groupsWhoCanView),
		};
	});

function contentBody(more: { url?: string; secretKey?: string; notes?: string }): object {
	return { url: more.url, secret_key: more.secretKey, notes: more.notes };
}

/** Whom to share with; undefined for nobody. */
function sharing(key: 'username' | 'name', editors: string[], viewers: string[]) {
	const of = (names: string[], canEdit: boolean) =>
		names.map((who) => ({ [key]: who, can_edit: canEdit }));
	const all = [...of(editors, true), ...of(viewers, false)];
	return all.length > 0 ? all : undefined;
}
