import { describeOperation } from '../kit/operation';
import { kit, success } from './kit';
import { OTHER, application, other } from './secretSamples';

const PASSWORD = 'canary-dsm-password';
const ACCESS_KEY = 'canary-dsm-secret-access-key';

/** As the vendor's DSM page shows an application. */
const database = {
	secret_id: '106',
	secret_name: 'Database',
	identity: 'database',
	version: '2',
	expiration_date: '2022-08-18 11:10:00',
	engine: 'Kubernetes',
	data: [
		{ USERNAME: 'u', PASSWORD },
		{ USERNAME: 'u2', access_key_id: 'LKU', secret_access_key: ACCESS_KEY, TTL: null },
	],
};

const LIST = { method: 'GET' as const, path: '/iso/dapp/application' };
const listed = { ...LIST, reply: application(database, other) };

const databaseItem = {
	vendor: 'senhasegura',
	type: 'secret',
	id: '106',
	identity: 'database',
	name: 'Database',
	version: '2',
	engine: 'Kubernetes',
	expiresAt: null,
	expiresAtServerTime: '2022-08-18T11:10:00',
	application: 'postman',
	system: 'back',
	environment: 'test',
	properties: ['USERNAME', 'PASSWORD', 'access_key_id', 'secret_access_key', 'TTL'],
};
const otherItem = {
	...databaseItem,
	id: '107',
	identity: 'other',
	name: 'other',
	version: null,
	engine: 'Generic',
	expiresAtServerTime: null,
	properties: ['my_key'],
};
/** A secret of which the vault tells nothing. */
const untoldItem = {
	...databaseItem,
	id: null,
	name: null,
	version: null,
	engine: null,
	expiresAtServerTime: null,
	application: null,
	system: null,
	environment: null,
	properties: [],
};
const hidden = [
	{
		...database,
		data: [
			{ USERNAME: null, PASSWORD: null },
			{ USERNAME: null, access_key_id: null, secret_access_key: null, TTL: null },
		],
	},
	{ ...other, data: [{ my_key: null }] },
];

describeOperation(kit, 'secret', 'getAll', {
	secrets: [PASSWORD, ACCESS_KEY, OTHER],
	cases: [
		{
			name: 'lists secrets without their values',
			parameters: { returnAll: true },
			exchanges: [listed],
			items: [databaseItem, otherItem],
			raw: hidden,
		},
		{
			name: 'finds by a part of identity or name, up to the limit',
			parameters: { returnAll: false, limit: 1, filters: { search: 'OTH' } },
			exchanges: [listed],
			items: [otherItem],
		},
		{
			name: 'takes an application without secrets',
			parameters: { returnAll: true },
			exchanges: [{ ...LIST, reply: application() }],
			items: [],
		},
	],
	failures: [
		{
			name: 'a text at the top, as DSM also refuses',
			exchanges: [
				{ ...LIST, status: 400, reply: { error: 'invalid_request', message: 'Not a DSM client' } },
			],
			says: ['senhasegura refused the request: Not a DSM client'],
		},
		{
			name: 'an unknown address, which another prefix does not change',
			exchanges: [{ ...LIST, status: 404, reply: { message: 'Resource sub not found' } }],
			says: [
				/^senhasegura does not know/,
				/always uses \/iso, whatever 'API Prefix' says\. senhas/,
			],
		},
		{
			name: 'no application in the answer',
			exchanges: [{ ...LIST, reply: success('') }],
			says: ['senhasegura answered without the secrets of the application'],
		},
	],
});

const byName = (value: string) => ({ mode: 'name', value });

describeOperation(kit, 'secret', 'get', {
	secrets: [PASSWORD, ACCESS_KEY, OTHER],
	cases: [
		{
			name: 'reads one property, and nothing of others',
			parameters: { secret: byName('database'), content: 'property', property: 'PASSWORD' },
			exchanges: [listed],
			items: { ...databaseItem, property: 'PASSWORD', secret: PASSWORD },
			raw: { ...database, data: PASSWORD },
		},
		{
			name: 'reads the whole as JSON',
			parameters: { secret: { mode: 'id', value: '106' }, content: 'whole' },
			exchanges: [listed],
			items: { ...databaseItem, property: null, secret: JSON.stringify(database.data) },
		},
		{
			name: 'takes a property of a certain group',
			parameters: {
				secret: byName('database'),
				content: 'property',
				property: 'USERNAME',
				additionalFields: { group: 2 },
			},
			exchanges: [listed],
			items: { ...databaseItem, property: 'USERNAME', secret: 'u2' },
		},
		{
			name: 'reads a dynamic credential, and leaves the value out where that is wanted',
			parameters: {
				secret: '={{ 107 }}',
				content: 'property',
				property: 'my_key',
				options: { secretOutput: 'none' },
			},
			exchanges: [listed],
			items: { ...otherItem, property: 'my_key', secret: null },
		},
		{
			name: 'reads a value beside one that the vault could not encrypt',
			parameters: { secret: byName('database'), content: 'property', property: 'PASSWORD' },
			exchanges: [
				{
					...LIST,
					reply: application({
						...database,
						data: [{ PASSWORD, private_key: 'An error occurred while encrypting the text' }],
					}),
				},
			],
			items: {
				...databaseItem,
				properties: ['PASSWORD', 'private_key'],
				property: 'PASSWORD',
				secret: PASSWORD,
			},
		},
	],
	refused: [
		['no property', { property: '={{ "" }}' }, "'Property' is required"],
		['a group that is none', { additionalFields: { group: 0 } }, "'Group' must be at least 1"],
		[
			'a content that is none',
			{ content: '={{ "all" }}' },
			"'Content' must be 'whole' or 'property'",
		],
	],
	failures: [
		{
			name: 'an unknown secret',
			parameters: { secret: byName('none') },
			exchanges: [listed],
			says: ["The application has no secret 'none'"],
		},
		{
			name: 'an identity that is there twice',
			exchanges: [{ ...LIST, reply: application(database, { ...database, secret_id: '9' }) }],
			says: ['The application has 2 secrets with the identity database'],
		},
		{
			name: 'an unknown property, whatever an object has of its own',
			parameters: { property: 'constructor' },
			exchanges: [listed],
			says: ["The secret has no property 'constructor'", 'It has USERNAME, PASSWORD'],
		},
		{
			name: 'a property that differs by group',
			parameters: { property: 'USERNAME' },
			exchanges: [listed],
			says: ["The secret has the property 'USERNAME' more than once", "Add 'Group'"],
		},
		{
			name: 'a property without a value',
			parameters: { property: 'TTL' },
			exchanges: [listed],
			says: ["senhasegura answered without the property 'TTL'"],
		},
		{
			name: 'a secret without values',
			parameters: { content: 'whole' },
			exchanges: [{ ...LIST, reply: application({ ...database, data: [] }) }],
			says: ['senhasegura answered without the values of the secret'],
		},
		{
			name: 'a value that the vault could not encrypt',
			exchanges: [
				{
					...LIST,
					reply: application({
						...database,
						data: [{ PASSWORD: 'An error occurred while encrypting the text' }],
					}),
				},
			],
			says: ['The vault could not encrypt the secret'],
		},
	],
});

const base64 = (document: object) => Buffer.from(JSON.stringify(document)).toString('base64');
const form = (fields: Record<string, string>) =>
	Object.entries(fields)
		.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
		.join('&');
const STORE = {
	method: 'POST' as const,
	path: '/iso/sctm/secret',
	headers: { 'content-type': 'application/x-www-form-urlencoded' },
};
const stored = {
	...application(database),
	response: { status: 201, message: 'Secret created successfully.', error: false, error_code: 0 },
};
const storedRaw = { ...application(hidden[0] as object), response: stored.response };
/** The document of the vendor's page "POST | Secret". */
const credentialData = base64({
	credentials: [
		{
			credential: {
				fields: {
					user: 'u',
					user_label: 'USERNAME',
					host: 'db.example.com',
					host_label: 'HOSTNAME',
					password: PASSWORD,
					password_label: 'PASSWORD',
				},
			},
		},
	],
});

/** The call that stores a new secret of a credential. */
const storeNew = {
	...STORE,
	body: form({ identity: 'database', name: 'database', engine: 'Generic', data: credentialData }),
};

/** What is sent of a secret that is there, whatever changes. */
const known = { identity: 'database', name: 'Database', engine: 'Kubernetes' };

describeOperation(kit, 'secret', 'upsert', {
	secrets: [PASSWORD, ACCESS_KEY, credentialData],
	cases: [
		{
			name: 'creates a secret of a credential',
			parameters: {
				identity: "={{ 'database' + ($itemIndex || '') }}",
				content: 'credential',
				user: 'u',
				host: 'db.example.com',
				password: PASSWORD,
			},
			exchanges: [
				{ ...LIST, reply: application(other) },
				{
					...storeNew,
					status: 201,
					reply: stored,
				},
			],
			items: { ...databaseItem, created: true, changed: null },
			// The answer tells of another one.
			itemsAsThird: { ...untoldItem, identity: 'database2', created: true, changed: null },
			raw: storedRaw,
		},
		{
			name: 'updates what is there, keeping its name and engine',
			parameters: {
				identity: 'database',
				content: 'accessKey',
				accessKeyId: 'LKU',
				secretAccessKey: ACCESS_KEY,
				additionalFields: {
					description: 'of the shop',
					expirationDate: '2026-12-31T12:00:00',
				},
				renewal: { cloud: 60, credential: 61, ephemeral: 62 },
			},
			exchanges: [
				listed,
				{
					...STORE,
					body: form({
						...known,
						description: 'of the shop',
						expiration_date: '2026-12-31 12:00:00',
						renew_cloud_time: '60',
						renew_credential_time: '61',
						renew_ephemeral_credential_time: '62',
						data: base64({
							access_keys: [
								{
									access_key: {
										type: 'aws',
										fields: {
											access_key_id: 'LKU',
											access_key_id_label: 'AWS_ACCESS_KEY_ID',
											secret_access_key: ACCESS_KEY,
											secret_access_key_label: 'AWS_SECRET_ACCESS_KEY',
										},
									},
								},
							],
						}),
					}),
					reply: { ...stored, response: { status: 201, error: false, changed: 'false' } },
				},
			],
			items: { ...databaseItem, created: false, changed: false },
		},
		{
			name: 'sends a document as it is',
			parameters: {
				identity: 'new',
				content: 'document',
				document: `{"key_value":{"my_key":"${PASSWORD}"}}`,
				additionalFields: { name: 'New', engine: 'GitLab' },
			},
			exchanges: [
				{ ...LIST, reply: application() },
				{
					...STORE,
					body: form({
						identity: 'new',
						name: 'New',
						engine: 'GitLab',
						data: base64({ key_value: { my_key: PASSWORD } }),
					}),
					// Nothing of the secret in the answer.
					reply: success('Secret created successfully.', {}, 201),
				},
			],
			items: { ...untoldItem, identity: 'new', created: true, changed: null },
		},
		{
			name: 'changes what is known of a secret, and not its values',
			parameters: {
				identity: 'database',
				content: 'none',
				additionalFields: { description: 'x' },
			},
			exchanges: [
				listed,
				{
					...STORE,
					body: form({
						...known,
						description: 'x',
					}),
					reply: stored,
				},
			],
			items: { ...databaseItem, created: false, changed: null },
			hints: ["A renewal that is not set in 'Renewal' was not sent"],
		},
	],
	refused: [
		['no password', { password: '={{ "" }}' }, "'Password' is required"],
		[
			'a document that is no JSON',
			{ content: 'document', document: '{"a": ' },
			"'Document' must be a JSON object",
		],
		[
			'a document without values',
			{ content: 'document', document: '{}' },
			/'Document' is empty.*choose None as 'Content'/,
		],
		[
			'a document in which an expression came to nothing',
			{
				content: 'document',
				document:
					'={"credentials": [{"credential": {"fields": {"user": "a", "password": "{{ $json.none ?? "" }}"}}}]}',
			},
			"'Document' has an empty value (credentials.0.credential.fields.password)",
		],
		[
			'a document with null for a value',
			{ content: 'document', document: '{"key_value": {"my_key": null}}' },
			"'Document' has an empty value (key_value.my_key)",
		],
		[
			'a date that is none',
			{ additionalFields: { expirationDate: 'soon' } },
			"'Expiration Date' must be a date such as",
		],
		[
			'a time of no minutes',
			{ renewal: { cloud: 1.5 } },
			"'Cloud Access Key (Minutes)' must be a whole number of minutes",
		],
	],
	failures: [
		{
			name: 'a list of secrets in another spelling, which is no empty one',
			exchanges: [
				{
					...LIST,
					reply: success('Application 5', {
						application: { name: 'postman', Secrets: [database] },
					}),
				},
			],
			says: ['senhasegura answered without the secrets of the application'],
		},
		{
			name: 'an engine that the vault does not know',
			exchanges: [
				{ ...LIST, reply: application() },
				{
					...storeNew,
					status: 400,
					reply: {
						response: { status: 400, message: 'Engine is not registered', error: true },
					},
				},
			],
			says: ['senhasegura refused the request: Engine is not registered'],
		},
	],
});
