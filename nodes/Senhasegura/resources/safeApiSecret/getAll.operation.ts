import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { filters } from '../../../shared/description';
import { optionalText } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
import { hasPart } from '../../../shared/textFilter';
import { ownKeys, tagFilter } from '../shared/safeFields';
import { searchField } from '../shared/search';
import { allApiSecrets, listedApiSecret, withOnlySecret } from './apiSecretItem';
import { identifierCodeField } from './fields';

/** `GET mysafe/secretapi`. Source: docs/api/senhasegura.md, "MySafe API secrets". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many MySafe API secrets',
	description: 'Get the API secrets of MySafe by their names, without what is kept in them',
	fields: [
		ownKeys,
		...listFields,
		filters(
			{
				...identifierCodeField,
				description: 'Your own name for the entry; the vault compares it',
			},
			searchField('e.g. billing', 'the name or the identifier'),
			tagFilter,
		),
	],
	input: z
		.object({
			...listInput,
			filters: z.object({
				identifierCode: optionalText,
				search: optionalText,
				tag: optionalText,
			}),
		})
		.transform(mostOf),
	async run(api: SenhaseguraApi, { most, filters: { search, tag, identifierCode } }) {
		const { value } = await api.read({
			path: 'mysafe/secretapi',
			query: { tag, identifier_code: identifierCode },
			answer: allApiSecrets,
			what: 'the entries',
		});
		const found = value
			.map((entry) => ({ item: listedApiSecret(entry), raw: withOnlySecret(entry) }))
			.filter(({ item }) => hasPart(search, item.name, item.identifier));
		return first(found, most);
	},
});
