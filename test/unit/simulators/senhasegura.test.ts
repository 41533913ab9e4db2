import { constants, privateDecrypt } from 'node:crypto';
import type OAuth from 'oauth-1.0a';
import {
	senhaseguraDemo as demo,
	type SenhaseguraSettings,
	type SenhaseguraSimulator,
	startSenhaseguraSimulator,
} from '../../simulators';
import { response } from '../../workflows/senhasegura/kit';
import { type Answer, call, form, json } from './call';
import { code, grant, signed } from './senhaseguraSupport';

const wanted = {
	ip: '10.66.33.15',
	hostname: 'w2016',
	public_key: 'ssh-ed25519 AAAA demo',
	private_key: 'line 1\r\nline 2\r\n',
};

describe('senhasegura simulator', () => {
	let sim: SenhaseguraSimulator;
	let authorization: string;

	beforeAll(async () => {
		sim = await startSenhaseguraSimulator();
	});

	const askToken = async (options = form(grant), prefix = '/api') =>
		await call(`${sim.url}${prefix}/oauth2/token`, options);

	beforeEach(async () => {
		sim.reset();
		authorization = `Bearer ${(await askToken()).at('access_token') as string}`;
	});

	afterAll(async () => await sim.close());

	const send = async (method: string, path: string, data?: object): Promise<Answer> =>
		await call(`${sim.url}/api/pam/${path}`, {
			...(data ? json(data, { authorization }) : { headers: { authorization } }),
			method,
		});

	const create = async (data: object = {}) => await send('POST', 'key', { ...wanted, ...data });

	describe('OAuth 2.0', () => {
		const basic = `Basic ${Buffer.from(`${demo.clientId}:${demo.clientSecret}`).toString('base64')}`;

		it.each([
			['a form', form(grant)],
			['JSON', json(grant)],
			['HTTP Basic', form({ grant_type: 'client_credentials' }, { authorization: basic })],
			['the tenant named', form({ ...grant, tenant: demo.tenant })],
		])('gives a token for %s, at both prefixes', async (_how, options) => {
			for (const prefix of ['/api', '/iso']) {
				const answer = await askToken(options, prefix);
				expect(answer.json).toMatchObject({ token_type: 'Bearer', expires_in: 3_600 });
				expect(answer.at('access_token')).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/u);
				const headers = { authorization: `bearer ${answer.at('access_token') as string}` };
				const list = await call(`${sim.url}${prefix}/pam/device`, { headers });
				expect(list.status).toBe(200);
			}
			expect(sim.state.tokenCalls).toBe(3);
		});

		it.each([
			['another secret', { ...grant, client_secret: 'x' }],
			['another id', { ...grant, client_id: 'x' }],
			['no client', { grant_type: 'client_credentials' }],
			['another tenant', { ...grant, tenant: 'other' }],
		])('refuses %s', async (_how, body) => {
			expect(await askToken(form(body as Record<string, string>))).toMatchObject({
				status: 401,
				json: { error: 'invalid_client', message: 'Client authentication failed' },
			});
		});

		it('refuses another grant type, and GET', async () => {
			expect((await askToken(form({ ...grant, grant_type: 'password' }))).status).toBe(400);
			const query = new URLSearchParams(grant).toString();
			expect((await call(`${sim.url}/api/oauth2/token?${query}`)).status).toBe(405);
		});

		it('wants the tenant where it is called by address', async () => {
			sim.settings.multiTenant = true;
			const url = `https://127.0.0.1:${sim.port}/api/oauth2/token`;
			expect((await call(url, form(grant))).status).toBe(401);
			expect((await call(url, form({ ...grant, tenant: demo.tenant }))).status).toBe(200);
			expect((await askToken()).status).toBe(200);
		});

		it('lets a token expire', async () => {
			sim.settings.tokenTtl = 10;
			const answer = await askToken();
			const token = answer.at('access_token');
			const life = answer.at('expires_in');
			expect(life).toBe(10);
			authorization = `Bearer ${token as string}`;
			expect((await send('GET', 'device')).status).toBe(200);
			sim.settings.clockOffsetMs = 11_000;
			expect((await send('GET', 'device')).status).toBe(401);
			sim.settings.clockOffsetMs = 0;
			sim.state.tokens.clear();
			expect((await send('GET', 'device')).status).toBe(401);
		});

		it('answers like a gateway where there is no Authorization', async () => {
			const gateway = { status: 404, json: { message: 'no Route matched with those values' } };
			expect(await call(`${sim.url}/api/pam/device`)).toMatchObject(gateway);
			expect(await call(`${sim.url}/api/pam/nothing`)).toMatchObject(gateway);
			expect(await call(`${sim.url}/elsewhere`)).toMatchObject(gateway);
		});
	});

	describe('OAuth 1.0', () => {
		const invalid = { status: 401, json: { response: { message: 'Invalid signature' } } };

		it('takes signed queries, forms and JSON, the last unsigned, with or without a realm', async () => {
			const url = `${sim.url}/iso/pam/credential?credential=a%40b%20c&x=`;
			expect((await call(url, { headers: signed(url, 'GET') })).status).toBe(200);

			const keys = `${sim.url}/api/pam/key`;
			const byForm = form(wanted, signed(keys, 'POST', wanted));
			expect((await call(keys, byForm)).status).toBe(201);
			const byJson = json(wanted, signed(keys, 'POST', undefined, undefined, 'vault'));
			expect((await call(keys, byJson)).status).toBe(201);
		});

		it('refuses a changed form, query, method and host', async () => {
			const keys = `${sim.url}/api/pam/key`;
			const otherForm = form({ ...wanted, ip: '1.1.1.1' }, signed(keys, 'POST', wanted));
			expect(await call(keys, otherForm)).toMatchObject(invalid);
			const list = `${sim.url}/api/pam/device`;
			const headers = signed(list, 'GET');
			expect(await call(`${list}?a=b`, { headers })).toMatchObject(invalid);
			expect(await call(list, { method: 'DELETE', headers })).toMatchObject(invalid);
			sim.settings.originSeen = 'https://vault.internal.test:8443';
			expect(await call(list, { headers: signed(list, 'GET') })).toMatchObject(invalid);
			const inside = signed('https://vault.internal.test:8443/api/pam/device', 'GET');
			expect((await call(list, { headers: inside })).status).toBe(200);
		});

		it('refuses a nonce for the second time', async () => {
			const url = `${sim.url}/api/pam/device`;
			const headers = signed(url, 'GET');
			expect((await call(url, { headers })).status).toBe(200);
			expect(await call(url, { headers })).toMatchObject(invalid);
		});

		it('refuses a timestamp that is five minutes off, either way', async () => {
			const url = `${sim.url}/api/pam/device`;
			// Requests tell whole seconds, and the simulator's clock must not go on meanwhile.
			const second = Math.floor(Date.now() / 1000) * 1000;
			const clock = jest.spyOn(Date, 'now').mockReturnValue(second);
			for (const offset of [-301_000, 302_000]) {
				sim.settings.clockOffsetMs = offset;
				expect(await call(url, { headers: signed(url, 'GET') })).toMatchObject(invalid);
			}
			sim.settings.clockOffsetMs = 290_000;
			expect((await call(url, { headers: signed(url, 'GET') })).status).toBe(200);
			clock.mockRestore();
		});

		it.each<[string, (fields: OAuth.Authorization) => OAuth.Authorization]>([
			['another consumer', (fields) => ({ ...fields, oauth_consumer_key: 'x' })],
			['another token', (fields) => ({ ...fields, oauth_token: 'x' })],
			['another version', (fields) => ({ ...fields, oauth_version: '2.0' })],
			['no signature', (fields) => ({ ...fields, oauth_signature: '' })],
			[
				'PLAINTEXT',
				(fields) => ({
					...fields,
					oauth_signature_method: 'PLAINTEXT',
					oauth_signature: `${demo.consumerSecret}&${demo.tokenSecret}`,
				}),
			],
		])('refuses %s', async (_what, change) => {
			const url = `${sim.url}/api/pam/device`;
			const headers = signed(url, 'GET', undefined, change);
			expect(await call(url, { headers })).toMatchObject(invalid);
		});

		it('refuses parameters in the query', async () => {
			const keys = { oauth_consumer_key: demo.consumerKey, oauth_token: demo.token };
			const query = new URLSearchParams(keys).toString();
			expect((await call(`${sim.url}/api/pam/device?${query}`)).status).toBe(404);
		});
	});

	describe('what an authorization restricts', () => {
		const refused = {
			status: 500,
			json: { response: { message: 'You are not authorized to access this resource.' } },
		};

		it.each<Partial<SenhaseguraSettings>>([
			{ authorizedResources: ['Dashboards'] },
			{ allowedIps: ['10.0.0.1'] },
			{ allowedReferers: ['https://n8n.example.test'] },
		])('refuses under %j', async (settings) => {
			Object.assign(sim.settings, settings);
			expect(await send('GET', 'device')).toMatchObject(refused);
		});

		it('lets in the address and the referer that are listed', async () => {
			const referer = 'https://n8n.example.test';
			Object.assign(sim.settings, { allowedIps: ['127.0.0.1'], allowedReferers: [referer] });
			const headers = { authorization, referer };
			expect((await call(`${sim.url}/api/pam/device`, { headers })).status).toBe(200);
		});

		it('refuses every write of a read-only authorization first of all', async () => {
			await create();
			sim.settings.readOnly = true;
			expect(code(await send('POST', 'key', {}))).toBe(1039);
			expect(code(await send('DELETE', 'key/92'))).toBe(1039);
			expect(code(await send('PUT', 'key/1'))).toBe(1039);
			expect((await send('GET', 'key/92')).status).toBe(200);
		});
	});

	describe('POST pam/key', () => {
		it('creates a key, with a warning for a device that it does not know', async () => {
			const answer = await create({
				identifier: 'sshkey3',
				devices: [{ hostname: 'API device test' }, { hostname: 'nowhere' }],
			});
			expect(answer).toMatchObject({ status: 201 });
			expect(answer.json).toEqual({
				code: 201,
				response: response(201, 'Key successfully registered!'),
				tenant: 'senhasegura',
				key: {
					id: '92',
					identifier: 'sshkey3',
					devices: [{ hostname: 'API device test', ip: '10.66.33.20' }],
					devices_error: [{ hostname: 'nowhere' }],
				},
			});
		});

		it('keeps line ends, and defaults the rest', async () => {
			const { identifier } = (await create()).at('key') as { identifier: string };
			expect(identifier).toMatch(/^[0-9a-f-]{36}$/u);
			expect((await send('GET', 'key/92')).json).toMatchObject({
				response: { message: 'Key 92' },
				key: {
					...wanted,
					id: '92',
					username: 'usr',
					key_name: null,
					password: null,
					devices: [],
					tags: '',
					expiration_time: null,
				},
			});
		});

		it('has the expiry of the key itself, and not of its custody', async () => {
			await create();
			const key = sim.state.items.get('92');
			if (!key) throw new Error('There is no key');
			key.expiresAt = Date.parse('2027-05-16T20:31:31Z');
			sim.settings.custodyMinutes = 7;
			sim.settings.utcOffsetMinutes = -180;
			expect((await send('GET', 'key/92')).at('key.expiration_time')).toBe('2027-05-16T17:31:31');
		});

		it('updates by identifier, and only what is sent', async () => {
			await create({
				identifier: 'a',
				username: 'root',
				tags: 'x,y',
				devices: [{ hostname: 'linux-01' }],
			});
			const answer = await create({
				identifier: 'a',
				public_key: 'new',
				key_name: 'n',
				password: 'p',
			});
			expect(answer.at('response.message')).toBe('Key updated successfully!');
			expect(answer.at('key')).toMatchObject({ id: '92', devices: [{ hostname: 'linux-01' }] });
			sim.settings.tagsAs = 'array';
			expect((await send('GET', 'key/92')).at('key')).toMatchObject({
				public_key: 'new',
				username: 'root',
				key_name: 'n',
				password: 'p',
				tags: ['x', 'y'],
			});
			expect([...sim.state.items.keys()]).toEqual(['39', '92']);
			expect(code(await send('POST', 'key', { identifier: 'a' }))).toBe(1004);
			sim.settings.partialUpdate = true;
			expect((await send('POST', 'key', { identifier: 'a' })).status).toBe(201);
		});

		it('merges query, form and JSON', async () => {
			const { ip, hostname, ...rest } = wanted;
			const query = new URLSearchParams({ ip, hostname, username: 'q' }).toString();
			const url = `${sim.url}/iso/pam/key?${query}`;
			const devices = JSON.stringify([{ hostname: 'linux-01' }]);
			const answer = await call(url, form({ ...rest, devices }, { authorization }));
			expect(answer.at('key.devices')).toEqual([{ hostname: 'linux-01', ip: '10.66.33.31' }]);
			const odd = json({}, { authorization });
			odd.body = new URLSearchParams({ ...rest, devices: 'linux-01' }).toString();
			expect((await call(url, odd)).status).toBe(201);
		});

		it('checks in the documented order', async () => {
			const order: Array<[string, unknown, number]> = [
				['hostname', 'nowhere', 1004],
				['ip', wanted.ip, 1005],
				['public_key', 'a', 1013],
				['private_key', 'b', 1014],
				['hostname', 'w2016', 1011],
			];
			const data: Record<string, unknown> = { identifier: 'demo-credential' };
			for (const [name, value, expected] of order) {
				expect(code(await send('POST', 'key', data))).toBe(expected);
				data[name] = value;
			}
			expect(code(await send('POST', 'key', data))).toBe(1016);
			expect(code(await create({ ip: '10.66.33.20' }))).toBe(1011);
			expect((await create({ identifier: 'a b' })).status).toBe(400);
			expect(sim.state.items.size).toBe(1);
		});
	});

	describe('a key by id', () => {
		it('is disabled and enabled', async () => {
			await create({ enabled: false });
			expect(code(await send('GET', 'key/92'))).toBe(1017);
			expect(code(await send('DELETE', 'key/92'))).toBe(1017);
			expect((await send('PUT', 'key/92')).at('response.message')).toBe(
				'Key successfully activated',
			);
			expect(code(await send('PUT', 'key/92'))).toBe(1045);
			expect((await send('GET', 'key/92')).status).toBe(200);
			expect(sim.state.items.get('92')?.custodyBy).toEqual(new Set([demo.clientId]));
			const withBody = { ...json({}, { authorization }), method: 'DELETE', body: 'a=b' };
			const deleted = await call(`${sim.url}/api/pam/key/92/`, withBody);
			expect(deleted.at('response.message')).toBe('Key successfully deactivated');
		});

		it.each(['GET', 'PUT', 'DELETE'])('is refused to %s', async (method) => {
			await create();
			expect(code(await send(method, 'key/1'))).toBe(1015);
			expect(code(await send(method, 'key/..%2F92'))).toBe(1015);
			expect(code(await send(method, 'key/39'))).toBe(1016);
			const key = sim.state.items.get('92');
			if (key) key.accessDenied = true;
			expect(code(await send(method, 'key/92'))).toBe(1009);
		});

		it('is not asked for without an id, nor elsewhere', async () => {
			expect(await send('GET', 'key/')).toMatchObject({
				status: 500,
				json: { response: { message: 'Unexpected error' }, exception: { code: 500 } },
			});
			expect(await send('GET', 'keys')).toMatchObject({
				status: 404,
				json: { code: 404, response: { message: 'Resource sub not found', error: true } },
			});
		});
	});

	it('lists credentials and keys without secrets, and devices', async () => {
		await create({ identifier: 'a' });
		const list = await send('GET', 'credential');
		expect(list.at('response.message')).toBe('2 credentials found');
		expect(list.at('credentials')).toMatchObject([
			{ id: '39', type: 'Local User', automatic_change: false },
			{ id: '92', identifier: 'a', type: 'SSH Key', type_code: '1', management_ip: wanted.ip },
		]);
		expect(list.text).not.toContain('demo-password');
		expect(list.text).not.toContain('line 1');
		expect((await send('GET', 'device')).at('devices')).toHaveLength(3);
	});

	describe('quirks of versions', () => {
		it('names the identifier tag', async () => {
			sim.settings.legacyTagField = true;
			expect((await create({ identifier: 'a' })).at('key')).toMatchObject({ tag: 'a' });
			expect((await send('GET', 'credential')).at('credentials.1.tag')).toBe('a');
		});

		it('leaves fields out, and writes them otherwise', async () => {
			Object.assign(sim.settings, {
				omitCode: true,
				omitTenant: true,
				capitalMessage: true,
				http200On201: true,
				numericIds: true,
				noAutoIdentifier: true,
				devicesErrorAs: 'string',
			});
			const answer = await create({ devices: [{ hostname: 'nowhere' }] });
			expect(answer.status).toBe(200);
			expect(Object.keys(answer.json as object)).toEqual(['response', 'key']);
			expect(answer.at('response')).toMatchObject({
				status: 201,
				Message: expect.any(String) as unknown,
			});
			expect(answer.at('response')).not.toHaveProperty('message');
			expect(answer.at('key')).toMatchObject({
				id: 92,
				identifier: '',
				devices_error: ['nowhere'],
			});
			await create();
			expect(sim.state.items.size).toBe(3);
		});

		it('speaks Portuguese only, and without a space after the code', async () => {
			Object.assign(sim.settings, { portugueseOnly: true, codeWithoutSpace: true });
			const answer = await send('GET', 'key/1');
			expect(answer.at('response')).toEqual({
				status: 400,
				detail: '',
				mensagem: '1015:SSH key not found',
				erro: true,
				cod_erro: 1,
			});
			expect(answer.at('exception.message')).toBe('1015:SSH key not found');
		});

		it('writes booleans as text', async () => {
			sim.settings.stringBooleans = true;
			expect((await send('GET', 'credential')).at('credentials.0.automatic_change')).toBe('0');
		});

		it('encrypts secrets, where they are short enough', async () => {
			await create({ password: 'pässword', private_key: 'x'.repeat(500) });
			sim.settings.encryptSecrets = true;
			const answer = await send('GET', 'key/92');
			expect(answer.at('key.private_key')).toBe('An error occurred while encrypting the text');
			const opened = privateDecrypt(
				{
					key: sim.decryptionKey(),
					padding: constants.RSA_PKCS1_OAEP_PADDING,
					oaepHash: 'sha1',
				},
				Buffer.from(answer.at('key.password') as string, 'base64'),
			);
			expect(opened.toString()).toBe('pässword');
		});
	});
});
