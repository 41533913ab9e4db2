import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { tokens } from '../../../nodes/shared/tokens';
import { findSecrets, runNode } from '../../harness';
import { credentialTypes, nodeTypes } from '../vendors';

/**
 * n8n's OAuth2 engine keeps one token with a stored credential, over all executions, and sends it to wherever
 * the credential's expressions point.
 */

interface Vault {
	url: string;
	/** What came in: the client that a token was asked for, or the token that a call was made with. */
	log: string[];
	/** Tokens that are refused, as expired ones are. */
	expired: Set<string>;
	close(): void;
}

const vaults: Vault[] = [];

async function startVault(name: string): Promise<Vault> {
	const log: string[] = [];
	const expired = new Set<string>();
	let count = 0;
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (part) => (body += String(part)));
		request.on('end', () => {
			const { url = '', headers } = request;
			let status = 200;
			let answer: object = {
				code: 200,
				response: { status: 200, message: 'OK', error: false, error_code: 0 },
				devices: [],
			};
			if (url.endsWith('/oauth2/token')) {
				const client = new URLSearchParams(body).get('client_id') ?? '';
				log.push(`token for ${client}`);
				count += 1;
				const access_token = `canary-${name}-${client}-${count}`;
				answer = { access_token, token_type: 'bearer', expires_in: 3600 };
			} else {
				const token = headers.authorization?.replace('Bearer ', '') ?? '';
				log.push(`call with ${token}`);
				if (expired.has(token)) status = 401;
			}
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(answer));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const vault = {
		url: `http://localhost:${(server.address() as AddressInfo).port}`,
		log,
		expired,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
	vaults.push(vault);
	return vault;
}

afterEach(() => {
	tokens.clear();
	for (const vault of vaults.splice(0)) vault.close();
});

const TYPE = 'senhaseguraOAuth2Api';

type Given = NonNullable<Parameters<typeof runNode>[0]['credentials']>;

const run = async (items: IDataObject[], credentials: Given) =>
	await runNode({
		node: {
			type: 'n8n-nodes-privileged-keys.senhasegura',
			parameters: { resource: 'device', operation: 'getAll', options: {} },
		},
		items: items.map((json) => ({ json })),
		nodeTypes,
		credentialTypes,
		credentials,
	});

const stored = (data: ICredentialDataDecryptedObject) => ({
	[TYPE]: { clientId: 'c', clientSecret: 'canary-client-secret', ...data },
});

const CALL = /^call with canary-(\w+)-(\w+)-\d+$/;

const refusedFor = expect.stringContaining('was issued for another address or client') as string;

it('refuses, with nothing sent, the token of another client that an earlier execution has left', async () => {
	const vault = await startVault('a');
	const first = await run([{ n: 'x' }], stored({ url: vault.url, clientId: '={{ $json.n }}' }));
	expect(first.nodeError).toBeUndefined();
	const before = [...vault.log];
	expect(before).toEqual(['token for x', expect.stringMatching(CALL)]);

	const second = await run([{ n: 'y' }], first.credentials);
	expect(second.nodeError).toMatchObject({
		message: refusedFor,
		description: expect.stringContaining("Choose OAuth1 as 'Authentication'") as string,
	});
	expect(vault.log).toEqual(before);
	expect(findSecrets([second.run, second.logs], ['canary-a-x', 'canary-client'])).toEqual([]);

	const third = await run([{ n: 'x' }], first.credentials);
	expect(third.nodeError).toBeUndefined();
	expect(vault.log.slice(2)).toEqual([before[1]]);
});

it('sends no token to another server than that which gave it', async () => {
	const [a, b] = [await startVault('a'), await startVault('b')];
	const first = await run([{ url: a.url }], stored({ url: '={{ $json.url }}' }));
	const second = await run([{ url: b.url }], first.credentials);
	expect(second.nodeError?.message).toEqual(refusedFor);
	expect(b.log).toEqual([]);
});

it('takes no token of unknown origin where the credential depends on the item', async () => {
	const [a, b] = [await startVault('a'), await startVault('b')];
	const first = await run([{ url: a.url }], stored({ url: '={{ $json.url }}' }));
	// As after a restart of n8n, or in another of its processes.
	tokens.clear();
	const second = await run([{ url: b.url }], first.credentials);
	expect(second.nodeError).toBeUndefined();
	expect(b.log).toEqual(['token for c', 'call with canary-b-c-1']);
	expect(a.log).toEqual(['token for c', 'call with canary-a-c-1']);
});

it('asks for a new token where the credential was edited', async () => {
	const [a, b] = [await startVault('a'), await startVault('b')];
	const first = await run([{}], stored({ url: a.url }));
	// n8n keeps the token of a credential when it is saved.
	const kept = first.credentials.storedData(TYPE);
	expect(kept).toHaveProperty('oauthTokenData');
	const second = await run([{}, {}], { [TYPE]: { ...kept, url: b.url } });
	expect(second.nodeError).toBeUndefined();
	const call = 'call with canary-b-c-1';
	expect(b.log).toEqual(['token for c', call, call]);
});

it('uses the stored token of a credential that is the same for everybody, in every process', async () => {
	const vault = await startVault('a');
	const first = await run([{}], stored({ url: `={{ "${vault.url}" }}` }));
	tokens.clear();
	const second = await run([{}, {}], first.credentials);
	expect(second.nodeError).toBeUndefined();
	expect(vault.log.filter((entry) => entry.startsWith('token'))).toHaveLength(1);
	expect(vault.log).toHaveLength(4);
});

it('renews an expired token, as the same one’s', async () => {
	const vault = await startVault('a');
	const credentials = stored({ url: vault.url, clientId: '={{ $json.n }}' });
	const first = await run([{ n: 'x' }], credentials);
	vault.expired.add('canary-a-x-1');
	const second = await run([{ n: 'x' }, { n: 'x' }], first.credentials);
	expect(second.nodeError).toBeUndefined();
	expect(vault.log.slice(2)).toEqual([
		'call with canary-a-x-1',
		'token for x',
		'call with canary-a-x-2',
		'call with canary-a-x-2',
	]);
});
