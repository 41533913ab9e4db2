import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { operation } from '../../../shared/operation';
import { accessFields, accessInput, ifAny, withAdvice } from '../shared/access';
import { accountPicker, nameOf, picked, resourcePicker } from '../shared/pickers';
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
	secretPaths: [PASSWORD_PATH],
	fields: [resourcePicker, accountPicker, accessFields()],
	input: z.object({ resourceId: picked, accountId: picked, additionalFields: accessInput }),
	async run(
		api: Pam360Api,
		{ resourceId: resource, accountId: account, additionalFields: details },
	) {
		const place = await api.ids.place(resource, account);
		const reply = await api
			.read({ path: passwordPath(place), about: place, ...ifAny(details) })
			.catch(withAdvice);
		return {
			item: {
				vendor: 'pam360',
				type: 'password',
				id: place.accountId,
				secret: passwordIn(reply),
				resourceId: place.resourceId,
				resourceName: nameOf(resource),
				accountName: nameOf(account),
			},
			raw: reply.body,
		};
	},
});
