import type { IDataObject } from 'n8n-workflow';
import { pam360Demo } from '../../simulators';
import { describeOperation } from '../kit/operation';
import type { Suite, Refused } from '../kit/operation';
import { inputData, kit, success } from './kit';
import { apiUser, newUser } from './userSamples';

const TOKEN = '11DE0000-DE00-4DE0-8DE0-00000000DE11';
const PASSWORD = ' Pa$$ Word+1 ';
const REST = '/restapi/json/v1';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_BODY = { 'content-type': 'application/scim+json', authtoken: pam360Demo.authToken };

const EXTENSION = 'urn:ietf:params:scim:schemas:extension:pam360_domain:2.0:User';
const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** RFC 7643, 8.1, with the vendor's extension. */
const jane = {
	schemas: [CORE, EXTENSION],
	id: '2101',
	userName: 'jdoe',
	name: { givenName: 'Jane', familyName: 'Doe', formatted: 'Jane Doe' },
	emails: [{ value: 'jane@home.example' }, { value: 'jdoe@example.com', primary: true }],
	roles: [{ value: 'Password User', primary: true }],
	active: true,
	[EXTENSION]: { userType: 1, domain: 'EXAMPLE' },
};

const janeItem = {
	vendor: 'pam360',
	type: 'user',
	id: '2101',
	userName: 'jdoe',
	firstName: 'Jane',
	lastName: 'Doe',
	email: 'jdoe@example.com',
	roles: ['Password User'],
	active: true,
	userType: 'activeDirectory',
	domain: 'EXAMPLE',
};

/** The least that a server may tell, in the oddest way. */
const bare = {
	id: 7,
	givenName: 'Bo',
	emails: 'bo@example.com',
	roles: [{ display: 'Admin' }, null],
	active: 'True',
	[EXTENSION]: { userType: '9' },
};

const bareItem = {
	vendor: 'pam360',
	type: 'user',
	id: '7',
	userName: null,
	firstName: 'Bo',
	lastName: null,
	email: 'bo@example.com',
	roles: ['Admin'],
	active: true,
	userType: '9',
	domain: null,
};

const list = (...users: object[]) => ({
	schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
	totalResults: users.length,
	Resources: users,
});

/** RFC 7644, 3.12. */
const scimError = (status: number, detail: string) => ({
	status,
	reply: {
		schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
		status: String(status),
		detail,
	},
});

const notFound = scimError(404, 'User 2101 not found.');

const getUser = (reply: object = jane) => ({
	method: 'GET' as const,
	path: '/scim/v2/Users/2101',
	headers: { 'content-type': undefined, accept: 'application/scim+json, application/json' },
	reply,
});

const byId = { mode: 'id', value: '2101' };
const byName = { mode: 'name', value: 'jdoe & co' };
const named = { ...jane, userName: 'EXAMPLE\\JDOE & Co' };

const lookUp = (details: object = { USERID: '2101' }) => ({
	method: 'GET' as const,
	path: `${REST}/user/getUserId?USERNAME=jdoe%20%26%20co`,
	reply: success('GET_USERID', details),
});

/** The look-up of a name after a creation whose answer was lost. */
const hasNow = (name: string, id: string) => ({
	method: 'GET' as const,
	path: `${REST}/user/getUserId?USERNAME=${name}`,
	reply: success('GET_USERID', { USERID: id }),
});

const notAnId: Refused = [
	'an ID that is none',
	{ userId: { mode: 'id', value: '={{ "21/password" }}' } },
	"'User' must be an ID, which consists of digits",
];

const nobody: Refused = [
	'no user',
	{ userId: { mode: 'id', value: '={{ "" }}' } },
	"'User' is required",
];

describeOperation(kit, 'user', 'get', {
	cases: [
		{
			name: 'gets a user by ID',
			parameters: { userId: byId },
			exchanges: [getUser()],
			items: janeItem,
			raw: jane,
		},
		{
			name: 'gets a user by name',
			parameters: { userId: byName },
			exchanges: [lookUp(), getUser({ ...bare, id: 2101 })],
			items: { ...bareItem, id: '2101' },
		},
	],
	refused: [notAnId, nobody],
	failures: [
		{
			name: 'a user of another name than the one that was asked for',
			parameters: { userId: byName },
			exchanges: [lookUp(), getUser()],
			says: [
				"PAM360 was asked for the user 'jdoe & co' and answered with the user 'jdoe'",
				"choose the user 'By ID', with the ID that 'User: Get Many' gives",
			],
		},
		{
			name: 'a user that is not there',
			exchanges: [{ ...getUser(), ...notFound }],
			says: ['PAM360 refused the request: User 2101 not found', 'SCIM must be enabled'],
		},
		{
			name: 'SCIM is off',
			exchanges: [{ ...getUser(), ...scimError(403, 'SCIM is not enabled.') }],
			says: ['SCIM is not enabled', 'the role of the API user must allow it'],
		},
		{
			name: 'a refused token',
			exchanges: [{ ...getUser(), ...scimError(401, 'Unauthorized') }],
			says: [
				'PAM360 refused the request: Unauthorized',
				"Check 'Auth Token', or 'Application Token' and 'Application Type', in the credential",
			],
		},
		{
			name: 'a token refused in the words of the other calls',
			exchanges: [
				getUser({
					operation: {
						name: 'Authentication',
						result: {
							status: 'Failed',
							message: 'API key received is not associated to any user. Authentication failed.',
						},
					},
				}),
			],
			says: ['PAM360 does not accept the auth token'],
		},
		{
			name: 'a web page',
			exchanges: [{ ...getUser(), status: 404, reply: '<!doctype html><html></html>' }],
			says: ['PAM360 answered with a web page instead of JSON (HTTP 404)'],
		},
		{
			name: 'JSON that is no user',
			exchanges: [getUser({ hello: 'world' })],
			says: ['PAM360 answered without the user (HTTP 200)'],
		},
		{
			name: 'a look-up without an ID',
			parameters: { userId: byName },
			exchanges: [lookUp({})],
			says: ["returned no ID of the user 'jdoe & co'"],
		},
	],
});

describeOperation(kit, 'user', 'getAll', {
	cases: [
		{
			name: 'gets users up to a limit',
			parameters: { limit: 2 },
			exchanges: [
				{
					method: 'GET',
					path: '/scim/v2/Users?startIndex=1&count=2',
					reply: list(jane, bare),
				},
			],
			items: [janeItem, bareItem],
			raw: [jane, bare],
		},
		{
			name: 'hands a filter on',
			parameters: { returnAll: true, filters: { filter: 'userName eq "jdoe"' } },
			exchanges: [
				{
					method: 'GET',
					path: '/scim/v2/Users?filter=userName%20eq%20%22jdoe%22&startIndex=1&count=200',
					reply: list(jane),
				},
			],
			items: [janeItem],
		},
		{
			name: 'gives nothing where there is nobody',
			parameters: {},
			exchanges: [
				{
					method: 'GET',
					path: '/scim/v2/Users?startIndex=1&count=50',
					reply: { totalResults: 0 },
				},
			],
			items: [],
		},
	],
	refused: [
		[
			'a filter without an operator',
			{ filters: { filter: 'jdoe' } },
			/'SCIM Filter' must be an attribute, an operator and a value.*userName eq "jdoe"/,
		],
	],
	failures: [
		{
			name: 'JSON that is no list',
			exchanges: [
				{ method: 'GET', path: '/scim/v2/Users?startIndex=1&count=2', reply: { totalResults: 3 } },
			],
			says: ['PAM360 answered without the list of users'],
		},
		{
			name: 'a filter that the server does not take',
			exchanges: [
				{
					method: 'GET',
					path: '/scim/v2/Users?startIndex=1&count=2',
					...scimError(400, 'The filter is not valid.'),
				},
			],
			says: ['PAM360 refused the request: The filter is not valid'],
		},
	],
});

const createUser = (body: object, reply: object = jane) => ({
	method: 'POST' as const,
	path: '/scim/v2/Users',
	headers: JSON_BODY,
	body: JSON.stringify(body),
	status: 201,
	reply,
});

const leastBody = {
	schemas: [CORE],
	name: { givenName: 'Jane', familyName: 'Doe' },
	userName: 'jdoe',
	emails: [
		{ value: 'jdoe@example.com', primary: true },
		{ value: 'jane@home.example', primary: false },
	],
	roles: [{ value: 'Password User' }, { value: 'Auditor' }],
	active: true,
};

describeOperation(kit, 'user', 'create', {
	secrets: [PASSWORD.trim()],
	cases: [
		{
			name: 'creates a user with what is required',
			parameters: newUser,
			exchanges: [createUser(leastBody)],
			items: janeItem,
		},
		{
			name: 'creates a user with everything',
			parameters: {
				...newUser,
				email: '={{ ["jdoe@example.com"] }}',
				roles: 'Password User',
				active: false,
				additionalFields: { domain: 'EXAMPLE', password: PASSWORD, userType: 'ldap' },
			},
			exchanges: [
				createUser({
					schemas: [CORE, EXTENSION],
					name: { givenName: 'Jane', familyName: 'Doe' },
					userName: 'jdoe',
					emails: [{ value: 'jdoe@example.com', primary: true }],
					roles: [{ value: 'Password User' }],
					active: false,
					password: PASSWORD,
					[EXTENSION]: { userType: 3, domain: 'EXAMPLE' },
				}),
			],
			items: janeItem,
		},
	],
	refused: [
		['no username', { userName: ' ' }, "'Username' is required"],
		['no first name', { firstName: '={{ "" }}' }, "'First Name' is required"],
		['no last name', { lastName: '={{ "" }}' }, "'Last Name' is required"],
		['no email', { email: ' , ' }, "'Email' is required"],
		['no roles', { roles: '={{ "" }}' }, "'Roles' is required"],
		['activity that is none', { active: 'yes' }, "'Active' must be"],
		[
			'a user type that is none',
			{ additionalFields: { userType: 'guest' } },
			"'User Type' must be one of local, activeDirectory, entraId, ldap",
		],
	],
	failures: [
		{
			name: 'a user that is there already',
			exchanges: [{ ...createUser(leastBody), ...scimError(409, 'User jdoe already exists.') }],
			says: ['PAM360 refused the request: User jdoe already exists'],
		},
		{
			name: 'an answer nobody can read, with a user of that name',
			exchanges: [
				{ ...createUser(leastBody), status: 502, reply: 'Bad Gateway' },
				hasNow('jdoe', '2101'),
			],
			says: [
				'The user may have been created anyway',
				'The node looked for the user: PAM360 has one of this name, with the ID 2101',
			],
		},
		{
			name: 'the server’s own breakdown, without such a user',
			exchanges: [
				{ ...createUser(leastBody), ...scimError(500, 'Internal error') },
				{
					method: 'GET',
					path: `${REST}/user/getUserId?USERNAME=jdoe`,
					reply: { operation: { result: { status: 'Failed', message: 'No such user found' } } },
				},
			],
			says: [
				'Internal error',
				"The node did not send the request again. Look for it with 'User: Get Many'.",
				'The node looked for the user, and PAM360 shows none of this name yet: PAM360 refused the request: No such user found.',
			],
		},
	],
});

const patch = (operations: object[], reply: object | string = jane, status = 200) => ({
	method: 'PATCH' as const,
	path: '/scim/v2/Users/2101',
	headers: JSON_BODY,
	body: JSON.stringify({
		schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
		Operations: operations,
	}),
	status,
	reply: reply as object,
});

describeOperation(kit, 'user', 'update', {
	cases: [
		{
			name: 'changes one attribute',
			parameters: { userId: byId, updateFields: { active: false } },
			exchanges: [patch([{ op: 'replace', path: 'active', value: false }])],
			items: janeItem,
		},
		{
			name: 'changes them all, of a user by name',
			parameters: {
				userId: byName,
				updateFields: {
					userName: 'jane',
					firstName: 'Jane',
					lastName: 'Roe',
					email: 'jane@example.com',
					roles: 'Auditor',
				},
			},
			exchanges: [
				lookUp(),
				getUser(named),
				patch([
					{ op: 'replace', path: 'userName', value: 'jane' },
					{ op: 'replace', path: 'name.givenName', value: 'Jane' },
					{ op: 'replace', path: 'name.familyName', value: 'Roe' },
					{
						op: 'replace',
						path: 'emails',
						value: [{ value: 'jane@example.com', primary: true }],
					},
					{ op: 'replace', path: 'roles', value: [{ value: 'Auditor' }] },
				]),
			],
			items: janeItem,
		},
		{
			name: 'reads the user where the answer has none',
			parameters: { userId: byId, updateFields: { lastName: 'Roe' } },
			exchanges: [
				patch([{ op: 'replace', path: 'name.familyName', value: 'Roe' }], '', 204),
				getUser(),
			],
			items: janeItem,
		},
	],
	refused: [
		[
			'no change',
			{ updateFields: { lastName: '', roles: '' } },
			"'Update Fields' has nothing to change",
		],
		notAnId,
		nobody,
	],
	failures: [
		{
			name: 'a user of another name, before anything is changed',
			parameters: { userId: byName },
			exchanges: [lookUp(), getUser()],
			says: ["PAM360 was asked for the user 'jdoe & co' and answered with the user 'jdoe'"],
		},
		{
			name: 'an attribute that cannot be changed',
			exchanges: [
				{
					...patch([{ op: 'replace', path: 'active', value: false }]),
					...scimError(400, 'active cannot be changed.'),
				},
			],
			says: ['PAM360 refused the request: active cannot be changed'],
		},
	],
});

describeOperation(kit, 'user', 'getId', {
	cases: [
		{
			name: 'finds the ID of a name',
			parameters: { userName: ' jdoe & co ' },
			exchanges: [lookUp({ USERID: 2101 })],
			items: { vendor: 'pam360', type: 'user', id: '2101', userName: 'jdoe & co' },
		},
	],
	refused: [['no name', { userName: '={{ "" }}' }, "'Username' is required"]],
	failures: [
		{
			name: 'success without an ID',
			exchanges: [{ ...lookUp(), reply: { operation: { result: { status: 'Success' } } } }],
			says: [
				'PAM360 reported success but returned no ID of the user',
				"It said: nothing. Check 'Username'",
			],
		},
	],
});

/** The two differ in nothing but their effect. */
const lockSuite = (operation: 'lock' | 'unlock'): Suite => ({
	cases: [
		{
			name: 'names the user in the query',
			parameters: { userName: 'j/döe' },
			exchanges: [
				{
					method: 'PUT',
					path: `${REST}/user/${operation}?USERNAME=j%2Fd%C3%B6e`,
					headers: { 'content-type': undefined },
					reply: success('LOCK USER'),
				},
			],
			items: {
				vendor: 'pam360',
				type: 'user',
				id: null,
				userName: 'j/döe',
				locked: operation === 'lock',
			},
		},
	],
	refused: [['no name', { userName: ' ' }, "'Username' is required"]],
});

describeOperation(kit, 'user', 'lock', lockSuite('lock'));

describeOperation(kit, 'user', 'unlock', lockSuite('unlock'));

const deletion = {
	method: 'DELETE' as const,
	path: `${REST}/user/2101`,
	body: '',
	reply: success('DELETE USER'),
};

describeOperation(kit, 'user', 'delete', {
	cases: [
		{
			name: 'deletes a user by ID',
			parameters: { userId: byId },
			exchanges: [deletion],
			items: { vendor: 'pam360', type: 'user', id: '2101', deleted: true },
		},
		{
			name: 'deletes a user by name',
			parameters: { userId: byName },
			exchanges: [lookUp(), deletion],
			items: { vendor: 'pam360', type: 'user', id: '2101', deleted: true },
		},
	],
	refused: [notAnId, nobody],
});

const least = {
	FIRSTNAME: 'n8n',
	LASTNAME: 'Robot',
	USERNAME: 'n8n',
	EMAIL: 'n8n@example.com',
	ISAPIUSER: true,
};

const createApiUser = (details: object, reply: object) => ({
	method: 'POST' as const,
	path: `${REST}/user`,
	headers: FORM,
	body: inputData(details),
	reply,
});

const made = success('CREATE USER', { 'USER ID': '1001', AUTHTOKEN: TOKEN });

const apiUserItem = {
	vendor: 'pam360',
	type: 'apiUser',
	id: '1001',
	secret: TOKEN,
	expiresAt: null,
	...apiUser,
	mustBeRegenerated: true,
};

const HINT = 'has to be regenerated before its first use';

const USER_PASSWORD = ' Pa$$ of Jane+1& ';
const localUser = {
	userName: 'jdoe',
	firstName: 'Jane',
	lastName: 'Doe',
	email: 'jdoe@example.com',
	password: USER_PASSWORD,
};
/** What clients of Password Manager Pro send of an ordinary user (docs/api/pam360.md, "Creating API users"). */
const localSent = {
	FIRSTNAME: 'Jane',
	LASTNAME: 'Doe',
	USERNAME: 'jdoe',
	EMAIL: 'jdoe@example.com',
	PASSWORD: USER_PASSWORD,
};
const localItem = {
	vendor: 'pam360',
	type: 'user',
	id: '21',
	userName: 'jdoe',
	firstName: 'Jane',
	lastName: 'Doe',
	email: 'jdoe@example.com',
	created: true,
};
const localId = (reply: object = success('GET_USERID', { USERID: '21' })) => ({
	method: 'GET' as const,
	path: '/restapi/json/v1/user/getUserId?USERNAME=jdoe',
	reply,
});
const userAdded = success('CREATE USER');

describeOperation(kit, 'user', 'createLocalUser', {
	secrets: [USER_PASSWORD.trim()],
	cases: [
		{
			name: 'creates a user that is none of the API',
			parameters: localUser,
			exchanges: [createApiUser({ ...localSent, ISAPIUSER: false }, userAdded), localId()],
			items: localItem,
			raw: userAdded as IDataObject,
		},
		{
			name: 'sends every field, and takes the ID where the answer has it',
			parameters: {
				...localUser,
				additionalFields: {
					department: 'IT',
					expiryDate: 'NeverExpires',
					location: 'Chennai',
					policy: 'Strong',
					role: 'Password User',
					secondaryEmail: 'it@example.com',
					userGroup: 'Web team',
				},
			},
			exchanges: [
				createApiUser(
					{
						...localSent,
						DEPARTMENT: 'IT',
						EXPIRYDATE: 'NeverExpires',
						LOCATION: 'Chennai',
						ROLE: 'Password User',
						SECONDARYEMAILID: 'it@example.com',
						USERGROUPNAME: 'Web team',
						POLICY: 'Strong',
						ISAPIUSER: false,
					},
					success('CREATE USER', { 'USER ID': 1001 }),
				),
			],
			items: { ...localItem, id: '1001' },
		},
		{
			name: 'says that the ID could not be found out',
			parameters: localUser,
			exchanges: [
				createApiUser({ ...localSent, ISAPIUSER: false }, userAdded),
				localId(success('GET_USERID')),
			],
			items: { ...localItem, id: null },
			hints: ["The user 'jdoe' was created, but PAM360 did not return its ID."],
		},
	],
	refused: [
		['no password', { password: '={{ "" }}' }, "'Password' is required"],
		['no username', { userName: '={{ "" }}' }, "'Username' is required"],
	],
	failures: [
		{
			name: 'an answer that is lost, and a user that is there',
			exchanges: [
				{ ...createApiUser({ ...localSent, ISAPIUSER: false }, {}), status: 502, reply: '' },
				localId(),
			],
			says: [
				'The user may have been created anyway',
				'The node looked for the user: PAM360 has one of this name, with the ID 21.',
			],
		},
	],
});

describeOperation(kit, 'user', 'createApiUser', {
	secrets: [TOKEN],
	cases: [
		{
			name: 'gives the token of the new user',
			parameters: apiUser,
			exchanges: [createApiUser(least, made)],
			items: apiUserItem,
			hints: [HINT],
		},
		{
			name: 'sends every field',
			parameters: {
				...apiUser,
				additionalFields: {
					department: 'IT',
					expiryDate: '2024-10-30T23:30:00',
					hostCheck: true,
					hostName: 'n8n.example.com',
					location: 'Chennai',
					ownerNameOption: 'x',
					restApiAccess: true,
					role: 'Password User',
					roleId: '301',
					sdkAccess: 'false',
					secondaryEmail: 'it@example.com',
					tokenValidityDays: 100,
					userGroup: 'Web team',
				},
			},
			exchanges: [
				createApiUser(
					{
						FIRSTNAME: 'n8n',
						LASTNAME: 'Robot',
						USERNAME: 'n8n',
						EMAIL: 'n8n@example.com',
						DEPARTMENT: 'IT',
						EXPIRYDATE: '2024-10-30',
						LOCATION: 'Chennai',
						ROLE: 'Password User',
						ROLEID: 301,
						SECONDARYEMAILID: 'it@example.com',
						USERGROUPNAME: 'Web team',
						HOSTCHECK: true,
						HOSTNAME: 'n8n.example.com',
						OWNERNAMEOPTION: 'x',
						RESTAPIACCESS: true,
						SDKACCESS: false,
						TOKENVALIDITYDAYS: 100,
						ISAPIUSER: true,
					},
					success('CREATE USER', [{ USERID: 1001, AUTHTOKEN: TOKEN }]),
				),
			],
			items: { ...apiUserItem, secret: TOKEN },
			hints: [HINT],
		},
		{
			name: 'takes a date of an expression',
			parameters: {
				...apiUser,
				additionalFields: { expiryDate: '={{ new Date(Date.UTC(2026, 11, 31)) }}' },
			},
			exchanges: [
				createApiUser(
					{
						FIRSTNAME: 'n8n',
						LASTNAME: 'Robot',
						USERNAME: 'n8n',
						EMAIL: 'n8n@example.com',
						EXPIRYDATE: '2026-12-31',
						ISAPIUSER: true,
					},
					made,
				),
			],
			items: apiUserItem,
			hints: [HINT],
		},
		{
			name: 'takes a user who never expires, and leaves out what is empty',
			parameters: {
				...apiUser,
				additionalFields: { expiryDate: 'NeverExpires', department: ' ', roleId: '' },
			},
			exchanges: [
				createApiUser(
					{
						FIRSTNAME: 'n8n',
						LASTNAME: 'Robot',
						USERNAME: 'n8n',
						EMAIL: 'n8n@example.com',
						EXPIRYDATE: 'NeverExpires',
						ISAPIUSER: true,
					},
					success('CREATE USER', { AUTHTOKEN: TOKEN }),
				),
			],
			items: { ...apiUserItem, id: null },
			hints: [HINT],
		},
	],
	refused: [
		['no email', { email: '={{ "" }}' }, "'Email' is required"],
		[
			'a host check without a host',
			{ additionalFields: { hostCheck: true } },
			"'Host Name' is required with the host check",
		],
		[
			'a date that is none',
			{ additionalFields: { expiryDate: '30/10/2024' } },
			"'Expiry Date' must be a date such as 2026-12-31, or NeverExpires",
		],
		[
			'a validity of no days',
			{ additionalFields: { tokenValidityDays: 0 } },
			"'Token Validity' must be at least 1",
		],
	],
	failures: [
		{
			name: 'success without a token',
			exchanges: [createApiUser(least, success('CREATE USER', { 'USER ID': '1001' }))],
			says: [
				'PAM360 created the API user but returned no auth token',
				"The user exists with the ID 1001: regenerate its token in PAM360's console",
			],
		},
		{
			name: 'success that says nothing',
			exchanges: [createApiUser(least, { operation: { result: { status: 'Success' } } })],
			says: ["It said: nothing. The user exists: regenerate its token in PAM360's console"],
		},
		{
			name: 'an answer nobody can read',
			exchanges: [{ ...createApiUser(least, {}), status: 504, reply: '' }, hasNow('n8n', '1001')],
			says: [
				'If it was, its auth token is lost: delete the user',
				'The node looked for the user: PAM360 has one of this name, with the ID 1001',
			],
		},
	],
});
