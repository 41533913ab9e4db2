import { describeOperation } from '../kit/operation';
import { kit } from './kit';
import {
	EXTENSION,
	byId,
	byName,
	getUser,
	jane,
	janeItem,
	lookUp,
	nobody,
	notAnId,
	scimError,
} from './userSamples';

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

const notFound = scimError(404, 'User 2101 not found.');

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
