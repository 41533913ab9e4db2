import { senhaseguraDemo as demo } from '../../simulators';
import { response } from '../../workflows/senhasegura/kit';
import { call, form } from './call';
import { useAppliance } from './senhaseguraSupport';

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

const document = {
	access_keys: [
		{ access_key: { type: 'AWS', fields: { access_key_id: 'LKU', secret_access_key: 'sack' } } },
	],
	credentials: [
		{ credential: { fields: { user: 'u', user_label: 'USER', password: 'p', host: 'h' } } },
	],
	key_value: { my_key: 'my_value' },
};

const flat = [
	{ access_key_id: 'LKU', secret_access_key: 'sack' },
	{ user: 'u', password: 'p', host: 'h' },
	{ my_key: 'my_value' },
];

describe('DevOps Secret Manager of the senhasegura simulator', () => {
	const appliance = useAppliance();
	const { send } = appliance;

	it('gives the application and its secrets, under both spellings', async () => {
		for (const path of ['dapp/application', 'dapp/Application']) {
			const answer = await send('GET', path);
			expect(answer.at('response')).toEqual(response(200, 'Application 5'));
			expect(answer.at('application')).toEqual({
				name: 'postman',
				description: null,
				tags: [''],
				system: 'back',
				environment: 'test',
				secrets: [
					{
						secret_id: '106',
						secret_name: 'application5',
						identity: 'application5',
						version: '',
						expiration_date: '',
						engine: 'Generic',
						data: [
							{ USERNAME: 'demo-user', PASSWORD: 'demo-dsm-password' },
							{ my_key: 'my_value' },
						],
					},
				],
			});
		}
	});

	it('makes an authorization whose client has an application of its own, and no more', async () => {
		const wanted = { application: 'app', environment: 'prod', system: 'web' };
		const headers = { authorization: appliance.bearer };
		const path = `${appliance.sim.url}/iso/dapp/application`;
		const answer = await call(path, form(wanted, headers));
		const { id, signature } = answer.json as Record<string, string>;
		const token = await appliance.tokenOf(id ?? '', signature ?? '');
		const own = await send('GET', 'dapp/application', undefined, token);
		expect(own.at('application')).toMatchObject({ name: 'app', secrets: [] });
		expect((await send('GET', 'pam/device', undefined, token)).status).toBe(500);

		const off = await send('DELETE', 'dapp/application/authorization', undefined, token);
		expect(off.at('response')).toEqual(response(200, 'Authorization deleted successfully.'));
		expect((await send('GET', 'dapp/application', undefined, token)).status).toBe(401);
		expect(await appliance.tokenOf(id ?? '', signature ?? '')).toBe('Bearer undefined');
		expect((await send('POST', 'dapp/application', { application: 'x' })).status).toBe(400);
	});

	it.each([
		['base64 of JSON', base64(document)],
		['an object', document],
	])('takes the data of a secret as %s', async (_how, data) => {
		const secret = { name: 'n', identity: 'i', engine: 'Generic', data };
		const answer = await send('POST', 'sctm/secret', secret);
		expect(answer.at('response')).toEqual(response(201, 'Secret created successfully.'));
		expect(answer.at('application.secrets')).toMatchObject([
			{ secret_id: '107', secret_name: 'n', identity: 'i', data: flat },
		]);
		expect((await send('GET', 'sctm/secret')).at('application.secrets.1.data')).toEqual(flat);

		const later = { identity: 'i', expiration_date: '2030-01-01' };
		expect((await send('POST', 'sctm/secret', later)).at('application.secrets')).toMatchObject([
			{ secret_id: '107', secret_name: 'n', expiration_date: '2030-01-01', data: flat },
		]);
	});

	it('takes a secret as a form', async () => {
		const headers = { authorization: appliance.bearer };
		const fields = { identity: 'f', data: base64({ key_value: [{ a: '1' }, { b: '2' }] }) };
		const answer = await call(`${appliance.sim.url}/iso/sctm/secret`, form(fields, headers));
		expect(answer.at('application.secrets.0.data')).toEqual([{ a: '1' }, { b: '2' }]);
	});

	it.each([
		{ identity: 'i', data: 'not base64 of JSON' },
		{ identity: 'i', engine: 'Steam' },
		{ data: base64(document) },
	])('refuses the secret %j', async (secret) => {
		expect((await send('POST', 'sctm/secret', secret)).at('response.error')).toBe(true);
		expect(appliance.sim.state.applications[0]?.secrets).toHaveLength(1);
	});

	it('takes variables as base64 only, and says no at the top', async () => {
		const good = { env: Buffer.from('A=1').toString('base64'), map: base64({}) };
		expect((await send('POST', 'cicd/variables', good)).status).toBe(201);
		const bad = await send('POST', 'cicd/variables', { ...good, env: 'A=1' });
		expect(bad.json).toMatchObject({ error: 'invalid_request', message: 'Invalid variables' });
	});

	it('provisions a secret by its identity, which stands by itself then', async () => {
		const answer = await send('POST', 'coe/dapp/provision', { identity: 'application5' });
		expect(answer.at('response.message')).toBe('Secret provisions done.');
		expect(answer.at('secret')).toMatchObject({
			secret_id: '106',
			renew_cloud_time: false,
			data: [{ hostname: 'db-01' }, { username: 'usr' }],
		});
		expect((await send('POST', 'coe/dapp/provision', { identity: 'x' })).status).toBe(400);
	});

	it('provisions a dynamic credential, whose data is an object, and takes it back', async () => {
		const pod = { pod_name: 'p', deploy: 'd', namespace: 'n' };
		const answer = await send('POST', 'coe/dapp/provision', pod);
		expect(answer.at('application.secrets')).toMatchObject([
			{ secret_id: '107', data: { USERNAME: 'usr', TTL: '3600' } },
		]);
		expect((await send('POST', 'coe/dapp/provision', { pod_name: 'p' })).status).toBe(400);
		const whole = { ...pod, secret_id: 107 };
		for (const name of Object.keys(whole)) {
			const part = { ...whole, [name]: undefined };
			expect((await send('POST', 'coe/dapp/deprovision', part)).status).toBe(400);
		}
		expect((await send('POST', 'coe/dapp/deprovision', whole)).status).toBe(200);
		expect((await send('POST', 'coe/dapp/deprovision', whole)).status).toBe(400);
	});

	it('encrypts every value, but not what it is called', async () => {
		appliance.sim.settings.encryptSecrets = true;
		const answer = await send('GET', 'dapp/application');
		const [first] = answer.at('application.secrets.0.data') as Array<Record<string, string>>;
		expect(first?.PASSWORD).toMatch(/^[A-Za-z0-9+/]{342}==$/u);
		expect(answer.text).not.toContain('demo-dsm-password');
	});

	it('is refused who has no application', async () => {
		appliance.sim.state.applications[0]?.authorizations.delete(demo.clientId);
		expect(await send('GET', 'dapp/application')).toMatchObject({
			status: 400,
			json: { response: { error: true } },
		});
	});

	it('lists the agents of the system', async () => {
		const answer = await send('GET', 'system/nc/agent');
		expect(answer.at('agent')).toEqual([
			{ id: '1', name: 'agent-01', port: '51445', fingerprint: 'demo:fingerprint' },
		]);
		appliance.sim.settings.encryptSecrets = true;
		expect((await send('GET', 'system/nc/agent')).text).not.toContain('demo:fingerprint');
	});
});
