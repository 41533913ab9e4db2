import { Failure } from '../../shared/failure';
import type { Meaning } from './errors';

/** The parameters of an operation on keys, by what a refusal can be about. */
export interface KeyParameters {
	roles: string;
	expiration: string;
}

/**
 * What refusals of a new key mean (docs/api/cortex-xsiam.md, "Bodies of errors" and "Generating an API
 * key"), in terms of the operation that asks for it.
 */
export function refusalsOfNewKey({ roles, expiration }: KeyParameters): Meaning[] {
	return [
		{
			when: ({ extra }) => /unknown custom roles/i.test(extra),
			message: `${roles} holds a role that the tenant does not know`,
			description:
				'Give roles by their display names, in the same letters as in the console. IDs also work if the API key may list roles.',
		},
		{
			when: ({ extra }) =>
				/role/i.test(extra) && /(missing|not exist|invalid|unknown)/i.test(extra),
			message: `Cortex XSIAM does not accept the roles in ${roles}`,
			description:
				'Give roles by their display names, in the same letters as in the console. IDs also work if the API key may list roles.',
		},
		{
			when: ({ extra }) => /epoch milliseconds|expiration/i.test(extra),
			message: `Cortex XSIAM does not accept the date in ${expiration}`,
			description: 'It must lie in the future, at most six months ahead.',
		},
	];
}

/**
 * What the IAM calls say where there is no such key (docs/api/cortex-xsiam.md, "Reading and changing
 * one API key").
 */
export const NO_SUCH_KEY: Meaning = {
	when: ({ message, extra }) =>
		/api_?\s?key_?\s?id does not exist|invalid api_key_id/i.test(`${message} ${extra}`),
	message: 'The tenant has no API key with this ID',
	description: 'It may have been deleted. Choose the key from the list.',
};

/** What the IAM calls say of roles that they do not take; these go over the wire as ids. */
export const INVALID_ROLES: Meaning = {
	when: ({ extra }) => /role/i.test(extra) && /(missing|not exist|invalid|unknown)/i.test(extra),
	message: "Cortex XSIAM does not accept the roles in 'Role Names or IDs'",
	description: 'Choose them from the list. A role may have been deleted while the node ran.',
};

/** What setting a scope is refused for (docs/api/cortex-xsiam.md, "Scopes"). */
export const SCOPE_REFUSALS: Meaning[] = [
	{
		when: ({ extra }) => /scope name .* does not exist/i.test(extra),
		message: "'Scope' names something that the tenant does not know",
		description:
			'Give groups, tags and domains by their names, and asset groups by their IDs. Each must exist, and be written as in the console.',
	},
	{
		when: ({ extra }) => /dataset/i.test(extra),
		message: "Cortex XSIAM does not accept the dataset rows in 'Scope'",
		description:
			'They can be set only where dataset scoping is enabled on the tenant. Leave them out, or enable it.',
	},
];

/** Whether the tenant does not have a call, or does not permit it to this key. */
export function isClosed(failure: unknown): failure is Failure {
	if (!(failure instanceof Failure) || failure.kind !== 'refused') return false;
	return ['403', '404'].includes(failure.code ?? '');
}
