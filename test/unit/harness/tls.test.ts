import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ICredentialType, IDataObject, INodeType } from 'n8n-workflow';
import { generate } from 'selfsigned';
import { runNode, testCredential } from '../../harness';

const TYPE = 'n8n-nodes-privileged-keys.secureGet';
let server: Server;
let url: string;
let ca: string;

class TlsApi implements ICredentialType {
	name = 'tlsApi';

	displayName = 'TLS API';

	properties: ICredentialType['properties'] = [
		{ displayName: 'URL', name: 'url', type: 'string', default: '' },
		{ displayName: 'CA', name: 'ca', type: 'string', default: '' },
	];

	authenticate: ICredentialType['authenticate'] = async (credentials, options) =>
		credentials.ca ? { ...options, agentOptions: { ca: credentials.ca as string } } : options;

	test: ICredentialType['test'] = { request: { baseURL: '={{$credentials.url}}', url: '/' } };
}

const secureGet: INodeType = {
	description: {
		displayName: 'Secure Get',
		name: 'secureGet',
		group: ['input'],
		version: 1,
		description: '',
		defaults: { name: 'Secure Get' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'tlsApi', required: true }],
		properties: [],
	},
	async execute() {
		const options = { url, json: true };
		const request = this.helpers.httpRequestWithAuthentication;
		return [[{ json: (await request.call(this, 'tlsApi', options)) as IDataObject }]];
	},
};

beforeAll(async () => {
	const pems = generate([{ name: 'commonName', value: 'localhost' }], {
		keySize: 2048,
		extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
	});
	ca = pems.cert;
	server = createServer({ key: pems.private, cert: pems.cert }, (_, response) => {
		response.setHeader('content-type', 'application/json');
		response.end('{"secure":true}');
	});
	await new Promise<void>((resolve) => server.listen(0, resolve));
	url = `https://localhost:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

const run = async (data: { url: string; ca?: string }) =>
	await runNode({
		node: { type: TYPE },
		nodeTypes: { [TYPE]: secureGet },
		credentialTypes: [TlsApi],
		credentials: { tlsApi: data },
	});

it('checks the certificate of a real TLS server', async () => {
	const { run: execution, nodeError } = await run({ url });
	expect(execution.status).toBe('error');
	expect(nodeError?.name).toBe('NodeApiError');
	expect(await testCredential('tlsApi', { url }, { credentialTypes: [TlsApi] })).toEqual({
		status: 'Error',
		message: 'DEPTH_ZERO_SELF_SIGNED_CERT',
	});
});

it('accepts it with the CA that the credential brings', async () => {
	const { items } = await run({ url, ca });
	expect(items).toEqual([{ json: { secure: true }, pairedItem: { item: 0 } }]);
	expect(await testCredential('tlsApi', { url, ca }, { credentialTypes: [TlsApi] })).toEqual({
		status: 'OK',
		message: 'Connection successful!',
	});
});
