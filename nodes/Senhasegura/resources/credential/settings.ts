import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { collection } from '../../../shared/description';
import { choice, flag, ifGiven, optionalText, refuse, vendorValue } from '../../../shared/input';
import { optionalSecret, requiredSecret } from '../shared/password';

/**
 * The four groups of settings that a credential can have, with their fields under the console's names.
 * Source: docs/api/senhasegura.md, "Storing a credential". What is not given is not sent, and stays as
 * it is in the vault.
 */

interface Field {
	/** Under the console's name. */
	label: string;
	/** As a parameter. */
	name: string;
	/** As a field of the API. */
	wire: string;
	description: string;
	placeholder?: string;
}

const textOf = ({ label, name, placeholder, description }: Field): INodeProperties => ({
	displayName: label,
	name,
	type: 'string',
	default: '',
	...(placeholder && { placeholder }),
	description,
});

const switchOf = ({ label, name, description }: Field): INodeProperties => ({
	displayName: label,
	name,
	type: 'boolean',
	default: true,
	description,
});

/** Zod schemas for fields, by their parameters. */
function shapeOf<Schema extends z.ZodTypeAny>(fields: Field[], schema: Schema) {
	return Object.fromEntries(fields.map(({ name }) => [name, schema]));
}

function body(fields: Field[], values: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(fields.map(({ name, wire }) => [wire, values[name]]));
}

/** A group of which nothing is given is not sent. */
function unlessEmpty<Group extends object>(group: Group): Group | undefined {
	return Object.values(group).some((value) => value !== undefined) ? group : undefined;
}

/** The credential that connects to the device, where it is not the credential itself. */
const connectingFields: Field[] = [
	{
		label: 'Authentication Credential',
		name: 'authenticationCredential',
		wire: 'authentication_credential',
		description: 'The user name of the credential that connects to the device',
		placeholder: 'e.g. root',
	},
	{
		label: 'Authentication Hostname',
		name: 'authenticationHostname',
		wire: 'authentication_hostname',
		description: 'The host name of the credential that connects to the device',
		placeholder: 'e.g. web-01',
	},
	{
		label: 'Authentication IP',
		name: 'authenticationIp',
		wire: 'authentication_ip',
		description: 'The IP address of the credential that connects to the device',
		placeholder: 'e.g. 10.66.33.15',
	},
];

const ownCredential: Field = {
	label: 'Use Own Credential to Connect',
	name: 'useOwnCredential',
	wire: 'use_own_credential_to_connect',
	description:
		'Whether the credential itself connects to the device. If not, the three authentication fields name the one that does.',
};

const connecting = {
	...shapeOf(connectingFields, optionalText),
	useOwnCredential: flag.optional(),
};

/**
 * Without a credential of its own, another one must be named (docs/api/senhasegura.md, "Storing a
 * credential").
 */
function checkConnecting(values: Record<string, unknown>, context: z.RefinementCtx): void {
	if (values.useOwnCredential !== false) return;
	for (const { name } of connectingFields) {
		if (values[name] !== undefined) continue;
		context.addIssue({
			code: 'custom',
			path: [name],
			message: "is required where 'Use Own Credential to Connect' is off",
		});
	}
}

const parentFields: Field[] = [
	{
		label: 'Parent Credential',
		name: 'parentCredential',
		wire: 'parent_credential',
		description: 'The user name of the credential whose password this one follows',
		placeholder: 'e.g. root',
	},
	{
		label: 'Parent Hostname',
		name: 'parentHostname',
		wire: 'parent_hostname',
		description: 'The host name of the parent credential',
		placeholder: 'e.g. web-01',
	},
	{
		label: 'Parent IP',
		name: 'parentIp',
		wire: 'parent_ip',
		description: 'The IP address of the parent credential',
		placeholder: 'e.g. 10.66.33.15',
	},
];

const changeSwitches: Field[] = [
	{
		label: 'Automatic Change',
		name: 'automaticChange',
		wire: 'automatic_change',
		description: 'Whether the vault changes the password by itself, with a plugin and a template',
	},
	{
		label: 'Agent Based Password Change',
		name: 'agentBasedChange',
		wire: 'agent_based_password_change',
		description: 'Whether an agent on the device changes the password',
	},
];

const changeFields: Field[] = [
	{
		label: 'Change Plugin',
		name: 'changePlugin',
		wire: 'change_plugin',
		description: 'The plugin that changes the password, as the vault calls it',
		placeholder: 'e.g. SSH',
	},
	{
		label: 'Change Template',
		name: 'changeTemplate',
		wire: 'change_template',
		description: 'The template of that plugin, as the vault calls it',
		placeholder: 'e.g. Linux - Change Password',
	},
];

const reconciliationSwitch: Field = {
	label: 'Reconciliation',
	name: 'reconciliation',
	wire: 'status',
	description: 'Whether the vault sets a password right that differs from that on the device',
};

const reconciliationFields: Field[] = [
	{
		label: 'Reconciliation Credential',
		name: 'reconciliationCredential',
		wire: 'reconciliation_credential',
		description: 'The user name of the credential that sets the password right',
		placeholder: 'e.g. root',
	},
	{
		label: 'Reconciliation Hostname',
		name: 'reconciliationHostname',
		wire: 'reconciliation_hostname',
		description: 'The host name of the credential that sets the password right',
		placeholder: 'e.g. web-01',
	},
	{
		label: 'Reconciliation IP',
		name: 'reconciliationIp',
		wire: 'reconciliation_ip',
		description: 'The IP address of the credential that sets the password right',
		placeholder: 'e.g. 10.66.33.15',
	},
	{
		label: 'Reconciliation Plugin',
		name: 'reconciliationPlugin',
		wire: 'reconciliation_plugin',
		description: 'The plugin that sets the password right, as the vault calls it',
		placeholder: 'e.g. SSH',
	},
	{
		label: 'Reconciliation Template',
		name: 'reconciliationTemplate',
		wire: 'reconciliation_template',
		description: 'The template of that plugin, as the vault calls it',
		placeholder: 'e.g. Linux - Change Password',
	},
];

export const executionSettings = {
	field: collection('Execution Settings', 'executionSettings', 'Add Setting', [
		...[...parentFields, ...changeFields, ...connectingFields, ...reconciliationFields].map(textOf),
		...[...changeSwitches, ownCredential, reconciliationSwitch].map(switchOf),
	]),
	input: z
		.object({
			...shapeOf([...parentFields, ...changeFields, ...reconciliationFields], optionalText),
			...shapeOf([...changeSwitches, reconciliationSwitch], flag.optional()),
			...connecting,
		})
		.superRefine(checkConnecting),
	body: (values: Record<string, unknown>) =>
		unlessEmpty(
			body(
				[
					...parentFields,
					...changeSwitches,
					...changeFields,
					ownCredential,
					...connectingFields,
					reconciliationSwitch,
					...reconciliationFields,
				],
				values,
			),
		),
};

/** The keys of the API have spaces in them. */
const protocols: Field[] = [
	['SSH', 'ssh'],
	['Telnet', 'telnet'],
	['MySQL', 'mysql'],
	['SQL Server', 'sqlServer'],
	['HTTP', 'http'],
	['HTTPS', 'https'],
	['RDP', 'rdp'],
	['X11 Forward', 'x11Forward'],
	['VNC', 'vnc'],
].map(([label, name]) => ({
	label: label as string,
	name: name as string,
	wire: label as string,
	description: `Whether the credential opens sessions by ${label}`,
}));

const restriction: Field = {
	label: 'Restrict Access to Remote Application',
	name: 'restrictToRemoteApplication',
	wire: 'restrict_access_to_remote_application',
	description: 'Whether sessions are limited to the remote applications of the macros',
};

const macrosField: INodeProperties = {
	displayName: 'Macros',
	name: 'macros',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Macro',
	default: {},
	options: [
		{
			displayName: 'Macro',
			name: 'macro',
			values: [
				{
					displayName: 'Remote Application',
					name: 'remoteApp',
					type: 'string',
					default: '',
					description: 'The remote application, as the vault calls it',
				},
				{
					displayName: 'Connectivity',
					name: 'connectivity',
					type: 'string',
					default: '',
					placeholder: 'e.g. RDP',
					description: 'The protocol that it is reached by',
				},
			],
		},
	],
	description: 'Remote applications that the session offers',
};

/** The rows of a parameter that takes several of something. */
function rows<Shape extends z.ZodRawShape>(name: string, shape: Shape) {
	return z
		.object({ [name]: z.array(z.object(shape)).default([]) })
		.optional()
		.transform((value) => {
			const list = value?.[name] as Array<z.output<z.ZodObject<Shape>>> | undefined;
			return list && list.length > 0 ? list : undefined;
		});
}

export const sessionSettings = {
	field: collection('Session Settings', 'sessionSettings', 'Add Setting', [
		...[...protocols, restriction, ownCredential].map(switchOf),
		...connectingFields.map(textOf),
		macrosField,
	]),
	input: z
		.object({
			...shapeOf([...protocols, restriction], flag.optional()),
			...connecting,
			macros: rows('macro', { remoteApp: optionalText, connectivity: optionalText }),
		})
		.superRefine(checkConnecting),
	body: (values: Record<string, unknown>) => {
		const macros = values.macros as
			Array<{ remoteApp?: string; connectivity?: string }> | undefined;
		return unlessEmpty({
			...body([...protocols, restriction], values),
			macros: macros?.map(({ remoteApp, connectivity }) => ({
				remote_app: remoteApp,
				connectivity,
			})),
			...body([ownCredential, ...connectingFields], values),
		});
	},
};

const additionalTexts: Field[] = [
	{
		label: 'User Credential Owner',
		name: 'userCredentialOwner',
		wire: 'user_credential_owner',
		description: 'The user of the vault who owns the credential',
	},
	{
		label: 'Server Path',
		name: 'serverPath',
		wire: 'server_path',
		description: 'The path on the server that the credential is for',
	},
	{
		label: 'Secret Key',
		name: 'secretKey',
		wire: 'secret_key',
		description: 'The seed for one-time passwords (TOTP)',
	},
	{
		label: 'Criticality',
		name: 'criticality',
		wire: 'criticality',
		description: 'How critical the credential is',
	},
	{
		label: 'Notes',
		name: 'notes',
		wire: 'notes',
		description: 'Notes on the credential, which people with access to it can read',
	},
];

const GROUP_FORMS = ['list', 'object'] as const;

function additionalTextOf(field: Field): INodeProperties {
	const own = textOf(field);
	if (field.name === 'secretKey') return { ...own, typeOptions: { password: true } };
	if (field.name === 'notes') return { ...own, typeOptions: { rows: 3 } };
	if (field.name !== 'criticality') return own;
	return {
		displayName: field.label,
		name: field.name,
		type: 'options',
		options: [
			{ name: 'Low', value: 'low' },
			{ name: 'Medium', value: 'medium' },
			{ name: 'High', value: 'high' },
		],
		default: 'medium',
		description: field.description,
	};
}

const additionalInput = z.object({
	userCredentialOwner: optionalText,
	serverPath: optionalText,
	secretKey: optionalSecret,
	criticality: ifGiven(vendorValue),
	notes: optionalText,
	authenticationFields: rows('field', {
		name: optionalText,
		shortName: optionalText,
		authenticationValue: requiredSecret,
	}),
	sendAs: choice(GROUP_FORMS).default('list'),
});

export const additionalSettings = {
	field: collection('Additional Settings', 'additionalSettings', 'Add Setting', [
		...additionalTexts.map(additionalTextOf),
		{
			displayName: 'Additional Authentication Fields',
			name: 'authenticationFields',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Field',
					name: 'field',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							description: 'What the field is called',
						},
						{
							displayName: 'Short Name',
							name: 'shortName',
							type: 'string',
							default: '',
							description: 'The short name by which macros use the field',
						},
						{
							displayName: 'Value',
							name: 'authenticationValue',
							type: 'string',
							typeOptions: { password: true },
							default: '',
							description: 'What the field holds',
						},
					],
				},
			],
			description: 'Further fields that a login asks for',
		},
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
				'How this group is written. The vendor shows both; change it where the vault ignores the settings.',
		},
	]),
	input: additionalInput,
	body: ({ authenticationFields, sendAs, ...values }: z.output<typeof additionalInput>) => {
		const group = unlessEmpty({
			...body(additionalTexts, values),
			additional_authentication_fields: authenticationFields?.map(
				({ name, shortName, authenticationValue }) => ({
					name,
					short_name: shortName,
					value: authenticationValue,
				}),
			),
		});
		return group && sendAs === 'list' ? [group] : group;
	},
};

const jitSteps = (step: string, verb: string): Field[] => [
	{
		label: `${step} Plugin`,
		name: `${step.toLowerCase()}Plugin`,
		wire: `credential_${step.toLowerCase()}_plugin`,
		description: `The plugin that ${verb} the user on the device, as the vault calls it`,
		placeholder: 'e.g. SSH',
	},
	{
		label: `${step} Template`,
		name: `${step.toLowerCase()}Template`,
		wire: `credential_${step.toLowerCase()}_template`,
		description: `The template of the plugin that ${verb} the user, as the vault calls it`,
		placeholder: 'e.g. Linux - Create User',
	},
];

const creationFields = [...jitSteps('Creation', 'creates'), ...jitSteps('Deletion', 'removes')];
const enablingFields = [...jitSteps('Enable', 'enables'), ...jitSteps('Disable', 'disables')];

const JIT_ACTIONS = ['createAndDelete', 'enableAndDisable'] as const;

const jit: Field = {
	label: 'Just-in-Time',
	name: 'jit',
	wire: 'jit',
	description:
		'Whether the user exists on the device, or is enabled there, only while it is needed',
};

export const jitSettings = {
	field: collection('JIT Settings', 'jitSettings', 'Add Setting', [
		...[jit, ownCredential].map(switchOf),
		{
			displayName: 'Action',
			name: 'action',
			type: 'options',
			options: [
				{ name: 'Create and Delete the User', value: 'createAndDelete' },
				{ name: 'Enable and Disable the User', value: 'enableAndDisable' },
			],
			default: 'createAndDelete',
			description: 'What is done before and after; each needs two plugins with their templates',
		},
		...[...creationFields, ...enablingFields, ...connectingFields].map(textOf),
	]),
	input: z
		.object({
			jit: flag.optional(),
			action: ifGiven(choice(JIT_ACTIONS)),
			...shapeOf([...creationFields, ...enablingFields], optionalText),
			...connecting,
		})
		.superRefine((values: Record<string, unknown>, context) => {
			checkConnecting(values, context);
			const { action } = values;
			const needed = action === 'createAndDelete' ? creationFields : enablingFields;
			for (const { name } of action === undefined ? [] : needed) {
				if (values[name] === undefined) {
					context.addIssue({
						code: 'custom',
						path: [name],
						message: "is required by 'Action'",
					});
				}
			}
			const others = [...creationFields, ...enablingFields].some(
				({ name }) => values[name] !== undefined,
			);
			if (action === undefined && others) {
				refuse(context, "needs 'Action', since plugins are given");
			}
		}),
	body: (values: Record<string, unknown>) => {
		const { action } = values;
		const isCreation = action === 'createAndDelete';
		return unlessEmpty({
			...body([jit], values),
			...(action !== undefined && {
				credential_creation_and_deletion: isCreation,
				enable_disable_credential: !isCreation,
			}),
			...body([ownCredential, ...connectingFields], values),
			...(action !== undefined && body(isCreation ? creationFields : enablingFields, values)),
		});
	},
};
