import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { filters } from '../../../shared/description';
import { optionalText, refuse } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { userResult } from './userItem';

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
	fields: [
		...listFields,
		filters({
			displayName: 'SCIM Filter',
			name: 'filter',
			type: 'string',
			default: '',
			placeholder: 'e.g. userName eq "jdoe"',
			description:
				'An attribute, an operator and a value in quotation marks, as SCIM has it. PAM360 says which attributes and operators it takes.',
		}),
	],
	input: z
		.object({ ...listInput, filters: z.object({ filter: scimFilter }).default({}) })
		.transform(mostOf),
	async *run(api: Pam360Api, { most, filters: { filter } }) {
		for await (const user of api.scim.users({ most, ...(filter !== undefined && { filter }) })) {
			yield userResult(user);
		}
	},
});
