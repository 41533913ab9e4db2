import nock from 'nock';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { SenhaseguraRun } from '../../unit/senhasegura/support';
import { fixture, printedFingerprint, runSenhasegura } from '../../unit/senhasegura/support';
import { TestCredentialsHelper, runNode } from '../../harness';
import { said } from '../kit/result';
import { credentialTypes, nodeTypes, seed, sshKey } from '../vendors';
import { response } from './kit';

const HOST = 'https://vault.example.com';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const CLIENT_ID = '765299ec425cf0255badc739c2dce1b10634973e1';
const CLIENT_SECRET = 'f13aeddeb57f262835871dab5d839b70';
const client = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET };

interface Sent {
	method: string;
	path: string;
	headers: Record<string, string>;
	body: string;
}

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
	const pending = nock.pendingMocks();
	nock.cleanAll();
	expect(pending).toEqual([]);
});
afterAll(() => {
	nock.enableNetConnect();
	nock.restore();
});

function record(scope: nock.Scope): Sent[] {
	const sent: Sent[] = [];
	scope.on(
		'request',
		(
			request: { method: string; path: string; headers: Record<string, string> },
			_: unknown,
			body: string,
		) => {
			const { method, path, headers } = request;
			sent.push({ method, path, headers: { ...headers }, body });
		},
	);
	return sent;
}

/** The vendor's sample answer (its page "POST | Create SSH key"). */
const stored = {
	code: 201,
	response: response(201, 'Key successfully registered!'),
	key: {
		id: '92',
		identifier: 'sshkey3',
		devices: [{ hostname: 'API device test', ip: '10.66.33.20' }],
		devices_error: [],
	},
};

const token = { token_type: 'Bearer', expires_in: 3600, access_token: 'eyJ0eXAi.eyJhdWQi.sig' };

/** All requests of one run, byte for byte. */
async function wire(options: Omit<SenhaseguraRun, 'at'>, prefix = '/api', host = HOST) {
	const scope = nock(host);
	if (options.authentication !== 'oAuth1') {
		scope.post(`${prefix}/oauth2/token`).reply(200, token);
	}
	scope.post(`${prefix}/pam/key`).reply(201, stored);
	const sent = record(scope);
	const result = await runSenhasegura({ at: { url: host }, ...options });
	expect(said(result)).toBe('');
	return { result, sent, key: sent.at(-1) as Sent };
}

const oAuth2 = (changes: ICredentialDataDecryptedObject = {}) =>
	({ authentication: 'oAuth2', credential: { ...client, ...changes } }) as const;

const ALL_FIELDS = {
	identifier: 'sshkey3',
	username: 'dleite3',
	enabled: false,
	devices: 'API device test, linux-01',
	tags: 'tag1, tag2,!@#$%&*()_+',
	keyName: 'teste4',
	password: 'fkjwe87a5a8fa9a',
};

describe('the token request', () => {
	it('has the client in a form, and nothing that the vendor does not know', async () => {
		const { sent } = await wire(oAuth2());
		expect(sent).toHaveLength(2);
		const [first] = sent as [Sent];
		expect(first).toMatchObject({ method: 'POST', path: '/api/oauth2/token' });
		expect(first.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
		expect(first.headers).not.toHaveProperty('authorization');
		expect(Object.fromEntries(new URLSearchParams(first.body))).toEqual({
			grant_type: 'client_credentials',
			client_id: CLIENT_ID,
			client_secret: CLIENT_SECRET,
		});
	});

	it('may have the client in a header instead (RFC 6749, 2.3.1)', async () => {
		const { sent } = await wire(oAuth2({ authentication: 'header' }));
		const [first] = sent as [Sent];
		const basic = Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64');
		expect(first.headers.authorization).toBe(`Basic ${basic}`);
		expect(Object.fromEntries(new URLSearchParams(first.body))).toEqual({
			grant_type: 'client_credentials',
		});
	});

	it.each(['body', 'header'])(
		'names the tenant where there is one, client in %s',
		async (place) => {
			const { sent } = await wire(oAuth2({ authentication: place, tenant: ' acme ' }));
			expect(new URLSearchParams(sent[0]?.body).get('tenant')).toBe('acme');
			expect(new URLSearchParams(sent[0]?.body).get('grant_type')).toBe('client_credentials');
		},
	);

	it('encodes a tenant with odd characters', async () => {
		const { sent } = await wire(oAuth2({ tenant: 'a"b\\c&d=é' }));
		expect(new URLSearchParams(sent[0]?.body).get('tenant')).toBe('a"b\\c&d=é');
	});

	it('and the key go below /iso before version 3.33', async () => {
		const { sent } = await wire(oAuth2({ apiPrefix: '/iso' }), '/iso');
		expect(sent.map(({ path }) => path)).toEqual(['/iso/oauth2/token', '/iso/pam/key']);
	});

	it.each([
		['vault.example.com', '/api', '/api'],
		['https://vault.example.com/', '/api', '/api'],
		[' https://vault.example.com/iso/oauth2/token ', '/api', '/api'],
		['https://vault.example.com/api/', '/iso', '/iso'],
		['https://vault.example.com/?next=1#login', '/api', '/api'],
		['HTTPS://VAULT.example.com', '/api', '/api'],
	])('finds its way from %j with prefix %s', async (url, apiPrefix, prefix) => {
		const { sent } = await wire(oAuth2({ url, apiPrefix }), prefix);
		expect(sent.map(({ path }) => path)).toEqual([`${prefix}/oauth2/token`, `${prefix}/pam/key`]);
	});

	it('goes to a vault behind a path, with a port or by its IP address', async () => {
		for (const host of [`${HOST}:8443`, 'https://10.66.33.1', 'https://10.66.33.1:9443']) {
			const { sent } = await wire(oAuth2({ url: host }), '/api', host);
			expect(sent).toHaveLength(2);
		}
		const { sent } = await wire(oAuth2({ url: `${HOST}/vault` }), '/vault/api');
		expect(sent.map(({ path }) => path)).toEqual(['/vault/api/oauth2/token', '/vault/api/pam/key']);
	});
});

describe('the key request', () => {
	it('has the least that must be there, and an identifier of its own', async () => {
		const { key } = await wire(oAuth2());
		expect(key).toMatchObject({ method: 'POST', path: '/api/pam/key' });
		expect(key.headers).toMatchObject({
			authorization: `Bearer ${token.access_token}`,
			'content-type': 'application/json',
			accept: 'application/json',
		});
		expect(key.headers).not.toHaveProperty('referer');
		const { identifier } = JSON.parse(key.body) as { identifier: string };
		expect(identifier).toMatch(UUID);
		const { privateKey, publicKey } = sshKey('ed25519');
		expect(key.body).toBe(
			`{"ip":"10.66.33.15","hostname":"w2016","private_key":${JSON.stringify(privateKey)},` +
				`"public_key":"${publicKey}","identifier":"${identifier}"}`,
		);
	});

	it('has everything in the order of the vendor’s page', async () => {
		const { key, result } = await wire({ ...oAuth2(), additionalFields: ALL_FIELDS });
		const { privateKey, publicKey } = sshKey('ed25519');
		expect(key.body).toBe(
			`{"ip":"10.66.33.15","hostname":"w2016","private_key":${JSON.stringify(privateKey)},` +
				`"public_key":"${publicKey}","username":"dleite3","identifier":"sshkey3",` +
				'"enabled":false,"devices":[{"hostname":"API device test"},{"hostname":"linux-01"}],' +
				'"tags":"tag1,tag2,!@#$%&*()_+","key_name":"teste4","password":"fkjwe87a5a8fa9a"}',
		);
		expect(result.items).toEqual([
			{
				json: {
					vendor: 'senhasegura',
					type: 'sshKey',
					id: '92',
					identifier: 'sshkey3',
					created: true,
					secret: null,
					expiresAt: null,
					ip: '10.66.33.15',
					hostname: 'w2016',
					username: 'dleite3',
					devices: [{ hostname: 'API device test', ip: '10.66.33.20' }],
					devicesError: [],
					publicKey,
					fingerprint: printedFingerprint('ed25519'),
					storedAsGiven: false,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('is the vendor’s own answer with Simplify off', async () => {
		const { result } = await wire({ ...oAuth2(), parameters: { simplify: false } });
		expect(result.items).toEqual([{ json: stored, pairedItem: { item: 0 } }]);
	});

	it.each<[string, unknown, unknown]>([
		['a list', ['API device test', ' linux-01 ', ''], ['API device test', 'linux-01']],
		['lines', 'API device test\nlinux-01', ['API device test', 'linux-01']],
		['stray commas', ',linux-01, ,', ['linux-01']],
		['numbers', [1, 2], ['1', '2']],
		['nothing', '', undefined],
		['an empty list', [], undefined],
	])('takes %s for devices', async (_name, devices, expected) => {
		const additionalFields = { devices } as SenhaseguraRun['additionalFields'];
		const { key } = await wire({ ...oAuth2(), additionalFields });
		const { devices: sent } = JSON.parse(key.body) as { devices?: Array<{ hostname: string }> };
		expect(sent?.map((device) => JSON.stringify(device))).toEqual(
			(expected as string[] | undefined)?.map((hostname) => JSON.stringify({ hostname })),
		);
	});

	it('takes what an expression or an agent gives for the others', async () => {
		const { key } = await wire({
			...oAuth2(),
			parameters: { ip: ' 10.66.33.15 ', hostname: ' w2016\n' },
			additionalFields: {
				enabled: 'true',
				tags: ['a', 'b'],
				identifier: 42,
				username: '',
				keyName: '  ',
			},
		});
		const rest = JSON.parse(key.body) as Record<string, unknown>;
		delete rest.private_key;
		delete rest.public_key;
		expect(rest).toEqual({
			ip: '10.66.33.15',
			hostname: 'w2016',
			identifier: '42',
			enabled: true,
			tags: 'a,b',
		});
	});

	it('keeps the spaces of a passphrase', async () => {
		const passphrase = ' pässwörd ☃ ';
		const { key } = await wire({
			...oAuth2(),
			parameters: { ...sshKey('ecdsaunicode') },
			additionalFields: { password: passphrase },
		});
		expect(JSON.parse(key.body)).toMatchObject({ password: passphrase });
	});

	it('sends a key that was pasted with \\r\\n as OpenSSH reads it', async () => {
		const { key } = await wire({
			...oAuth2(),
			parameters: { privateKey: fixture('ed25519').replaceAll('\n', '\r\n') },
		});
		expect(JSON.parse(key.body)).toMatchObject({ private_key: fixture('ed25519') });
	});

	it('has a Referer where the credential has one', async () => {
		const referer = ' https://n8n.example.com ';
		const first = await wire(oAuth2({ referer }));
		expect(first.key.headers.referer).toBe('https://n8n.example.com');
		const second = await wire({
			authentication: 'oAuth1',
			credential: { referer, ignoreSslIssues: false },
		});
		expect(second.key.headers.referer).toBe('https://n8n.example.com');
	});

	it('is signed by OAuth 1.0, and needs no other request', async () => {
		const { key, sent } = await wire({ authentication: 'oAuth1', additionalFields: ALL_FIELDS });
		expect(sent).toHaveLength(1);
		expect(key.headers.authorization).toMatch(
			/^OAuth oauth_consumer_key="[^"]+", oauth_nonce="[0-9a-f]{32}", oauth_signature_method="HMAC-SHA1", oauth_timestamp="\d{10}", oauth_token="[^"]+", oauth_version="1\.0", oauth_signature="[^"]+"$/,
		);
		expect(key.headers['content-type']).toBe('application/json');
		expect(Object.keys(JSON.parse(key.body) as object)).toEqual([
			'ip',
			'hostname',
			'private_key',
			'public_key',
			'username',
			'identifier',
			'enabled',
			'devices',
			'tags',
			'key_name',
			'password',
		]);
	});

	it('goes below /iso with OAuth 1.0, too', async () => {
		const { sent } = await wire(
			{ authentication: 'oAuth1', credential: { apiPrefix: '/iso', url: `${HOST}/api` } },
			'/iso',
		);
		expect(sent.map(({ path }) => path)).toEqual(['/iso/pam/key']);
	});
});

describe('the token', () => {
	it('is stored by n8n and used again by the next run', async () => {
		const credentials = new TestCredentialsHelper({
			credentialTypes,
			credentials: { senhaseguraOAuth2Api: { url: HOST, ...client } },
		});
		const scope = nock(HOST).post('/api/oauth2/token').reply(200, token);
		scope.post('/api/pam/key').times(2).reply(201, stored);
		const sent = record(scope);
		for (let run = 0; run < 2; run++) {
			const result = await runNode({
				node: { type: 'n8n-nodes-privileged-keys.senhasegura', parameters: parameters() },
				nodeTypes,
				credentials,
			});
			expect(said(result)).toBe('');
		}
		expect(sent.map(({ path }) => path)).toEqual([
			'/api/oauth2/token',
			'/api/pam/key',
			'/api/pam/key',
		]);
		const { oauthTokenData } = credentials.storedData('senhaseguraOAuth2Api');
		expect(oauthTokenData).toMatchObject({ access_token: token.access_token });
	});

	it.each(['bearer', 'Bearer', 'BEARER'])('may be of type %s', async (token_type) => {
		nock(HOST)
			.post('/api/oauth2/token')
			.reply(200, { ...token, token_type });
		const scope = nock(HOST).post('/api/pam/key').reply(201, stored);
		const sent = record(scope);
		const result = await runSenhasegura({ at: { url: HOST }, ...oAuth2() });
		expect(said(result)).toBe('');
		expect(sent[0]?.headers.authorization).toBe(`Bearer ${token.access_token}`);
	});

	const parameters = () => ({ ...seed.senhasegura(), authentication: 'oAuth2' }) as never;
});

describe('a plain-http address', () => {
	it.each(['oAuth2', 'oAuth1'] as const)(
		'is refused before anything is sent, %s',
		async (authentication) => {
			const result = await runSenhasegura({
				at: { url: 'http://vault.example.com' },
				authentication,
			});
			expect(said(result)).toContain('plain http');
			expect(said(result)).toContain("'Allow Plain HTTP'");
		},
	);

	it.each(['oAuth2', 'oAuth1'] as const)(
		'is taken where the user insists, %s',
		async (authentication) => {
			const url = 'http://vault.example.com';
			const { sent } = await wire(
				{ authentication, credential: { ...client, url, allowPlainHttp: true } },
				'/api',
				url,
			);
			expect(sent.at(-1)?.path).toBe('/api/pam/key');
		},
	);
});
