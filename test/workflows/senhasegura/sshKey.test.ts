import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { PASSPHRASE, printedFingerprint } from '../../unit/senhasegura/support';
import { kit, refusal, success } from './kit';
import {
	SECRETS,
	byId,
	byName,
	list,
	listedCredential,
	listedKey,
	locked,
	lookUps,
	pair,
	references,
	stored,
	target,
} from './sshKeySamples';

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
