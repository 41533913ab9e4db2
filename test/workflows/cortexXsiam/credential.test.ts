import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import nock from 'nock';
import type { LogEntry } from '../../harness';
import { findSecrets, runNode, testCredential } from '../../harness';
import type { Trouble } from '../../simulators';
import { cortexXsiamDemo } from '../../simulators';
import { LIST } from '../../unit/cortexXsiam/support';
import { documented } from '../kit/documented';
import { credentialFor, credentialTypes, nodeTypes } from '../vendors';
import { simulatedTenant } from './simulated';

const HEALTH = '/public_api/v1/healthcheck';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const tenant = simulatedTenant();
afterAll(() => nock.restore());

/** docs/api/cortex-xsiam.md, "Bodies of errors", 1. */
const forbidden = {
	reply: {
		err_code: 403,
		err_msg: 'Forbidden. Access was denied to this resource.',
		err_extra: 'Insufficient permissions for api key',
	},
};

describe('the test of the credential', () => {
	const test = async (
		changes: ICredentialDataDecryptedObject = {},
		level: 'standard' | 'advanced' = 'advanced',
		logs: LogEntry[] = [],
	) =>
		documented(
			await testCredential(
				'cortexXsiamApi',
				{ ...credentialFor.cortexXsiamApi(tenant.sim.url, level), ...changes },
				{ credentialTypes, nodeTypes, logs },
			),
		);

	it.each(['standard', 'advanced'] as const)('passes with a %s key', async (level) => {
		expect(await test({}, level)).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(tenant.sim.log.map(({ method, path }) => `${method} ${path}`)).toEqual([
			`GET ${HEALTH}`,
		]);
	});

	it('passes with a key that may do nothing', async () => {
		tenant.sim.state.keys.get(22)!.permissions = [];
		expect(await test()).toMatchObject({ status: 'OK' });
	});

	it.each([
		['trailing slashes', (url: string) => `${url}//`],
		['a path', (url: string) => `${url}/api_keys/validate/`],
		['blanks', (url: string) => ` ${url} `],
		['no scheme', (url: string) => url.replace('https://', '')],
	])('passes with %s in the URL', async (_, change) => {
		expect(await test({ url: change(tenant.sim.url) })).toMatchObject({ status: 'OK' });
	});

	it('passes in a child tenant', async () => {
		expect(await test({ childTenantId: cortexXsiamDemo.childTenantId })).toMatchObject({
			status: 'OK',
		});
		expect(tenant.sim.log[0]?.headers['x-child-tenant-id']).toBe(cortexXsiamDemo.childTenantId);
	});

	it.each<[string, ICredentialDataDecryptedObject]>([
		['a wrong key', { apiKey: 'x'.repeat(128) }],
		['the id of another key', { apiKeyId: '21' }],
		['an id that does not exist', { apiKeyId: '999' }],
		['the wrong level', { securityLevel: 'standard' }],
	])('fails with %s', async (_, changes) => {
		const { status, message } = await test(changes);
		expect(status).toBe('Error');
		expect(message).toMatch(/^Cortex XSIAM does not accept the API key\./);
		for (const cause of [
			"'API Key ID' belongs",
			"'API Key' is complete",
			"'Security Level' is the one",
			'expired',
			'clocks of n8n and the tenant must agree',
		]) {
			expect(message).toContain(cause);
		}
	});

	it('fails with an expired key', async () => {
		tenant.sim.state.keys.get(22)!.expiration = Date.now() - 1;
		expect((await test()).message).toContain('has not expired');
	});

	it('fails with a standard key that is taken for an advanced one', async () => {
		expect((await test({ securityLevel: 'advanced' }, 'standard')).message).toContain(
			'does not accept the API key',
		);
	});

	it('fails in a child tenant that is not one', async () => {
		expect((await test({ childTenantId: '17' })).message).toContain(
			"With a child tenant, check 'Child Tenant ID'",
		);
	});

	it.each<[string, Trouble, RegExp]>([
		[
			'no permission',
			{ kind: 'status', status: 403, body: forbidden },
			/role of the credential's API key does not permit/,
		],
		[
			'a 403 of a firewall',
			{ kind: 'status', status: 403, body: 'Forbidden' },
			/a proxy or firewall in front of it may have sent it/,
		],
		['a 403 of nobody', { kind: 'status', status: 403 }, /a proxy or firewall in front of it/],
		['another address', { kind: 'status', status: 404 }, /Copy API URL/],
		['a page', { kind: 'html' }, /answered with a web page instead of JSON \(HTTP 200\)\. .*'URL'/],
		['a page after an empty line', { kind: 'html', body: '\n<html></html>' }, /web page/],
		['a page after blanks', { kind: 'html', body: '  <html></html>' }, /web page/],
		['a page of Windows', { kind: 'html', body: '\r\n<html></html>' }, /web page/],
		['a page that is missing', { kind: 'html', status: 404 }, /Copy API URL/],
		[
			'a gateway that has no answer',
			{ kind: 'status', status: 502, body: 'Bad Gateway' },
			/\(HTTP 502\)\. A gateway or proxy in front of Cortex XSIAM answered instead/,
		],
		['nothing', { kind: 'emptyBody' }, /answered with an empty body/],
		['a redirect', { kind: 'redirect', to: 'https://elsewhere.example/' }, /redirect/i],
		[
			'a permanent redirect',
			{ kind: 'redirect', to: 'https://elsewhere.example/', status: 301 },
			/redirect/i,
		],
	])('fails with %s, and says what to do', async (_, trouble, message) => {
		tenant.sim.trouble.add(trouble);
		const result = await test();
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(message);
		// A gateway is asked again, and nothing else is.
		expect(tenant.sim.log).toHaveLength('status' in trouble && trouble.status === 502 ? 4 : 1);
	});

	it.each<[string, ICredentialDataDecryptedObject, string]>([
		['an id that is no number', { apiKeyId: 'my key' }, "'API Key ID' in the credential is not a"],
		['a key with a line break', { apiKey: 'a\nb' }, "'API Key' in the credential holds a line"],
		['plain http', { url: 'http://tenant.example.com' }, "'URL' in the credential is plain http"],
		['a URL that is none', { url: 'my tenant' }, "'URL' in the credential is not an http"],
	])('fails with %s before anything is sent', async (_, changes, message) => {
		const result = await test(changes);
		expect(result.status).toBe('Error');
		expect(result.message).toContain(message);
		expect(tenant.sim.log).toEqual([]);
	});

	it('fails with a certificate that nobody vouches for, unless that is ignored', async () => {
		expect(await test({ ignoreSslIssues: false })).toEqual({
			status: 'Error',
			message: expect.stringMatching(
				/^The certificate of .* is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. .*'Ignore SSL Issues'/,
			) as string,
		});
		expect(await test({ ignoreSslIssues: true })).toMatchObject({ status: 'OK' });
	});

	it.each([['{"reply":{"status":"available"}}'], ['{"reply":"available"}'], ['{}']])(
		'takes HTTP 200 for the word that the key is accepted: %s',
		async (body) => {
			tenant.sim.trouble.add({ kind: 'rawBody', body });
			expect(await test()).toMatchObject({ status: 'OK' });
		},
	);

	it('keeps the path of a gateway', async () => {
		const scope = nock('https://gw.example.com')
			.get(`/xsiam${HEALTH}`)
			.reply(200, { reply: { status: 'available' } });
		expect(await test({ url: 'https://gw.example.com/xsiam/' })).toMatchObject({ status: 'OK' });
		scope.done();
	});

	it('goes to the API where the URL is that of the browser', async () => {
		const scope = nock('https://api-acme.xdr.us.paloaltonetworks.com')
			.get(HEALTH)
			.reply(200, { status: 'available' });
		expect(await test({ url: 'acme.xdr.us.paloaltonetworks.com' })).toMatchObject({
			status: 'OK',
		});
		scope.done();
	});

	it('tells no secret', async () => {
		const logs: LogEntry[] = [];
		const apiKey = 'canary'.repeat(20);
		tenant.sim.trouble.add({ kind: 'status', status: 500, body: { error: apiKey }, times: 1 });
		const results = [
			await test({ apiKey }, 'standard', logs),
			await test({ apiKey }, 'standard', logs),
		];
		const texts = logs.map(({ message }) => message);
		expect(findSecrets([results, texts], [apiKey])).toEqual([]);
	});
});

describe('n8n’s HTTP Request node', () => {
	const request = async (
		level: 'standard' | 'advanced',
		parameters: Record<string, unknown> = {},
		credential: ICredentialDataDecryptedObject = {},
	) =>
		await runNode({
			node: {
				type: 'n8n-nodes-base.httpRequest',
				parameters: {
					authentication: 'predefinedCredentialType',
					nodeCredentialType: 'cortexXsiamApi',
					url: `${tenant.sim.url}${HEALTH}`,
					options: {},
					...(parameters as object),
				},
			},
			credentialTypes,
			nodeTypes,
			credentials: {
				cortexXsiamApi: { ...credentialFor.cortexXsiamApi(tenant.sim.url, level), ...credential },
			},
		});

	it.each(['standard', 'advanced'] as const)('is signed with a %s key', async (level) => {
		const { items, nodeError } = await request(level);
		expect(nodeError).toBeUndefined();
		expect(items[0]?.json).toEqual({ status: 'available' });
		const { headers } = tenant.sim.log[0]!;
		const { apiKey, apiKeyId } = cortexXsiamDemo[level];
		expect(headers['x-xdr-auth-id']).toBe(apiKeyId);
		const text = `${apiKey}${String(headers['x-xdr-nonce'])}${String(headers['x-xdr-timestamp'])}`;
		expect(headers.authorization).toBe(
			level === 'standard' ? apiKey : createHash('sha256').update(text).digest('hex'),
		);
	});

	it.each(['standard', 'advanced'] as const)('can post JSON with a %s key', async (level) => {
		const { items, nodeError } = await request(level, {
			method: 'POST',
			url: `${tenant.sim.url}${LIST}`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '{"request_data":{"filters":[]}}',
		});
		expect(nodeError).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ reply: { TOTAL_COUNT: 3 } });
	});

	it('signs each request anew', async () => {
		await request('advanced');
		await request('advanced');
		const nonces = tenant.sim.log.map(({ headers }) => headers['x-xdr-nonce']);
		expect(new Set(nonces).size).toBe(2);
	});

	it('names the child tenant', async () => {
		await request('advanced', {}, { childTenantId: cortexXsiamDemo.childTenantId });
		expect(tenant.sim.log[0]?.headers['x-child-tenant-id']).toBe(cortexXsiamDemo.childTenantId);
	});

	it('keeps to the certificate unless that is ignored', async () => {
		const { nodeError } = await request('advanced', {}, { ignoreSslIssues: false });
		expect(nodeError?.message).toContain('SSL Issue');
		expect(tenant.sim.log).toEqual([]);
	});

	it('is refused with a wrong key', async () => {
		const { nodeError } = await request('advanced', {}, { apiKey: 'wrong' });
		expect(nodeError).toMatchObject({ httpCode: '401' });
	});
});
