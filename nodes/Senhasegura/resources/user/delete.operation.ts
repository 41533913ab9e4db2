import { deleteScimUser } from '../../api/scim';
import { item, operation } from '../shared/operation';
import { user } from './fields';

/** `DELETE /iso/scim/v2/Users/{id}`. Source: docs/api/senhasegura.md, "SCIM". */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete user',
	description: 'Delete a user of the vault through SCIM. To keep the user, set Active to false.',
	byPerson: { targets: ['userId'] },
	params: [user],
	async run(api, { userId: id }) {
		await deleteScimUser(api, id);
		const gone = item('user', { id, deleted: true });
		// The answer has no content.
		return { item: gone, raw: { id, deleted: true } };
	},
});
