import type {
	IAuthenticateGeneric,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';
import nock from 'nock';
import { findSecrets, runNode, runWorkflow, TestCredentialsHelper } from '../../harness';

const HOST = 'https://vault.example.com';
const TYPE = 'n8n-nodes-privileged-keys.getKey';

const text = (name: string, value = ''): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: value,
});
const hidden = (name: string, value: string): INodeProperties => ({
	...text(name, value),
	type: 'hidden',
});

class VaultOAuth2Api implements ICredentialType {
	name = 'vaultOAuth2Api';

	displayName = 'Vault OAuth2 API';

	extends = ['oAuth2Api'];

	properties = [
		text('url'),
		hidden('grantType', 'clientCredentials'),
		hidden('accessTokenUrl', '={{$self["url"]}}/oauth2/token'),
		hidden('authentication', 'body'),
	];
}

class SignedApi implements ICredentialType {
	name = 'signedApi';

	displayName = 'Signed API';

	properties = [text('key'), text('region', 'eu')];

	private calls = 0;

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		this.calls++;
		const headers = {
			'x-key': credentials.key,
			'x-region': credentials.region,
			'x-nonce': this.calls,
		};
		return { ...options, headers: { ...options.headers, ...headers } };
	}
}

class GenericApi implements ICredentialType {
	name = 'genericApi';

	displayName = 'Generic API';

	restrictToSupportedNodes = true as const;

	properties = [text('token')];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.token}}' } },
	};
}

class SessionApi implements ICredentialType {
	name = 'sessionApi';

	displayName = 'Session API';

	properties = [
		text('user'),
		{ ...hidden('session', ''), typeOptions: { expirable: true } } as INodeProperties,
	];

	preAuthentication: ICredentialType['preAuthentication'] = async function () {
		const { session } = (await this.helpers.httpRequest({
			method: 'POST',
			url: `${HOST}/login`,
		})) as { session: string };
		return { session };
	};

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'x-session': '={{$credentials.session}}' } },
	};
}

const credentialTypes = [VaultOAuth2Api, SignedApi, GenericApi, SessionApi];

const getKey: INodeType = {
	description: {
		displayName: 'Get Key',
		name: 'getKey',
		group: ['input'],
		version: 1,
		description: '',
		defaults: { name: 'Get Key' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: credentialTypes.map((Type) => ({
			name: new Type().name,
			displayOptions: { show: { authentication: [new Type().name] } },
		})),
		properties: [text('authentication')],
	},
	async execute() {
		const type = this.getNodeParameter('authentication', 0) as string;
		const results: INodeExecutionData[] = [];
		for (const item of this.getInputData().keys()) {
			const json = (await this.helpers.httpRequestWithAuthentication.call(this, type, {
				url: `${HOST}/key`,
				json: true,
			})) as IDataObject;
			results.push({ json, pairedItem: { item } });
		}
		return [results];
	},
};
const nodeTypes = { [TYPE]: getKey };
const nodeFor = (authentication: string): Pick<INode, 'type' | 'parameters'> => ({
	type: TYPE,
	parameters: { authentication },
});

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
	expect(nock.pendingMocks()).toEqual([]);
	nock.cleanAll();
});
afterAll(() => nock.restore());

describe('a credential type that extends oAuth2Api', () => {
	const data = { url: HOST, clientId: 'id', clientSecret: 's3cret' };
	const replyToken = (token: string) =>
		nock(HOST)
			.post('/oauth2/token', {
				grant_type: 'client_credentials',
				client_id: 'id',
				client_secret: 's3cret',
			})
			.reply(200, { access_token: token, token_type: 'Bearer', expires_in: 3600 });

	it('fetches the token once, keeps it, and renews it after a 401', async () => {
		const credentials = new TestCredentialsHelper({
			credentialTypes,
			credentials: { vaultOAuth2Api: data },
		});
		replyToken('first');
		const withFirst = { reqheaders: { authorization: 'Bearer first' } };
		nock(HOST, withFirst).get('/key').times(3).reply(200, { key: 1 });
		const items = [{ json: {} }, { json: {} }];
		const node = nodeFor('vaultOAuth2Api');

		const first = await runNode({ node, items, nodeTypes, credentials });
		expect(first.items.map(({ json }) => json)).toEqual([{ key: 1 }, { key: 1 }]);
		const second = await runNode({ node, nodeTypes, credentials });
		expect(second.items[0]?.json).toEqual({ key: 1 });
		expect(credentials.storedData('vaultOAuth2Api')).toMatchObject({
			clientSecret: 's3cret',
			oauthTokenData: { access_token: 'first' },
		});

		nock(HOST, withFirst).get('/key').reply(401);
		replyToken('second');
		nock(HOST, { reqheaders: { authorization: 'Bearer second' } })
			.get('/key')
			.reply(200, { key: 2 });
		const third = await runNode({ node, nodeTypes, credentials });
		expect(third.nodeError).toBeUndefined();
		expect(third.items[0]?.json).toEqual({ key: 2 });
		expect(credentials.storedData('vaultOAuth2Api').oauthTokenData).toMatchObject({
			access_token: 'second',
		});
	});

	it('resolves hidden fields and ignores stored values for them', async () => {
		const helper = new TestCredentialsHelper({
			credentialTypes,
			credentials: { vaultOAuth2Api: { ...data, accessTokenUrl: 'https://evil.example.com' } },
		});
		const decrypted = await helper.applyDefaultsAndOverwrites(
			{ variables: {} } as Parameters<typeof helper.applyDefaultsAndOverwrites>[0],
			helper.storedData('vaultOAuth2Api'),
			'vaultOAuth2Api',
			'internal',
		);

		expect(helper.getParentTypes('vaultOAuth2Api')).toEqual(['oAuth2Api']);
		expect(decrypted).toMatchObject({
			grantType: 'clientCredentials',
			accessTokenUrl: `${HOST}/oauth2/token`,
			authentication: 'body',
			clientSecret: 's3cret',
		});
	});
});

it('runs an authenticate function for each request and counts decryptions', async () => {
	for (const nonce of ['1', '2']) {
		nock(HOST, { reqheaders: { 'x-key': 'k', 'x-region': 'eu', 'x-nonce': nonce } })
			.get('/key')
			.reply(200, { nonce });
	}
	const { items, credentials } = await runNode({
		node: nodeFor('signedApi'),
		items: [{ json: {} }, { json: {} }],
		nodeTypes,
		credentialTypes,
		credentials: { signedApi: { key: 'k' } },
	});

	expect(items.map(({ json }) => json.nonce)).toEqual(['1', '2']);
	expect(credentials.decryptCount('signedApi')).toBe(2);
	expect(credentials.decryptCount('genericApi')).toBe(0);
	expect(credentials.decryptions[0]).toMatchObject({ nodeName: 'Node', raw: false });
});

it('authenticates the HTTP Request node with a predefined credential type', async () => {
	nock(HOST, { reqheaders: { 'x-key': 'from-expression' } })
		.get('/other')
		.reply(200, { ok: true });
	const result = await runNode({
		node: {
			type: 'n8n-nodes-base.httpRequest',
			parameters: {
				url: `${HOST}/other`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'signedApi',
			},
		},
		credentialTypes,
		credentials: { signedApi: { key: '={{ "from-" + "expression" }}' } },
	});

	expect(result.nodeError).toBeUndefined();
	expect(result.items).toEqual([{ json: { ok: true }, pairedItem: { item: 0 } }]);
});

it('refuses a restricted credential type outside of its nodes', async () => {
	nock(HOST, { reqheaders: { authorization: 'Bearer t' } })
		.get('/key')
		.reply(200, {});
	const options = { credentialTypes, credentials: { genericApi: { token: 't' } }, nodeTypes };
	const own = await runNode({ node: nodeFor('genericApi'), ...options });
	expect(own.run.status).toBe('success');

	const parameters = {
		url: `${HOST}/key`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'genericApi',
	};
	const other = await runNode({
		node: { type: 'n8n-nodes-base.httpRequest', parameters },
		...options,
	});
	expect(other.nodeError?.message).toContain('restricted to specific nodes');
});

it('logs in with preAuthentication, keeps the session, and logs in again after a 401', async () => {
	const credentials = new TestCredentialsHelper({
		credentialTypes,
		credentials: { sessionApi: { user: 'ada' } },
	});
	const login = (session: string) => nock(HOST).post('/login').reply(200, { session });
	const key = (session: string) => nock(HOST, { reqheaders: { 'x-session': session } }).get('/key');
	login('one');
	key('one').times(2).reply(200, { n: 1 });
	key('one').reply(401);
	login('two');
	key('two').reply(200, { n: 2 });
	const items = [{ json: {} }, { json: {} }, { json: {} }];

	const result = await runNode({ node: nodeFor('sessionApi'), items, nodeTypes, credentials });
	expect(result.items.map(({ json }) => json.n)).toEqual([1, 1, 2]);
	expect(credentials.storedData('sessionApi')).toEqual({ user: 'ada', session: 'two' });
});

it('shows what a failed request leaves in the execution data', async () => {
	const sent = 'canary-sent-4711';
	const received = 'canary-received-4711';
	nock(HOST).get('/key').reply(500, { reply: received });
	const { run, logs, nodeError } = await runNode({
		node: nodeFor('signedApi'),
		nodeTypes,
		credentialTypes,
		credentials: { signedApi: { key: sent } },
	});

	expect(nodeError?.name).toBe('NodeApiError');
	expect(findSecrets({ run, logs }, [sent])).toEqual([]);
	expect(findSecrets(run, [received]).length).toBeGreaterThan(0);
});

it('finds listed credentials by id like a server', async () => {
	nock(HOST, { reqheaders: { 'x-key': 'b' } })
		.get('/key')
		.reply(200, {});
	const node = (id: string): INode => ({
		id: 'key',
		name: 'Key',
		typeVersion: 1,
		position: [0, 0],
		...nodeFor('signedApi'),
		credentials: { signedApi: { id, name: 'Signed' } },
	});
	const run = async (id: string) =>
		await runWorkflow({
			workflow: {
				nodes: [
					{
						...node(id),
						id: 'start',
						name: 'Start',
						type: 'n8n-nodes-base.manualTrigger',
						parameters: {},
					},
					node(id),
				],
				connections: { Start: { main: [[{ node: 'Key', type: 'main', index: 0 }]] } },
			},
			nodeTypes,
			credentialTypes,
			credentials: ['a', 'b'].map((key) => ({
				id: key,
				name: key,
				type: 'signedApi',
				data: { key },
			})),
		});

	expect((await run('b')).run.status).toBe('success');
	expect((await run('c')).error('Key')?.message).toContain('does not exist for type "signedApi"');
});
