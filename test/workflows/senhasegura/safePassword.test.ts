import type { IDataObject } from 'n8n-workflow';
import { describeOperation } from '../kit/operation';
import type { Refused } from '../kit/operation';
import { kit, success } from './kit';
import { sharedWith, sharing } from './safeSamples';

const PASSWORD = ' canary of a password ';
const SEED = 'JBSWY3DPEHPK3PXPCANARY';

/** As the vendor's page of a reading shows an entry. */
const entry = {
	identifier: '312',
	name: 'Bank',
	url: 'https://bank.example.com',
	username: 'ana',
	password: PASSWORD,
	secret_key: SEED,
	token: 831007,
	notes: '',
	tags: 'bank, finance',
	...sharedWith,
};
const fields = {
	vendor: 'senhasegura',
	type: 'safePassword',
	id: '312',
	identifier: '312',
	name: 'Bank',
	username: 'ana',
	url: 'https://bank.example.com',
	tags: ['bank', 'finance'],
	...sharing,
};
const hidden = { ...entry, password: null, secret_key: null, token: null };
const reply = (message: string, found: unknown = entry, status = 200) =>
	success(message, { password_entity: found }, status) as IDataObject;

/** The same of an entry that was stored: without secrets, and with `note` for the notes. */
const stored = {
	identifier: '312',
	name: 'Bank',
	username: 'ana',
	url: 'https://bank.example.com',
	note: 'n',
	tags: 'bank,finance',
	users_allowed: entry.users_allowed,
	groups_allowed: entry.groups_allowed,
	shared_error: [],
};
const storedItem = { ...fields, notSharedWith: [], secret: null };
const registered = (more: object = {}) =>
	reply('Password successfully registered', { ...stored, ...more }, 201);
const updated = (more: object = {}) =>
	reply('Password successfully updated', { ...stored, ...more });
const secrets = [PASSWORD, SEED, String(entry.token)];
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

const refused: Refused[] = [
	['no password', { password: '={{ "" }}' }, "'Password' is required"],
	['no name', { name: ' ' }, "'Name' is required"],
	[
		'a seed that is no base32',
		{ additionalFields: { secretKey: '0189' } },
		"'TOTP Secret Key' must be base32",
	],
];

describeOperation(kit, 'safePassword', 'create', {
	secrets,
	cases: [
		{
			name: 'keeps an entry, and does not give its secrets back',
			mayHave: "The entry 'Bank' may have been made",
			parameters: given,
			exchanges: [
				{
					method: 'POST',
					path: '/api/mysafe/password',
					headers: JSON_BODY,
					body: sent,
					status: 201,
					reply: registered(),
				},
			],
			items: storedItem,
			raw: registered(),
		},
		{
			name: 'says that it was not shared with all',
			parameters: given,
			exchanges: [
				{
					method: 'POST',
					path: '/api/mysafe/password',
					body: sent,
					status: 201,
					reply: registered({ shared_error: ['maria', { name: 'Audit' }] }),
				},
			],
			items: { ...storedItem, notSharedWith: ['maria', '{"name":"Audit"}'] },
			hints: ['MySafe did not share it with everyone you named'],
		},
		{
			name: 'gives no secret out that the vault repeats',
			parameters: given,
			exchanges: [
				{ method: 'POST', path: '/api/mysafe/password', body: sent, reply: reply('', entry) },
			],
			items: storedItem,
			raw: reply('', hidden),
		},
		{
			name: 'sends no more than is given',
			parameters: { name: 'Bank', username: 'ana', password: PASSWORD },
			exchanges: [
				{ method: 'POST', path: '/api/mysafe/password', body: least, reply: reply('', [stored]) },
			],
			items: storedItem,
		},
	],
	refused,
	failures: [
		{
			name: 'a gateway that gives up, after which nothing is sent again',
			exchanges: [
				{ method: 'POST', path: '/api/mysafe/password', body: sent, status: 504, reply: '' },
			],
			says: ["The entry 'Bank' may have been made anyway", 'Look for it in MySafe'],
		},
	],
});

const PUT = { method: 'PUT' as const, path: '/api/mysafe/password/update/312' };

describeOperation(kit, 'safePassword', 'update', {
	secrets,
	cases: [
		{
			name: 'changes everything',
			parameters: {
				identifier: '312',
				updateFields: {
					name: 'Bank',
					username: 'ana',
					password: PASSWORD,
					...given.additionalFields,
				},
			},
			exchanges: [{ ...PUT, headers: JSON_BODY, body: sent, reply: updated() }],
			items: storedItem,
			raw: updated(),
		},
		{
			name: 'sends nothing but what is given',
			parameters: { identifier: '312', updateFields: { password: PASSWORD } },
			exchanges: [{ ...PUT, body: JSON.stringify({ password: PASSWORD }), reply: updated() }],
			items: storedItem,
		},
		{
			name: 'ends the sharing where nobody is named',
			parameters: {
				identifier: '312',
				updateFields: { groupsWhoCanEdit: '', usersWhoCanView: '' },
			},
			exchanges: [
				{
					...PUT,
					body: JSON.stringify({ users_allowed: [], groups_allowed: [] }),
					reply: updated({ users_allowed: [], groups_allowed: [] }),
				},
			],
			items: {
				...storedItem,
				usersWhoCanEdit: [],
				usersWhoCanView: [],
				groupsWhoCanEdit: [],
				groupsWhoCanView: [],
			},
		},
	],
	refused: [
		[
			'an identifier that is none',
			{ identifier: '1/2' },
			"'Identifier' must be the number of an entry",
		],
		['nothing to change', { updateFields: {} }, "'Update Fields' has nothing to change"],
		[
			'a password that went missing',
			{ updateFields: { password: '={{ "" }}' } },
			"'Password' is empty",
		],
		[
			'a seed that is no base32',
			{ updateFields: { secretKey: '0189' } },
			"'TOTP Secret Key' must be base32",
		],
	],
});

const GET = { method: 'GET' as const, path: '/api/mysafe/password/312' };

describeOperation(kit, 'safePassword', 'get', {
	secrets,
	cases: [
		{
			name: 'reads the password, and nothing of the seed',
			parameters: { identifier: '312' },
			exchanges: [{ ...GET, reply: reply('Success') }],
			items: { ...fields, content: 'password', secret: PASSWORD },
			raw: { ...reply('Success'), password_entity: { ...hidden, password: PASSWORD } },
		},
		{
			name: 'reads the seed, and nothing of the password',
			parameters: { identifier: '312', content: 'secretKey' },
			exchanges: [{ ...GET, reply: reply('Success') }],
			items: { ...fields, content: 'secretKey', secret: SEED },
		},
		{
			name: 'reads the one-time code of this moment, and nothing of the seed',
			parameters: { identifier: '312', content: 'token' },
			exchanges: [{ ...GET, reply: reply('Success') }],
			items: { ...fields, content: 'token', secret: '831007' },
		},
		{
			name: 'gives the zeros of a code that a number does not have',
			parameters: { identifier: '312', content: 'token' },
			exchanges: [{ ...GET, reply: reply('Success', { ...entry, token: 1007 }) }],
			items: { ...fields, content: 'token', secret: '001007' },
		},
		{
			name: 'leaves the password out where that is wanted',
			parameters: { identifier: '312', options: { secretOutput: 'none' } },
			exchanges: [{ ...GET, reply: reply('Success') }],
			items: { ...fields, content: 'password', secret: null },
		},
	],
	refused: [['no identifier', { identifier: ' ' }, "'Identifier' is required"]],
	failures: [
		{
			name: 'an entry without a seed',
			parameters: { content: 'secretKey' },
			exchanges: [{ ...GET, reply: reply('Success', { ...entry, secret_key: null, token: null }) }],
			says: ['senhasegura answered without the TOTP secret key of the entry'],
		},
		{
			name: 'an entry without a one-time code',
			parameters: { content: 'token' },
			exchanges: [{ ...GET, reply: reply('Success', { ...entry, secret_key: null, token: null }) }],
			says: ['senhasegura answered without the one-time code of the entry'],
		},
		{
			name: 'no entry in the answer',
			exchanges: [{ ...GET, reply: success('Success') }],
			says: ['senhasegura answered without the entry'],
		},
		...(
			[
				['an unknown entry', '1005: Password not found', 'MySafe does not know this entry'],
				[
					'an entry of somebody else',
					'1006 User does not have access',
					'The owner of the access key has no access to this entry',
				],
				['a disabled entry', '1009: Inactive password', 'The entry is disabled'],
				[
					'an identifier that is none',
					'1010: Unexpected identifier type',
					'The vault expects the number of a MySafe entry here',
				],
				[
					'a number of its own',
					'1015: Anything',
					'senhasegura refused the request: 1015: Anything',
				],
			] as const
		).map(([name, message, said]) => ({
			name,
			exchanges: [
				{ ...GET, status: 400, reply: { response: { status: 400, message, error: true } } },
			],
			says: [said],
		})),
	],
});

/** As the vendor's page of the list shows its entries. */
const rights = { need_justify: '0', need_approval: '1', can_view: true, can_write: false };
const listed = {
	identifier: '3',
	name: 'Github',
	url: 'https://github.com',
	username: 'ana',
	tags: '',
	...rights,
};
const other = { ...listed, identifier: '13', name: 'Other', url: '', username: '', tags: 'a,b' };
const listedItem = {
	vendor: 'senhasegura',
	type: 'safePassword',
	id: '3',
	identifier: '3',
	name: 'Github',
	username: 'ana',
	url: 'https://github.com',
	tags: [],
	needsJustification: false,
	needsApproval: true,
	canView: true,
	canEdit: false,
};
const otherItem = {
	...listedItem,
	id: '13',
	identifier: '13',
	name: 'Other',
	username: null,
	url: null,
	tags: ['a', 'b'],
};
const LIST = { method: 'GET' as const, path: '/api/mysafe/password' };
const list = (entries: unknown, name = 'password_on_list') => success('', { [name]: entries });

describeOperation(kit, 'safePassword', 'getAll', {
	secrets,
	cases: [
		{
			name: 'lists entries',
			parameters: { returnAll: true },
			exchanges: [{ ...LIST, reply: list([listed, other]) }],
			items: [listedItem, otherItem],
			raw: [listed, other],
		},
		{
			name: "takes the name of the list in the vendor's table of fields",
			parameters: { returnAll: true },
			exchanges: [{ ...LIST, reply: list([listed], 'passwords_on_list') }],
			items: [listedItem],
		},
		{
			name: 'finds by a part of the name, of a list with gaps',
			parameters: { returnAll: false, limit: 1, filters: { search: 'OTH' } },
			exchanges: [{ ...LIST, reply: list({ 1: listed, 7: other, 8: other }) }],
			items: [otherItem],
		},
		{
			name: 'finds by a part of the URL',
			parameters: { returnAll: true, filters: { search: 'GitHub.com' } },
			exchanges: [{ ...LIST, reply: list([{ ...listed, name: 'Account' }, other]) }],
			items: [{ ...listedItem, name: 'Account' }],
		},
		{
			name: 'has the vault compare tags',
			parameters: { returnAll: true, filters: { tag: 'a b', search: 'oth' } },
			exchanges: [{ ...LIST, path: `${LIST.path}?tag=a%20b`, reply: list([listed, other]) }],
			items: [otherItem],
		},
		{
			name: 'gives no secret out that a list has',
			parameters: { returnAll: true },
			exchanges: [{ ...LIST, reply: list([{ ...listed, password: PASSWORD, secret_key: SEED }]) }],
			items: [listedItem],
			raw: [{ ...listed, password: null, secret_key: null }],
		},
		{
			name: 'takes a single entry for a list of one',
			parameters: { returnAll: true },
			exchanges: [{ ...LIST, reply: list(other) }],
			items: [otherItem],
		},
		{
			name: 'takes an empty list',
			parameters: { returnAll: true },
			exchanges: [{ ...LIST, reply: list([]) }],
			items: [],
		},
		{
			name: 'keeps what it does not understand',
			parameters: { returnAll: true },
			exchanges: [{ ...LIST, reply: list([{ ...listed, need_approval: 'sometimes' }]) }],
			items: [{ ...listedItem, needsApproval: null, needsApprovalText: 'sometimes' }],
			hints: ["'needsApproval' came in a form that the node does not understand"],
		},
	],
	failures: [
		{
			name: 'no list in the answer',
			exchanges: [{ ...LIST, reply: success('') }],
			says: ['senhasegura answered without the entries'],
		},
		{
			name: 'a text where the list belongs',
			exchanges: [{ ...LIST, reply: list('none') }],
			says: ['senhasegura answered without the entries'],
		},
	],
});
