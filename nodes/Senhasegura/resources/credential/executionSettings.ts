import { collection, group } from '../../../shared/param';
import { checkConnecting, connecting } from './connecting';
import { text, toggle, unlessEmpty } from './setting';

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

/** How the vault changes and corrects the password (docs/api/senhasegura.md, "Storing a credential"). */
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
