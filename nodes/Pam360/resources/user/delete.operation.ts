import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { pickedUser } from '../shared/pickers';
import { operation } from '../../../shared/operation';
import { pathSegment } from '../../../shared/url';
import { userField } from './fields';

/** `DELETE /user/{USERID}`. Source: docs/api/pam360.md, "Other calls for users". */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete user',
	description: 'Delete a user of PAM360 for good. An API user’s token stops working, too.',
	byPerson: { targets: ['userId'] },
	fields: [userField],
	input: z.object({ userId: pickedUser }),
	async run(api: Pam360Api, { userId }) {
		const id = await api.ids.user(userId);
		const { body } = await api.change({
			method: 'DELETE',
			path: `user/${pathSegment(id)}`,
			repeatable: true,
			mayHave: 'The user may have been deleted',
		});
		return {
			item: { vendor: 'pam360', type: 'user', id, deleted: true },
			raw: body,
		};
	},
});
