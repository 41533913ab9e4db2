import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { additionalFields, updateFields } from '../../../shared/description';
import { optionalText, requiredText, textList } from '../../../shared/input';
import { requiredPassword } from '../shared/password';
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

/** The most characters of a note (docs/api/senhasegura.md, "MySafe notes"). */
const LONGEST_NOTE = 900;

const name: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Code of the alarm',
	description: 'The name of the note, which its list shows',
};

const note: INodeProperties = {
	displayName: 'Note',
	name: 'note',
	type: 'string',
	typeOptions: { password: true, rows: 4 },
	default: '',
	description: 'The text to keep, of at most 900 characters. It is sent to the vault only.',
};

export const noteFieldsToCreate: INodeProperties[] = [
	{ ...name, required: true },
	{ ...note, required: true },
	additionalFields(...sharingFields, tagsField),
];

export const noteFieldsToChange: INodeProperties = updateFields(
	...newSharingFields,
	name,
	note,
	tagsField,
);

const content = requiredPassword.refine(
	(text) => [...text].length <= LONGEST_NOTE,
	`must be at most ${LONGEST_NOTE} characters long`,
);

/** A note, and the body that creates it; undefined is not sent. */
export const noteInput = z
	.object({
		name: requiredText,
		note: content,
		additionalFields: z.object({ ...sharingInput, tags: textList }),
	})
	.transform(({ name: called, note: text, additionalFields: more }) => ({
		name: called,
		body: {
			name: called,
			note: text,
			tags: more.tags.join(',') || undefined,
			...sharingBody(more),
		},
	}));

/** The body of a change, which has nothing but what is given. */
export const noteChanges = z
	.object({ ...newSharingInput, name: optionalText, note: content.optional(), tags: newTags })
	.superRefine(refuseNothing)
	.transform((more) => ({
		name: more.name,
		note: more.note,
		tags: more.tags?.join(','),
		...newSharingBody(more),
	}));
