import { describeOperation } from '../kit/operation';
import { kit, refusal } from './kit';

const PATH = '/api/v2/pam/credentials';

/** The fields that the vendor's pages on API v2 name. */
const root = {
	id: 101,
	credential: {
		username: 'root',
		active: true,
		password_type: 'Local User',
		parent_credential: { id: 7, username: 'admin' },
		tags: ['linux', 'prod'],
		criticality: 'high',
		user_credential_owner: 'ana.lima',
		last_used_at: '2026-01-02T03:04:05Z',
		additional_information: null,
		password_policy: null,
	},
	device: { id: 14, name: 'web-01', domain_name: null },
	jit: { credential_enabled: false },
	reconciliation: { credential_enabled: false },
};
const item = {
	vendor: 'senhasegura',
	type: 'credential',
	id: '101',
	username: 'root',
	active: true,
	passwordType: 'Local User',
	criticality: 'high',
	tags: ['linux', 'prod'],
	owner: 'ana.lima',
	parentCredentialId: '7',
	parentCredentialUsername: 'admin',
	lastUsedAt: '2026-01-02T03:04:05.000Z',
	lastUsedAtServerTime: '2026-01-02T03:04:05',
	deviceId: '14',
	deviceName: 'web-01',
};
const nothing = {
	...Object.fromEntries(Object.keys(item).map((name) => [name, null])),
	vendor: 'senhasegura',
	type: 'credential',
	tags: [],
};
const tagged = { 'x-request-id': 'r', etag: '"a"', 'x-ratelimit-remaining': '599' };

describeOperation(kit, 'credentialV2', 'getAll', {
	cases: [
		{
			name: 'gives the first page, whatever the list is called',
			parameters: {},
			exchanges: [
				{
					method: 'GET',
					path: PATH,
					reply: { data: [root, {}], meta: { total: 2 } },
					replyHeaders: tagged,
				},
			],
			items: [item, nothing],
			raw: [root, {}],
		},
		{
			name: 'leaves out the helper records of rotations, should the vault list keys',
			parameters: {},
			exchanges: [
				{
					method: 'GET',
					path: PATH,
					reply: {
						data: [
							{ id: 5, credential: { username: 'n8n-next-92-20260302T010000000Z-00000000' } },
							root,
						],
					},
				},
			],
			items: [item],
		},
		{
			name: 'leaves it to the vault what a criticality is',
			parameters: { filters: { criticality: '={{ "severe" }}' } },
			exchanges: [
				{
					method: 'GET',
					path: `${PATH}?credential.criticality=severe`,
					reply: { credentials: [root] },
				},
			],
			items: [item],
		},
		{
			name: 'leaves all filtering to the vault',
			parameters: {
				limit: 1,
				filters: {
					username: 'root@dc',
					active: false,
					deviceId: '14',
					deviceName: 'web-01',
					domainName: 'corp.example.com',
					tags: 'linux, prod',
					anyTag: 'a,b',
					criticality: 'high',
					owner: 'ana.lima',
					jitEnabled: true,
					reconciliationEnabled: false,
				},
			},
			exchanges: [
				{
					method: 'GET',
					path: `${PATH}?credential.username=root%40dc&credential.active=false&device_id=14&device.name=web-01&device.domain_name=corp.example.com&credential.tags=linux&credential.tags=prod&credential.tags=a%2Cb&credential.criticality=high&credential.user_credential_owner=ana.lima&jit.credential_enabled=true&reconciliation.credential_enabled=false`,
					reply: { credentials: [root, root] },
				},
			],
			items: [item],
		},
	],
	refused: [
		['a limit of zero', { limit: 0 }, "'Limit' must be at least 1"],
		[
			'a device beyond what the vault can count',
			{ filters: { deviceId: 2147483648 } },
			"'Device ID' must be at most 2147483647",
		],
	],
	failures: [
		{
			name: 'an answer without a list',
			exchanges: [{ method: 'GET', path: PATH, reply: { data: {} } }],
			says: ['senhasegura answered without one list of credentials'],
		},
		{
			name: 'an answer with two lists',
			exchanges: [{ method: 'GET', path: PATH, reply: { data: [], links: [] } }],
			says: ['senhasegura answered without one list of credentials'],
		},
		{
			name: 'a refused filter',
			exchanges: [
				{
					method: 'GET',
					path: PATH,
					status: 422,
					reply: { error: { status: 422, message: 'Invalid filter: credential.username' } },
				},
			],
			says: ['Invalid filter: credential.username'],
		},
	],
});

describeOperation(kit, 'credentialV2', 'get', {
	cases: [
		{
			name: 'reads one',
			parameters: { credentialId: { mode: 'id', value: '101' } },
			exchanges: [{ method: 'GET', path: `${PATH}/101`, reply: root, replyHeaders: tagged }],
			items: item,
		},
		{
			name: 'reads some fields, of a record in a wrapper',
			parameters: {
				credentialId: '={{ 101 }}',
				additionalFields: { fields: 'credential.username, device.name' },
			},
			exchanges: [
				{
					method: 'GET',
					path: `${PATH}/101?fields=credential.username%2Cdevice.name`,
					reply: { data: { credential: { username: 'root' }, device: { name: 'web-01' } } },
				},
			],
			items: { ...nothing, id: '101', username: 'root', deviceName: 'web-01' },
		},
	],
	refused: [
		[
			'an ID that is none',
			{ credentialId: { mode: 'list', value: 'root@web-01' } },
			"'Credential' must be the number of a credential",
		],
		[
			'a field that is none',
			{ additionalFields: { fields: 'credential.username&x=1' } },
			"'Fields' must be names such as credential.username",
		],
	],
	failures: [
		{
			name: 'a field that is a secret',
			parameters: { additionalFields: { fields: 'credential.password' } },
			exchanges: [
				{
					method: 'GET',
					path: `${PATH}/101?fields=credential.password`,
					status: 403,
					reply: { error: { status: 403, message: 'Sensitive field: credential.password' } },
				},
			],
			says: ['Sensitive field: credential.password'],
		},
		{
			name: 'a vault that has no API v2 yet',
			exchanges: [
				{
					method: 'GET',
					path: `${PATH}/101`,
					status: 404,
					reply: refusal(0, 'Resource sub not found', 404),
				},
			],
			says: [
				/^senhasegura does not know this address/,
				/always uses \/api, whatever 'API Prefix' says\. API v2 needs version 4\.2\.2 or later/,
				/use the resource 'Credential'\. senhasegura said: /,
			],
		},
		{
			name: 'an answer that is no credential',
			exchanges: [{ method: 'GET', path: `${PATH}/101`, reply: { data: [] } }],
			says: ['senhasegura answered without the credential'],
		},
	],
});
