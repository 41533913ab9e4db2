import { additionalFields } from '../../../shared/param';
import { ifAny, justification, withAdvice } from '../shared/justification';
import { item, operation } from '../shared/operation';
import { account, nameOf, resource } from '../shared/pickers';
import { PASSWORD_PATH, passwordIn, passwordPath } from './fields';

/**
 * `GET /resources/{RESOURCEID}/accounts/{ACCOUNTID}/password`. Source: docs/api/pam360.md, "Reading a
 * password".
 */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get password',
	description: 'Get the password of an account. PAM360 notes who read it, when and why.',
	readsKeys: true,
	secretPaths: [PASSWORD_PATH],
	params: [resource, account, additionalFields(justification)],
	async run(api, { resourceId: inResource, accountId: given, additionalFields: details }) {
		const ids = await api.ids.account(inResource, given);
		const reply = await api
			.read({ path: passwordPath(ids), subject: ids, ...ifAny(details) })
			.catch(withAdvice);
		return {
			item: item('password', {
				id: ids.accountId,
				secret: passwordIn(reply),
				resourceId: ids.resourceId,
				resourceName: nameOf(inResource),
				accountName: nameOf(given),
			}),
			raw: reply.body,
		};
	},
});
