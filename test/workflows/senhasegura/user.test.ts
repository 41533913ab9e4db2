import { describeOperation } from '../kit/operation';
import { kit } from './kit';

const PATH = '/iso/scim/v2/Users';
const SCIM = { 'content-type': 'application/scim+json' };
const ID = '2819c223-7f76-453a-919d-413861904646';

/** RFC 7643, 8.1, with the attributes that the vendor's SCIM pages name. */
const ana = {
	schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
	id: ID,
	externalId: '701984',
	userName: 'ana.lima',
	name: { formatted: 'Ana Lima' },
	emails: [{ value: 'ana@example.com', primary: true }],
	active: true,
	entitlements: [{ value: 'Operator' }],
	groups: [{ value: 'Linux admins' }, { value: 'Windows admins' }],
	meta: {
		resourceType: 'User',
		created: '2024-01-23T04:56:22-03:00',
		lastModified: '2024-05-13T04:42:34Z',
	},
};
const item = {
	vendor: 'senhasegura',
	type: 'user',
	id: ID,
	username: 'ana.lima',
	externalId: '701984',
	name: 'Ana Lima',
	email: 'ana@example.com',
	active: true,
	roles: ['Operator'],
	accessGroups: ['Linux admins', 'Windows admins'],
	createdAt: '2024-01-23T07:56:22.000Z',
	updatedAt: '2024-05-13T04:42:34.000Z',
};
const bare = { id: 7, userName: 'bare' };
const bareItem = {
	...item,
	id: '7',
	username: 'bare',
	externalId: null,
	name: null,
	email: null,
	active: null,
	roles: [],
	accessGroups: [],
	createdAt: null,
	updatedAt: null,
};

const page = (Resources: object[], totalResults = Resources.length, startIndex = 1) => ({
	schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
	totalResults,
	itemsPerPage: 25,
	startIndex,
	Resources,
});

/** RFC 7644, 3.12. */
const scimRefusal = (status: number, detail: string) => ({
	schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
	status: String(status),
	detail,
});

const users = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => ({ id: String(from + index) }));
const numbered = (from: number, to: number) =>
	users(from, to).map(({ id }) => ({ ...bareItem, id, username: null }));

describeOperation(kit, 'user', 'getAll', {
	cases: [
		{
			name: 'lists users, and asks for no more than is wanted',
			parameters: { returnAll: false, limit: 2 },
			exchanges: [
				{
					method: 'GET',
					path: `${PATH}?startIndex=1&count=2`,
					headers: { 'content-type': undefined },
					reply: page([ana, bare], 40),
				},
			],
			items: [item, bareItem],
			raw: [ana, bare],
		},
		{
			name: 'reads page by page: each repeats the last user of the one before',
			parameters: { returnAll: true },
			exchanges: [
				{
					method: 'GET',
					path: `${PATH}?startIndex=1&count=25`,
					reply: page(users(1, 25), 30),
				},
				{
					method: 'GET',
					path: `${PATH}?startIndex=25&count=25`,
					reply: page(users(25, 30), 30, 25),
				},
			],
			items: numbered(1, 30),
		},
		{
			name: 'filters what comes, by text and by state',
			parameters: { returnAll: false, limit: 1, filters: { search: 'EXAMPLE.com', active: true } },
			exchanges: [
				{
					method: 'GET',
					path: `${PATH}?startIndex=1&count=25`,
					reply: page([bare, { ...ana, id: '1', active: 'false' }, ana, { ...ana, id: '2' }]),
				},
			],
			items: [item],
		},
		{
			name: 'takes a list without users, which RFC 7644 lets stand without its field',
			parameters: { returnAll: true },
			exchanges: [
				{
					method: 'GET',
					path: `${PATH}?startIndex=1&count=25`,
					reply: { totalResults: 0, itemsPerPage: 25, startIndex: 1 },
				},
			],
			items: [],
		},
	],
	failures: [
		{
			name: 'an unknown address, which another prefix does not change',
			exchanges: [
				{
					method: 'GET',
					path: `${PATH}?startIndex=1&count=2`,
					status: 404,
					reply: { message: 'Resource sub not found' },
				},
			],
			says: [
				/^senhasegura does not know/,
				/always uses \/iso, whatever 'API Prefix' says\. senhas/,
			],
		},
		{
			name: 'no list in the answer',
			exchanges: [{ method: 'GET', path: `${PATH}?startIndex=1&count=2`, reply: { ok: true } }],
			says: ['senhasegura answered without the users'],
		},
		{
			name: 'an authorization without the resource, in the usual envelope',
			exchanges: [
				{
					method: 'GET',
					path: `${PATH}?startIndex=1&count=2`,
					status: 500,
					reply: {
						response: {
							status: 500,
							message: 'You are not authorized to access this resource.',
							error: true,
						},
					},
				},
			],
			says: ['does not include the resource that this operation needs', "'Users'"],
		},
		{
			name: 'a gateway that knows no such address',
			exchanges: [
				{
					method: 'GET',
					path: `${PATH}?startIndex=1&count=2`,
					status: 404,
					reply: { message: 'no Route matched with those values' },
				},
			],
			says: ['did not receive the authorization of the request', "'API Prefix'"],
		},
	],
});

describeOperation(kit, 'user', 'get', {
	cases: [
		{
			name: 'reads one',
			parameters: { userId: { mode: 'id', value: ID } },
			exchanges: [{ method: 'GET', path: `${PATH}/${ID}`, reply: ana }],
			items: item,
		},
		{
			name: 'keeps an ID in its place in the path',
			parameters: { userId: { mode: 'list', value: 'a/b?c=ä' } },
			exchanges: [
				{ method: 'GET', path: `${PATH}/a%2Fb%3Fc%3D%C3%A4`, reply: { ...bare, active: 0 } },
			],
			items: { ...bareItem, active: false },
		},
	],
	refused: [
		['no ID', { userId: { mode: 'list', value: '={{ "" }}' } }, "'User' is required"],
		[
			'an ID with spaces',
			{ userId: { mode: 'list', value: 'a b' } },
			"'User' must be the ID of a user, without spaces",
		],
	],
	failures: [
		{
			name: 'an unknown user',
			exchanges: [
				{
					method: 'GET',
					path: `${PATH}/${ID}`,
					status: 404,
					reply: scimRefusal(404, `Resource ${ID} not found`),
				},
			],
			says: [`Resource ${ID} not found`],
		},
		{
			name: 'an answer that is no user',
			exchanges: [{ method: 'GET', path: `${PATH}/${ID}`, reply: { userName: 'ana.lima' } }],
			says: ['senhasegura answered without the user'],
		},
		{
			name: 'a web page',
			exchanges: [{ method: 'GET', path: `${PATH}/${ID}`, reply: '<html></html>' }],
			says: ['answered with a web page instead of JSON'],
		},
	],
});

const create = {
	username: 'ana.lima',
	name: 'Ana Lima',
	email: 'ana@example.com',
	externalId: '701984',
};
const created = {
	schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
	userName: 'ana.lima',
	externalId: '701984',
	name: { formatted: 'Ana Lima' },
	emails: [{ value: 'ana@example.com' }],
};

describeOperation(kit, 'user', 'create', {
	cases: [
		{
			name: 'creates with what the vault wants',
			mayHave: "The user 'ana.lima' may have been created",
			parameters: create,
			exchanges: [
				{
					method: 'POST',
					path: PATH,
					headers: SCIM,
					body: JSON.stringify(created),
					status: 201,
					reply: ana,
				},
			],
			items: item,
		},
		{
			name: 'sends roles, access groups and the state',
			parameters: {
				...create,
				additionalFields: {
					active: false,
					roles: 'Operator, Auditor',
					accessGroups: ['Linux admins'],
				},
			},
			exchanges: [
				{
					method: 'POST',
					path: PATH,
					headers: SCIM,
					body: JSON.stringify({
						...created,
						active: false,
						entitlements: [{ value: 'Operator' }, { value: 'Auditor' }],
						groups: [{ value: 'Linux admins' }],
					}),
					status: 201,
					reply: bare,
				},
			],
			items: bareItem,
		},
	],
	refused: [
		['an address that is none', { email: 'ana' }, "'Email' must be an email address"],
		['no username', { username: ' ' }, "'Username' is required"],
		[
			'a state that is none',
			{ additionalFields: { active: 'perhaps' } },
			"'Active' must be true or false",
		],
	],
	failures: [
		{
			name: 'a username that is taken',
			exchanges: [
				{
					method: 'POST',
					path: PATH,
					body: JSON.stringify(created),
					status: 409,
					reply: scimRefusal(409, 'userName is taken'),
				},
			],
			says: ['senhasegura refused the request: userName is taken'],
		},
		{
			name: 'a gateway that gives up, after which nothing is sent again',
			exchanges: [
				{
					method: 'POST',
					path: PATH,
					body: JSON.stringify(created),
					status: 504,
					reply: { message: 'The upstream server is timing out' },
				},
			],
			says: [/The user 'ana.lima' may have been created anyway\. .* 'User: Get Many'/],
		},
	],
});

const operations = (...Operations: object[]) =>
	JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations });
const replace = (path: string, value: unknown) => ({ op: 'replace', path, value });

describeOperation(kit, 'user', 'update', {
	cases: [
		{
			name: 'changes one thing',
			parameters: { userId: { mode: 'id', value: ID }, updateFields: { active: false } },
			exchanges: [
				{
					method: 'PATCH',
					path: `${PATH}/${ID}`,
					headers: SCIM,
					body: operations(replace('active', false)),
					reply: { ...ana, active: false },
				},
			],
			items: { ...item, active: false },
		},
		{
			name: 'changes everything, and takes roles away',
			parameters: {
				userId: { mode: 'id', value: ID },
				updateFields: {
					username: 'ana',
					externalId: '2',
					name: 'Ana',
					email: 'a@example.com',
					active: true,
					roles: '',
					accessGroups: 'DBA',
				},
			},
			exchanges: [
				{
					method: 'PATCH',
					path: `${PATH}/${ID}`,
					body: operations(
						replace('userName', 'ana'),
						replace('externalId', '2'),
						replace('name.formatted', 'Ana'),
						replace('emails', [{ value: 'a@example.com' }]),
						replace('active', true),
						replace('entitlements', []),
						replace('groups', [{ value: 'DBA' }]),
					),
					reply: ana,
				},
			],
			items: item,
		},
		{
			name: 'reads the user after an answer without content',
			parameters: { userId: { mode: 'id', value: ID }, updateFields: { active: true } },
			exchanges: [
				{
					method: 'PATCH',
					path: `${PATH}/${ID}`,
					body: operations(replace('active', true)),
					status: 204,
					reply: '',
				},
				{ method: 'GET', path: `${PATH}/${ID}`, reply: ana },
			],
			items: item,
		},
	],
	refused: [
		['an update without changes', { updateFields: {} }, "'Update Fields' has nothing to change"],
		[
			'an update of empty texts only',
			{ updateFields: { name: ' ', email: '' } },
			"'Update Fields' has nothing to change",
		],
	],
});

describeOperation(kit, 'user', 'delete', {
	cases: [
		{
			name: 'deletes, for which the answer has no content',
			parameters: { userId: { mode: 'id', value: ID } },
			exchanges: [{ method: 'DELETE', path: `${PATH}/${ID}`, status: 204, reply: '' }],
			items: { vendor: 'senhasegura', type: 'user', id: ID, deleted: true },
			raw: { id: ID, deleted: true },
		},
		{
			name: 'takes a user that a repeated call no longer finds for deleted by the first',
			parameters: { userId: { mode: 'id', value: ID } },
			exchanges: [
				{ method: 'DELETE', path: `${PATH}/${ID}`, status: 503, reply: '' },
				{
					method: 'DELETE',
					path: `${PATH}/${ID}`,
					status: 404,
					reply: scimRefusal(404, 'not found'),
				},
			],
			items: { vendor: 'senhasegura', type: 'user', id: ID, deleted: true },
		},
	],
	failures: [
		{
			name: 'a user that is not there',
			exchanges: [
				{
					method: 'DELETE',
					path: `${PATH}/${ID}`,
					status: 404,
					reply: scimRefusal(404, `Resource ${ID} not found`),
				},
			],
			says: [`Resource ${ID} not found`],
		},
		{
			name: 'one that is not there, of which HTTP says that all is well',
			exchanges: [
				{
					method: 'DELETE',
					path: `${PATH}/${ID}`,
					reply: scimRefusal(404, `Resource ${ID} not found`),
				},
			],
			says: [`Resource ${ID} not found`],
		},
		...[{ error: true }, { error: 'not now' }, { detail: 'not now' }].map((reply) => ({
			name: `an answer that is no success: ${JSON.stringify(reply)}`,
			exchanges: [{ method: 'DELETE' as const, path: `${PATH}/${ID}`, reply }],
			says: ['answered without a confirmation that the call went well'],
		})),
	],
});
