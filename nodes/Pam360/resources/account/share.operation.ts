import { operation } from '../shared/operation';
import { account, nameOf, resource } from '../shared/pickers';
import { shareCall, share as shareWith, sharing } from '../shared/share';

/**
 * `PUT /resources/{RESOURCEID}/accounts/{ACCOUNTID}/share`. Source: docs/api/pam360.md, "Sharing an
 * account".
 */
export const share = operation({
	name: 'Share',
	value: 'share',
	action: 'Share account',
	description: 'Give a user or a user group access to one account, or take it back',
	byPerson: { targets: ['resourceId', 'accountId', 'userId', 'userGroupId', 'accessType'] },
	params: [resource, account, sharing],
	async run(api, { resourceId: inResource, accountId: given, holder, accessType }) {
		const { resourceId, accountId } = await api.ids.account(inResource, given);
		return await shareWith(api, {
			holder,
			accessType,
			noun: 'account',
			item: { type: 'account', id: accountId, name: nameOf(given), resourceId },
			call: shareCall(`resources/${resourceId}/accounts/${accountId}`, accessType),
		});
	},
});
