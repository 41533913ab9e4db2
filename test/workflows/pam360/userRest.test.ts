import type { IDataObject } from 'n8n-workflow';
import { describeOperation } from '../kit/operation';
import { inputData, kit, success } from './kit';
import { REST, apiUser, hasNow } from './userSamples';

const TOKEN = '11DE0000-DE00-4DE0-8DE0-00000000DE11';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

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
			mayHave: 'The user may have been created',
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
			mayHave: 'The API user may have been created',
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
