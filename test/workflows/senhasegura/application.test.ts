import { describeOperation } from '../kit/operation';
import { kit, success } from './kit';

const CLIENT_SECRET = 'f13aeddeb57f262835871dab5d839b70';
const UNIQUE_KEY = 'canary-unique-key';
const registered = success(
	'Application successfully registered!',
	{ id: '765299ec425cf0255badc739c2dce1b10634973e1', signature: CLIENT_SECRET },
	201,
);
const POST = {
	method: 'POST' as const,
	path: '/iso/dapp/application',
	headers: { 'content-type': 'application/x-www-form-urlencoded' },
	body: 'application=shop%20%26%20co&environment=production&system=backend',
};
const parameters = { name: 'shop & co', system: 'backend', environment: 'production' };
const item = {
	vendor: 'senhasegura',
	type: 'application',
	id: '765299ec425cf0255badc739c2dce1b10634973e1',
	name: 'shop & co',
	system: 'backend',
	environment: 'production',
	secret: CLIENT_SECRET,
};

describeOperation(kit, 'application', 'create', {
	secrets: [CLIENT_SECRET, UNIQUE_KEY],
	cases: [
		{
			name: 'gives the client secret of a new authorization',
			mayHave: "An authorization of the application 'shop & co' may have been made",
			parameters,
			exchanges: [{ ...POST, status: 201, reply: registered }],
			items: item,
		},
		{
			name: 'sends a unique key, and puts the secret into a file where that is wanted',
			parameters: {
				...parameters,
				additionalFields: { uniqueKey: UNIQUE_KEY },
				options: { secretOutput: 'file' },
			},
			exchanges: [{ ...POST, body: `${POST.body}&unique_key=${UNIQUE_KEY}`, reply: registered }],
			items: { ...item, secret: null },
			binary: { data: { content: item.secret } },
		},
	],
	refused: [
		[
			'a unique key of white space',
			{ additionalFields: { uniqueKey: ' ' } },
			"'Unique Key' is empty",
		],
		['no name', { name: ' ' }, "'Name' is required"],
		['no system', { system: ' ' }, "'System' is required"],
		['no environment', { environment: ' ' }, "'Environment' is required"],
	],
	failures: [
		{
			name: 'an answer without the client secret',
			exchanges: [{ ...POST, reply: { ...registered, signature: null } }],
			says: [
				'senhasegura answered without the new client ID and client secret',
				"An authorization of the application 'shop & co' may have been made anyway. The node did not send the request again. Nobody has its client secret",
			],
		},
		{
			name: 'a gateway that gives up, after which nothing is sent again',
			exchanges: [{ ...POST, status: 504, reply: '' }],
			says: [
				'may have been made anyway. The node did not send the request again. Nobody has its client secret',
			],
		},
		{
			name: 'a gateway that gives up with the status of a refusal',
			exchanges: [
				{ ...POST, status: 404, reply: { message: 'The upstream server is timing out' } },
			],
			says: [
				"senhasegura's gateway got no answer from the vault",
				'may have been made anyway. The node did not send the request again. Nobody has its client secret',
			],
		},
	],
});
