import { pam360Demo } from '../../simulators';
import { describeOperation } from '../kit/operation';
import type { Suite } from '../kit/operation';
import { kit, success } from './kit';
import {
	CORE,
	EXTENSION,
	REST,
	byId,
	byName,
	getUser,
	hasNow,
	jane,
	janeItem,
	lookUp,
	newUser,
	nobody,
	notAnId,
	scimError,
} from './userSamples';

const PASSWORD = ' Pa$$ Word+1 ';

const JSON_BODY = { 'content-type': 'application/scim+json', authtoken: pam360Demo.authToken };

const named = { ...jane, userName: 'EXAMPLE\\JDOE & Co' };

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
			mayHave: 'The user may have been created',
			parameters: newUser,
			exchanges: [createUser(leastBody)],
			items: janeItem,
		},
		{
			name: 'creates a user with everything',
			mayHave: 'The user may have been created',
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
