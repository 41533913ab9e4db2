import { param } from '../../../shared/param';
import { wholeNumber } from '../../../shared/input';
import { item, operation } from '../shared/operation';

/** `DELETE /tunnel/destroyTunnel/{portNo}`. Source: docs/api/pam360.md, "Tunnels". */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete tunnel',
	description: 'Close a tunnel',
	byPerson: { targets: ['port'] },
	params: [
		param(
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
			wholeNumber({ min: 1, max: 65_535 }),
		),
	],
	async run(api, { port }) {
		const { body } = await api.change({
			method: 'DELETE',
			path: `tunnel/destroyTunnel/${port}`,
			repeatable: true,
			mayHave: 'The tunnel may have been closed',
		});
		return {
			item: item('tunnel', { id: String(port), deleted: true }),
			raw: body,
		};
	},
});
