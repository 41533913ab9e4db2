import { describeOperation } from '../kit/operation';
import { kit, success } from './kit';

const CONTENT = 'login: a, password: canary-of-the-content';

/** As the vendor's pages on protected information show them. */
const stored = {
	name: 'saas_vault1',
	type: 'access credential',
	service: 'saas_client',
	url: '10.10.10.2',
	content: CONTENT,
	users_allowed: 'admin, account_manager',
	identifier: 'INFOSAASVAULT1',
};
const createdReply = success('Information successfully registered!', { info: stored }, 201);

const refusal = (code: number, text: string) => ({
	code: 400,
	response: { status: 400, message: `${code}: ${text}`, error: true, error_code: 1 },
	exception: { code, message: `${code}: ${text}`, detail: null },
});
const inactive = refusal(1024, 'Inactive information');

const createdItem = {
	vendor: 'senhasegura',
	type: 'protectedInformation',
	id: null,
	identifier: 'INFOSAASVAULT1',
	name: 'saas_vault1',
	informationType: 'access credential',
	service: 'saas_client',
	url: '10.10.10.2',
	usersAllowed: ['admin', 'account_manager'],
	secret: null,
};

describeOperation(kit, 'protectedInformation', 'create', {
	secrets: [CONTENT],
	cases: [
		{
			name: 'stores a text, and does not give it back',
			mayHave: "The information 'INFOSAASVAULT1' may have been stored",
			parameters: {
				name: 'saas_vault1',
				content: CONTENT,
				additionalFields: {
					identifier: 'INFOSAASVAULT1',
					informationType: 'access credential',
					service: 'saas_client',
					url: '10.10.10.2',
					usersAllowed: 'admin, account_manager',
				},
			},
			exchanges: [
				{
					method: 'POST',
					path: '/api/pam/info',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({
						name: 'saas_vault1',
						content: CONTENT,
						identifier: 'INFOSAASVAULT1',
						type: 'access credential',
						service: 'saas_client',
						url: '10.10.10.2',
						users_allowed: 'admin,account_manager',
					}),
					reply: createdReply,
				},
			],
			items: createdItem,
			raw: { ...createdReply, info: { ...stored, content: null } },
		},
		{
			name: 'sends no more than is given, white space in the content included',
			parameters: { name: 'n', content: ` ${CONTENT}\n` },
			exchanges: [
				{
					method: 'POST',
					path: '/api/pam/info',
					body: JSON.stringify({ name: 'n', content: ` ${CONTENT}\n` }),
					reply: success('Information successfully registered!', { info: { tag: 'T' } }, 201),
				},
			],
			items: {
				...createdItem,
				identifier: 'T',
				name: 'n',
				informationType: null,
				service: null,
				url: null,
				usersAllowed: [],
			},
		},
	],
	refused: [
		['no content', { content: ' ' }, "'Content' is required"],
		['no name', { name: ' ' }, "'Name' is required"],
	],
	failures: [
		{
			name: 'a gateway that gives up, after which nothing is sent again',
			parameters: { additionalFields: {} },
			exchanges: [
				{
					method: 'POST',
					path: '/api/pam/info',
					body: JSON.stringify({ name: 'saas_vault1', content: CONTENT }),
					status: 504,
					reply: '',
				},
			],
			says: [
				"The information 'saas_vault1' may have been stored anyway",
				'Look for it in the vault',
			],
		},
	],
});

const information = { id: '28', tag: null, type: 'Access credential', content: CONTENT };
const item = {
	vendor: 'senhasegura',
	type: 'protectedInformation',
	id: '28',
	identifier: null,
	informationType: 'Access credential',
	secret: CONTENT,
};

describeOperation(kit, 'protectedInformation', 'get', {
	secrets: [CONTENT],
	cases: [
		{
			name: 'reads the content',
			parameters: { informationId: '28' },
			exchanges: [
				{
					method: 'GET',
					path: '/api/pam/info/28',
					reply: success('Information 28', { info: information }),
				},
			],
			items: item,
		},
		{
			name: 'reads by identifier, kept in its place in the path',
			parameters: { informationId: 'a/b 1' },
			exchanges: [
				{
					method: 'GET',
					path: '/api/pam/info/a%2Fb%201',
					reply: success('Information 28', { info: { ...information, tag: 'a/b 1' } }),
				},
			],
			items: { ...item, identifier: 'a/b 1' },
		},
		{
			name: 'leaves the content out where that is wanted',
			parameters: { informationId: '28', options: { secretOutput: 'none' } },
			exchanges: [
				{
					method: 'GET',
					path: '/api/pam/info/28',
					reply: success('Information 28', { info: information }),
				},
			],
			items: { ...item, secret: null },
		},
	],
	refused: [['a path of dots', { informationId: '..' }, "'..' cannot be part of a URL"]],
	failures: [
		{
			name: 'unknown information',
			exchanges: [
				{
					method: 'GET',
					path: '/api/pam/info/28',
					status: 400,
					reply: refusal(1023, 'Information not found'),
				},
			],
			says: ['The vault does not know this protected information'],
		},
		{
			name: 'disabled information',
			exchanges: [{ method: 'GET', path: '/api/pam/info/28', status: 400, reply: inactive }],
			says: ['The protected information is disabled', '1024: Inactive information'],
		},
		{
			name: 'no content in the answer',
			exchanges: [
				{
					method: 'GET',
					path: '/api/pam/info/28',
					reply: success('Information 28', { info: { ...information, content: '' } }),
				},
			],
			says: ['senhasegura answered without the content of the protected information'],
		},
		{
			name: 'a content that the vault could not encrypt',
			exchanges: [
				{
					method: 'GET',
					path: '/api/pam/info/28',
					reply: success('Information 28', {
						info: { ...information, content: 'An error occurred while encrypting the text' },
					}),
				},
			],
			says: ['The vault could not encrypt the secret'],
		},
	],
});

const disabledItem = {
	vendor: 'senhasegura',
	type: 'protectedInformation',
	id: '28',
	enabled: false,
	changed: true,
};

describeOperation(kit, 'protectedInformation', 'disable', {
	cases: [
		{
			name: 'disables',
			parameters: { informationId: '28' },
			exchanges: [
				{
					method: 'DELETE',
					path: '/api/pam/info/28',
					reply: success('Information successfully disabled'),
				},
			],
			items: disabledItem,
		},
		{
			name: 'takes what is disabled for a success, where that is wanted',
			parameters: { informationId: '28', additionalFields: { succeedIfAlready: true } },
			exchanges: [{ method: 'DELETE', path: '/api/pam/info/28', status: 400, reply: inactive }],
			items: { ...disabledItem, changed: false },
		},
	],
	failures: [
		{
			name: 'what is disabled already',
			exchanges: [{ method: 'DELETE', path: '/api/pam/info/28', status: 400, reply: inactive }],
			says: ['The protected information is disabled'],
		},
	],
});
