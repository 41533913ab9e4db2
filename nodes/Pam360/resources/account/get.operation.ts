import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { recordOf } from '../../api/envelope';
import { Failure } from '../../../shared/failure';
import { operation } from '../../../shared/operation';
import { accountPicker, nameOf, picked, resourcePicker } from '../shared/pickers';
import { withoutSecretFields } from '../shared/values';
import { accountResult } from './accountItem';

/**
 * `GET /resources/{RESOURCEID}/accounts/{ACCOUNTID}`. Source: docs/api/pam360.md, "Details of an
 * account".
 */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get account',
	description: 'Get what PAM360 knows of one account, without its password',
	fields: [resourcePicker, accountPicker],
	input: z.object({ resourceId: picked, accountId: picked }),
	async run(api: Pam360Api, { resourceId: resource, accountId: account }) {
		const place = await api.ids.place(resource, account);
		const reply = await api.read({
			path: `resources/${place.resourceId}/accounts/${place.accountId}`,
			about: place,
		});
		const record = recordOf(reply.details);
		if (Object.keys(record).length === 0) {
			throw new Failure('PAM360 reported success but returned no details of the account', {
				kind: 'unusable',
				description: `It said: ${reply.message || 'nothing'}.`,
			});
		}
		// The answer names neither the account nor its resource.
		const { item } = accountResult(record, {
			...place,
			resourceName: nameOf(resource),
			accountName: nameOf(account),
			zone: api.serverTimeZone,
		});
		return { item, raw: withoutSecretFields(reply.body) };
	},
});
