import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { filters } from '../../../shared/description';
import { asText } from '../../../shared/fields';
import { optionalText } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
import { allRelatedUsers, relatedUserItem } from './relatedUserItem';

/** `GET user/related`, all in one. Source: senhasegura A2A, "Related users API"; fact sheet 9. */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many related users',
	description: 'Get the related users',
	fields: [
		...listFields,
		filters({
			displayName: 'Search',
			name: 'search',
			type: 'string',
			default: '',
			placeholder: 'e.g. smith',
			description:
				'A part of the name or the username. The node applies it: the vault gives all related users.',
		}),
	],
	input: z.object({ ...listInput, filters: z.object({ search: optionalText }) }).transform(mostOf),
	async run(api: SenhaseguraApi, { most, filters: { search = '' } }) {
		const { value } = await api.read({
			path: 'user/related',
			answer: allRelatedUsers,
			what: 'the related users',
		});
		const wanted = search.toLowerCase();
		const found = value.filter(({ name, username }) =>
			[name, username].some((text) => (asText(text) ?? '').toLowerCase().includes(wanted)),
		);
		return first(found, most).map((user) => ({ item: relatedUserItem(user), raw: user }));
	},
});
