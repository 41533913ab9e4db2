import type { z } from 'zod';
import { requiredText, textList } from '../../../shared/input';
import { group, notice, param, sentAs } from '../../../shared/param';
import { keywords } from './keywords';

/** The fields that give others an entry, or take it from them. */
export const SHARING = [
	'usersWhoCanView',
	'usersWhoCanEdit',
	'groupsWhoCanView',
	'groupsWhoCanEdit',
];

/** MySafe has access keys of its own. */
export const ownKeys = notice({
	displayName:
		'MySafe has its own access keys: make a credential with them. They work for MySafe only.',
	name: 'ownKeys',
	type: 'notice',
	default: '',
});

const identifierField = {
	displayName: 'Identifier',
	name: 'identifier' as const,
	type: 'string' as const,
	required: true,
	default: '',
	placeholder: 'e.g. 312',
	description: 'The number of the entry in MySafe',
};

/** The number of an entry that is read by whatever the vault takes for one. */
export const anyIdentifier = param(identifierField, requiredText);

/** The number of an entry. */
export const identifier = param(
	identifierField,
	requiredText.refine((id) => /^\d{1,19}$/.test(id), 'must be the number of an entry'),
);

const tagsField = { ...keywords, placeholder: 'e.g. bank, finance' };

export const tags = sentAs(
	'tags',
	tagsField,
	textList.transform((list) => list.join(',') || undefined),
);

/** The tags of a change: empty ones take those away that are there. */
export const newTags = sentAs(
	'tags',
	tagsField,
	textList.nullish().transform((list) => list?.join(',')),
);

/** A filter of the vault's own. */
export const tagFilter = param({
	displayName: 'Tag',
	name: 'tag',
	type: 'string',
	default: '',
	placeholder: 'e.g. finance',
	description: 'A tag that the entry has; the vault compares it',
});

export const entryName = sentAs('name', {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	description: 'The name of the entry',
});

export const entryUrl = sentAs('url', {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://bank.example.com',
	description: 'The address where the password is used',
});

export const entryNotes = sentAs('notes', {
	displayName: 'Notes',
	name: 'notes',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. Shared with the branch in Lyon',
	description: 'A text that is kept with the password',
});

function people<const Name extends string, Schema extends z.ZodTypeAny>(
	displayName: string,
	name: Name,
	description: string,
	schema: Schema,
) {
	return param(
		{
			displayName,
			name,
			type: 'string',
			default: '',
			placeholder: 'e.g. nathan.smith, ana.lima',
			description,
		},
		schema,
	);
}

/** Whom a new entry is shared with; undefined for nobody. */
export const sharing = group(
	people(
		'Groups Who Can Edit',
		'groupsWhoCanEdit',
		'Names of groups, separated by commas',
		textList,
	),
	people(
		'Groups Who Can View',
		'groupsWhoCanView',
		'Names of groups, separated by commas',
		textList,
	),
	people('Users Who Can Edit', 'usersWhoCanEdit', 'Usernames, separated by commas', textList),
	people('Users Who Can View', 'usersWhoCanView', 'Usernames, separated by commas', textList),
).as((more) => ({
	users_allowed: allowed('username', more.usersWhoCanEdit, more.usersWhoCanView),
	groups_allowed: allowed('name', more.groupsWhoCanEdit, more.groupsWhoCanView),
}));

const given = textList.nullish();

/** Whom an entry is shared with from now on: an empty list ends the sharing, and none keeps it. */
export const newSharing = group(
	people(
		'Groups Who Can Edit',
		'groupsWhoCanEdit',
		"Names of groups, separated by commas. Together with 'Groups Who Can View' these are all groups that the entry is shared with from now on. If both are empty, it is shared with no group.",
		given,
	),
	people(
		'Groups Who Can View',
		'groupsWhoCanView',
		"Names of groups, separated by commas. Together with 'Groups Who Can Edit' these are all groups that the entry is shared with from now on. If both are empty, it is shared with no group.",
		given,
	),
	people(
		'Users Who Can Edit',
		'usersWhoCanEdit',
		"Usernames, separated by commas. Together with 'Users Who Can View' these are all users that the entry is shared with from now on. If both are empty, it is shared with no user.",
		given,
	),
	people(
		'Users Who Can View',
		'usersWhoCanView',
		"Usernames, separated by commas. Together with 'Users Who Can Edit' these are all users that the entry is shared with from now on. If both are empty, it is shared with no user.",
		given,
	),
).as((more) => {
	const list = (key: 'username' | 'name', editors?: string[] | null, viewers?: string[] | null) =>
		editors || viewers ? (allowed(key, editors, viewers) ?? []) : undefined;
	return {
		users_allowed: list('username', more.usersWhoCanEdit, more.usersWhoCanView),
		groups_allowed: list('name', more.groupsWhoCanEdit, more.groupsWhoCanView),
	};
});

function allowed(key: 'username' | 'name', editors?: string[] | null, viewers?: string[] | null) {
	const of = (names: string[], canEdit: boolean) =>
		names.map((who) => ({ [key]: who, can_edit: canEdit }));
	const all = [...of(editors ?? [], true), ...of(viewers ?? [], false)];
	return all.length > 0 ? all : undefined;
}
