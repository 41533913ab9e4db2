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
import { allNotes, listedNote, withOnlyNote } from './noteItem';

/** `GET mysafe/note`. Source: docs/api/senhasegura.md, "MySafe notes". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many MySafe notes',
	description: 'Get the notes of MySafe, without their texts',
	fields: [
		ownKeys,
		...listFields,
		filters(searchField('e.g. alarm', 'the name or the identifier'), tagFilter),
	],
	input: z
		.object({ ...listInput, filters: z.object({ search: optionalText, tag: optionalText }) })
		.transform(mostOf),
	async run(api: SenhaseguraApi, { most, filters: { search, tag } }) {
		const { value } = await api.read({
			path: 'mysafe/note',
			query: { tag },
			answer: allNotes,
			what: 'the notes',
		});
		const found = value
			.map((entry) => ({ item: listedNote(entry), raw: withOnlyNote(entry) }))
			.filter(({ item }) => hasPart(search, item.name, item.identifier));
		return first(found, most);
	},
});
