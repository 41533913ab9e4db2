import { vaultUsers } from '../../api/scim';
import { filters } from '../../../shared/param';
import { returnAllOrLimit } from '../../../shared/list';
import { hasPart } from '../../../shared/textFilter';
import { searchField } from '../shared/search';
import { operation } from '../shared/operation';
import { active } from './fields';
import { userResult } from './userItem';

/** `GET /iso/scim/v2/Users`, page by page. Source: docs/api/senhasegura.md, "SCIM". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many users',
	description: 'Get the users of the vault through SCIM',
	params: [
		returnAllOrLimit,
		filters(
			active.looking({ description: 'Whether to return users that can log in, or the others' }),
			searchField('e.g. smith', 'the username, the name or the email address'),
		),
	],
	async *run(api, { most, filters: wanted }) {
		const { search } = wanted;
		const isFiltered = search !== undefined || wanted.active !== undefined;
		let given = 0;
		for await (const user of vaultUsers(api, isFiltered ? Infinity : most)) {
			const result = userResult(user);
			const { username, name, email, active: isActive } = result.item;
			if (!hasPart(search, username, name, email)) continue;
			if (wanted.active !== undefined && isActive !== wanted.active) continue;
			yield result;
			if (++given === most) return;
		}
	},
});
