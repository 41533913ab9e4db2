import { idText, nameOf, resource } from '../shared/pickers';
import { param } from '../../../shared/param';
import { vendorValue } from '../../../shared/input';
import { sendOnce } from '../../../shared/sendOnce';
import { item, operation } from '../shared/operation';
import { numberIn } from './tunnelItem';

const LOST = { mayHave: 'The tunnel may have been opened' };

/** `POST /tunnel/createTunnel`. Source: docs/api/pam360.md, "Tunnels". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create tunnel',
	description: 'Open a tunnel to a resource; its ID is the port on which PAM360 listens',
	issues: 'tunnel',
	furtherTries: { are: 'refused' },
	// Whoever reaches the port gets to the resource.
	byPerson: { targets: ['sshId', 'resourceId'] },
	params: [
		param(
			{
				displayName: 'Server ID',
				name: 'sshId',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 4302',
				description: "The ID that 'Tunnel: Create Server' gave",
			},
			idText,
		),
		resource.looking({ description: 'The resource at the other end of the tunnel' }),
		param(
			{
				displayName: 'Protocol',
				name: 'protocol',
				type: 'options',
				options: [
					{ name: 'RDP', value: 'RDP' },
					{ name: 'SSH', value: 'SSH' },
				],
				default: 'SSH',
				description: 'What goes through the tunnel',
			},
			vendorValue,
		),
	],
	async run(api, { sshId, resourceId: given, protocol }, call) {
		const resourceId = await api.ids.resource(given);
		const reply = await sendOnce(call, LOST, async (change) => {
			return await api.change({
				method: 'POST',
				path: 'tunnel/createTunnel',
				details: { TARGETRESOURCEID: resourceId, SSHID: sshId, PROTOCOL: protocol },
				...change,
			});
		});
		const port = numberIn(reply, 'PORTNO', 'the port of the tunnel');
		return {
			item: item('tunnel', {
				id: port,
				port: Number(port),
				serverId: sshId,
				resourceId,
				resourceName: nameOf(given),
				protocol,
			}),
			raw: reply.body,
		};
	},
});
