import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { choice, flag, textList } from '../../../shared/input';
import { locatedId, locator } from '../../../shared/locator';
import { apiKeyList, roleNameOptions } from './lists';

const ID = /^\d{1,15}$/;

/** Picks one key. */
export function apiKeyField(description: string): INodeProperties {
	return locator({
		displayName: 'API Key',
		name: 'apiKey',
		description,
		list: apiKeyList,
		id: {
			regex: '^\\s*\\d{1,15}\\s*$',
			errorMessage: 'An ID is a number, as in the ID column in the table of API keys',
			placeholder: 'e.g. 4267',
		},
	});
}

/** As the tenant writes it: what is compared with the credential's own key must look the same. */
function asWritten(id: string): string {
	return id.replace(/^0+(?=\d)/, '');
}

export const apiKeyId = locatedId(ID, 'must be the ID of an API key, which is a number').transform(
	asWritten,
);

/** Several ids: a list, or a text with commas. */
export const apiKeyIds = textList
	.refine((ids) => ids.every((id) => ID.test(id)), 'must hold IDs of API keys, which are numbers')
	.transform((ids) => [...new Set(ids.map(asWritten))]);

/** Picks roles; n8n's rules want the name of the field and the end of its description in this form. */
export function rolesField(description: string, required = false): INodeProperties {
	return {
		displayName: 'Role Names or IDs',
		name: 'roles',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: roleNameOptions.name },
		...(required && { required }),
		default: [],
		description: `${description} In an expression: display names or IDs, separated by commas; IDs need a key that may list roles. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`,
	};
}

const securityLevels = ['standard', 'advanced'] as const;

export const securityLevelField: INodeProperties = {
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
	description: 'How clients authenticate with the new key',
};

export const securityLevel = z.enum(securityLevels, {
	errorMap: () => ({ message: "must be 'standard' or 'advanced'" }),
});

/** The way to do to the credential's own key what would lock the user out. */
export function allowOwnKeyField(what: string): INodeProperties {
	return {
		displayName: 'Allow Own Key',
		name: 'allowOwnKey',
		type: 'boolean',
		default: false,
		description: `Whether to ${what} even the API key that the credential uses, which may stop working then`,
	};
}

export const allowOwnKey = flag.default(false);

/** For a filter by level. */
export const anySecurityLevel = choice(securityLevels);
