import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { confirmed } from '../../api/envelope';
import { additionalFields } from '../../../shared/description';
import { asObject } from '../../../shared/fields';
import { added, ifGiven, optionalText, textList, wholeNumber } from '../../../shared/input';
import { itemOf, readId } from '../../../shared/item';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { nullAt } from '../../../shared/secretOutput';
import { deviceMore, deviceMoreBody } from '../device/deviceInput';
import { deviceMoreFields } from '../device/fields';
import { readIdentifier } from '../shared/listed';
import { optionalIdentifier } from '../shared/identifier';
import { optionalPassword } from '../shared/password';
import { address, deviceName, placeFields } from '../shared/place';
import { upserted } from '../shared/upserted';
import { CREDENTIAL_SECRETS } from './custody';
import { additionalSettings, executionSettings, jitSettings, sessionSettings } from './settings';

const moreFields: INodeProperties[] = [
	{
		displayName: 'Additional Information',
		name: 'additional',
		type: 'string',
		default: '',
		description: 'Free text that is kept with the credential',
	},
	{
		displayName: 'Credential Type',
		name: 'credentialType',
		type: 'string',
		default: '',
		placeholder: 'e.g. Local Administrator',
		description:
			'The type, as the vault calls it; "Local User" where it is not given. A name that is new to the vault may be added there.',
	},
	{
		displayName: 'Device Model',
		name: 'model',
		type: 'string',
		default: '',
		placeholder: 'e.g. Ubuntu',
		description: 'Sets the model of the device, too',
	},
	{
		displayName: 'Device Site',
		name: 'site',
		type: 'string',
		default: '',
		placeholder: 'e.g. Headquarters',
		description: 'Sets the site of the device, too',
	},
	{
		displayName: 'Device Type',
		name: 'deviceType',
		type: 'string',
		default: '',
		placeholder: 'e.g. Server',
		description: 'Sets the type of the device, too',
	},
	{
		displayName: 'Device Vendor',
		name: 'deviceVendor',
		type: 'string',
		default: '',
		placeholder: 'e.g. Linux',
		description: 'Sets the vendor of the device, too',
	},
	{
		displayName: 'Domain',
		name: 'domain',
		type: 'string',
		default: '',
		placeholder: 'e.g. example.com',
		description: 'The domain of the user',
	},
	{
		displayName: 'Identifier',
		name: 'identifier',
		type: 'string',
		default: '',
		placeholder: 'e.g. web-01-root',
		description:
			'A unique name of letters, digits, -, _ and dots. With that of an existing credential, that one is updated, its user name included. Without it the credential with the same host name, IP and user name is.',
	},
	{
		displayName: 'Parent Credential ID',
		name: 'parentCredentialId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 39',
		description: 'The ID of the credential whose password this one follows',
	},
	{
		displayName: 'Password',
		name: 'content',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'The password to store. Without it the present one stays.',
	},
	{
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		default: '',
		placeholder: 'e.g. linux, deployment',
		description: 'Keywords, separated by commas',
	},
	...deviceMoreFields,
];

const more = added({
	additional: optionalText,
	content: optionalPassword,
	credentialType: optionalText,
	deviceType: optionalText,
	deviceVendor: optionalText,
	domain: optionalText,
	identifier: optionalIdentifier('Without it, the host name, IP and user name decide.').refine(
		(value) => /^[\w.-]*$/.test(value ?? ''),
		{ message: 'must consist of letters, digits, -, _ and dots' },
	),
	model: optionalText,
	parentCredentialId: ifGiven(wholeNumber({ min: 1 })),
	site: optionalText,
	tags: textList,
	...deviceMore,
});

/**
 * Versions before 3.33 may give nothing of the credential (docs/api/senhasegura.md, "Storing a
 * credential").
 */
const answer = confirmed.pipe(z.object({ credential: z.unknown() }));

/** `POST pam/credential`. Source: docs/api/senhasegura.md, "Storing a credential". */
export const upsert = operation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update credential',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	issues: 'credential',
	furtherTries: { are: 'resolved', by: 'its identifier, or its host name, IP and user name' },
	fields: [
		...placeFields,
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			placeholder: 'e.g. root',
			description: 'The user on the device. Where it is empty, the vault sets "usr".',
		},
		additionalFields(...moreFields),
		additionalSettings.field,
		executionSettings.field,
		jitSettings.field,
		sessionSettings.field,
	],
	input: z.object({
		ip: address,
		hostname: deviceName,
		username: optionalText,
		additionalFields: more,
		additionalSettings: additionalSettings.input,
		executionSettings: executionSettings.input,
		jitSettings: jitSettings.input,
		sessionSettings: sessionSettings.input,
	}),
	async run(api: SenhaseguraApi, values, call: Call) {
		const { ip, hostname, username, additionalFields: fields } = values;
		// The vault finds it by the identifier, and where that is new to it by these.
		const names = [`The credential ${username ?? 'usr'}@${hostname} (${ip})`];
		if (fields.identifier !== undefined) names.unshift(`'Identifier' ${fields.identifier}`);
		api.claim(...names);
		const { value, body, created, changed, hints } = await upserted(api, call, 'credential', {
			path: 'pam/credential',
			body: {
				identifier: fields.identifier,
				// It must be there, and may be empty (1042).
				username: username ?? '',
				hostname,
				ip,
				content: fields.content,
				additional: fields.additional,
				tags: fields.tags.join(',') || undefined,
				credential_type: fields.credentialType,
				domain: fields.domain,
				parent_password: fields.parentCredentialId,
				type: fields.deviceType,
				vendor: fields.deviceVendor,
				model: fields.model,
				site: fields.site,
				...deviceMoreBody(fields),
				execution_settings: executionSettings.body(values.executionSettings),
				session_settings: sessionSettings.body(values.sessionSettings),
				additional_settings: additionalSettings.body(values.additionalSettings),
				jit_settings: jitSettings.body(values.jitSettings),
			},
			answer,
			what: 'the stored credential',
		});
		const stored = asObject(value.credential) ?? {};
		return {
			item: itemOf({
				vendor: 'senhasegura',
				type: 'credential',
				id: readId(stored.id),
				identifier: readIdentifier(stored) ?? fields.identifier ?? null,
				created,
				changed,
				username: username ?? 'usr',
				hostname,
				ip,
			}),
			// The vault may repeat the password of the request in its answer.
			raw: nullAt(body, CREDENTIAL_SECRETS) as IDataObject,
			hints,
		};
	},
});
