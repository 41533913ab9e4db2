import { z } from 'zod';
import { provisionSecrets } from '../../api/dsm';
import type { DsmSecret } from '../../api/dsm';
import { Failure } from '../../../shared/failure';
import { oneOf, param } from '../../../shared/param';
import { sendOnce } from '../../../shared/sendOnce';
import { operation } from '../shared/operation';
import { container, identity } from './fields';
import { secretFields } from './secretItem';

/** What the secret is made for, as the request names it. */
const target = oneOf(
	param(
		{
			displayName: 'Provision For',
			name: 'provisionFor',
			type: 'options',
			options: [
				{
					name: 'Container',
					value: 'container',
					description: 'Up to version 3.33: a pod, its deployment and its namespace',
				},
				{
					name: 'Identity of a Secret',
					value: 'identity',
					description: 'From version 4.0 on: a secret of the application',
				},
			],
			default: 'identity',
			description: 'What the secret is made for, which depends on the version of the vault',
		},
		z.enum(['identity', 'container'], {
			errorMap: () => ({ message: "must be 'container' or 'identity'" }),
		}),
	),
	{
		identity: [identity.as((request) => ({ request, whom: request.identity }))],
		container: [container.as((request) => ({ request, whom: request.pod_name }))],
	},
);

/**
 * `POST /iso/coe/dapp/provision`. Source: docs/api/senhasegura.md, "DevOps Secret Manager".
 */
export const provision = operation({
	name: 'Provision',
	value: 'provision',
	action: 'Provision secret',
	description:
		'Let the vault make a dynamic secret for the application, and get its values. Each call makes a new secret.',
	issues: 'dynamic secret',
	furtherTries: { are: 'refused' },
	secretPaths: ['secret.data', 'application.secrets.data'],
	params: [target],
	async run(api, { request, whom }, call) {
		const mayHave = `A dynamic secret for '${whom}' may have been made`;
		const find = "Nobody has it: look for it in the vault, or with 'Secret: Get Many'";
		const { value, body, hints } = await sendOnce(call, { mayHave, find }, async (change) => {
			return await provisionSecrets(api, request, {
				...change,
				check: (answer) => void theOne(answer.value, whom),
			});
		});
		const made = theOne(value, whom);
		return {
			item: {
				...secretFields(made, api.serverTimeZone),
				secret: JSON.stringify(made.data),
			},
			// Other secrets of the application were not asked for.
			raw:
				body.application === undefined
					? body
					: { ...body, application: { ...made.application, secrets: [made.record] } },
			hints,
		};
	},
});

/** The secret that was made; up to 3.33 others of the application may stand beside it. */
function theOne(secrets: DsmSecret[], identity: string): DsmSecret {
	const named = secrets.filter((secret) => secret.identity === identity);
	const [made] = named.length === 1 ? named : secrets;
	if (made && (named.length === 1 || secrets.length === 1) && made.data.length > 0) return made;
	throw new Failure('senhasegura did not return exactly one new secret', {
		kind: 'unusable',
	});
}
