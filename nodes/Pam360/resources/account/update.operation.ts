import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { updateFields } from '../../../shared/description';
import { operation } from '../../../shared/operation';
import { accountPicker, picked, resourcePicker } from '../shared/pickers';
import { fieldsOf, wireUpdate } from '../shared/wire';
import { changeFields } from './fields';

/**
 * `PUT /resources/{RESOURCEID}/accounts/{ACCOUNTID}`. Source: docs/api/pam360.md, "Changing an
 * account".
 */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update account',
	description:
		'Change fields of an account; others stay as they are. For its password use Password: Reset.',
	fields: [resourcePicker, accountPicker, updateFields(...fieldsOf(changeFields))],
	input: z.object({
		resourceId: picked,
		accountId: picked,
		updateFields: wireUpdate(changeFields),
	}),
	async run(api: Pam360Api, { resourceId: resource, accountId: account, updateFields: details }) {
		const { resourceId, accountId } = await api.ids.place(resource, account);
		const reply = await api.change({
			method: 'PUT',
			path: `resources/${resourceId}/accounts/${accountId}`,
			about: { resourceId, accountId },
			details,
			repeatable: true,
			mayHave: 'The account may have been changed',
		});
		return {
			item: { vendor: 'pam360', type: 'account', id: accountId, resourceId, updated: true },
			raw: reply.body,
		};
	},
});
