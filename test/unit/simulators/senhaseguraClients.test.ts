import { constants, privateDecrypt } from 'node:crypto';
import { senhaseguraDemo as demo } from '../../simulators';
import { type Answer, call, type CallOptions } from './call';
import { signed, useAppliance } from './senhaseguraSupport';

const formType = 'application/x-www-form-urlencoded';
const encode = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

/**
 * Requests as others' clients put them on the wire, from their sources: the vendor's Ansible
 * collection and command line, External Secrets, senhasegura-rs, and public Go, PHP, Python and C#
 * clients (docs/api/senhasegura.md, "Sources").
 */
describe('clients of others at the senhasegura simulator', () => {
	const appliance = useAppliance();

	const at = async (path: string, options: CallOptions = {}): Promise<Answer> =>
		await call(appliance.sim.url + path, options);

	const token = async (path: string, headers: Record<string, string>, body: string) =>
		(await at(path, { method: 'POST', headers, body })).json as {
			token_type: string;
			expires_in: number;
			access_token: string;
		};

	/** All but one of the clients ask for a token in this way. */
	const clientForm = encode({
		grant_type: 'client_credentials',
		client_id: demo.clientId,
		client_secret: demo.clientSecret,
	});

	describe('the vendor’s Ansible collection', () => {
		let authorization: string;

		/** python-requests' own headers. */
		const requests = {
			'user-agent': 'python-requests/2.31.0',
			'accept-encoding': 'gzip, deflate',
			accept: '*/*',
			connection: 'keep-alive',
		};

		beforeEach(async () => {
			const headers = { ...requests, 'content-type': formType };
			const answer = await token('/iso/oauth2/token', headers, clientForm);
			authorization = `Bearer ${answer.access_token}`;
		});

		const post = async (path: string, fields: Record<string, string>) =>
			await at(path, {
				method: 'POST',
				headers: { ...requests, authorization, 'content-type': formType },
				body: encode(fields),
			});

		const credential = {
			ip: '10.66.33.31',
			hostname: 'linux-01',
			type: 'Local User',
			username: 'ansible',
			identifier: 'example_credential',
			content: 'your_secret_password',
			tags: 'ansible,example',
			additional: 'Created by Ansible',
			parent_password: '39',
		};

		it('ensures a credential, is told whether it changed, and reads it', async () => {
			const created = await post('/iso/pam/credential', credential);
			expect(created.status).toBe(201);
			expect(created.at('response')).not.toHaveProperty('changed');
			appliance.sim.settings.reportChanged = true;
			const again = await post('/iso/pam/credential', credential);
			expect(again.at('response.changed')).toBe('false');

			for (const name of ['example_credential', '92']) {
				const read = await at(`/iso/pam/credential/${name}?credential=${name}`, {
					headers: { ...requests, authorization, 'content-type': 'application/json' },
				});
				expect(read.at('credential')).toMatchObject({
					username: 'ansible',
					password: 'your_secret_password',
					parent_credential: 'dleite',
					additional: 'Created by Ansible',
				});
			}
		});

		it('removes a credential with a form that calls itself JSON; twice is no change', async () => {
			await post('/iso/pam/credential', credential);
			const remove = async () =>
				await at('/iso/pam/credential/example_credential', {
					method: 'DELETE',
					headers: { ...requests, authorization, 'content-type': 'application/json' },
					body: encode({ identifier: 'example_credential' }),
				});
			expect((await remove()).status).toBe(200);
			expect((await remove()).status).toBe(400);
			appliance.sim.state.items.clear();
			expect((await remove()).status).toBe(400);
		});

		it('ensures a device and removes it by hostname; twice is no change', async () => {
			appliance.sim.state.domains.add('CORP');
			const created = await post('/iso/pam/device', {
				ip: '192.168.10.20',
				hostname: 'example-002',
				type: 'Server',
				vendor: 'Red Hat',
				model: 'Red Hat Enterprise Linux',
				site: 'Cloud',
				device_domain: 'CORP',
				device_tags: 'rhel,cloud',
				connectivities: 'SSH:22,HTTPS:443',
			});
			expect(created.at('device')).toMatchObject({
				hostname: 'example-002',
				connectivities: 'SSH:22,HTTPS:443',
				device_tags: 'rhel,cloud',
			});
			const remove = async (hostname: string) =>
				await at(`/iso/pam/device/${hostname}`, {
					method: 'DELETE',
					headers: { ...requests, authorization, 'content-type': formType },
					body: encode({ device: hostname }),
				});
			expect((await remove('example-002')).status).toBe(200);
			expect((await remove('example-002')).status).toBe(400);
			expect((await remove('example-003')).status).toBe(400);
		});
	});

	describe('the vendor’s command line (dsm)', () => {
		const headers = { 'content-type': formType, 'user-agent': 'Go-http-client/1.1' };
		let authorization: string;

		beforeEach(async () => {
			const answer = await token('/iso/oauth2/token', headers, clientForm);
			authorization = `Bearer ${answer.access_token}`;
		});

		it('reads secrets with a form’s content type and no body', async () => {
			const answer = await at('/iso/dapp/Application', {
				headers: { ...headers, authorization, 'content-length': '0' },
			});
			expect(answer.at('response.error')).toBe(false);
			expect(answer.at('application.secrets.0.identity')).toBe('application5');
		});

		it('registers an application and goes on with what it is given', async () => {
			const registered = await at('/iso/dapp/Application', {
				method: 'POST',
				headers: { ...headers, authorization },
				body: encode({ application: 'a', environment: 'e', system: 's' }),
			});
			const { id, signature } = registered.json as { id: string; signature: string };
			const fields = { client_id: id, client_secret: signature, grant_type: 'client_credentials' };
			const answer = await token('/iso/oauth2/token', headers, encode(fields));
			const own = await at('/iso/dapp/Application', {
				headers: { ...headers, authorization: `Bearer ${answer.access_token}` },
			});
			expect(own.at('application.name')).toBe('a');
		});

		it('posts variables', async () => {
			const base64 = (text: string) => Buffer.from(text).toString('base64');
			const answer = await at('/iso/cicd/variables', {
				method: 'POST',
				headers: { ...headers, authorization },
				body: encode({ env: base64('A=1'), map: base64('{"access_keys":[]}') }),
			});
			expect(answer.at('response.error')).toBe(false);
		});

		it('finds the reason of a refused client at the top', async () => {
			const body = clientForm.replace(demo.clientSecret, 'wrong');
			expect(await token('/iso/oauth2/token', headers, body)).toMatchObject({
				error: expect.stringMatching(/./u) as unknown,
				message: 'Client authentication failed',
			});
		});
	});

	it('External Secrets reads one property of a secret', async () => {
		const headers = { 'content-type': formType };
		const { access_token: bearer } = await token('/iso/oauth2/token', headers, clientForm);
		const answer = await at('/iso/dapp/application', {
			headers: { ...headers, authorization: `Bearer ${bearer}` },
		});
		expect(answer.status).toBe(200);
		const secrets = answer.at('application.secrets') as Array<{
			identity: string;
			data: Array<Record<string, string>>;
		}>;
		const found = secrets.find(({ identity }) => identity === 'application5');
		expect(found?.data.find((one) => 'PASSWORD' in one)?.PASSWORD).toBe('demo-dsm-password');
	});

	it('senhasegura-rs keeps protected information', async () => {
		const { access_token: bearer } = await token(
			'/iso/oauth2/token',
			{ 'content-type': formType, accept: 'application/json' },
			clientForm,
		);
		const authorization = `Bearer ${bearer}`;
		const created = await at('/iso/pam/info', {
			method: 'POST',
			headers: { authorization, 'content-type': 'application/json' },
			body: JSON.stringify({ name: null, content: 'c', identifier: 'INFO1', type: null }),
		});
		expect(created.at('response')).toMatchObject({ status: 201, error: false, error_code: 0 });
		for (const name of ['28', 'INFO1']) {
			const read = await at(`/iso/pam/info/${name}`, { headers: { authorization } });
			expect(read.at('info')).toMatchObject({ id: '28', content: 'c' });
		}
		const off = await at('/iso/pam/info/28', { method: 'DELETE', headers: { authorization } });
		expect(off.status).toBe(200);
		const gone = await at('/iso/pam/info/28', { headers: { authorization } });
		expect(gone.at('exception.code')).toBe(1024);
	});

	it('the Go client asks with HTTP Basic, and opens the password with its key', async () => {
		appliance.sim.settings.encryptSecrets = true;
		const basic = Buffer.from(`${demo.clientId}:${demo.clientSecret}`).toString('base64');
		const { access_token: bearer, expires_in: life } = await token(
			'/iso/oauth2/token',
			{ 'content-type': `${formType}; charset=UTF-8`, authorization: `Basic ${basic}` },
			'grant_type=client_credentials',
		);
		expect(life).toBe(3_600);
		const answer = await at('/iso/pam/credential/39', {
			headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
		});
		expect(answer.at('response.status')).toBe(200);
		const opened = privateDecrypt(
			{
				key: appliance.sim.decryptionKey(),
				padding: constants.RSA_PKCS1_OAEP_PADDING,
				oaepHash: 'sha1',
			},
			Buffer.from(answer.at('credential.password') as string, 'base64'),
		);
		expect(opened.toString()).toBe('demo-password');
	});

	it('the PHP client, which does not sign, is refused', async () => {
		const keys = encode({
			oauth_consumer_key: demo.consumerKey,
			oauth_token: demo.token,
			oauth_signature: '-',
		});
		expect((await at(`/iso/pam/credential/39?${keys}`)).status).toBe(404);
		const fields = `username=u&content=c&type=Local User&hostname=w2016&ip=10.66.33.15&${keys}`;
		const created = await at(`/iso/pam/credential?${fields.replace(' ', '%20')}`, {
			method: 'POST',
		});
		expect(created.status).toBe(404);
		expect(appliance.sim.state.items.size).toBe(1);
	});

	it('Python clients read through /api, and ask for what they are granted', async () => {
		const headers = { 'content-type': formType };
		const { access_token: bearer } = await token('/api/oauth2/token', headers, clientForm);
		const authorization = `Bearer ${bearer}`;
		const list = await at('/api/pam/credential', { headers: { authorization } });
		const ids = (list.at('credentials') as Array<{ id: string }>).map(({ id }) => id);
		expect(ids).toEqual(['39']);
		const read = await at('/api/pam/credential/39', { headers: { authorization } });
		expect(read.at('credential.content')).toBe('demo-password');
	});

	describe('OAuth 1.0', () => {
		it.each(['dleite@w2016', 'dleite%40w2016'])(
			'the Python wrapper reads %s, signed as it is sent',
			async (name) => {
				const path = `/iso/pam/credential/${name}?credential=dleite%40w2016`;
				const headers = signed(appliance.sim.url + path, 'GET');
				expect((await at(path, { headers })).at('credential.id')).toBe('39');
				const other = name.includes('%40') ? 'dleite@w2016' : 'dleite%40w2016';
				const wrong = path.replace(name, other);
				expect((await at(wrong, { headers: signed(appliance.sim.url + path, 'GET') })).status).toBe(
					401,
				);
			},
		);

		it('the Python wrapper signs the fields of a form, but no JSON', async () => {
			const path = '/iso/pam/credential';
			const url = appliance.sim.url + path;
			const fields = {
				username: 'a b+c&d',
				hostname: 'w2016',
				ip: '10.66.33.15',
				content: 'é%~*',
			};
			const byForm = await at(path, {
				method: 'POST',
				headers: { ...signed(url, 'POST', fields), 'content-type': formType },
				body: encode(fields),
			});
			expect(byForm.status).toBe(201);
			expect(appliance.sim.state.items.get('92')).toMatchObject({
				username: 'a b+c&d',
				content: 'é%~*',
			});
			const byJson = await at(path, {
				method: 'POST',
				headers: { ...signed(url, 'POST'), 'content-type': 'application/json' },
				body: JSON.stringify({ ...fields, content: 'changed' }),
			});
			expect(byJson.at('response.message')).toBe('Credential updated successfully!');
		});

		it('the C# client, with an empty realm, reads at the legacy path', async () => {
			const path = '/iso/coe/senha/39';
			const { authorization } = signed(appliance.sim.url + path, 'GET');
			const headers = { authorization: authorization.replace('OAuth ', 'OAuth realm="", ') };
			expect((await at(path, { headers })).at('senha.senha')).toBe('demo-password');
		});
	});

	describe('the vendor’s Postman collection', () => {
		const multipart = (fields: Record<string, string>) => {
			const boundary = '--------------------------postman';
			const parts = Object.entries(fields).map(
				([name, value]) =>
					`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
			);
			return {
				method: 'POST',
				headers: {
					authorization: appliance.bearer,
					'content-type': `multipart/form-data; boundary=${boundary}`,
				},
				body: `${parts.join('')}--${boundary}--\r\n`,
			};
		};

		it('sends some calls as multipart form data', async () => {
			const session = { user: 'dleite', credential: 'usr', device: '10.66.33.28', protocol: 'ssh' };
			const url = await at('/api/remote/session', multipart(session));
			expect(url.at('response.message')).toBe('Session created successfully');
			const user = await at('/iso/user/related', multipart({ name: 'dedão', username: 'd' }));
			expect(user.at('relatedUsers')).toEqual({ id: 1, name: 'dedão', username: 'd' });
			const broken = { ...multipart(session), body: 'nothing' };
			expect((await at('/api/remote/session', broken)).status).toBe(400);
		});

		it('sends devices and protected information in the query', async () => {
			const headers = { authorization: appliance.bearer };
			const device = encode({
				hostname: 'sensui',
				ip: '192.168.15.8',
				type: 'Server',
				vendor: 'Microsoft',
				model: 'Windows 11',
				site: 'Labs',
				device_tags: 'windows,lab',
				connectivities: 'RDP:3389',
			});
			const created = await at(`/iso/pam/device?${device}`, { method: 'POST', headers });
			expect(created.at('device.device_tags')).toBe('windows,lab');
			const info = encode({ content: 'Esta é uma informação', identifier: 'API' });
			const kept = await at(`/iso/pam/info?${info}`, { method: 'POST', headers });
			expect(kept.at('info.content')).toBe('Esta é uma informação');
		});
	});

	describe('the examples of the pages of MySafe, with an access key of its own', () => {
		let authorization: string;

		beforeEach(async () => {
			const fields = {
				grant_type: 'client_credentials',
				client_id: demo.mySafeClientId,
				client_secret: demo.mySafeClientSecret,
			};
			const headers = { 'content-type': formType };
			const answer = await token('/api/oauth2/token', headers, encode(fields));
			authorization = `Bearer ${answer.access_token}`;
		});

		const safe = async (method: string, path: string, data?: object) =>
			await at(`/api/mysafe/${path}`, {
				method,
				headers: { authorization, 'content-type': 'application/json' },
				...(data && { body: JSON.stringify(data) }),
			});

		it('keep a password: list, read, change, share and disable', async () => {
			const made = await safe('POST', 'password', {
				name: 'Github',
				url: 'https://github.com',
				username: 'u',
				password: 'p',
				secret_key: 'JBSWY3DPEHPK3PXP',
				notes: 'n',
				tags: 'dev',
				users_allowed: [{ username: 'joao', can_edit: true }],
				groups_allowed: [{ name: 'DBA' }],
			});
			expect(made.at('response.message')).toBe('Password successfully registered');
			expect(made.at('password_entity')).toMatchObject({
				note: 'n',
				users_allowed: [{ username: 'joao', can_edit: true }],
				groups_allowed: [{ name: 'DBA', can_edit: false }],
			});
			expect(made.text).not.toContain('JBSWY3DPEHPK3PXP');
			const id = made.at('password_entity.identifier') as string;
			expect(id).toMatch(/^\d+$/u);
			const list = await safe('GET', 'password?tag=dev');
			expect(list.at('password_on_list.0')).toMatchObject({
				identifier: id,
				name: 'Github',
				need_approval: '0',
				can_view: true,
			});
			const read = await safe('GET', `password/${id}`);
			expect(read.at('password_entity')).toMatchObject({ password: 'p', notes: 'n' });
			// What is not sent is kept, and an empty list ends the sharing.
			await safe('PUT', `password/update/${id}`, { name: 'Gitlab', users_allowed: [] });
			const after = await safe('GET', `password/${id}`);
			expect(after.at('password_entity')).toMatchObject({
				name: 'Gitlab',
				password: 'p',
				users_allowed: [],
				groups_allowed: [{ name: 'DBA' }],
			});
			await safe('POST', `password/inactive/${id}`);
			const again = await safe('POST', `password/inactive/${id}`);
			expect(again).toMatchObject({ status: 200 });
			expect(again.at('response.message')).toBe('Password has already been deactivated');
			expect((await safe('GET', `password/${id}`)).at('exception.code')).toBe(1009);
		});

		it('keep an API secret under a name of its own, which is told in clear', async () => {
			const secret = {
				name: 'GCP',
				url: 'https://gcp.example',
				client_id: 'abc',
				client_secret: 's3',
				identifier_code: 'gcp1',
			};
			const made = await safe('POST', 'secretapi', secret);
			expect(made.status).toBe(201);
			expect(made.at('api_entity.client_secret')).toBe('s3');
			const twice = await safe('POST', 'secretapi', secret);
			expect(twice.at('response.message')).toBe(
				'1001: Identifier already found in another API key of this user',
			);
			const list = await safe('GET', 'secretapi?identifier_code=gcp1');
			const id = list.at('api_secret_on_list.0.identifier') as string;
			const changed = await safe('PUT', `secretapi/update/${id}`, { client_secret: 's4' });
			expect(changed.at('response.message')).toBe('Api secret updated successfully');
			const read = await safe('GET', `secretapi/${id}`);
			expect(read.at('api_secret_entity')).toMatchObject({ client_id: 'abc', client_secret: 's4' });
		});

		it('keep a note, whose text no answer but the reading has', async () => {
			const made = await safe('POST', 'note', { name: 'Alarm', note: '4711' });
			expect(made.text).not.toContain('4711');
			const id = made.at('note_entity.identifier') as string;
			expect((await safe('GET', `note/${id}`)).at('note_entity.note')).toBe('4711');
			const long = await safe('POST', 'note', { name: 'Long', note: 'x'.repeat(901) });
			expect(long.at('response.message')).toBe('1001: Parameter note limited to 900 characters');
		});

		it('do not open what is the authorization’s', async () => {
			expect((await at('/api/pam/credential', { headers: { authorization } })).status).toBe(500);
			const own = { authorization: appliance.bearer };
			expect((await at('/api/mysafe/password', { headers: own })).status).toBe(500);
		});
	});

	describe('the examples of the pages of certificates', () => {
		const request = {
			certificate_type: 1,
			domain_type: 'SING',
			organization: 42,
			common_name: 'api-test.com',
			encryption: 'RSA',
			encryption_key_size: 4096,
			certificate_algorithm: 'SHA256',
			validity: 366,
			key_password: 'k',
		};
		const sent = async (method: string, path: string, data?: object) =>
			await at(path, {
				method,
				headers: { authorization: appliance.bearer, 'content-type': 'application/json' },
				...(data && { body: JSON.stringify(data) }),
			});

		it('of today: request, sign, list, publish, with the code in the path as well', async () => {
			await sent('POST', '/api/certificate/request', { ...request, senha_revogacao: 'r' });
			const requests = await sent('GET', '/api/certificate/request/list');
			expect(requests.at('data')).toMatchObject({ common_name: 'api-test.com' });
			const id = requests.at('data.code_request') as string;
			const signed = await sent('POST', `/api/certificate/request/sign/${id}`, {
				self_signed: 0,
				ca: 5,
				reason: 3,
				justification: 'Annual certificate renewal',
			});
			expect(signed.json).toMatchObject({
				status: 200,
				message: 'Request signed successfully',
				code_request: Number(id),
				ca: '5 - GlobalSign',
			});
			const list = await sent('GET', '/api/certificate/list?common_name=api-test.com&limit=10');
			const code = list.at('certificates.0.code_certificate');
			expect(list.json).toMatchObject({ status: 200, error: false, total: 1 });
			for (const path of ['publish', `publish/${String(code)}`]) {
				const published = await sent('POST', `/api/certificate/${path}`, {
					certificate_code: code,
					code_profile_publication: 22,
					reason: 3,
					devices: [101, 102],
				});
				expect(published.json).toMatchObject({
					message: 'Publication scheduled successfully',
					code_publishing: expect.any(Number) as number,
				});
			}
			const publications = await sent('GET', '/api/certificate/publish/list');
			expect(publications.at('publications.0')).toMatchObject({
				code_certified: code,
				processed: '1 - Yes',
				error: '0 - No',
			});
		});

		it('up to 4.0: other paths, a signature by GET, and another name for the code', async () => {
			const made = await sent('POST', '/iso/certificate/request', {
				...request,
				password_revogation: 'r',
			});
			expect(made.at('response.message')).toBe('Created');
			const signed = await sent(
				'GET',
				'/iso/certificate/request/sign/1?self_signed=0&ca=5&reason=3',
			);
			expect(signed.json).toMatchObject({
				message: 'Request signed successfully',
				code_request: 1,
			});
			const list = await sent('GET', '/iso/certificate/list');
			expect(list.text).toContain('api-test.com');
			const published = await sent('POST', '/iso/cert/publish', {
				code_certificate: 1,
				code_profile_publication: 22,
				reason: 3,
				devices: [101],
			});
			expect(published.at('message')).toBe('Publication scheduled successfully');
			expect((await sent('GET', '/iso/cert/publish')).status).toBe(200);
		});
	});
});
