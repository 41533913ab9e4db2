import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { findSecrets } from '../../harness';
import { digits, readCall, tenantOf } from '../kit/tenants';
import type { Seen } from '../kit/tenants';
import { runVendor, sshKey } from '../vendors';
import type { RunOptions } from '../vendors';

interface Answer {
	status?: number;
	body: object;
}

interface Server {
	url: string;
	/** The tenant whose credential a call was made with, and what was called; in order of arrival. */
	log: Array<{ tenant: number; call: string }>;
	/** How many calls were under way at the same time. */
	peak: number;
	close(): Promise<void>;
}

/** A server of many tenants, which know each other's names and nothing else of each other. */
async function startServer(
	tenantOf: (call: Seen) => number | undefined,
	answer: (tenant: number, call: Seen) => Answer,
): Promise<Server> {
	const state = { log: [] as Server['log'], peak: 0, now: 0 };
	const server = createServer((request, response) => {
		void (async () => {
			state.now += 1;
			state.peak = Math.max(state.peak, state.now);
			const call = await readCall(request);
			const tenant = tenantOf(call);
			const { status = 200, body } =
				tenant === undefined
					? { status: 418, body: { mixedUp: call.headers } }
					: answer(tenant, call);
			if (tenant !== undefined) {
				state.log.push({ tenant, call: `${call.method} ${call.target.split('?')[0] ?? ''}` });
			}
			// Answers come in another order than calls.
			await sleep(Math.random() * 20);
			state.now -= 1;
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(body));
		})();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return Object.assign(state, {
		url: `http://localhost:${port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	});
}

interface Vendor {
	name: string;
	vendor: RunOptions['vendor'];
	start(refused?: number): Promise<Server>;
	/** A credential whose every field is the item's own, by its `n`. */
	credentials(url: string): Record<string, ICredentialDataDecryptedObject>;
	/** Parameters that are the same for all tenants; names are looked up. */
	parameters: IDataObject;
	/** What a tenant's item must hold. */
	item(tenant: number): IDataObject;
	/** The look-up and the call that every tenant sees. */
	lookUp: string;
	call(tenant: number): string;
}

const refusedCalls = {
	pam360: {
		operation: {
			name: 'Authentication',
			result: {
				status: 'Failed',
				message: 'API key received is not associated to any user. Authentication failed.',
			},
		},
	},
};

const pam360: Vendor = {
	name: 'PAM360',
	vendor: 'pam360',
	start: async (refused) =>
		await startServer(tenantOf.pam360, (tenant, { target }) => {
			if (tenant === refused) return { body: refusedCalls.pam360 };
			const result = { status: 'Success', message: '' };
			const own = { RESOURCEID: String(1000 + tenant), ACCOUNTID: String(2000 + tenant) };
			if (target.includes('getResourceIdAccountId')) {
				return { body: { operation: { name: 'x', result, Details: own } } };
			}
			const isOwn = target.includes(`/resources/${1000 + tenant}/accounts/${2000 + tenant}/`);
			const PASSWORD = isOwn ? `secret-${tenant}` : 'of another tenant';
			return { body: { operation: { name: 'x', result, Details: { PASSWORD } } } };
		}),
	credentials: (url) => ({
		pam360Api: { url, authToken: '=token-{{ $json.n }}', orgName: '=org-{{ $json.n }}' },
	}),
	parameters: {
		resource: 'password',
		operation: 'get',
		resourceId: { __rl: true, mode: 'name', value: 'web-01' },
		accountId: { __rl: true, mode: 'name', value: 'root' },
	},
	item: (tenant) => ({ id: String(2000 + tenant), secret: `secret-${tenant}` }),
	lookUp: 'GET /restapi/json/v1/resources/getResourceIdAccountId',
	call: (tenant) =>
		`GET /restapi/json/v1/resources/${1000 + tenant}/accounts/${2000 + tenant}/password`,
};

const xsiam: Vendor = {
	name: 'Cortex XSIAM',
	vendor: 'cortexXsiam',
	start: async (refused) =>
		await startServer(tenantOf.cortexXsiam, (tenant, { target, body }) => {
			if (tenant === refused) {
				const reply = { err_code: 401, err_msg: 'Unauthorized', err_extra: null };
				return { status: 401, body: { reply } };
			}
			if (target.startsWith('/platform/iam/v1/role')) {
				const role = { role_id: 'role_1', pretty_name: `Role of ${tenant}`, is_custom: true };
				return { body: { data: [role], metadata: { total_count: 1 } } };
			}
			const isOwn = body.includes(`"role_name":"Role of ${tenant}"`);
			return { body: { reply: { update_count: isOwn ? 1 : 99 } } };
		}),
	credentials: (url) => ({
		cortexXsiamApi: {
			url,
			apiKeyId: '=5{{ $json.n }}',
			apiKey: '=key-{{ $json.n }}',
			securityLevel: 'advanced',
			childTenantId: '=91{{ $json.n }}',
		},
	}),
	parameters: {
		resource: 'user',
		operation: 'setRole',
		users: 'ana@example.com',
		role: { __rl: true, mode: 'list', value: 'role_1' },
	},
	item: (tenant) => ({ roleName: `Role of ${tenant}`, updated: 1 }),
	lookUp: 'GET /platform/iam/v1/role',
	call: () => 'POST /public_api/v1/rbac/set_user_role',
};

const { privateKey, publicKey } = sshKey('ed25519');

const senhasegura: Vendor = {
	name: 'senhasegura, OAuth 1.0',
	vendor: 'senhasegura',
	start: async (refused) =>
		await startServer(tenantOf.senhasegura, (tenant, { target }) => {
			if (tenant === refused) {
				const response = { status: 401, message: 'Invalid signature', error: true };
				return { status: 401, body: { code: 401, response } };
			}
			const response = { status: 200, message: 'OK', error: false, error_code: 0 };
			const id = String(3000 + tenant);
			if (target.endsWith('/pam/credential')) {
				const own = { id, tag: 'deploy', identifier: 'deploy', type: 'SSH Key' };
				return { body: { code: 200, response, credentials: [own] } };
			}
			const key = {
				id: target.split('/').at(-1),
				username: target.endsWith(`/pam/key/${id}`) ? `user-${tenant}` : 'of another tenant',
				private_key: privateKey,
				public_key: publicKey,
			};
			return { body: { code: 200, response, key } };
		}),
	credentials: (url) => ({
		senhaseguraOAuth1Api: {
			url,
			consumerKey: '=consumer-{{ $json.n }}',
			consumerSecret: '=shh-{{ $json.n }}',
			token: '=token-{{ $json.n }}',
			tokenSecret: '=psst-{{ $json.n }}',
		},
	}),
	parameters: {
		authentication: 'oAuth1',
		resource: 'sshKey',
		operation: 'get',
		sshKeyId: { __rl: true, mode: 'name', value: 'deploy' },
	},
	item: (tenant) => ({ id: String(3000 + tenant), username: `user-${tenant}` }),
	lookUp: 'GET /api/pam/credential',
	call: (tenant) => `GET /api/pam/key/${3000 + tenant}`,
};

let server: Server | undefined;

afterEach(async () => await server?.close());

async function run(
	vendor: Vendor,
	tenants: number[],
	{
		concurrency = 20,
		refused,
		...more
	}: { concurrency?: number; refused?: number } & Pick<RunOptions, 'node'> = {},
) {
	server = await vendor.start(refused);
	const options = { concurrency, ...(vendor === xsiam && { perSecond: 10_000 }) };
	const result = await runVendor({
		vendor: vendor.vendor,
		onlyTheseParameters: true,
		parameters: { ...vendor.parameters, options },
		credentials: vendor.credentials(server.url),
		items: tenants.map((n) => ({ n })),
		...more,
	});
	return { result, log: server.log, peak: server.peak };
}

const many = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index);

describe.each([pam360, xsiam, senhasegura])(
	'$name: a credential that is each item’s own',
	(vendor) => {
		it('is that of the item, in a hundred items of which 20 go at a time', async () => {
			const tenants = many(100);
			const { result, log, peak } = await run(vendor, tenants);
			expect(result.nodeError).toBeUndefined();
			expect(result.items.map(({ json }) => json)).toMatchObject(
				tenants.map((tenant) => vendor.item(tenant)),
			);
			expect(peak).toBeGreaterThan(10);
			// Each tenant saw its own look-up and call, and nobody else's.
			for (const tenant of tenants) {
				expect(log.filter((entry) => entry.tenant === tenant).map(({ call }) => call)).toEqual([
					vendor.lookUp,
					vendor.call(tenant),
				]);
			}
			expect(log).toHaveLength(200);
		});

		it('is shared by the items for which it is equal, with what they look up', async () => {
			const tenants = many(100).map((index) => 1 + (index % 7));
			const { result, log } = await run(vendor, tenants);
			expect(result.items.map(({ json }) => json)).toMatchObject(
				tenants.map((tenant) => vendor.item(tenant)),
			);
			const lookUps = log.filter(({ call }) => call === vendor.lookUp);
			expect(lookUps.map(({ tenant }) => tenant).sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
			expect(log).toHaveLength(107);
		});

		it('does not stop the others where it is refused, and is not tried again', async () => {
			const tenants = many(60).map((index) => 1 + (index % 6));
			const { result, log } = await run(vendor, tenants, {
				concurrency: 1,
				refused: 4,
				node: { onError: 'continueRegularOutput' },
			});
			expect(log.filter(({ tenant }) => tenant === 4)).toHaveLength(1);
			result.items.forEach(({ json }, index) => {
				const tenant = tenants[index] as number;
				if (tenant === 4) expect(json.error).toEqual(expect.any(String));
				else expect(json).toMatchObject(vendor.item(tenant));
			});
			const secrets = [...new Set(tenants)].flatMap((n) => [`token-${n}`, `key-${n}`, `shh-${n}`]);
			const failed = result.items.filter(({ json }) => 'error' in json);
			expect(failed).toHaveLength(10);
			expect(findSecrets([failed, result.logs], secrets)).toEqual([]);
		});
	},
);

it('takes out of each error the secrets of that item’s credential', async () => {
	server = await startServer(
		({ headers }) => digits(headers.authtoken),
		(_, { headers }) => {
			const result = { status: 'Failed', message: `No, ${headers.authtoken}!` };
			return { body: { operation: { name: 'x', result } } };
		},
	);
	const tenants = many(40, 1000);
	const result = await runVendor({
		vendor: 'pam360',
		onlyTheseParameters: true,
		parameters: { ...pam360.parameters, options: { concurrency: 20 } },
		credentials: pam360.credentials(server.url),
		items: tenants.map((n) => ({ n })),
		node: { onError: 'continueRegularOutput' },
	});
	expect(result.items.map(({ json }) => json.error)).toEqual(
		tenants.map(() => expect.stringContaining('No, [redacted]!') as string),
	);
	expect(
		findSecrets(
			[result.items, result.logs],
			tenants.map((n) => `token-${n}`),
		),
	).toEqual([]);
});

it('calls the server of each item', async () => {
	const [first, second] = [await pam360.start(), await pam360.start()];
	const tenants = many(40);
	const result = await runVendor({
		vendor: 'pam360',
		onlyTheseParameters: true,
		parameters: { ...pam360.parameters, options: { concurrency: 20 } },
		credentials: pam360.credentials('={{ $json.url }}'),
		items: tenants.map((n) => ({ n, url: n % 2 ? first.url : second.url })),
	});
	await first.close();
	await second.close();
	expect(result.nodeError).toBeUndefined();
	expect(first.log.map(({ tenant }) => tenant % 2)).toEqual(Array(40).fill(1));
	expect(second.log.map(({ tenant }) => tenant % 2)).toEqual(Array(40).fill(0));
});

describe('senhasegura, OAuth 2.0', () => {
	const startVault = async () => {
		const clients: string[] = [];
		const vault = await startServer(
			({ target, headers, body }) => {
				if (target.endsWith('/oauth2/token')) clients.push(body);
				return target.endsWith('/oauth2/token') ? 0 : digits(headers.authorization);
			},
			(_, { target }) => {
				if (target.endsWith('/oauth2/token')) {
					return { body: { access_token: 'bearer-1', token_type: 'bearer', expires_in: 3600 } };
				}
				const response = { status: 200, message: 'OK', error: false, error_code: 0 };
				return { body: { code: 200, response, devices: [] } };
			},
		);
		return Object.assign(vault, { clients: () => clients });
	};
	const run2 = async (vault: Server, credential: IDataObject, items: IDataObject[]) =>
		await runVendor({
			vendor: 'senhasegura',
			onlyTheseParameters: true,
			parameters: {
				resource: 'device',
				operation: 'getAll',
				options: { concurrency: 20 },
			},
			credentials: {
				senhaseguraOAuth2Api: {
					url: vault.url,
					clientId: 'a-client',
					clientSecret: 'canary-client-secret',
					...credential,
				},
			},
			items,
			node: { onError: 'continueRegularOutput' },
		});

	it('refuses items whose credential is not that of the first, before anything is sent for them', async () => {
		const vault = await startVault();
		server = vault;
		const items = [1, 1, 2, 1, 3].map((n) => ({ n }));
		const result = await run2(vault, { clientId: '=client-{{ $json.n }}' }, items);
		const errors = result.items.filter(({ json }) => 'error' in json);
		expect(errors.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			['The credential of item 2 is not that of item 0', { item: 2 }],
			['The credential of item 4 is not that of item 0', { item: 4 }],
		]);
		expect(errors[0]?.json.message).toContain("Choose OAuth1 as 'Authentication'");
		expect(vault.log.filter(({ call }) => call.includes('/pam/device'))).toHaveLength(3);
		expect(vault.clients().every((body) => body.includes('client_id=client-1'))).toBe(true);
	});

	it('takes no renewed token for another credential', async () => {
		const vault = await startVault();
		server = vault;
		const items = Array.from({ length: 30 }, () => ({}));
		const result = await run2(vault, {}, items);
		expect(result.items.filter(({ json }) => 'error' in json)).toEqual([]);
		expect(vault.log.filter(({ call }) => call.includes('/oauth2/token'))).toHaveLength(1);
	});
});
