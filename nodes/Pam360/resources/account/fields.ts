import {
	emptiableText,
	ifGiven,
	optionalText,
	refuseNothing,
	wholeNumber,
} from '../../../shared/input';
import { group, nullIfAdded, sentAs } from '../../../shared/param';
import {
	accountName,
	description,
	domainName,
	notes,
	owner,
	passwordPolicy,
	sapUserType,
	switchField,
} from '../shared/commonFields';
import { customFields } from '../shared/customFields';
import { idList } from '../shared/pickers';

/**
 * Fields that adding and editing an account have in common (docs/api/pam360.md, "Adding accounts" and
 * "Changing an account").
 *
 * @param text What is taken of a text: an update may empty one.
 */
const common = (text: typeof optionalText) =>
	group(
		passwordPolicy('ACCOUNTPASSWORDPOLICY', text),
		sentAs('ACCOUNTPASSWORDPOLICYID', {
			displayName: 'Password Policy ID',
			name: 'policyId',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 1,
			description: 'The password policy by its ID, instead of by name',
		}),
		switchField(
			'RECORD_RDP_SESSIONS',
			'Record RDP Sessions',
			'recordRdpSessions',
			'RDP sessions with the account are recorded',
		),
		switchField(
			'RECORD_CLI_SESSIONS',
			'Record CLI Sessions',
			'recordCliSessions',
			'SSH and Telnet sessions with the account are recorded',
		),
		switchField(
			'WEBSITE_SESSION_RECORDING',
			'Record Website Sessions',
			'websiteSessionRecording',
			'website sessions with the account are recorded',
		),
		switchField(
			'GATEWAY_SESSION_RECORDING',
			'Record Gateway Sessions',
			'gatewaySessionRecording',
			'sessions through the gateway with the account are recorded',
		),
		switchField(
			'DISABLE_PASSWORD_RESETS',
			'Disable Password Resets',
			'disablePasswordResets',
			'PAM360 may not reset the password of the account',
		),
		switchField(
			'CONFIGURE_PASSWORD_RESET',
			'Configure Password Reset',
			'configurePasswordReset',
			'what depends on the account is updated after a password reset, as the fields below say',
		),
		switchField(
			'SERVICES_RESET',
			'Reset Services',
			'servicesReset',
			'Windows services that use the account get its new password',
		),
		switchField(
			'SERVICES_RESTART',
			'Restart Services',
			'servicesRestart',
			'these Windows services are restarted afterwards',
		),
		switchField(
			'SCHEDULED_TASK_RESET',
			'Reset Scheduled Tasks',
			'scheduledTaskReset',
			'scheduled tasks that use the account get its new password',
		),
		switchField(
			'IIS_APP_POOL_RESET',
			'Reset IIS App Pools',
			'iisAppPoolReset',
			'IIS application pools that use the account get its new password',
		),
		switchField(
			'IIS_APP_POOL_RESTART',
			'Restart IIS App Pools',
			'iisAppPoolRestart',
			'these IIS application pools are restarted afterwards',
		),
		switchField(
			'IIS_WEB_CONFIG_RESET',
			'Reset IIS Web Config',
			'iisWebConfigReset',
			'IIS web configuration files that hold the password get the new one',
		),
		sentAs(
			'ACCOUNT_RESOURCE_GROUP_IDS',
			{
				displayName: 'Resource Group IDs',
				name: 'resourceGroupIds',
				type: 'string',
				default: '',
				placeholder: 'e.g. 3002, 3003',
				description: 'Groups that the account belongs to, by their IDs, separated by commas',
			},
			idList.transform((ids) => (ids.length > 0 ? ids : undefined)),
		),
		notes(text),
		nullIfAdded(
			sentAs('TOTP_SECRET', {
				displayName: 'TOTP Secret',
				name: 'totpSecret',
				type: 'string',
				typeOptions: { password: true },
				default: '',
				description: 'The secret from which PAM360 makes one-time passwords of the account',
			}),
		),
		sentAs('TOTP_ALGORITHM', {
			displayName: 'TOTP Algorithm',
			name: 'totpAlgorithm',
			type: 'options',
			options: [
				{ name: 'SHA-1', value: 'SHA1' },
				{ name: 'SHA-256', value: 'SHA256' },
				{ name: 'SHA-512', value: 'SHA512' },
			],
			default: 'SHA1',
			description: 'The hash function of the one-time passwords',
		}),
		sentAs('TOTP_DIGITS', {
			displayName: 'TOTP Digits',
			name: 'totpDigits',
			type: 'options',
			options: [
				{ name: '6', value: '6' },
				{ name: '7', value: '7' },
				{ name: '8', value: '8' },
			],
			default: '6',
			description: 'How long a one-time password is',
		}),
		sentAs(
			'TOTP_VALIDITY',
			{
				displayName: 'TOTP Validity',
				name: 'totpValidity',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 30,
				description: 'How many seconds a one-time password is valid',
			},
			// A text on the wire, as in the documentation.
			ifGiven(wholeNumber({ unit: 'seconds', min: 1 }).transform(String)),
		),
		sapUserType(text),
		customFields('ACCOUNTCUSTOMFIELD', 'Custom Fields', 'customFields'),
	);

const commandSet = <const Wire extends string>(wire: Wire) =>
	sentAs(wire, {
		displayName: 'Command Set',
		name: 'commandSet',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description: 'The ID of the set of commands that the account is confined to',
	});

/** What keeps an account from being misused, and who may see it: for a person to change. */
export const SAFEGUARDS = [
	...['recordRdpSessions', 'recordCliSessions', 'websiteSessionRecording'],
	...['gatewaySessionRecording', 'commandSet', 'resourceGroupIds'],
];

/**
 * What a new account takes beside name and password; the vendor leaves a letter out of `COMMAND_SET`
 * here (docs/api/pam360.md, "Adding accounts").
 */
export const createFields = group(common(optionalText), commandSet('COMMAN_SET'));

/** What new accounts and changes of others take alike, in the spelling of the latter. */
export const upsertFields = group(common(optionalText), commandSet('COMMAND_SET'));

/**
 * What an update takes; the password is changed by an operation of its own (docs/api/pam360.md,
 * "Changing an account").
 */
export const changeFields = group(
	common(emptiableText),
	commandSet('COMMAND_SET'),
	accountName(emptiableText).looking({ description: 'The new name' }),
	owner(emptiableText),
	domainName(emptiableText).looking({ description: 'The domain that the account belongs to' }),
	description('DESCRIPTION', emptiableText).looking({
		placeholder: 'e.g. Used by the backup',
		description: 'What the account is for',
	}),
).check(refuseNothing);
