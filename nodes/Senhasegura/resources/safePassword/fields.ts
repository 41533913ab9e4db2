import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { additionalFields, updateFields } from '../../../shared/description';
import { optionalText, requiredText, textList } from '../../../shared/input';
import { optionalSecret, requiredPassword } from '../shared/password';
import {
	newSharingBody,
	newSharingFields,
	newSharingInput,
	newTags,
	refuseNothing,
	sharingBody,
	sharingFields,
	sharingInput,
	tagsField,
} from '../shared/safeFields';

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
	additionalFields(...sharingFields, notes, tagsField, secretKey, url),
];

/** What can be changed: the vault keeps what is not sent, and shares with nobody where a list is empty. */
export const changeFields: INodeProperties = updateFields(
	...newSharingFields,
	name,
	notes,
	password,
	tagsField,
	secretKey,
	url,
	username,
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
		...sharingInput,
		notes: optionalText,
		secretKey: seed,
		tags: textList,
		url: optionalText,
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
			...sharingBody(more),
		},
	}),
);

/**
 * The body of a change, which has nothing but what is given (docs/api/senhasegura.md, "MySafe
 * passwords").
 */
export const changesBody = z
	.object({
		...newSharingInput,
		name: optionalText,
		notes: optionalText,
		password: requiredPassword.optional(),
		secretKey: seed,
		tags: newTags,
		url: optionalText,
		username: optionalText,
	})
	.superRefine(refuseNothing)
	.transform((more) => ({
		name: more.name,
		username: more.username,
		password: more.password,
		...contentBody(more),
		tags: more.tags?.join(','),
		...newSharingBody(more),
	}));

function contentBody(more: { url?: string; secretKey?: string; notes?: string }): object {
	return { url: more.url, secret_key: more.secretKey, notes: more.notes };
}
