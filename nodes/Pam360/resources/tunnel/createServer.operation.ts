import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { accessFields, accessInput, withAdvice } from '../shared/access';
import { accountPicker, nameOf, picked, resourcePicker } from '../shared/pickers';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { sendOnce } from '../../../shared/sendOnce';
import { numberIn } from './tunnelItem';

const MAY_HAVE = 'The connection may have been opened';

/** `POST /tunnel/createTunnelServer`. Source: docs/api/pam360.md, "Tunnels". */
export const createServer = operation({
	name: 'Create Server',
	value: 'createServer',
	action: 'Create tunnel server',
	description: 'Let PAM360 open the SSH connection that tunnels go through',
	issues: 'tunnel server',
	furtherTries: { are: 'refused' },
	fields: [resourcePicker, accountPicker, accessFields()],
	input: z.object({ resourceId: picked, accountId: picked, additionalFields: accessInput }),
	async run(
		api: Pam360Api,
		{ resourceId: resource, accountId: account, additionalFields: access },
		call: Call,
	) {
		const { resourceId, accountId } = await api.ids.place(resource, account);
		const send = async () =>
			await api
				.change({
					method: 'POST',
					path: 'tunnel/createTunnelServer',
					details: { RESOURCEID: resourceId, ACCOUNTID: accountId, ...access },
					repeatable: false,
					mayHave: MAY_HAVE,
				})
				.catch(withAdvice);
		const reply = await sendOnce(call, MAY_HAVE, send);
		return {
			item: {
				vendor: 'pam360',
				type: 'tunnelServer',
				id: numberIn(reply, 'SSHID', 'the ID of the connection'),
				resourceId,
				resourceName: nameOf(resource),
				accountId,
				accountName: nameOf(account),
			},
			raw: reply.body,
		};
	},
});
