import type { IDataObject } from 'n8n-workflow';
import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import type { Suite, Refused } from '../kit/operation';
import { kit, refusal, success } from './kit';

const PASSWORD = 'secret@2504';
const NEW_PASSWORD = ' blf jahbnaihdaa ';

const byId = { credentialId: { __rl: true, mode: 'id', value: '5' } };
const byName = (value: string) => ({ credentialId: { __rl: true, mode: 'name', value } });

/** The record of the vendor's page "GET | List a credential". */
const record = {
	id: '5',
	identifier: 'robot-test-5',
	username: 'credential_5',
	password: PASSWORD,
	content: PASSWORD,
	hostname: 'destktop-91.com',
	parent_credential_cod: null as string | null,
	parent_credential: null,
	additional: 'CREDADD01',
	domain: '',
	ip: '172.10.10.90',
	port: '22',
	model: 'Ubuntu',
	expiration_time: '2021-01-16T17:31:39',
};
const read = (changes: object = {}): Exchange => ({
	method: 'GET',
	path: '/api/pam/credential/5',
	headers: { 'content-type': undefined },
	reply: success('Credential 5', { credential: { ...record, ...changes } }),
});
const release: Exchange = {
	method: 'DELETE',
	path: '/api/pam/credential/custody/5',
	headers: { 'content-type': undefined },
	reply: success('Credential custody 5 released'),
};
const notInCustody = {
	status: 400,
	reply: refusal(1018, 'The credential is not in the user custody'),
};

const item = {
	vendor: 'senhasegura',
	type: 'credential',
	id: '5',
	secret: PASSWORD,
	identifier: 'robot-test-5',
	username: 'credential_5',
	hostname: 'destktop-91.com',
	ip: '172.10.10.90',
	port: '22',
	domain: null,
	additional: 'CREDADD01',
	parentCredentialId: null,
	availableUntil: null,
	availableUntilServerTime: '2021-01-16T17:31:39',
	custodyReleased: false,
};

const references: Refused[] = [
	['no credential', { credentialId: '={{ "" }}' }, /^'Credential' is required/],
	['a name for an ID', { credentialId: '={{ "robot" }}' }, /^'Credential' must be a number/],
	[
		'an identifier that the vault would take for an ID',
		byName('55'),
		/^'Credential' has an identifier of digits only/,
	],
	[
		'a username with an @ in it, which the vault cannot find',
		byName('a@b@host'),
		/^'Credential' has more than one @/,
	],
];

describeOperation(kit, 'credential', 'get', {
	secrets: [PASSWORD],
	cases: [
		{
			name: 'gives the password as its secret, and keeps custody',
			parameters: byId,
			exchanges: [read()],
			items: item,
		},
		{
			name: 'releases custody right after, by the ID that the answer has',
			parameters: { ...byName('credential_5@destktop-91.com'), releaseCustody: true },
			exchanges: [
				{ ...read(), path: '/api/pam/credential/credential_5%40destktop-91.com' },
				release,
			],
			items: { ...item, custodyReleased: true },
			raw: success('Credential 5', { credential: record }) as IDataObject,
		},
		{
			name: 'understands older versions: tag, a number for an ID, content alone',
			parameters: byName('robot.test-5'),
			exchanges: [
				{
					...read(),
					path: '/api/pam/credential/robot.test-5',
					reply: {
						response: { status: 200, mensagem: 'Credencial 5', erro: false },
						credential: {
							id: 5,
							tag: 'robot.test-5',
							username: 'u',
							content: PASSWORD,
							parent_credential_cod: 7,
						},
					},
				},
			],
			items: {
				...item,
				identifier: 'robot.test-5',
				username: 'u',
				hostname: null,
				ip: null,
				port: null,
				additional: null,
				parentCredentialId: '7',
				availableUntilServerTime: null,
			},
		},
	],
	refused: references,
	failures: [
		{
			name: 'a credential that is not there',
			exchanges: [{ ...read(), status: 400, reply: refusal(1007, 'Credential not found') }],
			says: [/^The vault does not know this credential/],
		},
		{
			name: 'a disabled credential',
			exchanges: [{ ...read(), status: 400, reply: refusal(1008, 'Credential inactive') }],
			says: [/^The credential is disabled/],
		},
		{
			name: 'an SSH key',
			exchanges: [{ ...read(), status: 400, reply: refusal(1010, 'The item is not a credential') }],
			says: [/^This item is an SSH key and not a credential/],
		},
		{
			name: 'a credential without a password, and custody is held',
			exchanges: [read({ password: '', content: null })],
			says: [
				/^senhasegura answered without the password of the credential/,
				/Custody may be held\. Custody is held until/,
			],
		},
		{
			name: 'a credential without a password, and custody is released',
			parameters: { releaseCustody: true },
			exchanges: [read({ password: '', content: null }), release],
			says: [/^senhasegura answered without the password/, /Custody was released\.$/],
		},
		{
			name: 'custody that cannot be released',
			parameters: { releaseCustody: true },
			exchanges: [read(), { ...release, status: 400, reply: refusal(1039, 'Without PAM') }],
			says: [
				/^The credential was read, but its custody could not be released: The authorization may only read/,
				/'Credential: Release Custody'/,
			],
		},
	],
});

const listed = {
	id: '5',
	identifier: 'robot-test-5',
	username: 'user@example.com',
	expiration: '2024-05-16T17:31:31-03:00',
	change: '2024-05-03 16:19:53',
	view: '2024-05-24 16:26:09',
	hostname: 'gmail.com',
	management_ip: 'mail.google.com',
	type: 'Local User',
	type_code: '1',
	device_model: 'Gmail',
	device_type: 'Web Application',
	device_vendor: 'Google',
	automatic_change: false as unknown,
	connectivity: 'HTTPS',
	connectivity_code: '10',
};
const sshKey = { ...listed, id: '39', type: 'SSH Key' };
const list = (...credentials: object[]): Exchange => ({
	method: 'GET',
	path: '/api/pam/credential',
	reply: success(`${credentials.length} credentials found`, { credentials }),
});
const listedItem = {
	vendor: 'senhasegura',
	type: 'credential',
	id: '5',
	identifier: 'robot-test-5',
	username: 'user@example.com',
	hostname: 'gmail.com',
	ip: 'mail.google.com',
	changedAt: null,
	changedAtServerTime: '2024-05-03T16:19:53',
	ageDays: expect.any(Number) as number,
	ageUnknown: false,
	viewedAt: null,
	viewedAtServerTime: '2024-05-24T16:26:09',
	expiresAt: '2024-05-16T20:31:31.000Z',
	expiresAtServerTime: '2024-05-16T17:31:31',
	credentialType: 'Local User',
	automaticChange: false,
};
const many = [
	listed,
	sshKey,
	{ ...listed, id: '6', automatic_change: '1', type: 'Domain User', username: 'root' },
];

const hoursAgo = (hours: number) =>
	new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

describeOperation(kit, 'credential', 'getAll', {
	cases: [
		{
			name: 'lists credentials, and no SSH keys',
			parameters: { returnAll: true },
			exchanges: [list(...many)],
			items: [
				listedItem,
				{
					...listedItem,
					id: '6',
					automaticChange: true,
					credentialType: 'Domain User',
					username: 'root',
				},
			],
			raw: many.filter(({ id }) => id !== '39') as IDataObject[],
		},
		{
			name: 'filters by everything',
			parameters: {
				filters: {
					credentialType: 'local*',
					hostname: 'GMAIL.com',
					username: '*@example.com',
					identifier: 'robot*',
					olderThanDays: 30,
				},
			},
			exchanges: [list(...many)],
			items: [listedItem],
		},
		{
			name: 'gives up to the limit',
			parameters: { limit: 1 },
			exchanges: [list(...many)],
			items: [listedItem],
		},
		{
			name: 'finds what was read lately, as far as the vault’s clock can be told',
			parameters: { filters: { viewedWithinHours: '2' } },
			exchanges: [
				list(
					{ ...listed, id: '7', view: '2999-05-24 16:26:09' },
					{ ...listed, id: '8', view: null },
					{ ...listed, id: '9', view: hoursAgo(15.9) },
					{ ...listed, id: '10', view: hoursAgo(16.1) },
					{ ...listed, id: '11', view: `${hoursAgo(2.1).replace(' ', 'T')}Z` },
				),
			],
			items: ['7', '9'].map((id) => ({
				...listedItem,
				id,
				viewedAtServerTime: expect.any(String) as string,
			})),
		},
	],
	failures: [
		{
			name: 'an answer without a list',
			exchanges: [{ ...list(), reply: success('0 credentials found') }],
			says: [/^senhasegura answered without the list of credentials/],
		},
	],
});

const state = (enabled: boolean, changed: boolean, id = '5') => ({
	vendor: 'senhasegura',
	type: 'credential',
	id,
	enabled,
	changed,
});
const disableCall: Exchange = {
	method: 'DELETE',
	path: '/api/pam/credential/5',
	headers: { 'content-type': undefined },
	reply: success('Credential successfully deactivated'),
};
const inactive = { status: 400, reply: refusal(1008, 'Credential inactive') };

describeOperation(kit, 'credential', 'disable', {
	cases: [
		{
			name: 'is disabled',
			parameters: byId,
			exchanges: [disableCall],
			items: state(false, true),
		},
		{
			name: 'is found by user and host, as the vault finds it',
			parameters: byName('domínio\\user@web 01'),
			exchanges: [{ ...disableCall, path: '/api/pam/credential/dom%C3%ADnio%5Cuser%40web%2001' }],
			items: state(false, true, 'domínio\\user@web 01'),
		},
		{
			name: 'is disabled already, which is a success where that is wanted',
			parameters: { ...byId, additionalFields: { succeedIfAlready: true } },
			exchanges: [{ ...disableCall, ...inactive }],
			items: state(false, false),
		},
	],
	refused: references,
	failures: [
		{
			name: 'disabled already',
			exchanges: [{ ...disableCall, ...inactive }],
			says: [/^The credential is disabled/],
		},
	],
});

const enableCall: Exchange = {
	...disableCall,
	method: 'PUT',
	reply: success('Credential successfully activated'),
};
const active = { status: 400, reply: refusal(1043, 'Credential is already activated!') };
const lookUps: Suite['failures'] = [
	{
		name: 'a name that the list does not have',
		parameters: byName('nobody'),
		exchanges: [list(...many)],
		says: [/^The vault lists no credential with the name nobody/],
	},
	{
		name: 'a name that several have',
		parameters: byName('example.com@gmail.com'),
		exchanges: [
			list({ ...listed, username: 'example.com' }, { ...listed, id: '7', username: 'example.com' }),
		],
		says: [
			/^The vault lists more than one item with the user and host name .*: 5, 7/,
			/give its ID/,
		],
	},
];

describeOperation(kit, 'credential', 'enable', {
	cases: [
		{ name: 'is enabled', parameters: byId, exchanges: [enableCall], items: state(true, true) },
		{
			name: 'is looked up by user and host, since this call takes the ID only',
			parameters: byName('root@gmail.com'),
			exchanges: [
				list({ ...sshKey, username: 'root' }, ...many),
				{ ...enableCall, path: '/api/pam/credential/6' },
			],
			items: state(true, true, '6'),
		},
		{
			name: 'is enabled already, which is a success where that is wanted',
			parameters: { ...byId, additionalFields: { succeedIfAlready: true } },
			exchanges: [{ ...enableCall, ...active }],
			items: state(true, false),
		},
	],
	refused: references,
	failures: [
		...lookUps,
		{
			name: 'enabled already',
			exchanges: [{ ...enableCall, ...active }],
			says: [/^The credential is enabled already/, /'Succeed If Already Enabled'/],
		},
	],
});

const releasedItem = (changed: boolean) => ({
	vendor: 'senhasegura',
	type: 'credential',
	id: '5',
	custodyReleased: true,
	changed,
});

describeOperation(kit, 'credential', 'releaseCustody', {
	cases: [
		{
			name: 'is released',
			parameters: byId,
			exchanges: [release],
			items: releasedItem(true),
		},
		{
			name: 'is looked up by its identifier, since this call takes the ID only',
			parameters: byName('robot-test-5'),
			exchanges: [list(listed, { ...sshKey, identifier: 'another' }), release],
			items: releasedItem(true),
		},
		{
			name: 'is not in custody, which is a success: it can be repeated',
			parameters: byId,
			exchanges: [{ ...release, ...notInCustody }],
			items: releasedItem(false),
		},
	],
	refused: references,
	failures: [
		...lookUps,
		{
			name: 'not in custody, where that is wanted',
			parameters: { additionalFields: { succeedIfAlready: false } },
			exchanges: [{ ...release, ...notInCustody }],
			says: [/^This authorization has no custody of the credential/, /1018/],
		},
	],
});

const changedItem = {
	vendor: 'senhasegura',
	type: 'credential',
	id: '5',
	identifier: 'robot-test-5',
	username: 'credential_5',
	hostname: 'destktop-91.com',
	passwordChangeRequested: true,
	custodyReleased: true,
};
const withChange = { ...listed, automatic_change: '1' };

describeOperation(kit, 'credential', 'changePassword', {
	afterLoss: /Custody is held until it ends by itself, or until/,
	secrets: [PASSWORD],
	cases: [
		{
			name: 'takes custody and releases it, and gives no password',
			parameters: byId,
			exchanges: [list(withChange), read(), release],
			items: changedItem,
		},
		{
			name: 'does not look first where that is not wanted',
			parameters: { ...byName('robot-test-5'), checkAutomaticChange: false },
			exchanges: [{ ...read(), path: '/api/pam/credential/robot-test-5' }, release],
			items: changedItem,
		},
		{
			name: 'says so where the list does not tell',
			parameters: byId,
			exchanges: [list(), read(), release],
			items: changedItem,
			hints: ['does not show whether automatic change is configured'],
		},
	],
	refused: references,
	failures: [
		{
			name: 'automatic change that is off',
			exchanges: [list({ ...listed, automatic_change: '0' })],
			says: [/^Automatic change is off for this credential/, /no custody was taken/],
		},
		{
			name: 'custody that cannot be released',
			exchanges: [list(withChange), read(), { ...release, ...inactive }],
			says: [/^The credential was read, but its custody could not be released/],
		},
		{
			name: 'custody that somebody else has released',
			exchanges: [list(withChange), read(), { ...release, ...notInCustody }],
			says: [/^Custody ended before it was released/],
		},
	],
});

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
