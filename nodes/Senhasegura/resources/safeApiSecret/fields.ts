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

const name: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Billing API',
	description: 'The name of the entry',
};

const url: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://billing.example.com',
	description: 'The address of the API',
};

const clientId: INodeProperties = {
	displayName: 'Client ID',
	name: 'clientId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 765299ec425c',
	description: 'The ID that goes with the secret',
};

const clientSecret: INodeProperties = {
	displayName: 'Client Secret',
	name: 'clientSecret',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'The secret to keep. It is sent to the vault only.',
};

export const identifierCodeField: INodeProperties = {
	displayName: 'Identifier Code',
	name: 'identifierCode',
	type: 'string',
	default: '',
	placeholder: 'e.g. billing-1',
	description:
		'A name of your own for the entry. No two API secrets of the user may have the same one.',
};

const method: INodeProperties = {
	displayName: 'Method',
	name: 'method',
	type: 'string',
	default: '',
	placeholder: 'e.g. get',
	description: 'How the API is called, in words of your own',
};

const notes: INodeProperties = {
	displayName: 'Notes',
	name: 'notes',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. Renewed each January',
	description: 'A text that is kept with the secret',
};

const required = [name, url, clientId, clientSecret].map((field) => ({ ...field, required: true }));

/** What a new entry has beside its identifier code. */
const more = [method, notes, ...sharingFields, tagsField];

export const fieldsToCreate: INodeProperties[] = [
	...required,
	additionalFields(identifierCodeField, ...more),
];

export const fieldsToUpsert: INodeProperties[] = [
	{
		...identifierCodeField,
		required: true,
		description:
			'Your own name for the entry, which decides which one is updated. Where none has it, one is created.',
	},
	...required,
	additionalFields(...more),
];

export const fieldsToChange: INodeProperties = updateFields(
	clientId,
	clientSecret,
	...newSharingFields,
	identifierCodeField,
	method,
	name,
	notes,
	tagsField,
	url,
);

const entry = {
	name: requiredText,
	url: requiredText,
	clientId: requiredText,
	clientSecret: requiredPassword,
};

const moreInput = {
	...sharingInput,
	method: optionalText,
	notes: optionalText,
	tags: textList,
};

type Entry = z.output<z.ZodObject<typeof entry>> & {
	additionalFields: z.output<z.ZodObject<typeof moreInput>>;
};

/** The body that creates an entry; undefined is not sent. */
function entryBody(values: Entry, identifierCode: string | undefined) {
	const { additionalFields: rest } = values;
	return {
		name: values.name,
		url: values.url,
		client_id: values.clientId,
		client_secret: values.clientSecret,
		identifier_code: identifierCode,
		method: rest.method,
		tags: rest.tags.join(',') || undefined,
		notes: rest.notes,
		...sharingBody(rest),
	};
}

export const createInput = z
	.object({
		...entry,
		additionalFields: z.object({ ...moreInput, identifierCode: optionalText }),
	})
	.transform((values) => ({
		name: values.name,
		body: entryBody(values, values.additionalFields.identifierCode),
	}));

export const upsertInput = z
	.object({ ...entry, identifierCode: requiredText, additionalFields: z.object(moreInput) })
	.transform((values) => ({
		identifierCode: values.identifierCode,
		body: entryBody(values, values.identifierCode),
	}));

/** The body of a change, which has nothing but what is given. */
export const changesBody = z
	.object({
		...newSharingInput,
		clientId: optionalText,
		clientSecret: requiredPassword.optional(),
		identifierCode: optionalText,
		method: optionalText,
		name: optionalText,
		notes: optionalText,
		tags: newTags,
		url: optionalText,
	})
	.superRefine(refuseNothing)
	.transform((changes) => ({
		name: changes.name,
		url: changes.url,
		client_id: changes.clientId,
		client_secret: changes.clientSecret,
		identifier_code: changes.identifierCode,
		method: changes.method,
		tags: changes.tags?.join(','),
		notes: changes.notes,
		...newSharingBody(changes),
	}));
