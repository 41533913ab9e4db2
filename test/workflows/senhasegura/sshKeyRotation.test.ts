import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { fixture, keyMaterial, printedFingerprint } from '../../unit/senhasegura/support';
import { sshKey } from '../vendors';
import { kit, refusal, success } from './kit';
import { byId, byName, list, listedKey as listedSample, references } from './sshKeySamples';

const NOW = Date.parse('2026-03-02T03:00:00.000Z');
const STAMP = '20260302T030000000Z';
/** When the next pair was made: two hours before. */
const MADE = '20260302T010000000Z';

beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(NOW));
afterEach(() => jest.restoreAllMocks());

const present = sshKey('ed25519');
const next = sshKey('ecdsab256');
const former = sshKey('rsab3072');
const SECRETS = [present, next, former].flatMap(({ privateKey, publicKey }) =>
	keyMaterial(privateKey, publicKey),
);

type Pair = ReturnType<typeof sshKey>;

/** What a public key's line is for a shell: nothing but plain characters. */
const line = ({ publicKey }: Pair, tag = '') => (tag ? `${publicKey} ${tag}` : publicKey);
const body = ({ publicKey }: Pair) => Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
const digest = (of: string | Buffer) => createHash('sha256').update(of).digest('hex').slice(0, 8);
const LINEAGE = createHash('sha256').update('92 sshkey3').digest('hex').slice(0, 10);

const target = { ip: '10.66.33.15', hostname: 'w2016' };
const device = { hostname: 'API device test', ip: '10.66.33.20' };

const listed = (id: string, more: object = {}) => ({
	...listedSample,
	id,
	expiration: null,
	...more,
});
const NEXT_NAME = `n8n-next-92-${MADE}-00000000`;
const PREVIOUS_NAME = `n8n-previous-92-20260301T030000000Z-${digest(body(former))}`;
const listedKey = listed('92');
const listedNext = listed('96', { identifier: 'sshkey3.n8n-next', username: NEXT_NAME });
const listedPrevious = listed('97', {
	identifier: 'sshkey3.n8n-previous',
	username: PREVIOUS_NAME,
});

/** The record of the vendor's page "GET | List an SSH key". */
const read = (id: string, { privateKey, publicKey }: Pair, more: object = {}): Exchange => ({
	method: 'GET',
	path: `/api/pam/key/${id}`,
	reply: success(`Key ${id}`, {
		key: {
			id,
			username: 'dleite',
			key_name: 'test2',
			...target,
			private_key: privateKey,
			public_key: publicKey,
			password: null,
			devices: id === '92' ? [device] : [],
			expiration_time: null,
			...more,
		},
	}),
});
const readNext = read('96', next, { username: NEXT_NAME });
const readPrevious = read('97', former, { username: PREVIOUS_NAME });
const inactive = (id: string): Exchange => ({
	method: 'GET',
	path: `/api/pam/key/${id}`,
	status: 400,
	reply: refusal(1017, 'Key inactive'),
});

const post = (sent: object, id: string, message = 'Key updated successfully!'): Exchange => ({
	method: 'POST',
	path: '/api/pam/key',
	body: JSON.stringify(sent),
	headers: { 'content-type': 'application/json' },
	reply: success(message, { key: { id, devices: [], devices_error: [] } }, 201),
});
const helper = (role: string, { privateKey, publicKey }: Pair, username: string, on: boolean) => ({
	...target,
	private_key: privateKey,
	public_key: publicKey,
	username,
	identifier: `sshkey3.n8n-${role}`,
	enabled: on,
	devices: [],
	key_name: `n8n rotation of sshkey3: the ${role} key`,
	password: '',
});
const disableCall = (id: string): Exchange => ({
	method: 'DELETE',
	path: `/api/pam/key/${id}`,
	reply: success('Key successfully deactivated'),
});
const enableCall = (id: string): Exchange => ({
	method: 'PUT',
	path: `/api/pam/key/${id}`,
	reply: success('Key successfully activated'),
});

const told = (changes: IDataObject): IDataObject => ({
	vendor: 'senhasegura',
	type: 'sshKey',
	id: '92',
	identifier: 'sshkey3',
	step: null,
	publicKey: null,
	fingerprint: null,
	removePublicKey: null,
	removeFingerprint: null,
	secret: null,
	expiresAt: null,
	algorithm: null,
	presentPublicKey: line(present),
	presentFingerprint: printedFingerprint('ed25519'),
	presentIdentifier: 'sshkey3',
	previousIdentifier: 'sshkey3.n8n-previous',
	nextIdentifier: 'sshkey3.n8n-next',
	username: 'dleite',
	hosts: [{ hostname: 'w2016', ip: '10.66.33.15' }, device],
	since: null,
	details: expect.any(String) as string,
	...changes,
});
const install = told({
	status: 'resumed',
	step: 'install',
	publicKey: line(next, `n8n-${LINEAGE}-${MADE}`),
	fingerprint: printedFingerprint('ecdsab256'),
	algorithm: 'ecdsa256',
	since: '2026-03-02T01:00:00.000Z',
});
const remove = told({
	status: 'resumed',
	step: 'remove',
	publicKey: line(present),
	fingerprint: printedFingerprint('ed25519'),
	removePublicKey: line(former),
	removeFingerprint: printedFingerprint('rsab3072'),
	algorithm: 'ed25519',
	since: '2026-03-01T03:00:00.000Z',
});

const lookUps = [
	{
		name: 'an identifier that the list does not have',
		parameters: byName,
		exchanges: [list(listed('2', { identifier: 'robot', type: 'Local User' }))],
		says: [/^The vault lists no SSH key with the identifier sshkey3/],
	},
	{
		name: 'the identifier of a credential',
		parameters: byName,
		exchanges: [list(listed('2', { type: 'Local User' }))],
		says: [/^'SSH Key' names the credential dleite@w2016 \(sshkey3\), which is not an SSH key/],
	},
	{
		name: 'a key without an identifier, from before version 3.33',
		exchanges: [list(listed('92', { identifier: null, tag: '' }))],
		says: [/^The SSH key dleite@w2016 has no identifier/, /3\.33/],
	},
	{
		name: 'a helper record',
		exchanges: [list(listed('92', { identifier: 'web.n8n-next' }))],
		says: [/^'SSH Key' names web\.n8n-next, which is a helper record/, /belongs to, web\./],
	},
	{
		name: 'an identifier that another item has in another case',
		exchanges: [list(listedKey, listed('93', { identifier: 'SSHKey3', type: 'Local User' }))],
		says: [/more than one item has the identifier 'sshkey3': 92, 93/],
	},
	{
		name: 'two helper records of the same name',
		exchanges: [list(listedKey, listedNext, { ...listedNext, id: '98' })],
		says: [/more than one item has the identifier 'sshkey3\.n8n-next': 96, 98/],
	},
	{
		name: 'secrets that come encrypted',
		exchanges: [
			list(listedKey),
			read('92', present, { password: Buffer.alloc(256, 7).toString('base64') }),
		],
		says: [/because the vault gives its secrets encrypted/],
	},
	{
		name: 'a key that tells no public part',
		exchanges: [list(listedKey), read('92', present, { public_key: null, private_key: 'x' })],
		says: [/^The vault gives no public key of the SSH key/],
	},
	...(
		[
			['of the kind DSA', 'ssh-dss AAAAB3NzaC1kc3MAAAABAQ=='],
			['that of a hardware token', 'sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5 ana'],
			['a certificate', fixture('ed25519gcm-cert.pub')],
		] as const
	).map(([kind, publicKey]) => ({
		name: `a key that is ${kind}`,
		exchanges: [list(listedKey), read('92', present, { public_key: publicKey })],
		says: [
			new RegExp(`^The SSH key is ${kind}, so it cannot be rotated`),
			/Make a new key with 'SSH Key: Create' and 'Key Source' Generate/,
		],
	})),
	{
		name: 'a key without its device',
		exchanges: [list(listed('92', { management_ip: '' })), read('92', present, { ip: null })],
		says: [/^The vault does not say which device the SSH key belongs to/],
	},
];

function keyFields(name: string) {
	const { privateKey, publicKey } = sshKey(name);
	return { private_key: privateKey, public_key: publicKey };
}

const dryRun = told({ status: 'dryRun', step: 'install' });
const raw = (changes: IDataObject): IDataObject => {
	const { status, step, publicKey, fingerprint, removePublicKey, removeFingerprint } = changes;
	const { details, identifier } = changes;
	const own = read('92', present).reply as { key: object } & IDataObject;
	return {
		...own,
		key: { ...own.key, private_key: null },
		identifier,
		status,
		step,
		publicKey,
		fingerprint,
		removePublicKey,
		removeFingerprint,
		details,
	};
};

describeOperation(kit, 'sshKey', 'rotate', {
	secrets: SECRETS,
	cases: [
		{
			name: 'looks at the key, and changes nothing, on a dry run',
			parameters: { ...byId, dryRun: true },
			exchanges: [list(listedKey), read('92', present)],
			items: dryRun,
			raw: raw(dryRun),
		},
		{
			name: 'hands out the same next pair again',
			parameters: byName,
			exchanges: [list(listedKey, listedNext), readNext, read('92', present)],
			items: install,
		},
		{
			name: 'says what it would do with it on a dry run',
			parameters: { ...byId, dryRun: true },
			exchanges: [list(listedKey, listedNext), readNext, read('92', present)],
			items: { ...install, status: 'dryRun' },
		},
		{
			name: 'asks for the removal of the former key first',
			parameters: byId,
			exchanges: [
				list(listedPrevious, listedNext, listedKey),
				readPrevious,
				readNext,
				read('92', present),
				// No other pair stays there: a late write could displace the present one, which nothing else has.
				disableCall('96'),
				post(helper('next', present, `n8n-done-92-${STAMP}-00000000`, false), '96'),
				inactive('96'),
			],
			items: remove,
		},
		{
			name: 'enables a former key that nobody has seen gone',
			parameters: byId,
			exchanges: [
				list(listedKey, listedPrevious),
				inactive('97'),
				read('92', present),
				list(listedKey, listedPrevious),
				inactive('97'),
				read('92', present),
				enableCall('97'),
				readPrevious,
			],
			items: remove,
		},
		{
			name: 'says on a dry run that it would',
			parameters: { ...byId, dryRun: true },
			exchanges: [list(listedKey, listedPrevious), inactive('97'), read('92', present)],
			items: told({ status: 'dryRun', step: 'remove' }),
		},
		{
			name: 'takes a next pair out of use that is the present one',
			parameters: byId,
			exchanges: [
				list(listedKey, listedNext),
				read('96', present, { username: NEXT_NAME }),
				read('92', present),
				disableCall('96'),
				post(helper('next', present, `n8n-done-92-${STAMP}-00000000`, false), '96'),
				inactive('96'),
			],
			// What the vault has not kept in the comment is told by the username.
			items: told({
				status: 'tidied',
				presentPublicKey: line(present, `n8n-${LINEAGE}-${MADE}`),
			}),
		},
		{
			name: 'takes a next pair out of use that was the present one before',
			parameters: byId,
			exchanges: [
				list(listedKey, listedNext, listedPrevious),
				inactive('97'),
				read('96', former, { username: NEXT_NAME }),
				read('92', present),
				disableCall('96'),
				// Nobody has seen the former one gone: that stays open.
				post(helper('next', present, `n8n-done-92-${STAMP}-00000000`, false), '96'),
				inactive('96'),
			],
			items: told({ status: 'tidied' }),
		},
		{
			name: 'takes a previous pair out of use that is the present one',
			parameters: byId,
			exchanges: [
				list(listedKey, listedPrevious),
				read('97', present, { username: PREVIOUS_NAME }),
				read('92', present),
				disableCall('97'),
				read('92', present),
				list(listedKey),
			],
			items: told({ status: 'tidied' }),
		},
		{
			name: 'notes that a rotation was called off',
			parameters: byId,
			exchanges: [
				list(listedKey, listedNext),
				inactive('96'),
				read('92', present),
				post(helper('next', present, `n8n-done-92-${STAMP}-00000000`, false), '96'),
				inactive('96'),
			],
			items: told({ status: 'tidied' }),
		},
		{
			name: 'begins no rotation of a key that is young',
			parameters: { ...byId, additionalFields: { onlyIfOlderThanDays: 90 } },
			exchanges: [list(listed('92', { change: '2026-02-28 00:00:00' })), read('92', present)],
			items: told({ status: 'nothingToDo' }),
		},
		{
			name: 'knows from the pair itself that it is young, where the vault does not tell',
			parameters: { ...byId, additionalFields: { onlyIfOlderThanDays: 90 }, dryRun: true },
			exchanges: [
				list(listed('92', { change: null })),
				read('92', {
					...present,
					publicKey: `${present.publicKey} n8n-${LINEAGE}-20260228T010000000Z`,
				}),
			],
			items: told({
				status: 'dryRun',
				presentPublicKey: `${present.publicKey} n8n-${LINEAGE}-20260228T010000000Z`,
			}),
		},
	],
	refused: [
		...references,
		[
			'an algorithm that is none',
			{ keyAlgorithm: '={{ "dsa" }}' },
			/^'Key Algorithm' must be one of same, ed25519/,
		],
		[
			'an age that is none',
			{ additionalFields: { onlyIfOlderThanDays: '={{ "old" }}' } },
			/^'Only If Older Than \(Days\)' must be a whole number of days/,
		],
	],
	failures: [
		...lookUps,
		{
			name: 'a key that the vault changes by itself',
			exchanges: [list(listed('92', { automatic_change: '1' }))],
			says: [/^The vault changes the SSH key sshkey3 by itself, so it is not rotated/],
		},
		{
			name: 'an algorithm that is weaker',
			parameters: { keyAlgorithm: 'ed25519' },
			exchanges: [list(listedKey), read('92', present, keyFields('ecdsab384'))],
			says: [/^'Key Algorithm' ed25519 is weaker than the present key, which is ecdsa384/],
		},
		{
			name: 'a passphrase that the vault does not hold',
			exchanges: [list(listedKey), read('92', present, keyFields('ed25519encrypted'))],
			says: [/^The present key has a passphrase that the vault does not hold/, /'New Passphrase'/],
		},
		{
			name: 'a key of a kind that cannot be made',
			exchanges: [
				list(listedKey),
				read('92', present, {
					public_key:
						'ssh-xmss@openssh.com AAAAFHNzaC14bXNzQG9wZW5zc2guY29tAAAAEFNIQTJfMjU2X1cxNl9IMTAAAAAEeHh4eA==',
					private_key: 'x',
				}),
			],
			says: [
				/^Choose a 'Key Algorithm': the node cannot make keys of the kind ssh-xmss@openssh.com/,
			],
		},
	],
});

const finish = {
	...byId,
	step: 'install',
	fingerprint: printedFingerprint('ecdsab256'),
	hosts: ['w2016', 'API device test'],
};
/** Where the record is made, it says no more than it has to. */
function without({ ip, hostname, private_key, public_key, ...more }: ReturnType<typeof helper>) {
	const { username, identifier, enabled, password } = more;
	return { ip, hostname, private_key, public_key, username, identifier, enabled, password };
}
const kept = helper('previous', present, `n8n-previous-92-${STAMP}-${digest(body(present))}`, true);
const promotion = {
	...target,
	private_key: next.privateKey,
	public_key: next.publicKey,
	username: 'dleite',
	identifier: 'sshkey3',
	devices: [{ hostname: 'API device test' }],
	key_name: 'test2',
};
const TAG = `n8n-${LINEAGE}-${MADE}`;
const newPresent = {
	presentPublicKey: line(next, TAG),
	presentFingerprint: printedFingerprint('ecdsab256'),
};
const promoted = told({
	status: 'promoted',
	...newPresent,
	publicKey: line(next, TAG),
	fingerprint: printedFingerprint('ecdsab256'),
	removePublicKey: line(present),
	removeFingerprint: printedFingerprint('ed25519'),
	algorithm: 'ecdsa256',
	finishedStep: 'install',
	seenOn: ['w2016', 'API device test'],
	hostsGivenUp: [],
});
const look = [list(listedKey, listedNext), readNext, read('92', present)];
const keep = [
	post(without(kept), '97', 'Key successfully registered!'),
	read('97', present, { username: kept.username }),
	read('92', present),
];
const again = [readNext, read('92', present)];
const promote = [post(promotion, '92'), read('92', next), disableCall('96')];
const finished = told({
	status: 'finishedBefore',
	publicKey: line(present),
	fingerprint: printedFingerprint('ed25519'),
	algorithm: 'ed25519',
	finishedStep: 'install',
	seenOn: ['w2016'],
	hostsGivenUp: [],
});
const removal = { ...finish, step: 'remove', fingerprint: printedFingerprint('ed25519') };
const seenName = digest(PREVIOUS_NAME.toLowerCase());
const marked = (state: string) =>
	post(helper('next', present, `n8n-${state}-92-${STAMP}-${seenName}`, false), '96');

/** One host has the new key, and the other is given up. */
const givenUp = {
	...finish,
	hosts: 'w2016',
	additionalFields: { hostsGivenUp: ['API device test'] },
};
/** The former key is disabled, after it was noted that the end begins. */
const formerDisabled = [
	list(listedKey, listedNext, listedPrevious),
	readPrevious,
	inactive('96'),
	read('92', present),
	marked('ending'),
	inactive('96'),
	disableCall('97'),
	inactive('97'),
];

describeOperation(kit, 'sshKey', 'finishRotation', {
	secrets: SECRETS,
	cases: [
		{
			name: 'changes nothing where the step was finished before',
			parameters: { ...finish, fingerprint: printedFingerprint('ed25519'), hosts: 'w2016' },
			exchanges: [list(listedKey), read('92', present)],
			items: finished,
			raw: { ...raw(finished), finishedStep: 'install', seenOn: ['w2016'], hostsGivenUp: [] },
		},
		{
			name: 'keeps the present pair, makes the next one the present one, and disables it',
			parameters: { ...finish, ...byName },
			exchanges: [...look, ...keep, ...again, ...promote],
			items: promoted,
		},
		{
			name: 'uses a previous record again that is disabled',
			parameters: finish,
			exchanges: [
				list(
					listedKey,
					{ ...listedNext, username: `n8n-next-92-${MADE}-${seenName}` },
					listedPrevious,
				),
				inactive('97'),
				read('96', next, { username: `n8n-next-92-${MADE}-${seenName}` }),
				read('92', present),
				post(kept, '97'),
				read('97', present, { username: kept.username }),
				...again,
				...promote,
			],
			items: promoted,
		},
		{
			name: 'takes hosts as JSON text of objects, by name and by address, in any case',
			parameters: {
				...finish,
				hosts: '[{"hostname":"W2016","ip":null},{"ip":"10.66.33.20"}]',
			},
			exchanges: [...look, ...keep, ...again, ...promote],
			items: { ...promoted, seenOn: ['W2016', '10.66.33.20'] },
		},
		{
			name: 'gives up a host for a next key of more than an hour',
			parameters: {
				...finish,
				hosts: 'w2016',
				additionalFields: { hostsGivenUp: 'API device test' },
			},
			exchanges: [...look, ...keep, ...again, ...promote],
			items: { ...promoted, seenOn: ['w2016'], hostsGivenUp: ['API device test'] },
		},
		{
			name: 'asks for no host of a key that no host learns',
			parameters: { ...finish, hosts: '', additionalFields: { noHostLearnsIt: true } },
			exchanges: [...look, ...keep, ...again, ...promote],
			items: { ...promoted, seenOn: [] },
		},
		{
			name: 'disables what is left of a run that ended before that',
			parameters: finish,
			exchanges: [
				list(listedKey, listedNext),
				read('96', next, { username: NEXT_NAME }),
				read('92', next),
				disableCall('96'),
			],
			items: { ...promoted, removePublicKey: null, removeFingerprint: null },
		},
		{
			name: 'takes a lost answer for done where the record is read back as it should be',
			parameters: finish,
			exchanges: [
				...look,
				...keep,
				...again,
				{ ...post(promotion, '92'), status: 502, reply: 'Bad Gateway' },
				read('92', next),
				disableCall('96'),
			],
			items: promoted,
		},
		{
			name: 'says which devices the vault did not link again',
			parameters: finish,
			exchanges: [
				...look,
				...keep,
				...again,
				{
					...post(promotion, '92'),
					reply: success(
						'Key updated successfully!',
						{ key: { id: '92', devices: [], devices_error: ['API device test'] } },
						201,
					),
				},
				read('92', next),
				disableCall('96'),
			],
			items: promoted,
			hints: ['The vault did not link some devices to an SSH key again: API device test.'],
		},
		{
			name: 'disables the former key when it was seen gone, and notes it',
			parameters: removal,
			exchanges: [...formerDisabled, marked('done'), inactive('96')],
			items: told({
				status: 'ended',
				publicKey: line(present),
				fingerprint: printedFingerprint('ed25519'),
				removePublicKey: line(former),
				removeFingerprint: printedFingerprint('rsab3072'),
				algorithm: 'ed25519',
				finishedStep: 'remove',
				seenOn: ['w2016', 'API device test'],
				hostsGivenUp: [],
			}),
		},
		{
			name: 'changes nothing where the former key was seen gone before',
			parameters: { ...removal, hosts: ['w2016'] },
			exchanges: [
				list(listedKey, listedPrevious, {
					...listedNext,
					username: `n8n-done-92-${MADE}-${seenName}`,
				}),
				inactive('97'),
				inactive('96'),
				read('92', present),
			],
			items: { ...finished, finishedStep: 'remove' },
		},
	],
	refused: [
		...references,
		[
			'a fingerprint that is none',
			{ fingerprint: 'MD5:00:11' },
			/^'Fingerprint' is no fingerprint/,
		],
		['a step that is none', { step: '={{ "both" }}' }, /^'Step' must be one of install, remove/],
		['no hosts', { hosts: '={{ [] }}' }, /^'Hosts' is required \| .*'Key Is on No Host'/],
		[
			'hosts that are none',
			{ hosts: '={{ [{ name: "w2016" }] }}' },
			/^'Hosts' must be a list of texts/,
		],
		[
			'hosts that are given up at a removal',
			{ step: 'remove', additionalFields: { hostsGivenUp: 'w2016' } },
			/^'Hosts Given Up' cannot be given when a key is removed/,
		],
	],
	failures: [
		...lookUps.map((lookUp) => ({
			...lookUp,
			parameters: 'parameters' in lookUp ? lookUp.parameters : byId,
		})),
		{
			name: 'a device that was not seen',
			parameters: { ...finish, hosts: 'w2016' },
			exchanges: look,
			says: [/^The key was not seen on API device test/, /Nothing was changed/],
		},
		{
			name: 'no device that was seen',
			parameters: { ...finish, hosts: 'other', additionalFields: { hostsGivenUp: 'w2016' } },
			exchanges: look,
			says: [/^None of the key's devices is among 'Hosts'/, /w2016, API device test/],
		},
		{
			name: 'a host that is given up too early',
			parameters: givenUp,
			exchanges: [
				list(listedKey, listedNext),
				read('96', next, { username: `n8n-next-92-20260302T020100000Z-00000000` }),
				read('92', present),
			],
			says: [/^API device test cannot be given up yet/, /older than 60 minutes; it is 59/],
		},
		{
			name: 'a host that is given up for a next key of which nobody knows the age',
			parameters: givenUp,
			exchanges: [
				list(listedKey, listedNext),
				read('96', next, { username: 'root' }),
				read('92', present),
			],
			says: [/^API device test cannot be given up yet/, /nobody knows how old it is/],
		},
		{
			name: 'another fingerprint',
			parameters: { ...finish, fingerprint: printedFingerprint('rsab3072') },
			exchanges: look,
			says: [/^'Fingerprint' is not that of the next key, which is SHA256:/],
		},
		{
			name: 'a next key that is disabled',
			parameters: finish,
			exchanges: [list(listedKey, listedNext), inactive('96'), read('92', present)],
			says: [
				/^The next key is disabled, so nothing can be finished/,
				/Run 'SSH Key: Rotate' again/,
			],
		},
		{
			name: 'a next key that was there before',
			parameters: { ...finish, fingerprint: printedFingerprint('rsab3072') },
			exchanges: [
				list(listedKey, listedNext, listedPrevious),
				inactive('97'),
				read('96', former, { username: NEXT_NAME }),
				read('92', present),
			],
			says: [/^The next key must not become the present one/, /it holds the pair that was there/],
		},
		{
			name: 'a former key that is still to be removed',
			parameters: finish,
			exchanges: [
				list(listedKey, listedNext, listedPrevious),
				readPrevious,
				readNext,
				read('92', present),
			],
			says: [/^A former key is still to be removed from the hosts/, /'remove'/],
		},
		{
			name: 'a former key that is disabled, and that nobody has seen gone',
			parameters: finish,
			exchanges: [
				list(listedKey, listedNext, listedPrevious),
				inactive('97'),
				readNext,
				read('92', present),
			],
			says: [/^A former key is still to be removed from the hosts/],
		},
		{
			name: 'a key that another run changes meanwhile',
			parameters: finish,
			exchanges: [...look, ...keep, inactive('96'), read('92', present)],
			says: [/^The SSH key was changed by another run/, /this run has not touched it/],
		},
		{
			name: 'a present pair that is not kept as it was sent',
			parameters: finish,
			exchanges: [...look, keep[0]!, read('97', former), read('92', present)],
			says: [/^The present pair could not be kept in the record sshkey3\.n8n-previous/],
		},
		{
			name: 'a vault that takes the helper for the key itself',
			parameters: finish,
			exchanges: [
				...look,
				post(without(kept), '92', 'Key updated successfully!'),
				read('92', present),
				read('92', present, { username: kept.username }),
			],
			says: [
				/^The vault did not make a separate record for the helper/,
				/No pair is lost/,
				/set its identifier 'sshkey3', its username 'dleite'/,
			],
		},
		{
			name: 'a next pair that does not arrive',
			parameters: finish,
			exchanges: [...look, ...keep, ...again, post(promotion, '92'), read('92', present)],
			says: [
				/^The next pair did not become the present one/,
				/Both pairs are in the vault, and hosts accept both/,
			],
		},
		{
			name: 'a next pair of which nobody knows if it arrives',
			parameters: finish,
			exchanges: [
				...look,
				...keep,
				...again,
				{ ...post(promotion, '92'), status: 504, reply: 'Gateway Timeout' },
				read('92', present),
			],
			says: [
				/^It is not known if the next pair becomes the present one: /,
				/Run the workflow again/,
			],
		},
		{
			name: 'a next pair that is stored in another record',
			parameters: finish,
			exchanges: [...look, ...keep, ...again, post(promotion, '99')],
			says: [/^The vault stored in the SSH key 99 what was meant for the SSH key 92/],
		},
		{
			name: 'another present key at a removal',
			parameters: { ...removal, fingerprint: printedFingerprint('ecdsab256') },
			exchanges: [list(listedKey, listedPrevious), readPrevious, read('92', present)],
			says: [/^'Fingerprint' is not that of the present key, which is SHA256:/],
		},
		{
			name: 'a host that is missing at a removal',
			parameters: { ...removal, hosts: 'w2016' },
			exchanges: [list(listedKey, listedPrevious), readPrevious, read('92', present)],
			says: [/^The key was not seen on API device test/],
		},
		{
			name: 'a former key that stays enabled',
			parameters: removal,
			exchanges: [
				list(listedKey, listedPrevious),
				readPrevious,
				read('92', present),
				disableCall('97'),
				readPrevious,
			],
			says: [/^The vault said that it disabled the SSH key 97, but still returns it/],
		},
		{
			name: 'an end that cannot be noted',
			parameters: removal,
			exchanges: [
				...formerDisabled,
				{ ...marked('done'), status: 400, reply: refusal(1011, 'Device not found') },
			],
			says: [
				/^The former key is no longer in use, but that could not be recorded/,
				/Nothing is lost/,
			],
		},
	],
});
