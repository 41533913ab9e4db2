import { generateKeyPairSync } from 'node:crypto';
import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import type { Suite } from '../kit/operation';
import { fixture, keyMaterial, printedFingerprint } from '../../unit/senhasegura/support';
import { sshKey } from '../vendors';
import { kit, refusal, success } from './kit';
import { byId, byName, list, listedKey, references } from './sshKeySamples';

const pair = sshKey('ed25519');
const locked = sshKey('ed25519encrypted');
const PASSPHRASE = 'correct horse';
const SECRETS = [
	...keyMaterial(pair.privateKey, pair.publicKey),
	...keyMaterial(locked.privateKey, locked.publicKey),
	'canary-handle',
];

/** A private key of a kind that is not read here. */
const DSA = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })
	.privateKey.export({ format: 'pem', type: 'pkcs8' })
	.toString();

/** What is stored without a look at it: kind, public half, private half. */
const FOREIGN = [
	[
		'a key of a hardware token',
		'sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1l ana\n',
		' canary-handle\r\n',
	],
	['a DSA key', 'ssh-dss AAAAB3NzaC1kc3M= ana', DSA],
	['a certificate', fixture('ed25519gcm-cert.pub'), fixture('ed25519gcm')],
] as const;

/** The vendor's sample answer (its page "POST | Create SSH key"). */
const stored = {
	id: '92',
	identifier: 'sshkey3',
	devices: [{ hostname: 'API device test', ip: '10.66.33.20' }],
	devices_error: [],
};
const target = { ip: '10.66.33.15', hostname: 'w2016' };
const post = (body: object, reply: object): Exchange => ({
	method: 'POST',
	path: '/api/pam/key',
	body: JSON.stringify(body),
	headers: { 'content-type': 'application/json' },
	reply,
});
/** The list in which an identifier is looked for first, without it. */
const look: Exchange = {
	method: 'GET',
	path: '/api/pam/credential',
	reply: success('0 credentials found', { credentials: [] }),
};
const registered = success('Key successfully registered!', { key: stored }, 201);
const updated = success('Key updated successfully!', { key: stored }, 201);
const least = {
	...target,
	private_key: pair.privateKey,
	public_key: pair.publicKey,
	identifier: 'sshkey3',
};
const storedItem = {
	vendor: 'senhasegura',
	type: 'sshKey',
	id: '92',
	identifier: 'sshkey3',
	created: true,
	secret: null,
	expiresAt: null,
	...target,
	username: null,
	devices: stored.devices,
	devicesError: [],
	publicKey: pair.publicKey,
	fingerprint: printedFingerprint('ed25519'),
	storedAsGiven: false,
};

describeOperation(kit, 'sshKey', 'create', {
	afterLoss: /The SSH key may have been stored anyway, or may still be, under the identifier/,
	secrets: [...SECRETS, PASSPHRASE],
	cases: [
		{
			name: 'sends a pair that is provided',
			parameters: {
				...target,
				keySource: 'provide',
				...pair,
				// Each item has one of its own.
				additionalFields: { identifier: "={{ $json.name + ($itemIndex || '') }}" },
			},
			input: { name: 'sshkey3' },
			exchanges: [post(least, registered)],
			items: storedItem,
		},
		{
			name: 'sends everything that a key can have',
			parameters: {
				...target,
				keySource: 'provide',
				...locked,
				additionalFields: {
					identifier: 'sshkey3',
					username: 'dleite3',
					enabled: false,
					devices: 'API device test, nowhere',
					tags: ['a', 'b&c'],
					keyName: 'teste4',
					password: PASSPHRASE,
				},
			},
			exchanges: [
				post(
					{
						...target,
						private_key: locked.privateKey,
						public_key: locked.publicKey,
						username: 'dleite3',
						identifier: 'sshkey3',
						enabled: false,
						devices: [{ hostname: 'API device test' }, { hostname: 'nowhere' }],
						tags: 'a,b&c',
						key_name: 'teste4',
						password: PASSPHRASE,
					},
					success(
						'Key successfully registered!',
						{ key: { ...stored, devices_error: [{ hostname: 'nowhere' }] } },
						201,
					),
				),
			],
			items: {
				...storedItem,
				username: 'dleite3',
				devicesError: ['nowhere'],
				publicKey: locked.publicKey,
				fingerprint: printedFingerprint('ed25519encrypted'),
			},
			hints: ["The vault did not link some devices to an SSH key: see 'devicesError'."],
		},
		...FOREIGN.map(([kind, publicKey, privateKey]) => ({
			name: `stores ${kind} as given, byte for byte, and makes up no fingerprint`,
			parameters: {
				...target,
				keySource: 'asGiven',
				publicKey,
				privateKey,
				additionalFields: { identifier: 'sshkey3' },
			},
			exchanges: [post({ ...least, private_key: privateKey, public_key: publicKey }, registered)],
			items: { ...storedItem, publicKey, fingerprint: null, storedAsGiven: true },
		})),
	],
	refused: [
		[
			'nothing to store as given',
			{ keySource: 'asGiven', privateKey: '={{ " \\n" }}' },
			/^'Private Key' is (required|empty)/,
		],
		[
			'no public key to store as given',
			{ keySource: 'asGiven', publicKey: '={{ "" }}' },
			/^'Public Key' is required/,
		],
		[
			'a key of another kind, which it tells how to store',
			{ privateKey: DSA },
			/^'Private Key' cannot be read .* is stored by 'Key Source' Store as Given/,
		],
		[
			'the identifier of a helper record',
			{ additionalFields: { identifier: 'web-01.n8n-next' } },
			/^'Identifier' must not end with \.n8n-next or \.n8n-previous/,
		],
		[
			'a key of another pair',
			{ publicKey: sshKey('ecdsab256').publicKey },
			/^'Public Key' does not belong to 'Private Key'/,
		],
	],
	failures: [
		{
			name: 'a device that is not registered',
			exchanges: [{ ...post(least, refusal(1011, 'Device not found')), status: 400 }],
			parameters: { additionalFields: { identifier: 'sshkey3' } },
			says: ["The vault knows no device with this 'Hostname' and 'IP'", /1011/],
		},
	],
});

const upsertItem = (created: boolean | null, changed: boolean | null) => ({
	...storedItem,
	created,
	changed,
});

describeOperation(kit, 'sshKey', 'upsert', {
	afterLoss: /The SSH key may have been stored anyway, or may still be, under the identifier/,
	secrets: SECRETS,
	cases: [
		{
			name: 'creates a key',
			parameters: {
				identifier: "={{ $json.name + ($itemIndex || '') }}",
				...target,
				keySource: 'provide',
				...pair,
			},
			input: { name: 'sshkey3' },
			exchanges: [look, post(least, registered)],
			items: upsertItem(true, true),
		},
		{
			name: 'updates a key, and does not know if that changed anything',
			parameters: { identifier: 'sshkey3', ...target, keySource: 'provide', ...pair },
			exchanges: [look, post(least, updated)],
			items: upsertItem(false, null),
		},
		{
			name: 'says that nothing was changed where the vault says so',
			parameters: { identifier: 'sshkey3', ...target, keySource: 'provide', ...pair },
			exchanges: [
				look,
				post(least, {
					response: { status: 201, message: 'Key updated successfully!', changed: 'false' },
					key: stored,
				}),
			],
			items: upsertItem(false, false),
		},
		{
			name: 'does not guess without a text',
			parameters: { identifier: 'sshkey3', ...target, keySource: 'provide', ...pair },
			exchanges: [look, post(least, { response: { status: 201, message: '' }, key: stored })],
			items: upsertItem(null, null),
			hints: ["It is not known whether the SSH key was created or updated: 'created' is null."],
		},
	],
	refused: [
		['no identifier', { identifier: '={{ " " }}' }, /^'Identifier' is required/],
		[
			'the identifier of a helper record, whatever its case',
			{ identifier: 'web-01.N8N-Previous' },
			/^'Identifier' must not end with \.n8n-next or \.n8n-previous/,
		],
		[
			'a source of keys that is none',
			{ keySource: '={{ "find" }}' },
			/^'Key Source' must be 'provide', 'asGiven' or 'generate'/,
		],
	],
	failures: [
		{
			name: 'the identifier of a credential',
			exchanges: [
				look,
				{ ...post(least, refusal(1016, 'The item is not a ssh key')), status: 400 },
			],
			parameters: { identifier: 'sshkey3' },
			says: [/^This ID or 'Identifier' belongs to a credential/, /1016/],
		},
		{
			name: 'an answer about a key as given that is lost twice',
			parameters: {
				keySource: 'asGiven',
				identifier: 'sshkey3',
				publicKey: pair.publicKey,
				privateKey: 'canary-handle',
			},
			exchanges: [
				look,
				...[0, 1].map(() => ({
					...post({ ...least, private_key: 'canary-handle' }, {}),
					reply: '',
				})),
			],
			says: [/stored anyway, or may still be, under the identifier 'sshkey3'\. Running/],
		},
		{
			name: 'an answer that is lost twice',
			parameters: { identifier: 'sshkey3' },
			exchanges: [look, post(least, {}), post(least, {})],
			says: [
				/^senhasegura answered without its usual envelope/,
				/may have been stored anyway, or may still be, under the identifier 'sshkey3'/,
			],
		},
	],
});

/** The record of the vendor's page "GET | List an SSH key". */
const record = {
	id: '92',
	username: 'dleite',
	key_name: 'test2',
	hostname: 'w2016',
	ip: '10.66.33.15',
	private_key: pair.privateKey,
	public_key: pair.publicKey,
	password: null as string | null,
	devices: stored.devices,
	expiration_time: '2024-06-04T12:20:19',
};
const read = (changes: object = {}): Exchange => ({
	method: 'GET',
	path: '/api/pam/key/92',
	headers: { 'content-type': undefined },
	reply: success('Key 92', { key: { ...record, ...changes } }),
});
const readItem = {
	vendor: 'senhasegura',
	type: 'sshKey',
	id: '92',
	secret: pair.privateKey,
	passphrase: null,
	identifier: null,
	keyName: 'test2',
	username: 'dleite',
	...target,
	devices: stored.devices,
	tags: [],
	publicKey: pair.publicKey,
	fingerprint: printedFingerprint('ed25519'),
	expiresAt: null,
	expiresAtServerTime: '2024-06-04T12:20:19',
};

const listedCredential = { ...listedKey, id: '2', identifier: 'robot', type: 'Local User' };

const lookUps = [
	{
		name: 'an identifier that the list does not have',
		parameters: byName,
		exchanges: [list(listedCredential)],
		says: [/^The vault lists no SSH key with the identifier sshkey3/],
	},
	{
		name: 'the identifier of a credential',
		parameters: byName,
		exchanges: [list({ ...listedCredential, identifier: 'sshkey3' })],
		says: [/^'SSH Key' names the credential dleite@w2016 \(sshkey3\), which is not an SSH key/],
	},
];

describeOperation(kit, 'sshKey', 'get', {
	secrets: [...SECRETS, PASSPHRASE],
	cases: [
		{
			name: 'gives the private key as its secret',
			parameters: byId,
			exchanges: [read()],
			items: readItem,
		},
		{
			name: 'gives the passphrase beside it',
			parameters: byId,
			exchanges: [
				read({
					private_key: locked.privateKey,
					public_key: locked.publicKey,
					password: PASSPHRASE,
					tags: ['tag1', 'a&amp;b'],
					tag: 'older',
				}),
			],
			items: {
				...readItem,
				secret: locked.privateKey,
				passphrase: PASSPHRASE,
				identifier: 'older',
				tags: ['tag1', 'a&b'],
				publicKey: locked.publicKey,
				fingerprint: printedFingerprint('ed25519encrypted'),
			},
		},
		{
			name: 'looks an identifier up, and takes the vault’s line breaks out',
			parameters: byName,
			exchanges: [
				list(listedCredential, listedKey),
				read({ private_key: pair.privateKey.trim().replaceAll('\n', '\r\n'), tags: 'a, b' }),
			],
			items: { ...readItem, identifier: 'sshkey3', tags: ['a', 'b'] },
		},
		{
			name: 'passes on what is no PEM, and computes the fingerprint where no public key is told',
			parameters: byId,
			exchanges: [read({ private_key: 'MC4CAQAwBQYDK2VwBCIEIA==', public_key: '' })],
			items: {
				...readItem,
				secret: 'MC4CAQAwBQYDK2VwBCIEIA==',
				publicKey: null,
				fingerprint: null,
			},
		},
		{
			name: 'takes the fingerprint from the private key',
			parameters: byId,
			exchanges: [read({ public_key: null })],
			items: { ...readItem, publicKey: null },
		},
	],
	refused: references,
	failures: [
		...lookUps,
		{
			name: 'a disabled key',
			exchanges: [{ ...read(), status: 400, reply: refusal(1017, 'Key inactive') }],
			says: [/^The SSH key is disabled/, /'SSH Key: Enable'/, /1017: Key inactive/],
		},
		{
			name: 'a key that is not there, with no space behind the code',
			exchanges: [
				{
					...read(),
					status: 400,
					reply: { response: { status: 400, message: '1015:SSH key not found', error: true } },
				},
			],
			says: [/^The vault does not know this SSH key/],
		},
		{
			name: 'an answer without a private key',
			exchanges: [read({ private_key: '' }), read({ private_key: null })],
			says: [/^senhasegura answered without the private key/],
		},
	],
});

const listedItem = {
	vendor: 'senhasegura',
	type: 'sshKey',
	id: '92',
	identifier: 'sshkey3',
	username: 'dleite',
	...target,
	changedAt: null,
	changedAtServerTime: '2024-05-31T11:03:13',
	ageDays: expect.any(Number) as number,
	ageUnknown: false,
	automaticChange: false,
	viewedAt: null,
	viewedAtServerTime: null,
	expiresAt: '2024-05-16T20:31:31.000Z',
	expiresAtServerTime: '2024-05-16T17:31:31',
	rotation: 'due',
	rotationStep: null,
	rotationSince: null,
};
/** In half a day, as a vault of another zone writes today. */
const today = new Date(Date.now() + 12 * 60 * 60_000).toISOString().slice(0, 19);

const many = [
	listedCredential,
	listedKey,
	{ ...listedKey, id: 93, identifier: undefined, tag: 'old', hostname: 'web-01', change: null },
	{
		...listedKey,
		id: '94',
		identifier: '',
		type: 'ssh key',
		username: 'root',
		change: today.replace('T', ' '),
	},
];
const second = {
	...listedItem,
	id: '93',
	identifier: 'old',
	hostname: 'web-01',
	changedAtServerTime: null,
	ageDays: null,
	ageUnknown: true,
};
const third = {
	...listedItem,
	id: '94',
	identifier: null,
	username: 'root',
	changedAtServerTime: today,
	ageDays: 0,
	rotation: 'none',
};

/** A key that was changed today, with the rotation that somebody has begun. */
const helpers = [
	{
		...listedKey,
		id: '95',
		identifier: 'young',
		username: 'root',
		change: today.replace('T', ' '),
	},
	{
		...listedKey,
		id: '96',
		identifier: 'young.n8n-next',
		username: 'n8n-next-95-20260131T050000123Z-00000000',
		change: today.replace('T', ' '),
	},
];

describeOperation(kit, 'sshKey', 'getAll', {
	cases: [
		{
			name: 'lists keys out of the list of credentials',
			parameters: { returnAll: true },
			exchanges: [list(...many)],
			items: [listedItem, second, third],
			raw: many.slice(1).map((key) => JSON.parse(JSON.stringify(key)) as typeof listedKey),
		},
		{
			name: 'filters by age; one that is not known may be the greatest',
			parameters: { filters: { olderThanDays: 90 } },
			exchanges: [list(...many)],
			items: [listedItem, second],
		},
		{
			name: 'takes an age of none for every age',
			parameters: { filters: { olderThanDays: '0' } },
			exchanges: [list(...many)],
			items: [listedItem, second, { ...third, rotation: 'due' }],
		},
		{
			name: 'finds what is due or unfinished, and leaves helper records out',
			parameters: { filters: { rotation: 'dueOrUnfinished' } },
			exchanges: [list(...many, ...helpers)],
			items: [
				{
					...third,
					id: '95',
					identifier: 'young',
					ageDays: 0,
					rotation: 'unfinished',
					rotationStep: 'install',
					rotationSince: '2026-01-31T05:00:00.123Z',
				},
				second,
				listedItem,
			],
		},
		{
			name: 'finds what is unfinished',
			parameters: { filters: { rotation: 'unfinished', olderThanDays: 1000 } },
			exchanges: [list(...many, ...helpers)],
			items: [
				{
					...third,
					id: '95',
					identifier: 'young',
					rotation: 'unfinished',
					rotationStep: 'install',
					rotationSince: '2026-01-31T05:00:00.123Z',
				},
			],
		},
		{
			name: 'shows helpers whose key is gone, as what is left of a rotation',
			parameters: { filters: { rotation: 'unfinished' } },
			exchanges: [list(helpers[1]!)],
			items: [
				{
					...third,
					id: '96',
					identifier: 'young.n8n-next',
					username: 'n8n-next-95-20260131T050000123Z-00000000',
					rotation: 'unfinished',
					rotationStep: 'install',
					rotationSince: '2026-01-31T05:00:00.123Z',
				},
			],
		},
		{
			name: 'leaves them out of every other list',
			parameters: {},
			exchanges: [list(helpers[1]!)],
			items: [],
		},
		{
			name: 'never takes a key for due that the vault rotates itself',
			parameters: { filters: { rotation: 'dueOrUnfinished', olderThanDays: '0' } },
			exchanges: [list({ ...listedKey, automatic_change: '1' })],
			items: [],
		},
		{
			name: 'filters by host name, user and identifier, up to the limit',
			parameters: { limit: 1, filters: { hostname: 'W*', username: 'DLEITE', identifier: '*' } },
			exchanges: [list(...many)],
			items: [listedItem],
		},
		{
			name: 'gives no item for no key',
			parameters: {},
			exchanges: [list(listedCredential)],
			items: [],
		},
	],
	refused: [
		[
			'an age that is none',
			{ filters: { olderThanDays: '={{ "old" }}' } },
			/^'Older Than \(Days\)' must be a whole number of days/,
		],
		[
			'a state of rotation that is none',
			{ filters: { rotation: '={{ "late" }}' } },
			/^'Rotation' must be one of due, dueOrUnfinished, unfinished/,
		],
	],
});

const disableCall: Exchange = {
	method: 'DELETE',
	path: '/api/pam/key/92',
	headers: { 'content-type': undefined },
	reply: success('Key successfully deactivated'),
};
const enableCall: Exchange = {
	...disableCall,
	method: 'PUT',
	reply: success('Key successfully activated'),
};

function stateSuite(call: Exchange, already: object, enabled: boolean): Suite {
	const item = (changed: boolean) => ({
		vendor: 'senhasegura',
		type: 'sshKey',
		id: '92',
		enabled,
		changed,
	});
	const state = enabled ? 'enabled' : 'disabled';
	return {
		cases: [
			{ name: `is ${state}`, parameters: byId, exchanges: [call], items: item(true) },
			{
				name: 'is found by its identifier',
				parameters: byName,
				exchanges: [list(listedKey), call],
				items: item(true),
			},
			{
				name: `is ${state} already, which is a success where that is wanted`,
				parameters: { ...byId, additionalFields: { succeedIfAlready: true } },
				exchanges: [{ ...call, status: 400, reply: already }],
				items: item(false),
			},
		],
		refused: references,
		failures: [
			...lookUps,
			{
				name: `${state} already`,
				exchanges: [{ ...call, status: 400, reply: already }],
				says: [new RegExp(`^The SSH key is ${state}`)],
			},
			{
				name: 'a fault of the vault under the same number, which says nothing of the state',
				parameters: { ...byId, additionalFields: { succeedIfAlready: true } },
				exchanges: [1, 2].map(() => ({
					...call,
					status: 500,
					reply: refusal(enabled ? 1045 : 1017, 'Unexpected error in the database'),
				})),
				says: ['Unexpected error in the database'],
			},
		],
	};
}

const inactive = refusal(1017, 'Key inactive');
const active = refusal(1045, 'Ssh key is already activated');

describeOperation(kit, 'sshKey', 'disable', stateSuite(disableCall, inactive, false));

describeOperation(kit, 'sshKey', 'enable', stateSuite(enableCall, active, true));
