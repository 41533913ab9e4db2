import nock from 'nock';
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { findSecrets, runNode, testCredential } from '../../harness';
import type { LogEntry } from '../../harness';
import type { SenhaseguraSimulator } from '../../simulators';
import { createClientIdentity, senhaseguraDemo, startSenhaseguraSimulator } from '../../simulators';
import type { Authentication } from '../../unit/senhasegura/support';
import { AUTHENTICATIONS, credentialsFor, runSenhasegura } from '../../unit/senhasegura/support';
import { documented } from '../kit/documented';
import { said } from '../kit/result';
import { credentialFor, credentialTypes, nodeTypes } from '../vendors';
import { simulatedVault } from './simulated';

type Data = ICredentialDataDecryptedObject;

const TYPES = { oAuth2: 'senhaseguraOAuth2Api', oAuth1: 'senhaseguraOAuth1Api' } as const;
const IGNORE = { oAuth2: 'ignoreSSLIssues', oAuth1: 'ignoreSslIssues' } as const;
const { clientSecret, consumerSecret, token, tokenSecret } = senhaseguraDemo;
const SECRETS = [clientSecret, consumerSecret, token, tokenSecret];

const vault = simulatedVault();
afterAll(() => nock.restore());

async function test(authentication: Authentication, changes: Data = {}) {
	const type = TYPES[authentication];
	const logs: LogEntry[] = [];
	const data = { ...credentialFor[type](vault.sim.url), ...changes };
	const result = await testCredential(type, data, { credentialTypes, nodeTypes, logs });
	expect(findSecrets({ result, logs }, SECRETS)).toEqual([]);
	return documented(result);
}

const ok = { status: 'OK' };
const deviceLists = () => vault.sim.log.filter(({ path }) => path.endsWith('/pam/device'));

describe.each(AUTHENTICATIONS)('the credential test, %s', (authentication) => {
	it.each(['/api', '/iso'])('passes with prefix %s', async (apiPrefix) => {
		expect(await test(authentication, { apiPrefix })).toMatchObject(ok);
		expect(deviceLists().map(({ method, url }) => [method, url])).toEqual([
			['GET', `${apiPrefix}/pam/device`],
		]);
		expect(vault.sim.log.every(({ path }) => path.startsWith(`${apiPrefix}/`))).toBe(true);
	});

	it.each(['/', '/api', '/iso/', '/api/pam/key', '/?a=b#c'])(
		'passes with %s behind the address',
		async (path) => {
			expect(await test(authentication, { url: vault.sim.url + path })).toMatchObject(ok);
		},
	);

	it('passes without a scheme', async () => {
		const url = vault.sim.url.replace('https://', ' ') + ' ';
		expect(await test(authentication, { url })).toMatchObject(ok);
	});

	it('sends the Referer', async () => {
		vault.sim.settings.allowedReferers = ['https://n8n.example.com'];
		expect(await test(authentication)).toMatchObject({ status: 'Error' });
		const referer = 'https://n8n.example.com';
		expect(await test(authentication, { referer })).toMatchObject(ok);
	});

	it('takes no custody and stores nothing', async () => {
		const before = vault.sim.state.items.size;
		await test(authentication);
		expect(vault.sim.state.items.size).toBe(before);
		expect([...vault.sim.state.items.values()].every(({ custodyBy }) => custodyBy.size === 0)).toBe(
			true,
		);
	});

	it('says that PAM Core is missing', async () => {
		vault.sim.settings.authorizedResources = ['Users'];
		const result = await test(authentication);
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/[Tt]ick .*PAM Core/);
	});

	it('says that the caller’s address may be the reason', async () => {
		vault.sim.settings.allowedIps = ['10.0.0.9'];
		expect((await test(authentication)).message).toMatch(/IP addresses and referers/);
	});

	it.each<[string, Parameters<SenhaseguraSimulator['trouble']['add']>[0], RegExp]>([
		['a web page', { kind: 'html' }, /web page/],
		['nothing', { kind: 'emptyBody' }, /answer was empty|empty body/],
		['a refusal in HTTP 200', refusalIn200(), /refused the (call|request)/],
		['a wrong address', { kind: 'status', status: 404, body: {} }, /API Prefix.*\/api.*\/iso/i],
		['a gateway', { kind: 'status', status: 502, body: {} }, /A gateway or proxy in front of/],
	])('says that it got %s', async (_name, trouble, expected) => {
		vault.sim.trouble.add({ ...trouble, match: /\/pam\/device/ });
		const result = await test(authentication);
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(expected);
	});

	it('does not follow a redirect, which would take the authorization along', async () => {
		const other = await startSenhaseguraSimulator();
		vault.sim.trouble.add({
			kind: 'redirect',
			to: `${other.url}/api/pam/device`,
			match: /\/pam\/device/,
		});
		const result = await test(authentication);
		expect(result.status).toBe('Error');
		expect(other.log).toEqual([]);
		await other.close();
	});

	it('refuses a certificate that nobody trusts, unless told to ignore it', async () => {
		const strict = await test(authentication, { [IGNORE[authentication]]: false });
		expect(strict.status).toBe('Error');
		expect(strict.message).toMatch(/SELF_SIGNED|self-signed|UNABLE_TO/);
		expect(vault.sim.log).toEqual([]);
		expect(await test(authentication, { [IGNORE[authentication]]: true })).toMatchObject(ok);
	});

	it('refuses plain http, and sends nothing', async () => {
		const sent: string[] = [];
		const scope = nock('http://vault.example.com').persist();
		for (const path of ['/api/oauth2/token', '/api/pam/device']) {
			scope.post(path).reply(200, {}).get(path).reply(200, {});
		}
		scope.on('request', (request: { path: string }) => sent.push(request.path));
		try {
			const result = await test(authentication, { url: 'http://vault.example.com' });
			expect(result.status).toBe('Error');
			expect(result.message).toMatch(/plain.http/);
			expect(sent).toEqual([]);
		} finally {
			nock.cleanAll();
		}
	});

	it('takes plain http to this machine', async () => {
		const plain = await startSenhaseguraSimulator({ http: true });
		for (const host of ['localhost', '127.0.0.1']) {
			const url = `http://${host}:${plain.port}`;
			expect(await test(authentication, { url })).toMatchObject(ok);
		}
		await plain.close();
	});
});

function refusalIn200() {
	const response = { status: 200, message: 'no', error: true };
	return { kind: 'rawBody', body: JSON.stringify({ response }) } as const;
}

describe('the credential test of OAuth 2.0', () => {
	it.each(['body', 'header'])('passes with the client in the %s', async (authentication) => {
		expect(await test('oAuth2', { authentication })).toMatchObject(ok);
		const [request] = vault.sim.log;
		expect(request?.headers.authorization?.startsWith('Basic ') ?? false).toBe(
			authentication === 'header',
		);
	});

	it('names the tenant of a vault that is called by its IP address', async () => {
		vault.sim.settings.multiTenant = true;
		const url = `https://127.0.0.1:${vault.sim.port}`;
		expect(await test('oAuth2', { url })).toMatchObject({ status: 'Error' });
		const { tenant } = senhaseguraDemo;
		expect(await test('oAuth2', { url, tenant })).toMatchObject(ok);
		expect(await test('oAuth2', { url, tenant: 'other' })).toMatchObject({ status: 'Error' });
	});

	it.each<[string, Data]>([
		['client secret', { clientSecret: 'wrong-secret' }],
		['client id', { clientId: 'wrong-id' }],
	])('says that the %s is wrong', async (_name, changes) => {
		const result = await test('oAuth2', changes);
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/client authentication failed|does not accept/i);
		expect(result.message).not.toContain('wrong-');
	});

	it('says that a token is refused', async () => {
		vault.sim.trouble.add({ kind: 'status', status: 401, body: {}, match: /\/pam\/device/ });
		expect((await test('oAuth2')).message).toContain('does not accept the credential');
	});
});

describe('the credential test of OAuth 1.0', () => {
	it.each<[string, Data]>([
		['consumer key', { consumerKey: 'wrong' }],
		['consumer secret', { consumerSecret: 'wrong' }],
		['token', { token: 'wrong' }],
		['token secret', { tokenSecret: 'wrong' }],
	])('says that the keys are wrong: %s', async (_name, changes) => {
		const result = await test('oAuth1', changes);
		expect(result.status).toBe('Error');
		expect(result.message).toContain('does not accept the OAuth 1.0 signature');
		expect(result.message).toContain('Check the four keys of the credential');
	});

	it('says what a vault behind a proxy needs', async () => {
		vault.sim.settings.originSeen = 'https://inside.example.com';
		expect((await test('oAuth1')).message).toContain('that the vault itself sees');
	});

	it.each<[string, Data]>([
		['Token Secret', { tokenSecret: '' }],
		['URL', { url: '' }],
		['API Prefix', { apiPrefix: '/v2' }],
	])('names %s where it cannot be used', async (name, changes) => {
		const result = await test('oAuth1', changes);
		expect(result.status).toBe('Error');
		expect(result.message).toContain(`'${name}'`);
		expect(vault.sim.log).toEqual([]);
	});

	it('presents a client certificate, and trusts an authority of its own', async () => {
		const identity = createClientIdentity();
		const strict = await startSenhaseguraSimulator({ clientCa: identity.certificate });
		const plain = { url: strict.url, ignoreSslIssues: false, caCertificate: strict.certificate };
		expect(await test('oAuth1', plain)).toMatchObject({ status: 'Error' });
		const certified = {
			...plain,
			clientCertificate: identity.certificate,
			clientKey: identity.key.replaceAll('\r\n', ' '),
		};
		expect(await test('oAuth1', certified)).toMatchObject(ok);
		const result = await runSenhasegura({
			at: strict,
			authentication: 'oAuth1',
			credential: certified,
		});
		expect(said(result)).toBe('');
		await strict.close();
	});
});

describe.each(AUTHENTICATIONS)(
	"n8n's HTTP Request node with the credential, %s",
	(authentication) => {
		const request = async (parameters: INodeParameters, changes: Data = {}) =>
			await runNode({
				node: {
					type: 'n8n-nodes-base.httpRequest',
					parameters: {
						authentication: 'predefinedCredentialType',
						nodeCredentialType: TYPES[authentication],
						...parameters,
					},
				},
				nodeTypes,
				credentialTypes,
				credentials: credentialsFor(authentication, vault.sim.url, changes),
			});

		it.each([3, 4.1, 4.2, 4.4])('gets a list, version %s of the node', async (typeVersion) => {
			const result = await runNode({
				node: {
					type: 'n8n-nodes-base.httpRequest',
					typeVersion,
					parameters: {
						authentication: 'predefinedCredentialType',
						nodeCredentialType: TYPES[authentication],
						url: `${vault.sim.url}/api/pam/device`,
					},
				},
				nodeTypes,
				credentialTypes,
				credentials: credentialsFor(authentication, vault.sim.url),
			});
			expect(said(result)).toBe('');
			expect(result.items[0]?.json).toMatchObject({ code: 200 });
		});

		it('gets a list with a query, in the URL and beside it', async () => {
			const result = await request({
				url: `${vault.sim.url}/api/pam/device?first=a%20b&same=1`,
				sendQuery: true,
				queryParameters: {
					parameters: [
						{ name: 'hostname', value: "API device test & 'more'" },
						{ name: 'ü[x]', value: 'é+%=' },
						{ name: 'empty', value: '' },
					],
				},
			});
			expect(said(result)).toBe('');
			const query = new URL(vault.sim.log.at(-1)?.url ?? '', vault.sim.url).searchParams;
			expect([...query]).toEqual([
				['first', 'a b'],
				['same', '1'],
				['hostname', "API device test & 'more'"],
				['ü[x]', 'é+%='],
				['empty', ''],
			]);
		});

		it.each<[string, string[]]>([
			['repeat', ['id', 'id']],
			['brackets', ['id[]', 'id[]']],
			['indices', ['id[0]', 'id[1]']],
		])('writes a list in a query as the node is told: %s', async (format, names) => {
			const result = await request({
				url: `${vault.sim.url}/api/pam/device`,
				sendQuery: true,
				specifyQuery: 'json',
				jsonQuery: '{"id":["1","2"]}',
				options: { queryParameterArrays: format },
			});
			expect(said(result)).toBe('');
			const query = new URL(vault.sim.log.at(-1)?.url ?? '', vault.sim.url).searchParams;
			expect([...query.keys()]).toEqual(names);
		});

		it('gets a credential by user and host', async () => {
			const result = await request({ url: `${vault.sim.url}/api/pam/key/dleite%40w2016` });
			expect(said(result)).not.toMatch(/401|signature/i);
			expect(vault.sim.log.at(-1)).toMatchObject({
				path: '/api/pam/key/dleite%40w2016',
				status: 400,
			});
		});

		const fields = {
			ip: senhaseguraDemo.devices[0].ip,
			hostname: senhaseguraDemo.devices[0].hostname,
			public_key: 'ssh-ed25519 AAAA é&=+',
			private_key: 'a key\nof two lines',
			identifier: 'from-http-request',
		};

		it.each<[string, INodeParameters]>([
			['JSON', { contentType: 'json', specifyBody: 'json', jsonBody: JSON.stringify(fields) }],
			[
				'a form',
				{
					contentType: 'form-urlencoded',
					bodyParameters: {
						parameters: Object.entries(fields).map(([name, value]) => ({ name, value })),
					},
				},
			],
			[
				'a form as text',
				{
					contentType: 'form-urlencoded',
					specifyBody: 'string',
					body: new URLSearchParams(fields).toString(),
				},
			],
			[
				'a raw form',
				{
					contentType: 'raw',
					rawContentType: 'application/x-www-form-urlencoded',
					body: new URLSearchParams(fields).toString(),
				},
			],
		])('stores a key by %s', async (_name, body) => {
			const result = await request({
				method: 'POST',
				url: `${vault.sim.url}/api/pam/key`,
				sendBody: true,
				...body,
			});
			expect(said(result)).toBe('');
			const stored = [...vault.sim.state.items.values()].find(
				({ identifier }) => identifier === fields.identifier,
			);
			expect(stored).toMatchObject({
				publicKey: fields.public_key,
				privateKey: fields.private_key,
			});
		});

		it('is refused with a wrong secret, which is not shown', async () => {
			const field = authentication === 'oAuth2' ? 'clientSecret' : 'tokenSecret';
			const changes = { [field]: 'wrong-0-secret' };
			const result = await request({ url: `${vault.sim.url}/api/pam/device` }, changes);
			expect(said(result)).not.toBe('');
			expect(findSecrets([result.nodeError, result.logs], ['wrong-0-secret'])).toEqual([]);
		});
	},
);
