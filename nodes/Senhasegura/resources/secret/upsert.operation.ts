import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { wasChanged } from '../../api/client';
import { dsmSecrets, storeDsmSecret } from '../../api/dsm';
import type { DsmSecret } from '../../api/dsm';
import { additionalFields } from '../../../shared/description';
import { asText } from '../../../shared/fields';
import {
	ifGiven,
	jsonObject,
	optionalText,
	refuse,
	requiredText,
	wholeNumber,
} from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { requiredPassword } from '../shared/password';
import { secretFields, withoutValues } from './secretItem';

/** A document that says nothing, or has an empty value, would take the place of secrets that work. */
const filledDocument = jsonObject.superRefine((document, context) => {
	if (Object.keys(document).length === 0) {
		refuse(context, 'is empty', "To send no values, choose None as 'Content'.");
	}
	const path = emptyPath(document);
	if (path === undefined) return;
	refuse(context, `has an empty value (${path})`, 'Leave out what has no value.');
});

/** Where a value is missing: `credentials.0.credential.fields.password`. */
function emptyPath(value: unknown): string | undefined {
	if (value === '' || value === null) return '';
	if (typeof value !== 'object') return undefined;
	for (const [key, entry] of Object.entries(value)) {
		const rest = emptyPath(entry);
		if (rest !== undefined) return rest === '' ? key : `${key}.${rest}`;
	}
	return undefined;
}

const minutes = ifGiven(wholeNumber({ unit: 'minutes', min: 1 }));

const target = {
	identity: requiredText,
	additionalFields: z.object({
		credentialRenewal: minutes,
		cloudRenewal: minutes,
		description: optionalText,
		engine: optionalText,
		ephemeralRenewal: minutes,
		expirationDate: optionalText.refine(
			(text) => text === undefined || /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?$/.test(text),
			'must be a date such as 2026-12-31 12:00:00, in the time of the vault',
		),
		name: optionalText,
	}),
};

const input = z.discriminatedUnion(
	'content',
	[
		z.object({
			content: z.literal('accessKey'),
			accessKeyId: requiredText,
			secretAccessKey: requiredPassword,
			...target,
		}),
		z.object({
			content: z.literal('credential'),
			user: requiredText,
			host: optionalText,
			password: requiredPassword,
			...target,
		}),
		z.object({ content: z.literal('document'), document: filledDocument, ...target }),
		z.object({ content: z.literal('none'), ...target }),
	],
	{
		errorMap: (issue, { defaultError }) => ({
			message:
				issue.code === 'invalid_union_discriminator'
					? 'must be accessKey, credential, document or none'
					: defaultError,
		}),
	},
);

/**
 * The document that the vendor's page shows; labels become the names of properties
 * (docs/api/senhasegura.md, "DevOps Secret Manager").
 */
function documentOf(values: z.output<typeof input>): object | undefined {
	switch (values.content) {
		case 'accessKey': {
			const fields = {
				access_key_id: values.accessKeyId,
				access_key_id_label: 'AWS_ACCESS_KEY_ID',
				secret_access_key: values.secretAccessKey,
				secret_access_key_label: 'AWS_SECRET_ACCESS_KEY',
			};
			return { access_keys: [{ access_key: { type: 'aws', fields } }] };
		}
		case 'credential': {
			const fields = {
				user: values.user,
				user_label: 'USERNAME',
				...(values.host !== undefined && { host: values.host, host_label: 'HOSTNAME' }),
				password: values.password,
				password_label: 'PASSWORD',
			};
			return { credentials: [{ credential: { fields } }] };
		}
		case 'document':
			return values.document;
		case 'none':
			return undefined;
	}
}

/** `POST /iso/sctm/secret`. Source: docs/api/senhasegura.md, "DevOps Secret Manager". */
export const upsert = operation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update secret',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	issues: 'secret',
	furtherTries: { are: 'resolved', by: 'its identity' },
	fields: [
		{
			displayName: 'Identity',
			name: 'identity',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. database-production',
			description: 'The unique name of the secret in the application of the authorization',
		},
		{
			displayName: 'Content',
			name: 'content',
			type: 'options',
			options: [
				{ name: 'AWS Access Key', value: 'accessKey', description: 'An access key of AWS' },
				{
					name: 'Credential',
					value: 'credential',
					description: 'A user with a password, and a host if there is one',
				},
				{
					name: 'JSON Document',
					value: 'document',
					description: 'A document as the DSM API takes it, for several entries in one secret',
				},
				{
					name: 'None',
					value: 'none',
					description: 'Send no values: only what else is known of the secret',
				},
			],
			default: 'credential',
			description: 'What the secret holds',
		},
		{
			displayName: 'Access Key ID',
			name: 'accessKeyId',
			type: 'string',
			required: true,
			displayOptions: { show: { content: ['accessKey'] } },
			default: '',
			placeholder: 'e.g. AKIAIOSFODNN7EXAMPLE',
			description: 'The ID of the access key',
		},
		{
			displayName: 'Secret Access Key',
			name: 'secretAccessKey',
			type: 'string',
			required: true,
			typeOptions: { password: true },
			displayOptions: { show: { content: ['accessKey'] } },
			default: '',
			description: 'The secret half of the access key',
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			required: true,
			displayOptions: { show: { content: ['credential'] } },
			default: '',
			placeholder: 'e.g. app',
			description: 'The username; it becomes the property USERNAME',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			required: true,
			typeOptions: { password: true },
			displayOptions: { show: { content: ['credential'] } },
			default: '',
			description: 'The password; it becomes the property PASSWORD',
		},
		{
			displayName: 'Host',
			name: 'host',
			type: 'string',
			displayOptions: { show: { content: ['credential'] } },
			default: '',
			placeholder: 'e.g. db.example.com',
			description: 'The host of the credential, if there is one; it becomes the property HOSTNAME',
		},
		{
			displayName: 'Document',
			name: 'document',
			type: 'string',
			required: true,
			typeOptions: { password: true, rows: 6 },
			displayOptions: { show: { content: ['document'] } },
			default: '',
			placeholder: 'e.g. {"credentials": [{"credential": {"fields": {}}}]}',
			description:
				'JSON with access_keys and credentials, as the vendor’s page "POST | Secret" shows it',
		},
		additionalFields(
			{
				displayName: 'Cloud Access Key Renewal (Minutes)',
				name: 'cloudRenewal',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 60,
				description: 'After how many minutes the vault renews access keys of clouds',
			},
			{
				displayName: 'Credential Renewal (Minutes)',
				name: 'credentialRenewal',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 60,
				description: 'After how many minutes the vault renews credentials',
			},
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				default: '',
				placeholder: 'e.g. Database of the shop',
				description: 'What the secret is for',
			},
			{
				displayName: 'Engine',
				name: 'engine',
				type: 'string',
				default: 'Generic',
				placeholder: 'e.g. Generic',
				description: 'The engine of the secret, which must be registered in the vault',
			},
			{
				displayName: 'Ephemeral Credential Renewal (Minutes)',
				name: 'ephemeralRenewal',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 60,
				description: 'After how many minutes the vault renews ephemeral credentials',
			},
			{
				displayName: 'Expiration Date',
				name: 'expirationDate',
				type: 'string',
				default: '',
				placeholder: 'e.g. 2026-12-31 12:00:00',
				description:
					'When the vault deactivates the secret, in the local time of the vault, which takes no time zone',
			},
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Database production',
				description:
					'The name by which people find the secret. A new secret without one is named by its identity.',
			},
		),
	],
	input,
	async run(api: SenhaseguraApi, values, { triedBefore }: Call) {
		const { identity, additionalFields: more } = values;
		api.claim(`'Identity' ${identity}`);
		const before = (await dsmSecrets(api)).find((secret) => secret.identity === identity);
		const stored = await storeDsmSecret(api, {
			identity,
			name: more.name ?? asText(before?.record.secret_name) ?? identity,
			engine: more.engine ?? asText(before?.record.engine) ?? 'Generic',
			description: more.description,
			expiration_date: more.expirationDate?.replace('T', ' '),
			renew_cloud_time: more.cloudRenewal,
			renew_credential_time: more.credentialRenewal,
			renew_ephemeral_credential_time: more.ephemeralRenewal,
			data: documentOf(values),
		});
		// Some answers tell nothing of the secret.
		const after = stored.value ?? before ?? newSecret(identity);
		return {
			item: {
				...secretFields(after, api.serverTimeZone),
				// An earlier try may have created what was there before this one.
				created: before && triedBefore ? null : !before,
				changed: wasChanged(stored.body),
			},
			raw: {
				...stored.body,
				application: { ...after.application, secrets: [withoutValues(after)] },
			},
		};
	},
});

function newSecret(identity: string): DsmSecret {
	return { id: null, identity, data: [], record: {}, application: {} };
}
