import type { FailureDetails } from '../../shared/failure';
import { troubleOf } from '../../shared/outcome';

/** What a refusal of the vault means, and what to do. */
export interface Meaning {
	/** A part of the text. */
	when: RegExp;
	/**
	 * The number for it, which means other things in other families (docs/api/senhasegura.md, "Errors by
	 * number"): it counts where the text is another one, too.
	 */
	code?: number;
	/** The modules that it holds in: with a number PAM, without one all. */
	modules?: readonly string[];
	message: string;
	description: string;
	declared?: FailureDetails['declared'];
	/** Whether it comes of clocks that differ. */
	isOfClock?: boolean;
	/** Whether the text tells of a fault; what others hold may stand in the account of one by chance. */
	isOfFault?: boolean;
}

const PAM = ['pam'] as const;
const SESSIONS = ['session', 'remote'] as const;
const MY_SAFE = ['mysafe'] as const;

const INVALID_CREDENTIAL = { cause: 'credential-invalid' } as const;

/** An address below which there is nothing. */
export const UNKNOWN_ADDRESS: Omit<Meaning, 'when'> = {
	message: 'senhasegura does not know this address',
	description:
		"Check 'URL' in the credential, and change 'API Prefix': /api from version 3.33 on, /iso before.",
};

const BAD_GATEWAY = 502;

/**
 * Texts decide, not the HTTP status: a missing permission is 500, a missing header 404
 * (docs/api/senhasegura.md, "Errors by number" and "Other errors").
 */
const MEANINGS: Meaning[] = [
	{
		when: /(password|note|api secret) not found/i,
		code: 1005,
		modules: MY_SAFE,
		message: 'MySafe does not know this entry',
		description: 'Compare its number with the list of these entries.',
	},
	{
		when: /does not have access/i,
		code: 1006,
		modules: MY_SAFE,
		message: 'The owner of the access key has no access to this entry',
		description:
			"Its owner can share it in MySafe. The access key may also be limited to 'Specified data'.",
	},
	{
		when: /inactive (password|note|api secret)/i,
		code: 1009,
		modules: MY_SAFE,
		message: 'The entry is disabled',
		description: 'Enable it in MySafe first.',
	},
	{
		when: /identifier'? already found in another api key/i,
		modules: MY_SAFE,
		message: "Another API secret of this user has this 'Identifier Code'",
		description:
			"Choose another one. To change the entry that has it, use 'MySafe API Secret: Create or Update', or 'MySafe API Secret: Update' with its number. A disabled entry must be enabled first.",
	},
	{
		when: /erro ao criptografar|error occurred while encrypting/i,
		isOfFault: true,
		modules: MY_SAFE,
		message: 'The vault could not encrypt the entry',
		description:
			"RSA holds short texts only, so a long note does not fit. Turn off 'Encrypt sensitive data' of the access key, or use another access key for it.",
	},
	{
		when: /unexpected identifier type/i,
		code: 1010,
		modules: MY_SAFE,
		message: 'The vault expects the number of a MySafe entry here',
		description: "Lists of entries give it as 'identifier'.",
	},
	{
		when: /user does not exist|related user not found/i,
		message: 'The vault does not know this related user',
		description: "Compare the ID with the list of 'Related User: Get Many'.",
	},
	{
		when: /user(name)? not specified|'username' was not informed/i,
		message: 'The username is missing',
		description: 'Enter the username.',
	},
	{
		when: /session not found/i,
		code: 1002,
		modules: SESSIONS,
		message: 'The vault does not know this session',
		description: "Compare its number with the list of 'Session: Get Many'.",
	},
	{
		when: /unexpected identifier type/i,
		code: 1003,
		modules: SESSIONS,
		message: 'The vault expects the number of a session here, not its session ID',
		description: "'Session: Get Many' gives both.",
	},
	{
		when: /device's hostname was not informed/i,
		code: 1004,
		message: "'Hostname' is missing",
		description: 'Enter the host name of the main device as it is registered in the vault.',
	},
	{
		when: /\bIP was not informed|1005\s*:.*\bIP\b/i,
		code: 1005,
		message: "'IP' is missing",
		description: 'Enter the IP address of the main device as it is registered in the vault.',
	},
	{
		when: /credential not found/i,
		code: 1007,
		message: 'The vault does not know this credential',
		description:
			'Compare its ID, its identifier, or its username and host name with the list of credentials. A credential whose username has an @ in it is found by ID or identifier only.',
	},
	{
		when: /credential inactive/i,
		code: 1008,
		message: 'The credential is disabled',
		description: "Enable it first, with 'Credential: Enable'.",
	},
	{
		when: /no access to credential/i,
		code: 1009,
		message: 'The authorization has no access to this item',
		description: 'Add it to the list of the authorization, in A2A > Applications > Authorizations.',
	},
	{
		when: /item is not a credential/i,
		code: 1010,
		message: 'This item is an SSH key and not a credential',
		description:
			"Use the resource 'SSH Key', or choose another ID or identifier: keys and credentials share one set of both.",
	},
	{
		when: /device not found/i,
		code: 1011,
		message: "The vault knows no device with this 'Hostname' and 'IP', or this ID",
		description: 'The device must be registered in the vault first. Compare with its record.',
	},
	{
		when: /public key was not informed/i,
		code: 1013,
		message: "'Public Key' is missing",
		description: 'Enter the public key in OpenSSH form.',
	},
	{
		when: /private key was not informed/i,
		code: 1014,
		message: "'Private Key' is missing",
		description: 'Enter the private key with its BEGIN and END lines.',
	},
	{
		when: /ssh key not found/i,
		code: 1015,
		message: 'The vault does not know this SSH key',
		description: 'Compare its ID with the list of SSH keys.',
	},
	{
		when: /item is not a ssh key/i,
		code: 1016,
		message: "This ID or 'Identifier' belongs to a credential and not to an SSH key",
		description: 'Choose another one: keys and credentials share one set of both.',
	},
	{
		when: /^\W*(1017\s*:\s*)?key inactive/i,
		code: 1017,
		message: 'The SSH key is disabled',
		description: "Enable it first, with 'SSH Key: Enable'.",
	},
	{
		when: /not in the user custody/i,
		code: 1018,
		message: 'This authorization has no custody of the credential',
		description:
			'Only custody that the same authorization took by reading the credential can be released, and only while it lasts.',
	},
	{
		when: /device's site was not informed/i,
		code: 1019,
		message: "'Site' is missing",
		description: 'Enter the site of the device, as the vault calls it.',
	},
	{
		when: /device's model was not informed/i,
		code: 1020,
		message: "'Model' is missing",
		description: 'Enter the model of the device, as the vault calls it.',
	},
	{
		when: /device's vendor was not informed/i,
		code: 1021,
		message: "'Vendor' is missing",
		description: 'Enter the vendor of the device, as the vault calls it.',
	},
	{
		when: /device's type was not informed/i,
		code: 1022,
		message: "'Type' is missing",
		description: 'Enter the type of the device, as the vault calls it.',
	},
	{
		when: /information not found/i,
		code: 1023,
		message: 'The vault does not know this protected information',
		description: 'Compare its ID or identifier with the record in the vault.',
	},
	{
		when: /inactive information/i,
		code: 1024,
		message: 'The protected information is disabled',
		description: 'It can only be enabled in the vault itself, not through the API.',
	},
	{
		when: /information content was not informed/i,
		code: 1026,
		message: "'Content' is missing",
		description: 'Enter the text to protect.',
	},
	{
		when: /domain that has not been previously registered/i,
		code: 1029,
		message: "'Device Domains' names a domain that the vault does not know",
		description: 'Register the domain in the vault first, and compare how it is written.',
	},
	{
		when: /without pam configuration access/i,
		code: 1039,
		message: 'The authorization may only read',
		description:
			"Set 'PAM resource permission' of the authorization to 'Read and write', in A2A > Applications > Authorizations.",
	},
	{
		when: /invalid username/i,
		code: 1042,
		message: "'Username' is missing",
		description: 'Enter the username on the device.',
	},
	{
		when: /credential is already activated/i,
		code: 1043,
		message: 'The credential is enabled already',
		description: "To treat this as a success, add 'Succeed If Already Enabled'.",
	},
	{
		when: /device is already activated/i,
		code: 1044,
		message: 'The device is enabled already',
		description: "To treat this as a success, add 'Succeed If Already Enabled'.",
	},
	{
		when: /ssh key is already activated/i,
		code: 1045,
		message: 'The SSH key is enabled already',
		description: "To treat this as a success, add 'Succeed If Already Enabled'.",
	},
	{
		when: /^\W*(1046\s*:\s*)?plugin not informed/i,
		code: 1046,
		message: 'A plugin that the settings need is missing or not known',
		description:
			"Enter the plugins of 'Execution Settings' and 'JIT Settings' as the vault calls them, for example SSH.",
	},
	{
		when: /template plugin not informed/i,
		code: 1047,
		message: 'A template that the settings need is missing or not known',
		description:
			"Enter the templates of 'Execution Settings' and 'JIT Settings' as the vault calls them; each belongs to a plugin.",
	},
	{
		when: /not authorized to access this resource/i,
		message: 'The authorization does not include the resource that this operation needs',
		description:
			"Tick it among the authorized resources, in A2A > Applications > Authorizations: 'PAM Core' for keys, credentials and devices, 'Web Proxy Session', 'Users', 'Certificate Manager', or 'A2A' for DSM. Its IP addresses and referers must allow n8n, too.",
	},
	{
		when: /credential device not specified/i,
		message: "'Device' is missing",
		description: "Enter the host name or the IP address of the credential's device.",
	},
	{
		when: /credential not specified/i,
		message: "'Credential' is missing",
		description: 'Enter the username of the credential.',
	},
	{
		when: /invalid protocol/i,
		message: "The vault does not know this 'Protocol'",
		description: 'Enter one that the device has, such as SSH, RDP or HTTPS.',
	},
	{
		when: /http referer is not allowed/i,
		message: 'The authorization does not allow this referer',
		description:
			"In the credential, enter a 'Referer' that it allows, or change its list in A2A > Applications > Authorizations.",
	},
	{
		when: /dropp?ing session/i,
		message: 'The vault could not drop the session',
		description:
			"It may have ended already, or 'Session ID or Number' is wrong: 'Session: Get Many' lists them with their session IDs.",
	},
	{
		when: /upstream server/i,
		isOfFault: true,
		message: "senhasegura's gateway got no answer from the vault",
		description: troubleOf(BAD_GATEWAY, 'senhasegura'),
	},
	{ when: /resource.?sub.*not found/i, ...UNKNOWN_ADDRESS },
	{
		when: /no route matched/i,
		message: 'senhasegura did not receive the authorization of the request',
		description:
			"Check 'URL' and 'API Prefix' in the credential, and that no proxy removes the Authorization header.",
	},
	{
		when: /client authentication failed|invalid_client/i,
		message: 'senhasegura does not accept the client of the credential',
		description:
			"Check 'Client ID', 'Client Secret', 'API Prefix' and 'Tenant', and that the authorization is enabled and not expired.",
		declared: INVALID_CREDENTIAL,
	},
	{
		when: /(invalid|expired|refused|used|old|wrong)\b.*(\b|_)(timestamp|nonce)|(\b|_)(timestamp|nonce)\b.*(invalid|expired|refused|used|old|range|future)/i,
		message: 'senhasegura does not accept the time of the request',
		description:
			'OAuth 1.0 signs each request with the time and a nonce that is used once. The clocks of n8n and the vault must agree: set both by a time server (NTP).',
		declared: INVALID_CREDENTIAL,
		isOfClock: true,
	},
	{
		when: /invalid signature/i,
		message: 'senhasegura does not accept the OAuth 1.0 signature',
		description:
			"Check the four keys of the credential. The signature also covers the address: 'URL' must have the scheme, host and port that the vault itself sees, behind a proxy too.",
		declared: INVALID_CREDENTIAL,
	},
	{
		when: /unexpected error/i,
		isOfFault: true,
		message: 'Something went wrong inside senhasegura',
		description: "The vault's administrator finds the reason in the index log, 'System error'.",
	},
];

/** The text decides, and the number only where no text does. */
export function meaningOf(text: string, number: number, module?: string): Meaning | undefined {
	const known = meaningsIn(module);
	return known.find(({ when }) => when.test(text)) ?? known.find(({ code }) => code === number);
}

/** What a fault means, by its text. */
export function faultOf(text: string, module?: string): Meaning | undefined {
	return meaningsIn(module).find(({ when, isOfFault }) => isOfFault && when.test(text));
}

function meaningsIn(module = 'pam'): Meaning[] {
	return MEANINGS.filter(
		({ code, modules = code === undefined ? undefined : PAM }) => modules?.includes(module) ?? true,
	);
}

/** A credential that is refused without a reason. */
export const REJECTED: Omit<Meaning, 'when'> = {
	message: 'senhasegura does not accept the credential',
	description:
		"Check the keys in the credential, and in A2A > Applications > Authorizations that the authorization is enabled, has not expired and admits n8n's address.",
	declared: INVALID_CREDENTIAL,
};
