import { z } from 'zod';
import { dsmSecrets, storeDsmSecret } from '../../api/dsm';
import type { DsmSecret } from '../../api/dsm';
import { wasChanged } from '../../api/upsertAnswer';
import { additionalFields, collection, oneOf, param, sentAs } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { asText } from '../../../shared/read';
import { ifGiven, jsonObject, optionalText, refuse, wholeNumber } from '../../../shared/input';
import type { Call } from '../../../shared/operation';
import { operation } from '../shared/operation';
import { identity } from './fields';
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

/** When the vault renews what the secret holds. */
const renewal = collection('Renewal', 'renewal', 'Add Renewal', [
	renewalOf('cloud', 'Cloud Access Key', 'access keys of clouds'),
	renewalOf('credential', 'Credential', 'credentials'),
	renewalOf('ephemeral', 'Ephemeral Credential', 'ephemeral credentials'),
]);

function renewalOf<const Name extends string>(name: Name, label: string, what: string) {
	return param(
		{
			displayName: `${label} (Minutes)`,
			name,
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 60,
			description: `After how many minutes the vault renews ${what}. If this is left out, version 4.0 switches the renewal off.`,
		},
		minutes,
	);
}

/** The vault tells nobody what is set (docs/api/senhasegura.md, "DevOps Secret Manager"). */
const RENEWAL_NOT_SENT =
	"A renewal that is not set in 'Renewal' was not sent: from version 4.0 on the vault has switched it off.";

/** What the secret holds. */
const content = oneOf(
	param(
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
					description: 'Send no values, only the other data of the secret',
				},
			],
			default: 'credential',
			description: 'What the secret holds',
		},
		z.enum(['accessKey', 'credential', 'document', 'none'], {
			errorMap: () => ({ message: 'must be accessKey, credential, document or none' }),
		}),
	),
	{
		accessKey: [
			param({
				displayName: 'Access Key ID',
				name: 'accessKeyId',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. AKIAIOSFODNN7EXAMPLE',
				description: 'The ID of the access key',
			}),
			param({
				displayName: 'Secret Access Key',
				name: 'secretAccessKey',
				type: 'string',
				required: true,
				typeOptions: { password: true },
				default: '',
				description: 'The secret half of the access key',
			}),
		],
		credential: [
			param({
				displayName: 'User',
				name: 'user',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. app',
				description: 'The username; it becomes the property USERNAME',
			}),
			param({
				displayName: 'Password',
				name: 'password',
				type: 'string',
				required: true,
				typeOptions: { password: true },
				default: '',
				description: 'The password; it becomes the property PASSWORD',
			}),
			param({
				displayName: 'Host',
				name: 'host',
				type: 'string',
				default: '',
				placeholder: 'e.g. db.example.com',
				description:
					'The host of the credential, if there is one; it becomes the property HOSTNAME',
			}),
		],
		document: [
			param(
				{
					displayName: 'Document',
					name: 'document',
					type: 'string',
					required: true,
					typeOptions: { password: true, rows: 6 },
					default: '',
					placeholder: 'e.g. {"credentials": [{"credential": {"fields": {}}}]}',
					description:
						'JSON with access_keys and credentials, as the vendor’s page "POST | Secret" shows it',
				},
				filledDocument,
			),
		],
		none: [],
	},
);

/**
 * The document that the vendor's page shows; labels become the names of properties
 * (docs/api/senhasegura.md, "DevOps Secret Manager").
 */
function documentOf(values: ValuesOf<[typeof content]>): object | undefined {
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
	byPerson: { targets: ['identity'] },
	params: [
		identity,
		content,
		renewal,
		additionalFields(
			param({
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Database production',
				description:
					'The name by which people find the secret. Without it, a new secret gets its identity as its name.',
			}),
			param({
				displayName: 'Engine',
				name: 'engine',
				type: 'string',
				default: 'Generic',
				placeholder: 'e.g. Generic',
				description: 'The engine of the secret, which must be registered in the vault',
			}),
			param({
				displayName: 'Description',
				name: 'description',
				type: 'string',
				default: '',
				placeholder: 'e.g. Database of the shop',
				description: 'What the secret is for',
			}),
			sentAs(
				'expiration_date',
				{
					displayName: 'Expiration Date',
					name: 'expirationDate',
					type: 'string',
					default: '',
					placeholder: 'e.g. 2026-12-31 12:00:00',
					description:
						'When the vault deactivates the secret, in the local time of the vault, without a time zone',
				},
				optionalText
					.refine(
						(text) =>
							text === undefined || /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?$/.test(text),
						'must be a date such as 2026-12-31 12:00:00, in the time of the vault',
					)
					.transform((text) => text?.replace('T', ' ')),
			),
		),
	],
	async run(api, values, { triedBefore }: Call) {
		const { identity, additionalFields, renewal: minutesOf } = values;
		const { name, engine, ...more } = additionalFields;
		const renewed = {
			renew_cloud_time: minutesOf.cloud,
			renew_credential_time: minutesOf.credential,
			renew_ephemeral_credential_time: minutesOf.ephemeral,
		};
		api.claim(`'Identity' ${identity}`);
		const before = (await dsmSecrets(api)).find((secret) => secret.identity === identity);
		const stored = await storeDsmSecret(api, {
			identity,
			name: name ?? asText(before?.record.secret_name) ?? identity,
			engine: engine ?? asText(before?.record.engine) ?? 'Generic',
			...more,
			...renewed,
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
			hints: before && Object.values(renewed).includes(undefined) ? [RENEWAL_NOT_SENT] : [],
		};
	},
});

function newSecret(identity: string): DsmSecret {
	return { id: null, identity, data: [], record: {}, application: {} };
}
