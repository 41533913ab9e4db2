import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { refuseEmptyUpdate, requiredText, textList } from '../../../shared/input';

/** MySafe has access keys of its own. */
export const ownKeys: INodeProperties = {
	displayName:
		'MySafe has access keys of its own: make a credential with those, they open nothing else',
	name: 'ownKeys',
	type: 'notice',
	default: '',
};

export const identifierField: INodeProperties = {
	displayName: 'Identifier',
	name: 'identifier',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 312',
	description: 'The number by which MySafe knows the entry',
};

/** The number of an entry that is changed. */
export const entryNumber = requiredText.refine(
	(id) => /^\d{1,19}$/.test(id),
	'must be the number of an entry',
);

export const tagsField: INodeProperties = {
	displayName: 'Tags',
	name: 'tags',
	type: 'string',
	default: '',
	placeholder: 'e.g. bank, finance',
	description: 'Keywords, separated by commas',
};

/** A filter of the vault's own. */
export const tagFilter: INodeProperties = {
	displayName: 'Tag',
	name: 'tag',
	type: 'string',
	default: '',
	placeholder: 'e.g. finance',
	description: 'A tag that the entry has; the vault compares it',
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

/** Whom a new entry is shared with. */
export const sharingFields: INodeProperties[] = [
	people('Groups Who Can Edit', 'groupsWhoCanEdit', 'Names of groups, separated by commas'),
	people('Groups Who Can View', 'groupsWhoCanView', 'Names of groups, separated by commas'),
	people('Users Who Can Edit', 'usersWhoCanEdit', 'Usernames, separated by commas'),
	people('Users Who Can View', 'usersWhoCanView', 'Usernames, separated by commas'),
];

/** Whom an entry is shared with from now on: the vault shares with nobody where a list is empty. */
export const newSharingFields: INodeProperties[] = [
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
];

export const sharingInput = {
	groupsWhoCanEdit: textList,
	groupsWhoCanView: textList,
	usersWhoCanEdit: textList,
	usersWhoCanView: textList,
};

const given = textList.nullish();

export const newSharingInput = {
	groupsWhoCanEdit: given,
	groupsWhoCanView: given,
	usersWhoCanEdit: given,
	usersWhoCanView: given,
};

/** The tags of a change: empty ones take those away that are there. */
export const newTags = given;

type Sharing = Partial<Record<keyof typeof sharingInput, string[] | null>>;

/** Whom to share a new entry with; undefined for nobody. */
export function sharingBody(more: Sharing): object {
	return {
		users_allowed: sharing('username', more.usersWhoCanEdit, more.usersWhoCanView),
		groups_allowed: sharing('name', more.groupsWhoCanEdit, more.groupsWhoCanView),
	};
}

/** The same of a change, in which an empty list ends the sharing, and undefined keeps it. */
export function newSharingBody(more: Sharing): object {
	const list = (key: 'username' | 'name', editors?: string[] | null, viewers?: string[] | null) =>
		editors || viewers ? (sharing(key, editors, viewers) ?? []) : undefined;
	return {
		users_allowed: list('username', more.usersWhoCanEdit, more.usersWhoCanView),
		groups_allowed: list('name', more.groupsWhoCanEdit, more.groupsWhoCanView),
	};
}

function sharing(key: 'username' | 'name', editors?: string[] | null, viewers?: string[] | null) {
	const of = (names: string[], canEdit: boolean) =>
		names.map((who) => ({ [key]: who, can_edit: canEdit }));
	const all = [...of(editors ?? [], true), ...of(viewers ?? [], false)];
	return all.length > 0 ? all : undefined;
}

/** For `superRefine`: a change has to have something. */
export function refuseNothing(more: object, context: z.RefinementCtx): void {
	const isGiven = Object.values(more).some((value) => value !== undefined && value !== null);
	if (!isGiven) refuseEmptyUpdate(context);
}
