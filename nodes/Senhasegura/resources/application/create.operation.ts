import { registerApplication } from '../../api/dsm';
import { nameOfNew } from '../../../shared/nameParams';
import { additionalFields, param, sentAs } from '../../../shared/param';
import { sendOnce } from '../../../shared/sendOnce';
import { optionalKeyText } from '../shared/keyText';
import { item, operation } from '../shared/operation';

/** `POST /iso/dapp/application`. Source: docs/api/senhasegura.md, "DevOps Secret Manager". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create application',
	description:
		'Register an application or a new authorization of one in DevOps Secret Manager, and get its client ID and client secret',
	issues: 'application authorization',
	furtherTries: { are: 'refused' },
	secretPaths: ['signature'],
	params: [
		nameOfNew(
			'e.g. shop',
			'The name of the application. If it exists, it gets another authorization.',
		),
		param({
			displayName: 'System',
			name: 'system',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. backend',
			description: 'The system that the authorization is for',
		}),
		param({
			displayName: 'Environment',
			name: 'environment',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. production',
			description: 'The environment that the authorization is for',
		}),
		additionalFields(
			sentAs(
				'unique_key',
				{
					displayName: 'Unique Key',
					name: 'uniqueKey',
					type: 'string',
					typeOptions: { password: true },
					default: '',
					description: 'A value that tells this authorization from others of the application',
				},
				optionalKeyText,
			),
		),
	],
	async run(api, { name, system, environment, additionalFields: more }, call) {
		const mayHave = `An authorization of the application '${name}' may have been made`;
		const fields = { application: name, environment, system, ...more };
		const { value, body } = await sendOnce(call, { mayHave, find: FIND }, async (change) => {
			return await registerApplication(api, fields, change);
		});
		const { id, secret } = value;
		return { item: item('application', { id, name, system, environment, secret }), raw: body };
	},
});

const FIND = 'Nobody has its client secret: look for it in the vault, and remove it';
