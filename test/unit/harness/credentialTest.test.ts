import type { ICredentialTestRequest, ICredentialType, INodeType } from 'n8n-workflow';
import nock from 'nock';
import type { LogEntry } from '../../harness';
import { findSecrets, testCredential } from '../../harness';

const HOST = 'https://vault.example.com';

class TokenApi implements ICredentialType {
	name = 'tokenApi';

	displayName = 'Token API';

	properties: ICredentialType['properties'] = [
		{ displayName: 'URL', name: 'url', type: 'string', default: HOST },
		{ displayName: 'Token', name: 'token', type: 'string', default: '' },
	];

	authenticate: ICredentialType['authenticate'] = {
		type: 'generic',
		properties: { headers: { 'x-token': '={{$credentials.token}}' } },
	};

	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.url}}', url: '/ping' },
		rules: [
			{ type: 'responseCode', properties: { value: 403, message: 'The token may not do this' } },
			{
				type: 'responseSuccessBody',
				properties: { key: 'result.status', value: 'Failed', message: 'The token is not valid' },
			},
		] as ICredentialTestRequest['rules'],
	};
}

const test = async (token = 'abc') =>
	await testCredential('tokenApi', { token }, { credentialTypes: [TokenApi] });
const ping = () => nock(HOST, { reqheaders: { 'x-token': 'abc' } }).get('/ping');

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
	expect(nock.pendingMocks()).toEqual([]);
	nock.cleanAll();
});
afterAll(() => nock.restore());

it('passes', async () => {
	ping().reply(200, { result: { status: 'Success' } });
	expect(await test()).toEqual({ status: 'OK', message: 'Connection successful!' });
});

it('fails by a rule on the response code', async () => {
	ping().reply(403);
	expect(await test()).toEqual({ status: 'Error', message: 'The token may not do this' });
});

it('fails by a rule on the body of a successful response', async () => {
	ping().reply(200, { result: { status: 'Failed' } });
	expect(await test()).toEqual({ status: 'Error', message: 'The token is not valid' });
});

it('fails with the status when no rule fits', async () => {
	ping().reply(418);
	expect(await test()).toEqual({ status: 'Error', message: "I'm a Teapot" });
});

it('fails with the code of a network error', async () => {
	ping().replyWithError(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
	expect(await test()).toEqual({ status: 'Error', message: 'ECONNREFUSED' });
});

it('fails when a field cannot be resolved', async () => {
	const { status } = await test('={{ $secrets.vault.token }}');
	expect(status).toBe('Error');
});

it('hands out the logs of the test', async () => {
	ping().reply(500);
	const logs: LogEntry[] = [];
	await testCredential('tokenApi', { token: 'abc' }, { credentialTypes: [TokenApi], logs });
	expect(logs.some(({ level }) => level === 'error')).toBe(true);
	expect(
		findSecrets(
			logs.map(({ message }) => message),
			['abc'],
		),
	).toEqual([]);
});

describe('without a test request', () => {
	class PlainApi implements ICredentialType {
		name = 'plainApi';

		displayName = 'Plain API';

		properties = [];
	}
	const description = {
		displayName: 'Plain',
		name: 'plain',
		group: ['input'],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
		credentials: [{ name: 'plainApi', testedBy: 'check' }],
	} as unknown as INodeType['description'];

	it('uses the function of a node that lists the credential', async () => {
		const node: INodeType = {
			description,
			methods: { credentialTest: { check: async () => ({ status: 'OK', message: 'checked' }) } },
		};
		const nodeTypes = { 'n8n-nodes-privileged-keys.plain': node };
		expect(
			await testCredential('plainApi', {}, { credentialTypes: [PlainApi], nodeTypes }),
		).toEqual({ status: 'OK', message: 'checked' });
	});

	it('says that there is none', async () => {
		expect(await testCredential('plainApi', {}, { credentialTypes: [PlainApi] })).toEqual({
			status: 'Error',
			message: 'No testing function found for this credential.',
		});
	});
});
