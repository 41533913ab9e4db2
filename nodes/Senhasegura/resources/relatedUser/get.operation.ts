import { operation } from '../shared/operation';
import { relatedUser } from './fields';
import { readRelatedUser, relatedUserItem } from './relatedUserItem';

/** `GET user/related/{id}`. Source: docs/api/senhasegura.md, "Related users". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get related user',
	description: 'Get a related user',
	params: [relatedUser],
	async run(api, { relatedUserId: id }) {
		const { value, body } = await readRelatedUser(api, id);
		return { item: relatedUserItem(value), raw: body };
	},
});
