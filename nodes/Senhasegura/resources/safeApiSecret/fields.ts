import { refuseNothing } from '../../../shared/input';
import {
	additionalFields,
	group,
	param,
	required,
	sentAs,
	shown,
	updateFields,
} from '../../../shared/param';
import {
	entryName,
	entryNotes,
	entryUrl,
	newSharing,
	newTags,
	sharing,
	tags,
} from '../shared/safeFields';

const name = entryName.looking({ placeholder: 'e.g. Billing API' });

const url = entryUrl.looking({
	placeholder: 'e.g. https://billing.example.com',
	description: 'The address of the API',
});

const clientId = sentAs('client_id', {
	displayName: 'Client ID',
	name: 'clientId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 765299ec425c',
	description: 'The ID that goes with the secret',
});

const clientSecret = sentAs('client_secret', {
	displayName: 'Client Secret',
	name: 'clientSecret',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'The secret to keep. It is sent to the vault only.',
});

const identifierCodeField = {
	displayName: 'Identifier Code',
	name: 'identifierCode' as const,
	type: 'string' as const,
	default: '',
	placeholder: 'e.g. billing-1',
	description:
		'A name of your own for the entry. No two API secrets of the user may have the same one.',
};

/** That of an entry among others. */
export const codeFilter = param({
	...identifierCodeField,
	description: 'Your own name for the entry; the vault compares it',
});

const identifierCode = sentAs('identifier_code', identifierCodeField);

const method = sentAs('method', {
	displayName: 'Method',
	name: 'method',
	type: 'string',
	default: '',
	placeholder: 'e.g. get',
	description: 'How the API is called, in words of your own',
});

const notes = entryNotes.looking({
	placeholder: 'e.g. Renewed each January',
	description: 'A text that is kept with the secret',
});

const secretIfSet = group(
	param({
		displayName: 'Set Client Secret',
		name: 'setClientSecret',
		type: 'boolean',
		default: true,
		description:
			'Whether to send a secret. If this is off, an existing entry keeps its secret, and a new one has none (from version 3.33 on).',
	}),
	shown({ setClientSecret: [true] }, required(clientSecret)),
).as(({ client_secret: secret }) => ({ client_secret: secret }));

const entry = [required(name), required(url), required(clientId), secretIfSet] as const;

/** A new entry, and the body that creates it. */
export const newEntry = group(
	...entry,
	additionalFields(identifierCode, method, tags, notes, sharing),
).as(({ additionalFields: more, ...given }) => ({
	name: given.name,
	body: { ...given, ...more },
}));

/** An entry that may be there, by its identifier code. */
export const keptEntry = group(
	required(identifierCode).looking({
		description:
			'Your own name for the entry. The entry with this code is updated; if there is none, one is created.',
	}),
	...entry,
	additionalFields(method, tags, notes, sharing),
).as(({ identifier_code: code, additionalFields: more, ...given }) => ({
	identifierCode: code,
	body: { ...given, identifier_code: code, ...more },
}));

/** The body of a change, which has nothing but what is given. */
export const changes = updateFields(
	group(
		name,
		url,
		clientId,
		clientSecret,
		identifierCode,
		method,
		newTags,
		notes,
		newSharing,
	).check(refuseNothing),
);
