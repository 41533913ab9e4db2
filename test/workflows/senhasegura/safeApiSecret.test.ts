import type { IDataObject } from 'n8n-workflow';
import { describeOperation } from '../kit/operation';
import { kit, refusal, success } from './kit';

const SECRET = ' canary of a client secret ';
const JSON_BODY = { 'content-type': 'application/json' };
const secrets = [SECRET];

/** As the vendor's pages show an entry that is read: those whom it is shared with have a name. */
const entry = {
	identifier: '43',
	name: 'GCP',
	url: 'https://gcp.example.com',
	client_secret: SECRET,
	client_id: 'abc',
	identifier_code: 'gcp1',
	method: 'get',
	tags: 'cloud',
	notes: 'n',
	users_allowed: [{ name: 'joao', can_edit: true }],
	groups_allowed: [{ name: 'DBA', can_edit: false }],
};
const fields = {
	vendor: 'senhasegura',
	type: 'safeApiSecret',
	id: '43',
	identifier: '43',
	name: 'GCP',
	identifierCode: 'gcp1',
	url: 'https://gcp.example.com',
	clientId: 'abc',
	method: 'get',
	tags: ['cloud'],
	usersWhoCanEdit: ['joao'],
	usersWhoCanView: [],
	groupsWhoCanEdit: [],
	groupsWhoCanView: ['DBA'],
};
/** The answer to a creation and to a change repeats the secret. */
const stored = {
	...entry,
	users_allowed: [{ username: 'joao', can_edit: true }],
	shared_error: [],
};
const masked = { ...stored, client_secret: null };
const storedItem = { ...fields, notSharedWith: [], secret: null };
const registered = (found: object = stored) =>
	success('Api secret successfully registered', { api_entity: found }, 201) as IDataObject;
const updated = (found: object = stored) =>
	success('Api secret updated successfully', { api_entity: found }) as IDataObject;

const pair = {
	name: 'GCP',
	url: 'https://gcp.example.com',
	clientId: 'abc',
	clientSecret: SECRET,
};
const more = {
	method: 'get',
	tags: 'cloud',
	notes: 'n',
	usersWhoCanEdit: 'joao',
	groupsWhoCanView: 'DBA',
};
const sent = JSON.stringify({
	name: 'GCP',
	url: 'https://gcp.example.com',
	client_id: 'abc',
	client_secret: SECRET,
	identifier_code: 'gcp1',
	method: 'get',
	tags: 'cloud',
	notes: 'n',
	users_allowed: stored.users_allowed,
	groups_allowed: stored.groups_allowed,
});
const least = JSON.stringify({
	name: 'GCP',
	url: 'https://gcp.example.com',
	client_id: 'abc',
	client_secret: SECRET,
});
const withoutSecret = (body: string) =>
	JSON.stringify({ ...(JSON.parse(body) as object), client_secret: undefined });
const POST = { method: 'POST' as const, path: '/api/mysafe/secretapi', headers: JSON_BODY };
const DUPLICATE = refusal(1001, 'Identifier already found in another API key of this user');

describeOperation(kit, 'safeApiSecret', 'create', {
	secrets,
	cases: [
		{
			name: 'keeps a pair, and does not give the secret back that the vault repeats',
			mayHave: "The entry 'GCP' may have been made",
			parameters: { ...pair, additionalFields: { ...more, identifierCode: 'gcp1' } },
			exchanges: [{ ...POST, body: sent, status: 201, reply: registered() }],
			items: storedItem,
			raw: registered(masked),
		},
		{
			name: 'sends no more than is given',
			parameters: pair,
			exchanges: [
				{
					...POST,
					body: least,
					status: 201,
					reply: registered({ ...stored, shared_error: ['joao'] }),
				},
			],
			items: { ...storedItem, notSharedWith: ['joao'] },
			hints: ['MySafe did not share it with everyone you named'],
		},
		{
			name: 'makes an entry without a secret where none is to be set',
			parameters: { ...pair, setClientSecret: false },
			exchanges: [{ ...POST, body: withoutSecret(least), status: 201, reply: registered() }],
			items: storedItem,
		},
	],
	refused: [
		[
			'no secret',
			{ setClientSecret: true, clientSecret: '={{ "" }}' },
			"'Client Secret' is required",
		],
		['no client ID', { clientId: ' ' }, "'Client ID' is required"],
	],
	failures: [
		{
			name: 'a code that another entry has',
			exchanges: [{ ...POST, body: sent, status: 400, reply: DUPLICATE }],
			says: ["Another API secret of this user has this 'Identifier Code'"],
		},
		{
			name: 'a refusal that repeats what it got',
			exchanges: [
				{ ...POST, body: sent, status: 400, reply: refusal(1001, `Not this: ${SECRET}`) },
			],
			says: ['Not this: [redacted]'],
		},
		{
			name: 'a gateway that gives up, after which nothing is sent again',
			exchanges: [{ ...POST, body: sent, status: 504, reply: '' }],
			says: ["The entry 'GCP' may have been made anyway", 'Look for it in MySafe'],
		},
	],
});

const PUT = {
	method: 'PUT' as const,
	path: '/api/mysafe/secretapi/update/43',
	headers: JSON_BODY,
};

describeOperation(kit, 'safeApiSecret', 'update', {
	secrets,
	cases: [
		{
			name: 'changes everything',
			parameters: {
				identifier: '43',
				updateFields: { ...pair, ...more, identifierCode: 'gcp1' },
			},
			exchanges: [{ ...PUT, body: sent, reply: updated() }],
			items: storedItem,
			raw: updated(masked),
		},
		{
			name: 'sends nothing but what is given, and takes the answer of a creation',
			parameters: { identifier: 43, updateFields: { clientSecret: SECRET } },
			exchanges: [
				{
					...PUT,
					body: JSON.stringify({ client_secret: SECRET }),
					status: 201,
					reply: registered(),
				},
			],
			items: storedItem,
		},
		{
			name: 'takes the name of a reading for what was stored',
			parameters: { identifier: 43, updateFields: { usersWhoCanEdit: '' } },
			exchanges: [
				{
					...PUT,
					body: JSON.stringify({ users_allowed: [] }),
					reply: success('Api secret updated successfully', { api_secret_entity: stored }),
				},
			],
			items: storedItem,
		},
	],
	refused: [
		['nothing to change', { updateFields: {} }, "'Update Fields' has nothing to change"],
		[
			'a secret that went missing',
			{ updateFields: { clientSecret: '={{ "" }}' } },
			"'Client Secret' is empty",
		],
	],
	failures: [
		{
			name: 'an answer about another entry',
			exchanges: [{ ...PUT, body: sent, reply: updated({ ...stored, identifier: '44' }) }],
			says: ['another entry than the one asked for', 'may have been made anyway'],
		},
		{
			name: 'an unknown entry',
			exchanges: [
				{ ...PUT, body: sent, status: 400, reply: refusal(1005, 'Api secret not found') },
			],
			says: ['MySafe does not know this entry'],
		},
	],
});

const rights = { need_justify: '0', need_approval: '1', can_view: true, can_write: false };
const listed = { identifier: '43', name: 'GCP', ...rights };
const list = (...entries: object[]) => success('', { api_secret_on_list: entries });
const FIND = { method: 'GET' as const, path: '/api/mysafe/secretapi?identifier_code=gcp1' };
const GET = { method: 'GET' as const, path: '/api/mysafe/secretapi/43' };
const read = (found: object = entry) =>
	success('Success', { api_secret_entity: found }) as IDataObject;
/** Two items of a run must not be for one code. */
const upsert = {
	...pair,
	identifierCode: '={{ "gcp" + ($itemIndex + 1) }}',
	additionalFields: more,
};
describeOperation(kit, 'safeApiSecret', 'upsert', {
	secrets,
	cases: [
		{
			name: 'creates an entry where none has the code',
			parameters: upsert,
			exchanges: [
				{ ...FIND, reply: list() },
				{ ...POST, body: sent, status: 201, reply: registered() },
			],
			items: { ...storedItem, created: true },
			raw: registered(masked),
		},
		{
			name: 'updates the entry that has the code, and no other that the list names',
			parameters: upsert,
			exchanges: [
				{
					...FIND,
					reply: list(
						{ ...listed, identifier: '41', can_view: false },
						{ ...listed, identifier: '42' },
						listed,
					),
				},
				{
					...GET,
					path: '/api/mysafe/secretapi/42',
					reply: read({ ...entry, identifier: '42', identifier_code: 'gcp10' }),
				},
				{ ...GET, reply: read() },
				{ ...PUT, body: sent, reply: updated() },
			],
			items: { ...storedItem, created: false },
		},
		{
			name: 'leaves the secret of an entry alone where none is to be set',
			parameters: { ...upsert, setClientSecret: false },
			exchanges: [
				{ ...FIND, reply: list(listed) },
				{ ...GET, reply: read() },
				{ ...PUT, body: withoutSecret(sent), reply: updated() },
			],
			items: { ...storedItem, created: false },
		},
		...(
			[
				['disabled', 1009, 'Inactive Api secret'],
				['closed', 1006, 'User does not have access'],
				['gone', 1005, 'Api secret not found'],
			] as const
		).map(([state, code, text]) => ({
			name: `goes on to the next entry where one is ${state}`,
			parameters: upsert,
			exchanges: [
				{ ...FIND, reply: list({ ...listed, identifier: '42' }, listed) },
				{
					...GET,
					path: '/api/mysafe/secretapi/42',
					status: 400,
					reply: refusal(code, text),
				},
				{ ...GET, reply: read() },
				{ ...PUT, body: sent, reply: updated() },
			],
			items: { ...storedItem, created: false },
		})),
	],
	refused: [['no code', { identifierCode: '={{ "" }}' }, "'Identifier Code' is required"]],
	failures: [
		{
			name: 'a list that is not filtered',
			exchanges: [{ ...FIND, reply: list(...Array.from({ length: 11 }, () => listed)) }],
			says: ['MySafe lists 11 API secrets', 'Nothing was changed'],
		},
		{
			name: 'an entry whose code nobody may see',
			exchanges: [
				{ ...FIND, reply: list() },
				{ ...POST, body: sent, status: 400, reply: DUPLICATE },
			],
			says: [
				/^Another API secret of this user has this 'Identifier Code' \| MySafe lists no entry that shows this code\. Or choose another code/,
			],
		},
		{
			name: 'an entry that has the code and cannot be read',
			exchanges: [
				{
					...FIND,
					reply: list(
						{ ...listed, identifier: '41', can_view: 'Não' },
						{ ...listed, identifier: '42' },
					),
				},
				{
					...GET,
					path: '/api/mysafe/secretapi/42',
					status: 400,
					reply: refusal(1009, 'Inactive Api secret'),
				},
				{ ...POST, body: sent, status: 400, reply: DUPLICATE },
			],
			says: [
				/It may be one of these, which are disabled, or not shared with the owner of the access key: 41, 42\. Enable or share it, and run the node again/,
				/^(?!.*use 'MySafe API Secret: Create or Update')/,
			],
		},
		{
			name: 'a refusal of another kind in place of an entry',
			exchanges: [
				{ ...FIND, reply: list(listed) },
				{ ...GET, status: 400, reply: refusal(1010, 'Unexpected identifier type') },
			],
			says: ['The vault expects the number of a MySafe entry here'],
		},
		{
			name: 'another entry in the answer',
			exchanges: [
				{ ...FIND, reply: list(listed) },
				{ ...GET, reply: read({ ...entry, identifier: '44' }) },
			],
			says: ['another entry than the one asked for (44 instead of 43)'],
		},
		{
			name: 'a gateway that gives up',
			exchanges: [
				{ ...FIND, reply: list() },
				{ ...POST, body: sent, status: 504, reply: '' },
			],
			says: ['Run the node again: it updates the entry'],
		},
	],
});

describeOperation(kit, 'safeApiSecret', 'get', {
	secrets,
	cases: [
		{
			name: 'reads the client secret',
			parameters: { identifier: '43' },
			exchanges: [{ ...GET, reply: read() }],
			items: { ...fields, secret: SECRET },
		},
	],
	refused: [
		[
			'a code in place of the number',
			{ identifier: 'gcp1' },
			"'Identifier' must be the number of an entry",
		],
	],
	failures: [
		{
			name: 'a disabled entry',
			exchanges: [{ ...GET, status: 400, reply: refusal(1009, 'Inactive Api secret') }],
			says: ['The entry is disabled'],
		},
		{
			name: 'an unknown entry, in the words of version 3.32',
			exchanges: [{ ...GET, status: 400, reply: refusal(1005, 'API secret not found') }],
			says: ['MySafe does not know this entry'],
		},
		{
			name: 'no secret in the entry',
			exchanges: [{ ...GET, reply: read({ ...entry, client_secret: null }) }],
			says: ['senhasegura answered without the client secret of the entry'],
		},
	],
});

const listedItem = {
	vendor: 'senhasegura',
	type: 'safeApiSecret',
	id: '43',
	identifier: '43',
	name: 'GCP',
	needsJustification: false,
	needsApproval: true,
	canView: true,
	canEdit: false,
};
const LIST = { method: 'GET' as const, path: '/api/mysafe/secretapi' };

describeOperation(kit, 'safeApiSecret', 'getAll', {
	secrets,
	cases: [
		{
			name: 'lists entries without what is in them',
			parameters: { returnAll: true },
			exchanges: [{ ...LIST, reply: list({ ...listed, client_secret: SECRET }) }],
			items: [listedItem],
			raw: [{ ...listed, client_secret: null }],
		},
		{
			name: 'lets the vault filter by tag and code, and finds by a part of the name itself',
			parameters: {
				returnAll: true,
				filters: { tag: 'cloud', identifierCode: 'gcp1', search: 'gc' },
			},
			exchanges: [
				{
					...LIST,
					path: '/api/mysafe/secretapi?tag=cloud&identifier_code=gcp1',
					reply: list(listed, { ...listed, identifier: '44', name: 'AWS' }),
				},
			],
			items: [listedItem],
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
