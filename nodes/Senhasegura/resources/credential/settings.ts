import type { INodePropertyTypeOptions } from 'n8n-workflow';
import { choice, flag, ifGiven, optionalText, refuse } from '../../../shared/input';
import { collection, entries, group, kind, Param, param, sentAs } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { optionalKeyText, requiredKeyText } from '../shared/keyText';
import type { z } from 'zod';

/**
 * The four groups of settings that a credential can have, with their fields under the console's names.
 * Source: docs/api/senhasegura.md, "Storing a credential". What is not given is not sent, and stays as
 * it is in the vault.
 */

/** A setting that is a text: its name in the API, in the console, and as a parameter. */
function text<const Wire extends string>(
	wire: Wire,
	displayName: string,
	name: string,
	more: { description: string; placeholder?: string; typeOptions?: INodePropertyTypeOptions },
) {
	return sentAs(wire, { displayName, name, type: 'string', default: '', ...more }, optionalText);
}

/** One that is on or off. */
function toggle<const Wire extends string>(
	wire: Wire,
	displayName: string,
	name: string,
	description: string,
) {
	return sentAs(
		wire,
		{ displayName, name, type: 'boolean', default: true, description },
		flag.optional(),
	);
}

/** A group of which nothing is given is not sent. */
function unlessEmpty<Group extends object>(values: Group): Group | undefined {
	return Object.keys(values).length > 0 ? values : undefined;
}

/** The credential that connects to the device, where it is not the credential itself. */
const connectingFields = [
	text('authentication_credential', 'Authentication Credential', 'authenticationCredential', {
		description: 'The username of the credential that connects to the device',
		placeholder: 'e.g. root',
	}),
	text('authentication_hostname', 'Authentication Hostname', 'authenticationHostname', {
		description: 'The host name of the credential that connects to the device',
		placeholder: 'e.g. web-01',
	}),
	text('authentication_ip', 'Authentication IP', 'authenticationIp', {
		description: 'The IP address of the credential that connects to the device',
		placeholder: 'e.g. 10.66.33.15',
	}),
] as const;

const ownCredential = toggle(
	'use_own_credential_to_connect',
	'Use Own Credential to Connect',
	'useOwnCredential',
	'Whether the credential itself connects to the device. If not, the three authentication fields name the one that does.',
);

/** How the vault connects to the device. */
const connecting = group(ownCredential, ...connectingFields);

/**
 * Without a credential of its own, another one must be named (docs/api/senhasegura.md, "Storing a
 * credential").
 */
function checkConnecting(
	values: Partial<ValuesOf<[typeof connecting]>>,
	context: z.RefinementCtx,
): void {
	if (values.use_own_credential_to_connect !== false) return;
	demandAll(
		connectingFields,
		values,
		"is required where 'Use Own Credential to Connect' is off",
		context,
	);
}

/** Adds an issue for each setting that is not given. */
function demandAll(
	settings: readonly Param[],
	values: object,
	message: string,
	context: z.RefinementCtx,
): void {
	const names = settings.flatMap((setting) => Object.entries(setting.names));
	for (const [wire, name] of names) {
		if (!(wire in values)) context.addIssue({ code: 'custom', path: [name], message });
	}
}

const parentFields = [
	text('parent_credential', 'Parent Credential', 'parentCredential', {
		description: 'The username of the credential whose password this one follows',
		placeholder: 'e.g. root',
	}),
	text('parent_hostname', 'Parent Hostname', 'parentHostname', {
		description: 'The host name of the parent credential',
		placeholder: 'e.g. web-01',
	}),
	text('parent_ip', 'Parent IP', 'parentIp', {
		description: 'The IP address of the parent credential',
		placeholder: 'e.g. 10.66.33.15',
	}),
] as const;

const changeSwitches = [
	toggle(
		'automatic_change',
		'Automatic Change',
		'automaticChange',
		'Whether the vault changes the password by itself, with a plugin and a template',
	),
	toggle(
		'agent_based_password_change',
		'Agent Based Password Change',
		'agentBasedChange',
		'Whether an agent on the device changes the password',
	),
] as const;

const changeFields = [
	text('change_plugin', 'Change Plugin', 'changePlugin', {
		description: 'The plugin that changes the password, as the vault calls it',
		placeholder: 'e.g. SSH',
	}),
	text('change_template', 'Change Template', 'changeTemplate', {
		description: 'The template of that plugin, as the vault calls it',
		placeholder: 'e.g. Linux - Change Password',
	}),
] as const;

const reconciliationSwitch = toggle(
	'status',
	'Reconciliation',
	'reconciliation',
	'Whether the vault corrects a password that differs from the one on the device',
);

const reconciliationFields = [
	text('reconciliation_credential', 'Reconciliation Credential', 'reconciliationCredential', {
		description: 'The username of the credential that corrects the password',
		placeholder: 'e.g. root',
	}),
	text('reconciliation_hostname', 'Reconciliation Hostname', 'reconciliationHostname', {
		description: 'The host name of the credential that corrects the password',
		placeholder: 'e.g. web-01',
	}),
	text('reconciliation_ip', 'Reconciliation IP', 'reconciliationIp', {
		description: 'The IP address of the credential that corrects the password',
		placeholder: 'e.g. 10.66.33.15',
	}),
	text('reconciliation_plugin', 'Reconciliation Plugin', 'reconciliationPlugin', {
		description: 'The plugin that corrects the password, as the vault calls it',
		placeholder: 'e.g. SSH',
	}),
	text('reconciliation_template', 'Reconciliation Template', 'reconciliationTemplate', {
		description: 'The template of that plugin, as the vault calls it',
		placeholder: 'e.g. Linux - Change Password',
	}),
] as const;

export const executionSettings = collection(
	'Execution Settings',
	'executionSettings',
	'Add Setting',
	[
		group(
			...parentFields,
			...changeSwitches,
			...changeFields,
			connecting,
			reconciliationSwitch,
			...reconciliationFields,
		).check(checkConnecting),
	],
).as(({ executionSettings: given }) => ({ execution_settings: unlessEmpty(given) }));

/** The keys of the API have spaces in them. */
const protocol = <const Wire extends string>(wire: Wire, name: string) =>
	toggle(wire, wire, name, `Whether the credential opens sessions by ${wire}`);

const restriction = toggle(
	'restrict_access_to_remote_application',
	'Restrict Access to Remote Application',
	'restrictToRemoteApplication',
	'Whether sessions are limited to the remote applications of the macros',
);

const macros = entries(
	{
		displayName: 'Macros',
		name: 'macros',
		placeholder: 'Add Macro',
		description: 'Remote applications that the session offers',
	},
	{
		macro: kind(
			'Macro',
			text('remote_app', 'Remote Application', 'remoteApp', {
				description: 'The remote application, as the vault calls it',
			}),
			text('connectivity', 'Connectivity', 'connectivity', {
				description: 'The protocol that it is reached by',
				placeholder: 'e.g. RDP',
			}),
		),
	},
	filled,
);

/** A list that has entries. */
function filled<Entry>(list: Entry[] | undefined): Entry[] | undefined {
	return list && list.length > 0 ? list : undefined;
}

export const sessionSettings = collection('Session Settings', 'sessionSettings', 'Add Setting', [
	group(
		protocol('SSH', 'ssh'),
		protocol('Telnet', 'telnet'),
		protocol('MySQL', 'mysql'),
		protocol('SQL Server', 'sqlServer'),
		protocol('HTTP', 'http'),
		protocol('HTTPS', 'https'),
		protocol('RDP', 'rdp'),
		protocol('X11 Forward', 'x11Forward'),
		protocol('VNC', 'vnc'),
		restriction,
		macros,
		connecting,
	).check(checkConnecting),
]).as(({ sessionSettings: given }) => ({ session_settings: unlessEmpty(given) }));

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

export const additionalSettings = collection(
	'Additional Settings',
	'additionalSettings',
	'Add Setting',
	[...additionalTexts, authenticationFields, sendAs],
).as(({ additionalSettings: { sendAs: form, ...given } }) => {
	const settings = unlessEmpty(given);
	return { additional_settings: settings && form === 'list' ? [settings] : settings };
});

/** The plugin and the template for a step such as `creation`. */
function jitStep<const Step extends string>(step: Step, label: string, verb: string) {
	return [
		text(`credential_${step}_plugin`, `${label} Plugin`, `${step}Plugin`, {
			description: `The plugin that ${verb} the user on the device, as the vault calls it`,
			placeholder: 'e.g. SSH',
		}),
		text(`credential_${step}_template`, `${label} Template`, `${step}Template`, {
			description: `The template of the plugin that ${verb} the user, as the vault calls it`,
			placeholder: 'e.g. Linux - Create User',
		}),
	] as const;
}

const creation = [
	...jitStep('creation', 'Creation', 'creates'),
	...jitStep('deletion', 'Deletion', 'removes'),
] as const;
const enabling = [
	...jitStep('enable', 'Enable', 'enables'),
	...jitStep('disable', 'Disable', 'disables'),
] as const;

const jit = toggle(
	'jit',
	'Just-in-Time',
	'jit',
	'Whether the user exists on the device, or is enabled there, only while it is needed',
);

const action = param(
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
	ifGiven(choice(['createAndDelete', 'enableAndDisable'])),
);

const creationSteps = group(...creation);
const enablingSteps = group(...enabling);

/** The steps of one of two actions; those of the other are not sent. */
const jitGroup = group(
	action,
	jit,
	connecting.check(checkConnecting),
	creationSteps.as((given) => ({ creation: given })),
	enablingSteps.as((given) => ({ enabling: given })),
).as(({ action: chosen, jit: isOn, creation: created, enabling: enabled, ...how }, context) => {
	const isCreation = chosen === 'createAndDelete';
	const steps = isCreation ? created : enabled;
	if (chosen !== undefined) {
		demandAll(isCreation ? creation : enabling, steps, "is required by 'Action'", context);
	} else if (Object.keys({ ...created, ...enabled }).length > 0) {
		refuse(context, "needs 'Action', since plugins are given");
	}
	return {
		...(isOn !== undefined && { jit: isOn }),
		...(chosen !== undefined && {
			credential_creation_and_deletion: isCreation,
			enable_disable_credential: !isCreation,
		}),
		...how,
		...(chosen !== undefined && steps),
	};
});

export const jitSettings = collection('JIT Settings', 'jitSettings', 'Add Setting', [jitGroup]).as(
	({ jitSettings: given }) => ({ jit_settings: unlessEmpty(given) }),
);
