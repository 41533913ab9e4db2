import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { deleteScimUser } from '../../api/scim';
import { operation } from '../../../shared/operation';
import { repeatableChange } from '../shared/changes';
import { userField, userId } from './fields';

/** `DELETE /iso/scim/v2/Users/{id}`. Source: docs/api/senhasegura.md, "SCIM". */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete user',
	description: 'Delete a user of the vault through SCIM. To keep the user, set Active to false.',
	byPerson: { targets: ['userId'] },
	fields: [userField],
	input: z.object({ userId }),
	async run(api: SenhaseguraApi, { userId: id }) {
		await repeatableChange(deleteScimUser(api, id));
		const item = { vendor: 'senhasegura', type: 'user', id, deleted: true };
		// The answer has no content.
		return { item, raw: { id, deleted: true } };
	},
});
