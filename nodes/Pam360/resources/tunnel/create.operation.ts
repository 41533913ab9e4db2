import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { idText, nameOf, picked, resourcePicker } from '../shared/pickers';
import { vendorValue } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { sendOnce } from '../../../shared/sendOnce';
import { numberIn } from './tunnelItem';

const MAY_HAVE = 'The tunnel may have been opened';

/** `POST /tunnel/createTunnel`. Source: docs/api/pam360.md, "Tunnels". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create tunnel',
	description: 'Open a tunnel to a resource; its ID is the port on which PAM360 listens',
	issues: 'tunnel',
	furtherTries: { are: 'refused' },
	fields: [
		{
			displayName: 'Server ID',
			name: 'sshId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 4302',
			description: "The ID that 'Tunnel: Create Server' gave",
		},
		{ ...resourcePicker, description: 'The resource at the other end of the tunnel' },
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
	],
	input: z.object({ sshId: idText, resourceId: picked, protocol: vendorValue }),
	async run(api: Pam360Api, { sshId, resourceId: resource, protocol }, call: Call) {
		const resourceId = await api.ids.resource(resource);
		const send = async () =>
			await api.change({
				method: 'POST',
				path: 'tunnel/createTunnel',
				details: { TARGETRESOURCEID: resourceId, SSHID: sshId, PROTOCOL: protocol },
				repeatable: false,
				mayHave: MAY_HAVE,
			});
		const reply = await sendOnce(call, MAY_HAVE, send);
		const port = numberIn(reply, 'PORTNO', 'the port of the tunnel');
		return {
			item: {
				vendor: 'pam360',
				type: 'tunnel',
				id: port,
				port: Number(port),
				serverId: sshId,
				resourceId,
				resourceName: nameOf(resource),
				protocol,
			},
			raw: reply.body,
		};
	},
});
