import { call, form } from './call';
import { grant, useAppliance } from './senhaseguraSupport';

const key = {
	ip: '10.66.33.15',
	hostname: 'w2016',
	public_key: 'ssh-ed25519 AAAA demo',
	private_key: 'line 1\r\nline 2\r\n',
};

const credential = { ip: '10.66.33.15', hostname: 'w2016', username: 'u', identifier: 'c' };

const device = {
	ip: '10.66.33.15',
	hostname: 'w2016',
	model: 'Windows Server 2016',
	type: 'Server',
	vendor: 'Microsoft',
	site: 'LAX',
};

/** In the order of the list of version quirks, docs/api/senhasegura.md, "Versions". */
describe('version switches of the senhasegura simulator', () => {
	const appliance = useAppliance();
	const { send } = appliance;
	const set = (settings: Partial<typeof appliance.sim.settings>) =>
		Object.assign(appliance.sim.settings, settings);

	it('1: serves one prefix alone', async () => {
		set({ prefixes: ['/iso'] });
		const headers = { authorization: appliance.bearer };
		const gateway = { status: 404, json: { message: 'no Route matched with those values' } };
		expect(await send('GET', 'pam/device')).toMatchObject(gateway);
		expect(await send('GET', 'pam/nothing')).toMatchObject(gateway);
		expect(await call(`${appliance.sim.url}/api/oauth2/token`, form(grant))).toMatchObject(gateway);
		expect((await call(`${appliance.sim.url}/iso/pam/device`, { headers })).status).toBe(200);
		expect((await call(`${appliance.sim.url}/iso/oauth2/token`, form(grant))).status).toBe(200);
	});

	it('2: says tag, and takes it', async () => {
		set({ legacyTagField: true });
		const { identifier, ...rest } = credential;
		const created = await send('POST', 'pam/credential', { ...rest, tag: identifier });
		expect(created.at('credential')).toEqual({ id: '92', tag: 'c' });
		expect((await send('GET', 'pam/credential/c')).at('credential')).toMatchObject({ tag: 'c' });
		const read = await send('GET', 'pam/credential/c');
		expect(read.at('credential')).not.toHaveProperty('identifier');
		expect((await send('POST', 'pam/key', { ...key, tag: 'k' })).at('key.tag')).toBe('k');
	});

	it('3: leaves a blank identifier blank', async () => {
		set({ noAutoIdentifier: true });
		expect((await send('POST', 'pam/key', key)).at('key.identifier')).toBe('');
		const { identifier, ...rest } = credential;
		expect(identifier).toBe('c');
		const created = await send('POST', 'pam/credential', rest);
		expect(created.at('credential.identifier')).toBe('');
		expect((await send('POST', 'pam/key', key)).at('key.id')).toBe('94');
	});

	it('4: knows no further fields of keys', async () => {
		set({ noKeyExtras: true });
		const extras = {
			enabled: false,
			tags: 't',
			key_name: 'n',
			devices: [{ hostname: 'linux-01' }],
		};
		const created = await send('POST', 'pam/key', { ...key, ...extras, username: 'root' });
		expect(created.at('key')).toMatchObject({ devices: [], devices_error: [] });
		expect(Object.keys((await send('GET', 'pam/key/92')).at('key') as object)).toEqual([
			'id',
			'username',
			'hostname',
			'ip',
			'private_key',
			'public_key',
			'password',
			'expiration_time',
		]);
	});

	it('5: has no code and no tenant', async () => {
		set({ omitCode: true, omitTenant: true });
		const list = await send('GET', 'pam/device');
		expect(Object.keys(list.json as object)).toEqual(['response', 'devices']);
		const refused = await send('GET', 'pam/key/1');
		expect(Object.keys(refused.json as object)).toEqual(['response', 'exception']);
	});

	it('6: writes ids as numbers', async () => {
		set({ numericIds: true });
		expect((await send('POST', 'pam/credential', credential)).at('credential.id')).toBe(92);
		expect((await send('GET', 'pam/credential')).at('credentials.0.id')).toBe(39);
		expect((await send('GET', 'pam/device/14')).at('device.id')).toBe(14);
		expect((await send('GET', 'session/remotesessions')).at('remote_sessions.0.id')).toBe(540);
	});

	it.each([
		[true, '0'],
		['words', 'false'],
	] as const)('7: writes booleans as texts (%s)', async (stringBooleans, off) => {
		set({ stringBooleans });
		expect((await send('GET', 'pam/credential')).at('credentials.0.automatic_change')).toBe(off);
	});

	it('8: keeps & of tags as an entity, once', async () => {
		set({ entitiesInTags: true });
		const tags = 'a&b,c';
		await send('POST', 'pam/key', { ...key, identifier: 'k', tags });
		expect((await send('GET', 'pam/key/92')).at('key.tags')).toBe('a&amp;b,c');
		await send('POST', 'pam/key', { ...key, identifier: 'k' });
		expect((await send('GET', 'pam/key/92')).at('key.tags')).toBe('a&amp;b,c');
		set({ entitiesInTags: false });
		await send('POST', 'pam/key', { ...key, identifier: 'k', tags });
		expect((await send('GET', 'pam/key/92')).at('key.tags')).toBe(tags);
	});

	it('9: can have the statuses that others would have', async () => {
		set({ notAuthorizedStatus: 403, missingTokenStatus: 401, authorizedResources: [] });
		expect((await send('GET', 'pam/device')).status).toBe(403);
		expect((await call(`${appliance.sim.url}/api/pam/device`)).status).toBe(401);
	});

	it('10: leaves the space or the text out, but not the text of a refusal', async () => {
		set({ codeWithoutSpace: true, emptyMessage: true });
		expect((await send('GET', 'pam/key/1')).at('response.message')).toBe('1015:SSH key not found');
		expect((await send('GET', 'pam/device')).at('response')).toMatchObject({
			message: '',
			mensagem: '',
			error: false,
		});
	});

	it('10: says it in Portuguese fields only', async () => {
		set({ portugueseOnly: true });
		expect((await send('GET', 'pam/device')).at('response')).toEqual({
			status: 200,
			detail: '',
			mensagem: '3 devices found',
			erro: false,
			cod_erro: 0,
		});
	});

	// 11, the meaning of the verbs, is no switch: the tests of keys and credentials hold it.

	it('12: lets a token live shorter or longer than it says', async () => {
		set({ tokenLife: 10 });
		const { client_id: id, client_secret: secret } = grant;
		const url = `${appliance.sim.url}/api/oauth2/token`;
		expect((await call(url, form(grant))).at('expires_in')).toBe(3_600);
		const short = await appliance.tokenOf(id, secret);
		set({ tokenLife: 86_400 });
		const long = await appliance.tokenOf(id, secret);
		set({ clockOffsetMs: 11_000 });
		expect((await send('GET', 'pam/device', undefined, short)).status).toBe(401);
		set({ clockOffsetMs: 86_000_000 });
		expect((await send('GET', 'pam/device', undefined, long)).status).toBe(200);
	});

	it('takes type for the credential, as in 2021', async () => {
		set({ legacyTypeField: true });
		await send('POST', 'pam/credential', { ...credential, type: 'Domain user' });
		const [, item] = appliance.sim.state.items.values();
		expect(item).toMatchObject({ type: 'Domain user' });
		expect((await send('GET', 'pam/device/14')).at('device.type')).toBe('Server');
	});

	it('tells whether an upsert changed anything, as a text', async () => {
		expect((await send('POST', 'pam/device', device)).at('response')).not.toHaveProperty('changed');
		set({ reportChanged: true });
		const changed = async (path: string, data: object) =>
			(await send('POST', path, data)).at('response.changed');
		expect(await changed('pam/device', device)).toBe('false');
		expect(await changed('pam/device', { ...device, site: 'AWS' })).toBe('true');
		expect(await changed('pam/device', { ...device, hostname: 'new' })).toBe('true');
		expect(await changed('pam/credential', credential)).toBe('true');
		expect(await changed('pam/credential', credential)).toBe('false');
		await send('GET', 'pam/credential/c');
		expect(await changed('pam/credential', { ...credential, content: '' })).toBe('false');
		expect(await changed('pam/credential', { ...credential, content: 'x' })).toBe('true');
		const settings = { session_settings: { SSH: true } };
		expect(await changed('pam/credential', { ...credential, ...settings })).toBe('true');
		expect(await changed('pam/credential', { ...credential, ...settings })).toBe('false');
	});

	it('registers a device in the words of the v4 page', async () => {
		set({ devicePostAs200: true });
		const answer = await send('POST', 'pam/device', { ...device, hostname: 'new' });
		expect(answer).toMatchObject({ status: 200, json: { code: 200 } });
		expect(answer.at('response.message')).toBe('Device 92');
	});

	it('says 201 inside 200', async () => {
		set({ http200On201: true });
		const answer = await send('POST', 'pam/credential', credential);
		expect(answer).toMatchObject({ status: 200, json: { code: 201, response: { status: 201 } } });
	});

	it('updates what is named by identifier with as little as is sent', async () => {
		await send('POST', 'pam/credential', { ...credential, content: 'a' });
		set({ partialUpdate: true });
		const answer = await send('POST', 'pam/credential', { identifier: 'c', content: 'b' });
		expect(answer.at('response.message')).toBe('Credential updated successfully!');
		expect((await send('GET', 'pam/credential/c')).at('credential')).toMatchObject({
			username: 'u',
			hostname: 'w2016',
			password: 'b',
		});
		expect((await send('POST', 'pam/credential', { identifier: 'd' })).status).toBe(400);
	});
});
