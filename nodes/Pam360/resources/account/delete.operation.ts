import { item, operation } from '../shared/operation';
import { account, resource } from '../shared/pickers';

/**
 * `DELETE /resources/{RESOURCEID}/accounts/{ACCOUNTID}`. Source: docs/api/pam360.md, "Deleting
 * an account": the vendor names the operation; path and verb are those of its siblings.
 */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete account',
	description: 'Delete an account of a resource, with the password that it holds',
	byPerson: { targets: ['resourceId', 'accountId'] },
	params: [resource, account],
	async run(api, { resourceId: inResource, accountId: given }) {
		const { resourceId, accountId } = await api.ids.account(inResource, given);
		const reply = await api.change({
			method: 'DELETE',
			path: `resources/${resourceId}/accounts/${accountId}`,
			subject: { resourceId, accountId },
			repeatable: true,
			mayHave: 'The account may have been deleted',
		});
		return {
			item: item('account', { id: accountId, resourceId, deleted: true }),
			raw: reply.body,
		};
	},
});
