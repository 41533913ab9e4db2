import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { wholeNumber } from '../../../shared/input';
import { operation } from '../../../shared/operation';

/** `DELETE /tunnel/destroyTunnel/{portNo}`. Source: docs/api/pam360.md, "Tunnels". */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete tunnel',
	description: 'Close a tunnel',
	byPerson: { targets: ['port'] },
	fields: [
		{
			displayName: 'Port',
			name: 'port',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 65535, numberPrecision: 0 },
			required: true,
			default: 0,
			placeholder: 'e.g. 11501',
			description: "The port that 'Tunnel: Create' gave",
		},
	],
	input: z.object({ port: wholeNumber({ min: 1, max: 65_535 }) }),
	async run(api: Pam360Api, { port }) {
		const { body } = await api.change({
			method: 'DELETE',
			path: `tunnel/destroyTunnel/${port}`,
			repeatable: true,
			mayHave: 'The tunnel may have been closed',
		});
		return {
			item: { vendor: 'pam360', type: 'tunnel', id: String(port), deleted: true },
			raw: body,
		};
	},
});
