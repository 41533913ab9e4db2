import { optionalText, refuse } from '../../../shared/input';
import { returnAllOrLimit } from '../../../shared/list';
import { filters, param } from '../../../shared/param';
import { operation } from '../shared/operation';
import { userResult } from '../shared/userItem';

const FILTER = /^\S+\s+\w+\s+\S/;

const scimFilter = optionalText.superRefine((filter, context) => {
	if (filter === undefined || FILTER.test(filter)) return;
	refuse(
		context,
		'must be an attribute, an operator and a value',
		'For example: userName eq "jdoe".',
	);
});

/** `GET /scim/v2/Users`. Source: docs/api/pam360.md, "SCIM". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many users',
	description: 'Get the users of PAM360 (SCIM)',
	params: [
		returnAllOrLimit,
		filters(
			param(
				{
					displayName: 'SCIM Filter',
					name: 'filter',
					type: 'string',
					default: '',
					placeholder: 'e.g. userName eq "jdoe"',
					description:
						'An attribute, an operator and a value in quotation marks, as SCIM has it. PAM360 says which attributes and operators it takes.',
				},
				scimFilter,
			),
		),
	],
	async *run(api, { most, filters: { filter } }) {
		for await (const user of api.scim.users({ most, ...(filter !== undefined && { filter }) })) {
			yield userResult(user);
		}
	},
});
