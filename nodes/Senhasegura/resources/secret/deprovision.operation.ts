import { deprovisionSecret } from '../../api/dsm';
import { sentAs } from '../../../shared/param';
import { wholeNumber } from '../../../shared/input';
import { ifLost } from '../../../shared/lost';
import { item, operation } from '../shared/operation';
import { container } from './fields';

const UNDOCUMENTED =
	"The vendor shows no answer to this call. The vault's usual envelope says that it went well.";

/**
 * `POST /iso/coe/dapp/deprovision`. Source: docs/api/senhasegura.md, "DevOps Secret Manager".
 */
export const deprovision = operation({
	name: 'Deprovision',
	value: 'deprovision',
	action: 'Deprovision secret',
	description:
		"Let the vault take back a dynamic secret that 'Secret: Provision' made for a container, up to version 3.33",
	furtherTries: { are: 'harmless', because: 'the ID names one secret, which is taken back once' },
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
	async run(api, request) {
		const { body } = await deprovisionSecret(api, request).catch(
			ifLost({
				mayHave: 'The secret may have been taken back',
				repeatable: false,
				find: "Look for it in the vault, or with 'Secret: Get Many'",
			}),
		);
		return {
			item: item('secret', { id: String(request.secret_id), deprovisioned: true }),
			raw: body,
			hints: [UNDOCUMENTED],
		};
	},
});
