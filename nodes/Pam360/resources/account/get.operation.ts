import { recordOf } from '../../api/envelope';
import { Failure } from '../../../shared/failure';
import { operation } from '../shared/operation';
import { account, nameOf, resource } from '../shared/pickers';
import { withoutSecretFields } from '../shared/recordValues';
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
	readsKeys: true,
	params: [resource, account],
	async run(api, { resourceId: inResource, accountId: given }) {
		const ids = await api.ids.account(inResource, given);
		const reply = await api.read({
			path: `resources/${ids.resourceId}/accounts/${ids.accountId}`,
			subject: ids,
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
			...ids,
			resourceName: nameOf(inResource),
			accountName: nameOf(given),
			zone: api.serverTimeZone,
		});
		return { item, raw: withoutSecretFields(reply.body) };
	},
});
