import { returnAllOrLimit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import { hasPart } from '../../../shared/textFilter';
import { searchFilter } from '../shared/search';
import { wholeList } from '../shared/answers';
import { operation } from '../shared/operation';
import { relatedUserItem } from './relatedUserItem';

/** `GET user/related`, all in one. Source: docs/api/senhasegura.md, "Related users". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many related users',
	description: 'Get the related users',
	params: [returnAllOrLimit, searchFilter('e.g. smith', 'the name or the username')],
	async run(api, { most, filters: { search } }) {
		const users = await wholeList(api, 'user/related', 'relatedUsers', 'the related users');
		const found = users.filter(({ name, username }) => hasPart(search, name, username));
		return first(found, most).map((user) => ({ item: relatedUserItem(user), raw: user }));
	},
});
