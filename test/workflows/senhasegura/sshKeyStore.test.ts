import { generateKeyPairSync } from 'node:crypto';
import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { PASSPHRASE, fixture, printedFingerprint } from '../../unit/senhasegura/support';
import { sshKey } from '../vendors';
import { kit, refusal, success } from './kit';
import { SECRETS, locked, pair, stored, target } from './sshKeySamples';

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
