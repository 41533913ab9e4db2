import { describeOperation } from '../kit/operation';
import { kit, success } from './kit';

const PASSWORD = ' canary of a password ';
const SEED = 'JBSWY3DPEHPK3PXPCANARY';

/** As the vendor's MySafe pages show an entry: `can_edit` goes in, `can_write` comes out. */
const entry = {
	id: '12',
	identifier: 'bank/1',
	name: 'Bank',
	username: 'ana',
	url: 'https://bank.example.com',
	notes: '',
	tags: 'bank, finance',
	password: PASSWORD,
	secret_key: SEED,
	users_allowed: [
		{ username: 'joao', can_write: '1' },
		{ username: 'maria', can_write: false },
	],
	groups_allowed: [{ name: 'DBA', can_write: true }],
};
const fields = {
	vendor: 'senhasegura',
	type: 'safePassword',
	id: '12',
	identifier: 'bank/1',
	name: 'Bank',
	username: 'ana',
	url: 'https://bank.example.com',
	tags: ['bank', 'finance'],
	usersWhoCanEdit: ['joao'],
	usersWhoCanView: ['maria'],
	groupsWhoCanEdit: ['DBA'],
	groupsWhoCanView: [],
};
const withoutSecrets = { ...entry, password: null, secret_key: null };
const reply = (message: string, found: unknown = entry, status = 200) =>
	success(message, { password_entity: found }, status);
const secrets = [PASSWORD, SEED];
const JSON_BODY = { 'content-type': 'application/json' };

const given = {
	name: 'Bank',
	username: 'ana',
	password: PASSWORD,
	additionalFields: {
		url: 'https://bank.example.com',
		secretKey: SEED,
		notes: 'n',
		tags: ['bank', 'finance'],
		usersWhoCanEdit: 'joao',
		usersWhoCanView: 'maria',
		groupsWhoCanEdit: 'DBA',
		groupsWhoCanView: 'Audit',
	},
};
const sent = JSON.stringify({
	name: 'Bank',
	username: 'ana',
	password: PASSWORD,
	url: 'https://bank.example.com',
	secret_key: SEED,
	notes: 'n',
	tags: 'bank,finance',
	users_allowed: [
		{ username: 'joao', can_edit: true },
		{ username: 'maria', can_edit: false },
	],
	groups_allowed: [
		{ name: 'DBA', can_edit: true },
		{ name: 'Audit', can_edit: false },
	],
});
const least = JSON.stringify({ name: 'Bank', username: 'ana', password: PASSWORD });

const refused = [
	{ name: 'no password', parameters: { password: '={{ "" }}' }, says: "'Password' is required" },
	{ name: 'no name', parameters: { name: ' ' }, says: "'Name' is required" },
	{
		name: 'a seed that is no base32',
		parameters: { additionalFields: { secretKey: '0189' } },
		says: "'TOTP Secret Key' must be base32",
	},
];

describeOperation(kit, 'safePassword', 'create', {
	secrets,
	cases: [
		{
			name: 'keeps an entry, and does not give its secrets back',
			parameters: given,
			exchanges: [
				{
					method: 'POST',
					path: '/api/mysafe/password',
					headers: JSON_BODY,
					body: sent,
					status: 201,
					reply: reply('Password successfully registered', entry, 201),
				},
			],
			items: { ...fields, secret: null },
			raw: {
				...reply('Password successfully registered', entry, 201),
				password_entity: withoutSecrets,
			},
		},
		{
			name: 'sends no more than is given',
			parameters: { name: 'Bank', username: 'ana', password: PASSWORD },
			exchanges: [
				{ method: 'POST', path: '/api/mysafe/password', body: least, reply: reply('', [entry]) },
			],
			items: { ...fields, secret: null },
		},
	],
	refused,
	failures: [
		{
			name: 'a gateway that gives up, after which nothing is sent again',
			exchanges: [
				{ method: 'POST', path: '/api/mysafe/password', body: sent, status: 504, reply: '' },
			],
			says: ["The entry may have been made all the same: look for 'Bank'"],
		},
	],
});

describeOperation(kit, 'safePassword', 'update', {
	secrets,
	cases: [
		{
			name: 'changes an entry',
			parameters: { entryId: '12', ...given },
			exchanges: [
				{
					method: 'PUT',
					path: '/api/mysafe/password/update/12',
					headers: JSON_BODY,
					body: sent,
					reply: reply('Password successfully updated'),
				},
			],
			items: { ...fields, secret: null },
			raw: { ...reply('Password successfully updated'), password_entity: withoutSecrets },
		},
	],
	refused: [
		...refused,
		{
			name: 'an ID that is none',
			parameters: { entryId: '1/2' },
			says: "'Entry ID' must be the number of an entry",
		},
	],
});

const GET = { method: 'GET' as const, path: '/api/mysafe/password/bank%2F1' };

describeOperation(kit, 'safePassword', 'get', {
	secrets,
	cases: [
		{
			name: 'reads the password, and nothing of the seed',
			parameters: { identifier: 'bank/1' },
			exchanges: [{ ...GET, reply: reply('Password 12') }],
			items: { ...fields, content: 'password', secret: PASSWORD },
			raw: { ...reply('Password 12'), password_entity: { ...entry, secret_key: null } },
		},
		{
			name: 'reads the seed, and nothing of the password',
			parameters: { identifier: 'bank/1', content: 'secretKey' },
			exchanges: [{ ...GET, reply: reply('Password 12') }],
			items: { ...fields, content: 'secretKey', secret: SEED },
		},
		{
			name: 'leaves the password out where that is wanted',
			parameters: { identifier: 'bank/1', options: { secretOutput: 'none' } },
			exchanges: [{ ...GET, reply: reply('Password 12') }],
			items: { ...fields, content: 'password', secret: null },
		},
	],
	refused: [
		{ name: 'no identifier', parameters: { identifier: ' ' }, says: "'Identifier' is required" },
	],
	failures: [
		{
			name: 'an entry without a seed',
			parameters: { content: 'secretKey' },
			exchanges: [{ ...GET, reply: reply('', { ...entry, secret_key: null }) }],
			says: ['senhasegura answered without the TOTP secret key of the entry'],
		},
		{
			name: 'no entry in the answer',
			exchanges: [{ ...GET, reply: success('Password 12') }],
			says: ['senhasegura answered without the entry'],
		},
		{
			name: 'an unknown entry',
			exchanges: [
				{
					...GET,
					status: 400,
					reply: { response: { status: 400, message: 'Password not found', error: true } },
				},
			],
			says: ['senhasegura refused the request: Password not found'],
		},
	],
});

const other = { id: 13, name: 'Other', identifier: 'o' };
const otherItem = {
	...fields,
	id: '13',
	identifier: 'o',
	name: 'Other',
	username: null,
	url: null,
	tags: [],
	usersWhoCanEdit: [],
	usersWhoCanView: [],
	groupsWhoCanEdit: [],
};
const LIST = { method: 'GET' as const, path: '/api/mysafe/password' };

describeOperation(kit, 'safePassword', 'getAll', {
	secrets,
	cases: [
		{
			name: 'lists entries without their secrets',
			parameters: { returnAll: true },
			exchanges: [{ ...LIST, reply: reply('2 items found', [entry, other]) }],
			items: [fields, otherItem],
			raw: [withoutSecrets, other],
		},
		{
			name: 'finds by a part of the name, of a list with gaps',
			parameters: { returnAll: false, limit: 1, filters: { search: 'OTH' } },
			exchanges: [{ ...LIST, reply: reply('', { 1: entry, 7: other, 8: other }) }],
			items: [otherItem],
		},
		{
			name: 'takes a single entry for a list of one',
			parameters: { returnAll: true },
			exchanges: [{ ...LIST, reply: reply('', other) }],
			items: [otherItem],
		},
		{
			name: 'takes an empty list',
			parameters: { returnAll: true },
			exchanges: [{ ...LIST, reply: reply('', []) }],
			items: [],
		},
	],
	failures: [
		{
			name: 'no list in the answer',
			exchanges: [{ ...LIST, reply: success('') }],
			says: ['senhasegura answered without the entries'],
		},
	],
});
