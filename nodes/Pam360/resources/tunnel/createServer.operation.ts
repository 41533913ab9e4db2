import { justification, withAdvice } from '../shared/justification';
import { account, nameOf, resource } from '../shared/pickers';
import { additionalFields } from '../../../shared/param';
import { sendOnce } from '../../../shared/sendOnce';
import { item, operation } from '../shared/operation';
import { numberIn } from './tunnelItem';

const LOST = { mayHave: 'The connection may have been opened' };

/** `POST /tunnel/createTunnelServer`. Source: docs/api/pam360.md, "Tunnels". */
export const createServer = operation({
	name: 'Create Server',
	value: 'createServer',
	action: 'Create tunnel server',
	description: 'Let PAM360 open the SSH connection that tunnels go through',
	issues: 'tunnel server',
	furtherTries: { are: 'refused' },
	byPerson: { targets: ['resourceId', 'accountId'] },
	params: [resource, account, additionalFields(justification)],
	async run(api, { additionalFields: details, ...given }, call) {
		const { resourceId, accountId } = await api.ids.account(given.resourceId, given.accountId);
		const reply = await sendOnce(call, LOST, async (change) => {
			return await api
				.change({
					method: 'POST',
					path: 'tunnel/createTunnelServer',
					details: { RESOURCEID: resourceId, ACCOUNTID: accountId, ...details },
					...change,
				})
				.catch(withAdvice);
		});
		return {
			item: item('tunnelServer', {
				id: numberIn(reply, 'SSHID', 'the ID of the connection'),
				resourceId,
				resourceName: nameOf(given.resourceId),
				accountId,
				accountName: nameOf(given.accountId),
			}),
			raw: reply.body,
		};
	},
});
