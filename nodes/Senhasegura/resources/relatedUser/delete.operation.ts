import { switchedResult } from '../../../shared/switching';
import { succeedIf } from '../shared/transition';
import { item, operation } from '../shared/operation';
import { relatedUser } from './fields';

/** 1005: Related user not found. */
const NOT_FOUND = 1005;

/** `DELETE user/related/{id}`. Source: docs/api/senhasegura.md, "Related users". */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete related user',
	description: 'Remove a related user. The vault deactivates the record.',
	byPerson: { targets: ['relatedUserId'] },
	params: [relatedUser, succeedIf('Already Deleted')],
	async run(api, { relatedUserId: id, additionalFields: more }) {
		const { changed, body } = await api.transition({
			method: 'DELETE',
			path: `user/related/${id}`,
			alreadyCodes: [NOT_FOUND],
			succeedIfAlready: more.succeedIfAlready,
		});
		return switchedResult(item('relatedUser', { id, deleted: true, changed }), body);
	},
});
