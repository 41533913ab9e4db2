import { choice } from '../../../shared/input';
import { collection, entries, kind, param, sentAs } from '../../../shared/param';
import { optionalKeyText, requiredKeyText } from '../shared/keyText';
import { filled, text, unlessEmpty } from './setting';

const additionalTexts = [
	text('user_credential_owner', 'User Credential Owner', 'userCredentialOwner', {
		description: 'The user of the vault who owns the credential',
	}),
	text('server_path', 'Server Path', 'serverPath', {
		description: 'The path on the server that the credential is for',
	}),
	sentAs(
		'secret_key',
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The seed for one-time passwords (TOTP)',
		},
		optionalKeyText,
	),
	sentAs('criticality', {
		displayName: 'Criticality',
		name: 'criticality',
		type: 'options',
		options: [
			{ name: 'Low', value: 'low' },
			{ name: 'Medium', value: 'medium' },
			{ name: 'High', value: 'high' },
		],
		default: 'medium',
		description: 'How critical the credential is',
	}),
	text('notes', 'Notes', 'notes', {
		typeOptions: { rows: 3 },
		description: 'Notes on the credential, which people with access to it can read',
	}),
] as const;

const authenticationFields = entries(
	{
		displayName: 'Additional Authentication Fields',
		name: 'authenticationFields',
		placeholder: 'Add Field',
		description: 'Further fields that a login asks for',
	},
	{
		field: kind(
			'Field',
			text('name', 'Name', 'name', { description: 'What the field is called' }),
			text('short_name', 'Short Name', 'shortName', {
				description: 'The short name by which macros use the field',
			}),
			sentAs(
				'value',
				{
					displayName: 'Value',
					name: 'authenticationValue',
					type: 'string',
					typeOptions: { password: true },
					default: '',
					description: 'What the field holds',
				},
				requiredKeyText,
			),
		),
	},
	filled,
).as(({ authenticationFields: list }) =>
	list === undefined ? {} : { additional_authentication_fields: list },
);

const sendAs = param(
	{
		displayName: 'Send As',
		name: 'sendAs',
		type: 'options',
		options: [
			{ name: 'List', value: 'list', description: 'As the vendor’s pages show it' },
			{
				name: 'Object',
				value: 'object',
				description: 'As the vendor’s Postman collection has it',
			},
		],
		default: 'list',
		description:
			'The form in which this group is sent. The vendor shows both; change it if the vault ignores the settings.',
	},
	choice(['list', 'object']).default('list'),
);

/** What else is kept with the credential (docs/api/senhasegura.md, "Storing a credential"). */
export const additionalSettings = collection(
	'Additional Settings',
	'additionalSettings',
	'Add Setting',
	[...additionalTexts, authenticationFields, sendAs],
).as(({ additionalSettings: { sendAs: form, ...given } }) => {
	const settings = unlessEmpty(given);
	return { additional_settings: settings && form === 'list' ? [settings] : settings };
});
