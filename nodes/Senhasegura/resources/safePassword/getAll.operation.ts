import { filters } from '../../../shared/param';
import { returnAllOrLimit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import { hasPart } from '../../../shared/textFilter';
import { searchField } from '../shared/search';
import { ownKeys, tagFilter } from '../shared/safeFields';
import { operation } from '../shared/operation';
import { safePasswords } from './entries';

/** `GET mysafe/password`. Source: docs/api/senhasegura.md, "MySafe passwords". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many MySafe passwords',
	description: 'Get the entries of MySafe, without their passwords',
	params: [
		ownKeys,
		returnAllOrLimit,
		filters(
			searchField('e.g. bank', 'the name, the identifier, the username or the URL'),
			tagFilter,
		),
	],
	async run(api, { most, filters: { search, tag } }) {
		const entries = await safePasswords.list(api, { tag });
		const found = entries.filter(({ item }) =>
			hasPart(search, item.name, item.identifier, item.username, item.url),
		);
		return first(found, most);
	},
});
