import { updateFields } from '../../../shared/param';
import { item, operation } from '../shared/operation';
import { account, resource } from '../shared/pickers';
import { SAFEGUARDS, changeFields } from './fields';

/**
 * `PUT /resources/{RESOURCEID}/accounts/{ACCOUNTID}`. Source: docs/api/pam360.md, "Changing an
 * account".
 */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update account',
	description:
		"Change fields of an account; others stay as they are. For its password use 'Password: Reset'.",
	byPerson: { targets: ['ownerName', ...SAFEGUARDS] },
	params: [resource, account, updateFields(changeFields)],
	async run(api, { resourceId: inResource, accountId: given, updateFields: details }) {
		const { resourceId, accountId } = await api.ids.account(inResource, given);
		const reply = await api.change({
			method: 'PUT',
			path: `resources/${resourceId}/accounts/${accountId}`,
			subject: { resourceId, accountId },
			details,
			repeatable: true,
			mayHave: 'The account may have been changed',
		});
		return {
			item: item('account', { id: accountId, resourceId, updated: true }),
			raw: reply.body,
		};
	},
});
