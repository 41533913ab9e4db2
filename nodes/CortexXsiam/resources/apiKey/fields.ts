import { z } from 'zod';
import { plainId } from '../../api/id';
import { SECRET_FORMS } from '../../api/proof';
import { filledBy, param, picker } from '../../../shared/param';
import { choice, flag, ifGiven, textList } from '../../../shared/input';
import { locatedId } from '../../../shared/locator';
import { apiKeyList, roleNameOptions } from './lists';

export const ID = /^\d{1,15}$/;

const apiKeyId = locatedId(ID, 'must be the ID of an API key, which is a number').transform(
	plainId,
);

const oneId = {
	regex: '^\\s*\\d{1,15}\\s*$',
	errorMessage: 'An ID is a number, as in the ID column in the table of API keys',
	placeholder: 'e.g. 4267',
};

function keyPicker<Schema extends z.ZodTypeAny>(
	description: string,
	id: typeof oneId,
	schema: Schema,
) {
	return picker(
		{ displayName: 'API Key', name: 'apiKey', description, list: apiKeyList, id },
		schema,
	);
}

/** Picks one key. */
export function apiKeyParam(
	description: string,
	schema: z.ZodType<string, z.ZodTypeDef, unknown> = apiKeyId,
) {
	return keyPicker(description, oneId, schema);
}

/** Several ids: a list, or a text with commas. */
export const apiKeyIds = textList
	.refine((ids) => ids.every((id) => ID.test(id)), 'must hold IDs of API keys, which are numbers')
	.transform((ids) => [...new Set(ids.map(plainId))]);

/** What a resource locator holds: an id, or several as text or list, of an expression. */
const ids = z
	.preprocess((given) => {
		const isLocator = typeof given === 'object' && given !== null && 'value' in given;
		const value = isLocator ? given.value : given;
		return typeof value === 'number' ? String(value) : value;
	}, apiKeyIds)
	.refine((list) => list.length > 0, 'is required');

/** Picks one key from the list, or several by their ids. */
export function apiKeysParam(description: string) {
	const several = {
		regex: '^\\s*\\d{1,15}(\\s*,\\s*\\d{1,15})*\\s*$',
		errorMessage: 'IDs are numbers, separated by commas',
		placeholder: 'e.g. 4267, 4268',
	};
	return keyPicker(description, several, ids);
}

/** @param description What the comment means here. */
export function commentParam<Schema extends z.ZodTypeAny>(description: string, schema: Schema) {
	return param(
		{
			displayName: 'Comment',
			name: 'comment',
			type: 'string',
			default: '',
			placeholder: 'e.g. SIEM collector, owned by SecOps',
			description,
		},
		schema,
	);
}

/** Picks roles; n8n's rules want the name of the field and the end of its description in this form. */
export function rolesParam<Schema extends z.ZodTypeAny>(
	description: string,
	schema: Schema,
	required = false,
) {
	return filledBy(roleNameOptions, (loadOptionsMethod) =>
		param(
			{
				displayName: 'Role Names or IDs',
				name: 'roles',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod },
				...(required && { required }),
				default: [],
				description: `${description} In an expression: display names or IDs, separated by commas; IDs need a key that may list roles. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`,
			},
			schema,
		),
	);
}

const securityLevels = ['standard', 'advanced'] as const;

/** How a key authenticates; the safer choice first. */
export function securityLevelParam<Schema extends z.ZodTypeAny>(
	schema: Schema,
	description = 'How clients authenticate with the new key',
) {
	return param(
		{
			displayName: 'Security Level',
			name: 'securityLevel',
			type: 'options',
			options: [
				{
					name: 'Advanced',
					value: 'advanced',
					description: 'The key signs each request with a nonce and a timestamp, and is never sent',
				},
				{
					name: 'Standard',
					value: 'standard',
					description: 'The key is sent as it is: for curl and simple clients',
				},
			],
			default: 'advanced',
			description,
		},
		schema,
	);
}

export const securityLevel = z.enum(securityLevels, {
	errorMap: () => ({ message: "must be 'standard' or 'advanced'" }),
});

/** The way to do to the credential's own key what would lock the user out. */
export function allowOwnKeyParam(what: string) {
	return param(
		{
			displayName: 'Allow Own Key',
			name: 'allowOwnKey',
			type: 'boolean',
			default: false,
			description: `Whether to ${what} even the API key that the credential uses, which may stop working then`,
		},
		flag.default(false),
	);
}

/** For a filter by level. */
export const anySecurityLevel = choice(securityLevels);

/** The form in which a new key is given out. */
export const secretAs = param(
	{
		displayName: 'Secret As',
		name: 'secretAs',
		type: 'options',
		options: [
			{
				name: 'ID and Key',
				value: 'idAndKey',
				description: "One text, 'ID:key', that a client can use by itself",
			},
			{ name: 'Key Alone', value: 'key', description: 'The ID is in a field of its own' },
		],
		default: 'idAndKey',
	},
	ifGiven(choice(SECRET_FORMS)),
);
