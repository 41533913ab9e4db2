import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { provisionSecrets } from '../../api/dsm';
import type { DsmSecret, ProvisionRequest } from '../../api/dsm';
import { Failure } from '../../../shared/failure';
import { requiredText } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { sendOnce } from '../../../shared/sendOnce';
import { creation } from '../shared/changes';
import { secretFields } from './secretItem';

const input = z.discriminatedUnion(
	'provisionFor',
	[
		z.object({
			provisionFor: z.literal('container'),
			podName: requiredText,
			deploy: requiredText,
			namespace: requiredText,
		}),
		z.object({ provisionFor: z.literal('identity'), identity: requiredText }),
	],
	{
		errorMap: (issue, { defaultError }) => ({
			message:
				issue.code === 'invalid_union_discriminator'
					? "must be 'container' or 'identity'"
					: defaultError,
		}),
	},
);

function requestOf(values: z.output<typeof input>): ProvisionRequest {
	if (values.provisionFor === 'identity') return { identity: values.identity };
	return { pod_name: values.podName, deploy: values.deploy, namespace: values.namespace };
}

/**
 * `POST /iso/coe/dapp/provision`. Source: docs/api/senhasegura.md, "DevOps Secret Manager".
 */
export const provision = operation({
	name: 'Provision',
	value: 'provision',
	action: 'Provision secret',
	description:
		'Have the vault make a dynamic secret for the application, and get its values; each call makes another one',
	issues: 'dynamic secret',
	furtherTries: { are: 'refused' },
	secretPaths: ['secret.data', 'application.secrets.data'],
	fields: [
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
		{
			displayName: 'Identity',
			name: 'identity',
			type: 'string',
			required: true,
			displayOptions: { show: { provisionFor: ['identity'] } },
			default: '',
			placeholder: 'e.g. database-production',
			description: 'The unique name of the secret in the application of the authorization',
		},
		{
			displayName: 'Pod Name',
			name: 'podName',
			type: 'string',
			required: true,
			displayOptions: { show: { provisionFor: ['container'] } },
			default: '',
			placeholder: 'e.g. shop-7d4b9',
			description: 'The pod that will use the secret',
		},
		{
			displayName: 'Deployment',
			name: 'deploy',
			type: 'string',
			required: true,
			displayOptions: { show: { provisionFor: ['container'] } },
			default: '',
			placeholder: 'e.g. shop',
			description: 'The deployment that will use the secret',
		},
		{
			displayName: 'Namespace',
			name: 'namespace',
			type: 'string',
			required: true,
			displayOptions: { show: { provisionFor: ['container'] } },
			default: '',
			placeholder: 'e.g. production',
			description: 'The namespace of the container that will use the secret',
		},
	],
	input,
	async run(api: SenhaseguraApi, values, call: Call) {
		const request = requestOf(values);
		const whom = values.provisionFor === 'identity' ? values.identity : values.podName;
		const send = async () =>
			await creation(
				provisionSecrets(api, request),
				`A secret for '${whom}' may have been made all the same, and nobody has it: look for it in the vault.`,
			);
		const mayHave = `A dynamic secret for '${whom}' may have been made`;
		const { value, body, hints } = await sendOnce(call, mayHave, send);
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
	throw new Failure('senhasegura answered without one secret that was made', {
		kind: 'unusable',
		description: `A secret for '${identity}' may have been made all the same: look for it in the vault, or with 'Get Many'.`,
	});
}
