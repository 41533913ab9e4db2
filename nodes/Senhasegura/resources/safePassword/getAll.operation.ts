import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { filters } from '../../../shared/description';
import { optionalText } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
import { ownKeys } from './fields';
import { allPasswords, safePasswordFields, withOnly } from './safePasswordItem';

/** `GET mysafe/password`. Source: senhasegura MySafe API; fact sheet 12. */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many MySafe passwords',
	description: 'Get the entries of MySafe, without their passwords',
	fields: [
		ownKeys,
		...listFields,
		filters({
			displayName: 'Search',
			name: 'search',
			type: 'string',
			default: '',
			placeholder: 'e.g. bank',
			description:
				'A part of the name, the identifier or the username. The node applies it: the vault gives all entries.',
		}),
	],
	input: z.object({ ...listInput, filters: z.object({ search: optionalText }) }).transform(mostOf),
	async run(api: SenhaseguraApi, { most, filters: { search = '' } }) {
		const { value } = await api.read({
			path: 'mysafe/password',
			answer: allPasswords,
			what: 'the entries',
		});
		const wanted = search.toLowerCase();
		const found = value
			.map((entry) => ({ item: safePasswordFields(entry), raw: withOnly(entry, {}) }))
			.filter(({ item }) =>
				[item.name, item.identifier, item.username].some((text) =>
					String(text ?? '')
						.toLowerCase()
						.includes(wanted),
				),
			);
		return first(found, most);
	},
});
