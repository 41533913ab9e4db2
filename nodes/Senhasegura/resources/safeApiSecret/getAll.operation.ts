import { filters } from '../../../shared/param';
import { returnAllOrLimit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import { hasPart } from '../../../shared/textFilter';
import { ownKeys, tagFilter } from '../shared/safeFields';
import { searchField } from '../shared/search';
import { operation } from '../shared/operation';
import { apiSecrets } from './entries';
import { codeFilter } from './fields';

/** `GET mysafe/secretapi`. Source: docs/api/senhasegura.md, "MySafe API secrets". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many MySafe API secrets',
	description: 'List the API secrets of MySafe, without what is kept in them',
	params: [
		ownKeys,
		returnAllOrLimit,
		filters(codeFilter, searchField('e.g. billing', 'the name or the identifier'), tagFilter),
	],
	async run(api, { most, filters: { search, tag, identifierCode } }) {
		const entries = await apiSecrets.list(api, { tag, identifier_code: identifierCode });
		const found = entries.filter(({ item }) => hasPart(search, item.name, item.identifier));
		return first(found, most);
	},
});
