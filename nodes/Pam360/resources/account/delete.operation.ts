import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { operation } from '../../../shared/operation';
import { accountPicker, picked, resourcePicker } from '../shared/pickers';

/**
 * `DELETE /resources/{RESOURCEID}/accounts/{ACCOUNTID}`. Source: PAM360 REST API, 2.3, which names the
 * operation; path and verb are those of its siblings. Source: docs/api/pam360.md, "Deleting an
 * account".
 */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete account',
	description: 'Delete an account of a resource, with the password that it holds',
	byPerson: { targets: ['resourceId', 'accountId'] },
	fields: [resourcePicker, accountPicker],
	input: z.object({ resourceId: picked, accountId: picked }),
	async run(api: Pam360Api, { resourceId: resource, accountId: account }) {
		const { resourceId, accountId } = await api.ids.place(resource, account);
		const reply = await api.change({
			method: 'DELETE',
			path: `resources/${resourceId}/accounts/${accountId}`,
			about: { resourceId, accountId },
			repeatable: true,
			mayHave: 'The account may have been deleted',
		});
		return {
			item: { vendor: 'pam360', type: 'account', id: accountId, resourceId, deleted: true },
			raw: reply.body,
		};
	},
});
