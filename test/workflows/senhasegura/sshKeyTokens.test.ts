import { TestCredentialsHelper, runNode } from '../../harness';
import { credentialsFor, posts, sentBody, storedKeys } from '../../unit/senhasegura/support';
import { leaks, said } from '../kit/result';
import { credentialTypes, nodeTypes, seed } from '../vendors';
import { simulatedVault } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const vault = simulatedVault();

describe('OAuth 1.0 that is refused', () => {
	it.each(['consumerKey', 'consumerSecret', 'token', 'tokenSecret'])(
		'with a wrong %s',
		async (field) => {
			const result = await vault.create({
				authentication: 'oAuth1',
				credential: { [field]: 'wrong-0-value' },
			});
			expect(said(result)).toMatch(/OAuth 1\.0 signature.*four keys.*Invalid signature/);
			expect(leaks(result, ['wrong-0-value'])).toEqual([]);
		},
	);

	it('by a vault that sees another address', async () => {
		vault.sim.settings.originSeen = 'https://inside.example.com';
		const result = await vault.create({ authentication: 'oAuth1' });
		expect(said(result)).toMatch(/behind a proxy/);
	});
});

describe('OAuth 2.0 tokens', () => {
	it('are asked for once for 50 items, and stored', async () => {
		const result = await vault.create({
			items: Array.from({ length: 50 }, () => ({})),
			options: { concurrency: 10 },
		});
		expect(said(result)).toBe('');
		expect(result.items).toHaveLength(50);
		expect(storedKeys(vault.sim)).toHaveLength(50);
		expect(vault.sim.state.tokenCalls).toBe(1);
		expect(vault.sim.concurrency.peak).toBeLessThanOrEqual(10);
		const { oauthTokenData } = result.credentials.storedData('senhaseguraOAuth2Api');
		const [stored] = vault.sim.state.tokens.keys();
		expect(oauthTokenData).toMatchObject({ access_token: stored });
	});

	it('that have expired are renewed once, and the request is repeated', async () => {
		const credentials = new TestCredentialsHelper({
			credentialTypes,
			credentials: credentialsFor('oAuth2', vault.sim.url),
		});
		const again = async (items = 1) =>
			await runNode({
				node: {
					type: 'n8n-nodes-privileged-keys.senhasegura',
					parameters: seed.senhasegura() as never,
				},
				items: Array.from({ length: items }, () => ({ json: {} })),
				nodeTypes,
				credentials,
			});
		expect(said(await again())).toBe('');
		vault.sim.state.tokens.clear();
		const result = await again();
		expect(said(result)).toBe('');
		expect(vault.sim.state.tokenCalls).toBe(2);
		expect(posts(vault.sim).map(({ status }) => status)).toEqual([201, 401, 201]);
		expect(storedKeys(vault.sim)).toHaveLength(2);
		expect(sentBody(posts(vault.sim)[1])).toEqual(sentBody(posts(vault.sim)[2]));

		vault.sim.state.tokens.clear();
		const many = await again(20);
		expect(many.items).toHaveLength(20);
		expect(vault.sim.state.tokenCalls).toBe(3);
		expect(storedKeys(vault.sim)).toHaveLength(22);
	});

	it('that stay refused end in a word about the credential', async () => {
		vault.sim.trouble.add({
			kind: 'status',
			status: 401,
			body: { message: 'Unauthorized' },
			match: /pam\/key/,
		});
		const result = await vault.create();
		expect(said(result)).toMatch(/does not accept the credential.*Unauthorized/);
		expect(posts(vault.sim)).toHaveLength(2);
	});

	it.each<[string, Record<string, string>]>([
		['secret', { clientSecret: 'wrong-0-secret' }],
		['id', { clientId: 'wrong-0-id' }],
		['tenant', { tenant: 'another' }],
	])('are not given for a wrong %s; it is asked for once', async (_name, credential) => {
		const result = await vault.create({ credential, items: Array.from({ length: 5 }, () => ({})) });
		expect(said(result)).toMatch(/no access token/);
		expect(said(result)).toMatch(/Client authentication failed/);
		expect(vault.sim.state.tokenCalls).toBe(1);
		expect(posts(vault.sim)).toEqual([]);
		expect(leaks(result, ['wrong-0-secret'])).toEqual([]);
	});

	it('are asked for by tenant where the vault is called by its IP address', async () => {
		vault.sim.settings.multiTenant = true;
		const url = `https://127.0.0.1:${vault.sim.port}`;
		expect(said(await vault.create({ credential: { url } }))).toMatch(/no access token/);
		expect(
			said(await vault.create({ credential: { url, tenant: vault.sim.settings.tenant } })),
		).toBe('');
	});

	it.each(['body', 'header'])('are asked for with the client in the %s', async (authentication) => {
		expect(said(await vault.create({ credential: { authentication } }))).toBe('');
	});
});
