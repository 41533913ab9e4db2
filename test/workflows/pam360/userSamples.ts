import type { Refused } from '../kit/operation';
import { success } from './kit';

/** The parameters of a user to be made, a person or a program. */
export const newUser = {
	userName: 'jdoe',
	firstName: 'Jane',
	lastName: 'Doe',
	email: 'jdoe@example.com, jane@home.example',
	roles: 'Password User, Auditor',
	active: true,
};

export const apiUser = {
	userName: 'n8n',
	firstName: 'n8n',
	lastName: 'Robot',
	email: 'n8n@example.com',
};

export const REST = '/restapi/json/v1';

export const EXTENSION = 'urn:ietf:params:scim:schemas:extension:pam360_domain:2.0:User';
export const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** RFC 7643, 8.1, with the vendor's extension. */
export const jane = {
	schemas: [CORE, EXTENSION],
	id: '2101',
	userName: 'jdoe',
	name: { givenName: 'Jane', familyName: 'Doe', formatted: 'Jane Doe' },
	emails: [{ value: 'jane@home.example' }, { value: 'jdoe@example.com', primary: true }],
	roles: [{ value: 'Password User', primary: true }],
	active: true,
	[EXTENSION]: { userType: 1, domain: 'EXAMPLE' },
};

export const janeItem = {
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

/** RFC 7644, 3.12. */
export const scimError = (status: number, detail: string) => ({
	status,
	reply: {
		schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
		status: String(status),
		detail,
	},
});

export const getUser = (reply: object = jane) => ({
	method: 'GET' as const,
	path: '/scim/v2/Users/2101',
	headers: { 'content-type': undefined, accept: 'application/scim+json, application/json' },
	reply,
});

export const byId = { mode: 'id', value: '2101' };
export const byName = { mode: 'name', value: 'jdoe & co' };

export const lookUp = (details: object = { USERID: '2101' }) => ({
	method: 'GET' as const,
	path: `${REST}/user/getUserId?USERNAME=jdoe%20%26%20co`,
	reply: success('GET_USERID', details),
});

/** The look-up of a name after a creation whose answer was lost. */
export const hasNow = (name: string, id: string) => ({
	method: 'GET' as const,
	path: `${REST}/user/getUserId?USERNAME=${name}`,
	reply: success('GET_USERID', { USERID: id }),
});

export const notAnId: Refused = [
	'an ID that is none',
	{ userId: { mode: 'id', value: '={{ "21/password" }}' } },
	"'User' must be an ID, which consists of digits",
];

export const nobody: Refused = [
	'no user',
	{ userId: { mode: 'id', value: '={{ "" }}' } },
	"'User' is required",
];
