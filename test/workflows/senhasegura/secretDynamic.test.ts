import { findSecrets } from '../../harness';
import { answeredByNock, answerInTurn } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { asRecorded } from '../kit/recorded';
import { runVendor } from '../vendors';
import { HOST, kit, success } from './kit';
import { OTHER, application, other } from './secretSamples';

const MADE = 'canary-of-a-dynamic-secret';
const PROVISION = {
	method: 'POST' as const,
	path: '/iso/coe/dapp/provision',
	headers: { 'content-type': 'application/json' },
};
/** As the vendor's page of 4.0 shows it. */
const made = {
	secret_id: '213',
	secret_name: 'secret-postman',
	identity: 'secret-postman',
	version: '7',
	description: 'secret created by postman',
	expiration_date: '',
	engine: 'Generic',
	renew_cloud_time: false,
	renew_credential_time: false,
	renew_ephemeral_credential_time: false,
	data: [
		{ hostname: 'db-01', username: 'u' },
		{ hostname: 'db-02', username: 'u2', password: MADE, additional_information: null },
	],
};
const done = (more: object) => success('Secret provisions done.', more);
const madeItem = {
	vendor: 'senhasegura',
	type: 'secret',
	id: '213',
	identity: 'secret-postman',
	name: 'secret-postman',
	version: '7',
	engine: 'Generic',
	expiresAt: null,
	expiresAtServerTime: null,
	application: null,
	system: null,
	environment: null,
	properties: ['hostname', 'username', 'password', 'additional_information'],
	secret: JSON.stringify(made.data),
};
const container = { pod_name: 'shop-1', deploy: 'shop', namespace: 'production' };
const dynamic = { ...other, secret_id: '214', identity: 'shop-1', data: { PASSWORD: MADE } };

describeOperation(kit, 'secret', 'provision', {
	secrets: [MADE, OTHER],
	cases: [
		{
			name: 'has a secret made for its identity, as in 4.0',
			mayHave: "A dynamic secret for 'secret-postman' may have been made",
			parameters: { provisionFor: 'identity', identity: 'secret-postman' },
			exchanges: [
				{
					...PROVISION,
					body: JSON.stringify({ identity: 'secret-postman' }),
					reply: done({ secret: made }),
				},
			],
			items: madeItem,
		},
		{
			name: 'has one made for a container, and tells nothing of the others',
			parameters: {
				provisionFor: 'container',
				podName: 'shop-1',
				deploy: 'shop',
				namespace: 'production',
			},
			exchanges: [
				{ ...PROVISION, body: JSON.stringify(container), reply: application(other, dynamic) },
			],
			items: {
				...madeItem,
				id: '214',
				identity: 'shop-1',
				name: 'other',
				version: null,
				application: 'postman',
				system: 'back',
				environment: 'test',
				properties: ['PASSWORD'],
				secret: JSON.stringify([{ PASSWORD: MADE }]),
			},
		},
	],
	refused: [
		['no identity', { identity: '={{ "" }}' }, "'Identity' is required"],
		[
			'something else to make it for',
			{
				provisionFor: '={{ "pod" }}',
				podName: 'p',
				deploy: 'd',
				namespace: 'n',
			},
			"'Provision For' must be 'container' or 'identity'",
		],
	],
	failures: [
		{
			name: 'several secrets, none of which has the name',
			exchanges: [
				{
					...PROVISION,
					body: JSON.stringify({ identity: 'secret-postman' }),
					reply: application(other, dynamic),
				},
			],
			says: [
				'did not return exactly one new secret',
				"A dynamic secret for 'secret-postman' may have been made anyway. The node did not send the request again.",
			],
		},
		{
			name: 'a secret without values',
			exchanges: [
				{
					...PROVISION,
					body: JSON.stringify({ identity: 'secret-postman' }),
					reply: done({ secret: { ...made, data: [] } }),
				},
			],
			says: ['did not return exactly one new secret'],
		},
		{
			name: 'a gateway that gives up, after which nothing is sent again',
			exchanges: [
				{
					...PROVISION,
					body: JSON.stringify({ identity: 'secret-postman' }),
					status: 504,
					reply: '',
				},
			],
			says: ["A dynamic secret for 'secret-postman' may have been made anyway"],
		},
	],
});

const takenBack = asRecorded('senhasegura', 'secret.deprovision', {
	method: 'POST',
	path: '/iso/coe/dapp/deprovision',
	headers: { 'content-type': 'application/json' },
	body: '{"secret_id":213,"pod_name":"pod-1","deploy":"shop","namespace":"production"}',
});

describeOperation(kit, 'secret', 'deprovision', {
	cases: [
		{
			...takenBack,
			name: 'takes back what was made for a container, and says what is not known of the answer',
			mayHave: 'The secret may have been taken back',
			parameters: { ...takenBack.parameters, secretId: '={{ $json.id }}' },
			input: { id: '213' },
			items: { vendor: 'senhasegura', type: 'secret', id: '213', deprovisioned: true },
			hints: ['The vendor does not document the answer to this call'],
		},
	],
	refused: [
		['no namespace', { namespace: '={{ "" }}' }, "'Namespace' is required"],
		['an ID that is none', { secretId: '={{ "shop-1" }}' }, "'Secret ID' must be a whole number"],
	],
});

describe('a dynamic secret', () => {
	answeredByNock();

	it('tells nothing of other secrets with Simplify off either', async () => {
		answerInTurn(HOST, [{ ...PROVISION, reply: application(other, dynamic) }]);
		const result = await runVendor({
			vendor: 'senhasegura',
			onlyTheseParameters: true,
			parameters: {
				authentication: 'oAuth1',
				resource: 'secret',
				operation: 'provision',
				provisionFor: 'container',
				podName: 'shop-1',
				deploy: 'shop',
				namespace: 'production',
				simplify: false,
			},
			credentials: kit.credentials,
		});
		expect(result.items[0]?.json).toEqual(application(dynamic));
		expect(findSecrets(result.items, [OTHER])).toEqual([]);
	});
});
