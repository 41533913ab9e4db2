import { filters } from '../../../shared/param';
import { returnAllOrLimit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import { hasPart } from '../../../shared/textFilter';
import { ownKeys, tagFilter } from '../shared/safeFields';
import { searchField } from '../shared/search';
import { operation } from '../shared/operation';
import { safeNotes } from './entries';

/** `GET mysafe/note`. Source: docs/api/senhasegura.md, "MySafe notes". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many MySafe notes',
	description: 'Get the notes of MySafe, without their texts',
	params: [
		ownKeys,
		returnAllOrLimit,
		filters(searchField('e.g. alarm', 'the name or the identifier'), tagFilter),
	],
	async run(api, { most, filters: { search, tag } }) {
		const entries = await safeNotes.list(api, { tag });
		const found = entries.filter(({ item }) => hasPart(search, item.name, item.identifier));
		return first(found, most);
	},
});
