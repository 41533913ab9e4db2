import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { operation } from '../../../shared/operation';
import { accountPicker, nameOf, picked, resourcePicker } from '../shared/pickers';
import { shareCall, shareFields, shareInput, share as shareWith, toHolder } from '../shared/share';

/**
 * `PUT /resources/{RESOURCEID}/accounts/{ACCOUNTID}/share`. Source: docs/api/pam360.md, "Sharing an
 * account".
 */
export const share = operation({
	name: 'Share',
	value: 'share',
	action: 'Share account',
	description: 'Give a user or a user group access to one account, or take it back',
	fields: [resourcePicker, accountPicker, ...shareFields],
	input: z.object({ resourceId: picked, accountId: picked, ...shareInput }).transform(toHolder),
	async run(api: Pam360Api, { resourceId: resource, accountId: account, holder, accessType }) {
		const { resourceId, accountId } = await api.ids.place(resource, account);
		return await shareWith(api, {
			holder,
			accessType,
			noun: 'account',
			item: { type: 'account', id: accountId, name: nameOf(account), resourceId },
			call: shareCall(`resources/${resourceId}/accounts/${accountId}`, accessType),
		});
	},
});
