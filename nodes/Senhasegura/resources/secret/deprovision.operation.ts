import { confirms } from '../../api/envelope';
import { sentAs } from '../../../shared/param';
import { wholeNumber } from '../../../shared/input';
import { sendOnce } from '../../../shared/sendOnce';
import { item, operation } from '../shared/operation';
import { container } from './fields';

const UNDOCUMENTED =
	'The vendor does not document the answer to this call. The vault reported success in the usual form.';

/** `POST /iso/coe/dapp/deprovision`. Source: docs/api/senhasegura.md, "DevOps Secret Manager". */
export const deprovision = operation({
	name: 'Deprovision',
	value: 'deprovision',
	action: 'Deprovision secret',
	description:
		"Let the vault take back a dynamic secret that 'Secret: Provision' made for a container, up to version 3.33",
	furtherTries: { are: 'refused' },
	byPerson: { targets: ['secretId'] },
	params: [
		sentAs(
			'secret_id',
			{
				displayName: 'Secret ID',
				name: 'secretId',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				required: true,
				default: 0,
				placeholder: 'e.g. 213',
				description: "The ID that 'Secret: Provision' gave",
			},
			wholeNumber({ min: 1 }),
		),
		container,
	],
	async run(api, request, call) {
		const mayHave = 'The secret may have been taken back';
		const find = "Look for it in the vault, or with 'Secret: Get Many'";
		const { body } = await sendOnce(call, { mayHave, find }, async (change) => {
			return await api.change({
				method: 'POST',
				path: 'coe/dapp/deprovision',
				prefix: '/iso',
				body: request,
				...confirms,
				...change,
			});
		});
		return {
			item: item('secret', { id: String(request.secret_id), deprovisioned: true }),
			raw: body,
			hints: [UNDOCUMENTED],
		};
	},
});
