import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { confirmed } from '../../api/envelope';
import { additionalFields, group, nullIfAdded, param, sentAs } from '../../../shared/param';
import { asObject } from '../../../shared/read';
import { ifGiven, textList, wholeNumber } from '../../../shared/input';
import { oddPart, readId } from '../../../shared/item';
import { nullAt } from '../../../shared/secretOutput';
import { readIdentifier } from '../shared/credentialList';
import { optionalIdentifier } from '../shared/identifier';
import { keywords } from '../shared/keywords';
import { upserted } from '../shared/upserted';
import { item, operation } from '../shared/operation';
import { CREDENTIAL_SECRETS } from './custody';
import { additionalSettings } from './additionalSettings';
import { executionSettings } from './executionSettings';
import { jitSettings } from './jitSettings';
import { sessionSettings } from './sessionSettings';
import { deviceMore } from '../device/fields';
import { deviceAddress } from '../shared/deviceAddress';

/** What can be said of a credential, in the order of the call. */
const more = nullIfAdded(
	group(
		sentAs(
			'identifier',
			{
				displayName: 'Identifier',
				name: 'identifier',
				type: 'string',
				default: '',
				placeholder: 'e.g. web-01-root',
				description:
					'A unique name of letters, digits, -, _ and dots. If a credential has this identifier, it is updated, including its username. Without an identifier, the credential with the same host name, IP and username is updated.',
			},
			optionalIdentifier('Without it, the host name, IP and username decide.').refine(
				(value) => /^[\w.-]*$/.test(value ?? ''),
				{ message: 'must consist of letters, digits, -, _ and dots' },
			),
		),
		sentAs('content', {
			displayName: 'Password',
			name: 'content',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The password to store. Without it, the present one stays.',
		}),
		sentAs('additional', {
			displayName: 'Additional Information',
			name: 'additional',
			type: 'string',
			default: '',
			description: 'Free text that is kept with the credential',
		}),
		sentAs(
			'tags',
			keywords,
			textList.transform((tags) => tags.join(',') || undefined),
		),
		sentAs('credential_type', {
			displayName: 'Credential Type',
			name: 'credentialType',
			type: 'string',
			default: '',
			placeholder: 'e.g. Local Administrator',
			description:
				'The type, as the vault calls it; "Local User" if it is not given. The vault may add a name that is new to it.',
		}),
		sentAs('domain', {
			displayName: 'Domain',
			name: 'domain',
			type: 'string',
			default: '',
			placeholder: 'e.g. example.com',
			description: 'The domain of the user',
		}),
		sentAs(
			'parent_password',
			{
				displayName: 'Parent Credential ID',
				name: 'parentCredentialId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 39',
				description: 'The ID of the credential whose password this one follows',
			},
			ifGiven(wholeNumber({ min: 1 })),
		),
		sentAs('type', {
			displayName: 'Device Type',
			name: 'deviceType',
			type: 'string',
			default: '',
			placeholder: 'e.g. Server',
			description: 'Sets the type of the device, too',
		}),
		sentAs('vendor', {
			displayName: 'Device Vendor',
			name: 'deviceVendor',
			type: 'string',
			default: '',
			placeholder: 'e.g. Linux',
			description: 'Sets the vendor of the device, too',
		}),
		sentAs('model', {
			displayName: 'Device Model',
			name: 'model',
			type: 'string',
			default: '',
			placeholder: 'e.g. Ubuntu',
			description: 'Sets the model of the device, too',
		}),
		sentAs('site', {
			displayName: 'Device Site',
			name: 'site',
			type: 'string',
			default: '',
			placeholder: 'e.g. Headquarters',
			description: 'Sets the site of the device, too',
		}),
		deviceMore,
	),
);

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
	furtherTries: { are: 'resolved', by: 'its identifier, or its host name, IP and username' },
	// Whose password is replaced, and where the vault logs in with it.
	byPerson: {
		targets: [
			...['identifier', 'ip', 'hostname', 'username'],
			...['additionalSettings', 'executionSettings', 'jitSettings', 'sessionSettings'],
		],
	},
	params: [
		deviceAddress,
		param({
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			placeholder: 'e.g. root',
			description: 'The user on the device. If it is empty, the vault sets "usr".',
		}),
		additionalFields(more),
		additionalSettings,
		executionSettings,
		jitSettings,
		sessionSettings,
	],
	async run(api, values, call) {
		const { ip, hostname, username, additionalFields: fields, ...settings } = values;
		const { identifier, ...rest } = fields;
		const { additional_settings, jit_settings, ...otherSettings } = settings;
		// The vault finds it by the identifier, and where that is new to it by these.
		const names = [`The credential ${username ?? 'usr'}@${hostname} (${ip})`];
		if (identifier !== undefined) names.unshift(`'Identifier' ${identifier}`);
		api.claim(...names);
		const { value, body, created, changed, hints } = await upserted(api, call, 'credential', {
			path: 'pam/credential',
			body: {
				identifier,
				// It must be there, and may be empty (1042).
				username: username ?? '',
				hostname,
				ip,
				...rest,
				...otherSettings,
				additional_settings,
				jit_settings,
			},
			answer,
			what: 'the stored credential',
		});
		const stored = asObject(value.credential) ?? {};
		return {
			item: item('credential', {
				id: readId(stored.id),
				identifier: readIdentifier(stored) ?? identifier ?? null,
				created,
				changed,
				username: username ?? 'usr',
				hostname,
				ip,
				...oddPart('credential', asObject(nullAt(value, CREDENTIAL_SECRETS))?.credential),
			}),
			// The vault may repeat the password of the request in its answer.
			raw: nullAt(body, CREDENTIAL_SECRETS) as IDataObject,
			hints,
		};
	},
});
