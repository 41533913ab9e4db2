import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { kit, refusal, success } from './kit';

const NEW_PASSWORD = ' blf jahbnaihdaa ';

const post = (body: string, reply: object): Exchange => ({
	method: 'POST',
	path: '/api/pam/credential',
	body,
	headers: { 'content-type': 'application/json' },
	reply,
});
const place = { ip: '10.66.33.15', hostname: 'w2016' };
const LEAST = '{"username":"","hostname":"w2016","ip":"10.66.33.15"}';
const registered = success(
	'Credential successfully registered!',
	{ credential: { id: '152', identifier: 'dyaihdppaj78a547' } },
	201,
);
const updated = success(
	'Credential updated successfully!',
	{ credential: { id: '152', identifier: 'dyaihdppaj78a547' } },
	201,
);
const storedItem = {
	vendor: 'senhasegura',
	type: 'credential',
	id: '152',
	identifier: 'dyaihdppaj78a547',
	created: true as boolean | null,
	changed: true as boolean | null,
	username: 'usr',
	hostname: 'w2016',
	ip: '10.66.33.15',
};
const everything = {
	identifier: 'dyaihdppaj78a547',
	username: 'username',
	hostname: 'w2016',
	ip: '10.66.33.15',
	content: NEW_PASSWORD,
	additional: 'CREDADD01',
	tags: 'social,a&b',
	credential_type: 'Local Administrator',
	domain: 'example.com',
	parent_password: 39,
	type: 'Server',
	vendor: 'Microsoft',
	model: 'Windows Server 2016',
	site: 'LAX',
	device_domain: 'a,b',
	device_tags: 't',
	connectivities: 'SSH:22, HTTPS:443',
	session_remote_config: 'SSH:EXPECT:FILL',
};
const own = {
	authentication_credential: 'API_CREDENTIAL_1',
	authentication_hostname: 'API_DEVICE_1',
	authentication_ip: 'localhost',
};
const ownFields = {
	useOwnCredential: false,
	authenticationCredential: 'API_CREDENTIAL_1',
	authenticationHostname: 'API_DEVICE_1',
	authenticationIp: 'localhost',
};

describeOperation(kit, 'credential', 'upsert', {
	secrets: [NEW_PASSWORD.trim(), 'JBSWY3DPEHPK3PXP', 'canary-pin-7731'],
	cases: [
		{
			name: 'sends the least that the vault needs, an empty username included',
			parameters: {
				...place,
				username: "={{ $itemIndex ? 'root-' + $itemIndex : '' }}",
			},
			exchanges: [post(LEAST, registered)],
			items: storedItem,
			itemsAsThird: { ...storedItem, username: 'root-2' },
		},
		{
			name: 'sends every core field, and the password as it is',
			parameters: {
				...place,
				username: 'username',
				additionalFields: {
					identifier: 'dyaihdppaj78a547',
					content: NEW_PASSWORD,
					additional: 'CREDADD01',
					tags: 'social, a&b',
					credentialType: 'Local Administrator',
					domain: 'example.com',
					parentCredentialId: '39',
					deviceType: 'Server',
					deviceVendor: 'Microsoft',
					model: 'Windows Server 2016',
					site: 'LAX',
					deviceDomain: 'a, b',
					deviceTags: 't',
					connectivities: 'SSH:22,HTTPS:443',
					sessionRemoteConfig: 'SSH:EXPECT:FILL',
				},
			},
			exchanges: [post(JSON.stringify(everything), updated)],
			items: { ...storedItem, created: false, changed: null, username: 'username' },
		},
		{
			name: 'sends the execution settings',
			parameters: {
				...place,
				executionSettings: {
					...ownFields,
					automaticChange: true,
					agentBasedChange: false,
					changePlugin: 'SSH',
					changeTemplate: 'Linux - Change Password',
					parentCredential: 'p',
					parentHostname: 'ph',
					parentIp: '10.0.0.1',
					reconciliation: true,
					reconciliationCredential: 'r',
					reconciliationHostname: 'rh',
					reconciliationIp: '10.0.0.2',
					reconciliationPlugin: 'SSH',
					reconciliationTemplate: 'Linux - Change Password',
				},
			},
			exchanges: [
				post(
					`${LEAST.slice(0, -1)},"execution_settings":${JSON.stringify({
						parent_credential: 'p',
						parent_hostname: 'ph',
						parent_ip: '10.0.0.1',
						automatic_change: true,
						agent_based_password_change: false,
						change_plugin: 'SSH',
						change_template: 'Linux - Change Password',
						use_own_credential_to_connect: false,
						...own,
						status: true,
						reconciliation_credential: 'r',
						reconciliation_hostname: 'rh',
						reconciliation_ip: '10.0.0.2',
						reconciliation_plugin: 'SSH',
						reconciliation_template: 'Linux - Change Password',
					})}}`,
					registered,
				),
			],
			items: storedItem,
		},
		{
			name: 'sends the session settings, whose names have spaces',
			parameters: {
				...place,
				sessionSettings: {
					ssh: true,
					telnet: false,
					mysql: false,
					sqlServer: true,
					http: false,
					https: '={{ "true" }}',
					rdp: true,
					x11Forward: false,
					vnc: false,
					restrictToRemoteApplication: true,
					macros: { macro: [{ remoteApp: 'SSMS', connectivity: 'RDP' }] },
					useOwnCredential: true,
				},
			},
			exchanges: [
				post(
					`${LEAST.slice(0, -1)},"session_settings":${JSON.stringify({
						SSH: true,
						Telnet: false,
						MySQL: false,
						'SQL Server': true,
						HTTP: false,
						HTTPS: true,
						RDP: true,
						'X11 Forward': false,
						VNC: false,
						restrict_access_to_remote_application: true,
						macros: [{ remote_app: 'SSMS', connectivity: 'RDP' }],
						use_own_credential_to_connect: true,
					})}}`,
					registered,
				),
			],
			items: storedItem,
		},
		{
			name: 'leaves it to the vault what a criticality is',
			parameters: {
				...place,
				additionalSettings: { criticality: '={{ "severe" }}', sendAs: 'object' },
			},
			exchanges: [
				post(
					`${LEAST.slice(0, -1)},"additional_settings":${JSON.stringify({ criticality: 'severe' })}}`,
					registered,
				),
			],
			items: storedItem,
		},
		...(['list', 'object'] as const).map((sendAs) => {
			const group = JSON.stringify({
				user_credential_owner: 'admin',
				server_path: '/srv',
				secret_key: 'JBSWY3DPEHPK3PXP',
				criticality: 'high',
				notes: 'n',
				additional_authentication_fields: [
					{ name: 'PIN', short_name: 'pin', value: 'canary-pin-7731' },
				],
			});
			return {
				name: `sends the additional settings as ${sendAs}`,
				parameters: {
					...place,
					additionalSettings: {
						userCredentialOwner: 'admin',
						serverPath: '/srv',
						secretKey: 'JBSWY3DPEHPK3PXP',
						criticality: 'high',
						notes: 'n',
						authenticationFields: {
							field: [{ name: 'PIN', shortName: 'pin', authenticationValue: 'canary-pin-7731' }],
						},
						...(sendAs === 'object' && { sendAs }),
					},
				},
				exchanges: [
					post(
						`${LEAST.slice(0, -1)},"additional_settings":${sendAs === 'list' ? `[${group}]` : group}}`,
						registered,
					),
				],
				items: storedItem,
			};
		}),
		{
			name: 'sends the JIT settings of the vendor’s sample',
			parameters: {
				...place,
				jitSettings: {
					...ownFields,
					jit: true,
					action: 'createAndDelete',
					creationPlugin: 'SSH',
					creationTemplate: 'Linux - Create User',
					deletionPlugin: 'SSH',
					deletionTemplate: 'Linux - Remove User',
				},
			},
			exchanges: [
				post(
					`${LEAST.slice(0, -1)},"jit_settings":${JSON.stringify({
						jit: true,
						credential_creation_and_deletion: true,
						enable_disable_credential: false,
						use_own_credential_to_connect: false,
						...own,
						credential_creation_plugin: 'SSH',
						credential_creation_template: 'Linux - Create User',
						credential_deletion_plugin: 'SSH',
						credential_deletion_template: 'Linux - Remove User',
					})}}`,
					registered,
				),
			],
			items: storedItem,
		},
		{
			name: 'gives null for what versions before 3.33 leave out',
			parameters: place,
			exchanges: [
				post(LEAST, {
					response: { status: 201, message: '', mensagem: 'Feito', erro: false },
					credential: null,
				}),
			],
			items: { ...storedItem, id: null, identifier: null, created: null, changed: null },
			hints: ["It is not known whether the credential was created or updated: 'created' is null."],
		},
	],
	refused: [
		[
			'a password that an expression left out',
			{ additionalFields: { content: '={{ $json.none }}' } },
			"'Password' is empty",
		],
		['a seed of white space', { additionalSettings: { secretKey: ' ' } }, "'Secret Key' is empty"],
		[
			'an authentication field without a value',
			{
				additionalSettings: {
					authenticationFields: { field: [{ name: 'PIN', shortName: 'pin' }] },
				},
			},
			"'Value' is required",
		],
		[
			'an identifier of other characters',
			{ additionalFields: { identifier: 'a b' } },
			/^'Identifier' must consist of letters, digits, -, _ and dots/,
		],
		[
			'a connecting credential that is not named whole',
			{
				executionSettings: { useOwnCredential: false, authenticationCredential: 'root' },
			},
			/^'Authentication Hostname' is required where 'Use Own Credential to Connect' is off/,
		],
		[
			'the same for sessions',
			{ sessionSettings: { useOwnCredential: false } },
			/^'Authentication Credential' is required/,
		],
		[
			'a JIT action without its plugins',
			{ jitSettings: { jit: true, action: 'enableAndDisable', enablePlugin: 'RPC' } },
			/^'Enable Template' is required by 'Action'/,
		],
		[
			'JIT plugins without an action',
			{ jitSettings: { jit: true, enablePlugin: 'RPC' } },
			/^'JIT Settings' needs 'Action', since plugins are given/,
		],
		[
			'a parent that is no ID',
			{ additionalFields: { parentCredentialId: 'root' } },
			/^'Parent Credential ID' must be a whole number/,
		],
	],
	failures: [
		[1046, 'Plugin not informed', /^A plugin that the settings need is missing/],
		[1047, 'Template plugin not informed', /^A template that the settings need is missing/],
		[1042, 'Invalid username', /^'Username' is missing/],
		[1011, 'Device not found', /^The vault knows no device/],
	].map(([code, text, says]) => ({
		name: String(text),
		exchanges: [{ ...post(LEAST, refusal(code as number, text as string)), status: 400 }],
		says: [says as RegExp, String(code)],
	})),
});
