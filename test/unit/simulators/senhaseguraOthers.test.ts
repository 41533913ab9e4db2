import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { createClientIdentity, type SenhaseguraCredential } from '../../simulators';
import { response } from '../../workflows/senhasegura/kit';
import { call, json } from './call';
import { useAppliance } from './senhaseguraSupport';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('certificates, dashboards and API v2 of the senhasegura simulator', () => {
	const appliance = useAppliance();
	const { send } = appliance;

	describe('certificates', () => {
		const { certificate, key } = createClientIdentity();

		/** As the pages up to 4.0 have it. */
		const iso = async (method: string, path: string, data?: object) => {
			const headers = { authorization: appliance.bearer };
			const options = data ? json(data, headers) : { headers };
			return await call(`${appliance.sim.url}/iso/${path}`, { ...options, method });
		};

		const upload = async (data: object = {}) =>
			await send('PUT', 'certificate/upload', {
				certificate: base64(certificate),
				private_key: base64(key),
				password: null,
				revoke_password: null,
				extension: 'pem',
				...data,
			});

		it('are imported with the words 1001: OK, and listed with what they say', async () => {
			const answer = await upload();
			expect(answer.status).toBe(200);
			expect(answer.at('response')).toEqual({
				...response(200, '1001: OK'),
				status_certificate: 1,
			});
			const { validTo, serialNumber } = new X509Certificate(certificate);
			const list = await iso('GET', 'certificate/list');
			expect(list.at('certificates')).toMatchObject([
				{ code_request: '1', serial_number: serialNumber, origin_certificate: 'IMPO' },
			]);
			const end = list.at('certificates.0.end_validity') as string;
			expect(Date.parse(`${end.replace(' ', 'T')}Z`)).toBe(Date.parse(validTo));
		});

		it('are imported without a key, as DER, and as a PFX', async () => {
			const der = new X509Certificate(certificate).raw.toString('base64');
			const pair = generateKeyPairSync('ed25519', {
				publicKeyEncoding: { type: 'spki', format: 'der' },
				privateKeyEncoding: { type: 'pkcs8', format: 'der' },
			});
			const privateKey = pair.privateKey.toString('base64');
			expect((await upload({ certificate: der, private_key: privateKey })).status).toBe(200);
			const other = createClientIdentity().certificate;
			expect((await upload({ certificate: base64(other), private_key: null })).status).toBe(200);
			const pfx = { certificate: base64('pfx'), private_key: undefined, extension: 'pfx' };
			expect((await upload(pfx)).status).toBe(200);
			expect(appliance.sim.state.certificates.map((one) => one.hasPrivateKey)).toEqual([
				true,
				false,
				false,
			]);
		});

		it.each<[number, object]>([
			[400, { extension: '' }],
			[500, { certificate: '' }],
			[500, { certificate: base64('nothing') }],
			[500, { private_key: '' }],
			[500, { private_key: base64('nothing') }],
		])('are refused with %i for %j', async (status, data) => {
			expect((await upload(data)).status).toBe(status);
			expect(appliance.sim.state.certificates).toHaveLength(0);
		});

		it('are not imported twice', async () => {
			await upload();
			expect((await upload()).status).toBe(500);
		});

		it('are paged, and an unknown code is no error', async () => {
			for (let number = 0; number < 3; number += 1) {
				const { certificate: one } = createClientIdentity();
				await upload({ certificate: base64(one), private_key: null });
			}
			const page = await iso('GET', 'certificado/listar?offset=1&limit=1');
			expect(page.at('certificates')).toMatchObject([{ code_request: '2' }]);
			expect((await iso('GET', 'certificate/list/3')).at('certificates')).toHaveLength(1);
			expect(await iso('GET', 'certificate/list/9')).toMatchObject({
				status: 400,
				json: {
					response: { error: false, error_code: 0 },
					exception: { code: 1049 },
				},
			});
			appliance.sim.settings.certificateKey = 'certified';
			expect((await iso('GET', 'certificate/list')).at('certified')).toHaveLength(3);
		});

		const request = {
			certificate_type: 1,
			domain_type: 'SING',
			organization: 1,
			common_name: 'www.example.com',
			encryption: 'RSA',
			encryption_key_size: 4096,
			certificate_algorithm: 'SHA256',
			validity: 365,
			key_password: 'demo-key-password',
		};

		it('are requested, changed and signed', async () => {
			const created = await iso('POST', 'certificate/request', request);
			expect(created.at('certificates.0.code_request')).toBe('1');
			expect(created.text).not.toContain('demo-key-password');
			await iso('POST', 'certificate/request/1', { validity: 30 });
			const signed = await iso('GET', 'certificate/request/sign/1?self_signed=1&reason=4');
			expect(signed.json).toMatchObject({
				status: 200,
				message: 'Request signed successfully',
				error: false,
				code_request: 1,
				self_signed: 1,
			});
			expect((await iso('GET', 'certificate/request/list')).at('certificates')).toMatchObject([
				{ status_request: 'Signed', validity: 30, common_name: 'www.example.com' },
			]);
			expect((await iso('GET', 'certificate/request/list/9')).status).toBe(400);
			expect((await iso('GET', 'certificate/request/sign/9')).status).toBe(400);
		});

		it.each(Object.keys(request).slice(0, -1))('are not requested without %s', async (name) => {
			const answer = await iso('POST', 'certificate/request', { ...request, [name]: '' });
			expect(answer).toMatchObject({ status: 400, json: { response: { error: true } } });
		});

		it('are published, in both languages', async () => {
			await upload();
			expect((await iso('POST', 'cert/publish', { code_certificate: 1 })).json).toEqual({
				status: 200,
				message: 'Publication scheduled successfully',
				error: false,
				code_publishing: 1,
			});
			expect((await iso('POST', 'cert/publicar?codigo_certificado=1')).status).toBe(200);
			expect((await iso('POST', 'cert/publish', { code_certificate: 9 })).status).toBe(400);
			expect((await iso('GET', 'cert/publish')).at('certificates')).toHaveLength(2);
			const profile = { name_profile: 'n', key_db_password: 'demo-db-password' };
			expect((await iso('POST', 'cert/profile/was', profile)).status).toBe(200);
			expect((await iso('POST', 'cert/perfil/apache?nome_perfil=n')).status).toBe(200);
			expect((await iso('POST', 'cert/profile/iis', {})).status).toBe(400);
			expect(JSON.stringify(appliance.sim.state.publishProfiles)).not.toContain('demo-db');
		});

		it('live by the current pages', async () => {
			const file = { certificate: base64(certificate), private_key: base64(key), extension: 'pem' };
			const taken = await send('POST', 'certificate/import', file);
			expect(taken.json).toMatchObject({ status: 200, error: false, code_certificate: 1 });
			expect((await send('GET', 'certificate/list')).json).toMatchObject({
				total: 1,
				certificates: [{ code_certificate: 1, status_certificate: '1 - Valid' }],
			});
			const crt = { id: 1, format: 'crt', download_key: true, password: 'p' };
			expect((await send('POST', 'certificate/download', crt)).json).toEqual({
				format: 'crt',
				certificate: base64(certificate),
				key: base64(key),
				key_format: 'key',
			});
			expect((await send('POST', 'certificate/download', { ...crt, password: '' })).status).toBe(
				400,
			);
			expect((await send('POST', 'certificate/request', request)).at('data.code_request')).toBe(
				'1',
			);
			expect((await send('GET', 'certificate/request/list')).at('data')).toMatchObject({
				status_request: '1 - Requested',
				password_key: 'demo-key-password',
			});
			const signing = { self_signed: 0, ca: 5, reason: 3 };
			expect((await send('POST', 'certificate/request/sign/1', signing)).json).toMatchObject({
				code_request: 1,
				ca: '5 - GlobalSign',
			});
			expect((await send('POST', 'certificate/request/sign/1', { reason: 3 })).status).toBe(400);
			expect((await send('GET', 'certificate/list')).at('total')).toBe(2);
			const publication = {
				certificate_code: 1,
				code_profile_publication: 22,
				reason: 3,
				devices: [14],
			};
			expect((await send('POST', 'certificate/publish', publication)).json).toMatchObject({
				message: 'Publication scheduled successfully',
				code_publishing: 1,
			});
			expect((await send('GET', 'certificate/publish/list/1')).at('publications')).toMatchObject([
				{ code_certified: 1, processed: '1 - Yes', error: '0 - No', devices: [14] },
			]);
		});
	});

	describe('dashboards', () => {
		it('count sessions, half in Portuguese, and say nothing as a list', async () => {
			expect((await send('GET', 'dash/sessions/all')).at('sessions')).toEqual({
				enabled: [],
				historic: { RDP_Gate: '1' },
			});
			const { sessions } = appliance.sim.state;
			const [first] = sessions;
			if (!first) throw new Error('no session');
			sessions.push({ ...first, proxy: 'Terminal Proxy', protocol: 'ssh', end: null });
			sessions.push({
				...first,
				proxy: 'Web Proxy',
				protocol: 'ssh',
				start: '2021-01-01 00:00:00',
			});
			expect((await send('GET', 'dash/sessions/ssh')).at('sessoes')).toEqual({
				historico: { 'SSH/Telnet': 1 },
				ativas: { Jump_Server: 1 },
			});
			for (const [kind, key] of [
				['jumpserver', 'Jump_Server'],
				['rdp', 'RDP_Gate'],
				['rdpgate', 'RDP_Gate'],
				['rdpweb', undefined],
				['sshweb', 'SSH/Telnet'],
			] as const) {
				const { ativas, historico } = (await send('GET', `dash/sessions/${kind}`)).at(
					'sessoes',
				) as Record<string, object>;
				expect(Object.keys({ ...ativas, ...historico })).toEqual(key ? [key] : []);
			}
			for (const [path, count] of [
				['all?ativo=1', 0],
				['all?data1=2020-12-01', 1],
				['all?data2=2020-12-01', 1],
				['all?hostname=nowhere', 0],
				['all?username=Admin&userCredencial=win7&hostname=127.0.0.1', 2],
			] as const) {
				const historic = (await send('GET', `dash/sessions/${path}`)).at('sessions.historic');
				expect(Object.keys(historic as object)).toHaveLength(count);
			}
			expect((await send('GET', 'dash/sessions/constructor')).status).toBe(404);
		});

		it.each([
			['data1=2021-01-28&data2=2020-01-29', 'Date1 greater than date2'],
			['userCredencial=C', 'hostname parameter is missing'],
			['hostname=H', 'userCredencial parameter is missing'],
			['protocolo=P', 'Invalid protocol'],
		])('refuse %s inside a success', async (query, message) => {
			expect(await send('GET', `coge/risco/all?${query}`)).toMatchObject({
				status: 200,
				json: { response: { status: 400, message, error: false, error_code: 0 } },
			});
		});

		it('list what is risky', async () => {
			expect((await send('GET', 'coge/risco/all')).at('higher_risk')).toMatchObject({
				queries: [],
				access: [{ session_cod: '540', host: '127.0.0.1', port: '27500', risk: '0' }],
			});
			expect((await send('GET', 'coge/risco/access')).at('maior_risco.acessos')).toHaveLength(1);
			expect((await send('GET', 'coge/risco/queries')).at('maior_risco')).toEqual({
				consultas: [],
			});
		});

		it('count credentials that are expired or in use', async () => {
			await send('GET', 'pam/credential/39');
			expect((await send('GET', 'dash/credentials/all')).at('credentials')).toEqual({
				expired: '0',
				using: '1',
			});
			const using = await send('GET', 'dash/credentials/using');
			expect(using.at('credentials')).toEqual({ using: '1' });
			const [item] = appliance.sim.state.items.values();
			if (item) item.expiresAt = appliance.sim.now() - 1;
			expect((await send('GET', 'dash/credentials/expired')).at('credenciais')).toEqual({
				expiradas: '1',
			});
			expect(await send('GET', 'dash/credentials/other')).toMatchObject({
				status: 200,
				json: { response: { status: 400, message: 'Invalid request', error: false } },
			});
			expect(await send('GET', 'dash/credentials')).toMatchObject({
				status: 404,
				json: { response: { message: 'Resource/sub-resource not found', error: true } },
			});
		});
	});

	describe('API v2', () => {
		const path = 'v2/pam/credentials';

		function credential(): SenhaseguraCredential {
			const [item] = appliance.sim.state.items.values();
			if (item?.kind !== 'credential') throw new Error('no credential');
			return item;
		}

		it('reads one, without its password', async () => {
			credential().tags = 'a,b';
			credential().additionalSettings = { criticality: 'High' };
			const answer = await send('GET', `${path}/39`);
			expect(answer.json).toEqual({
				id: 39,
				credential: {
					username: 'dleite',
					active: true,
					password_type: 'Local User',
					parent_credential: null,
					tags: ['a', 'b'],
					criticality: 'high',
					user_credential_owner: null,
					last_used_at: null,
					additional_information: null,
					password_policy: null,
				},
				device: { id: 14, name: 'w2016', domain_name: null },
				jit: { credential_enabled: false },
				reconciliation: { credential_enabled: false },
			});
			expect(credential().custodyBy.size).toBe(0);
		});

		it('reads the fields that are named', async () => {
			const good = await send('GET', `${path}/39?fields=credential.username,device.name`);
			expect(good.json).toEqual({
				credential: { username: 'dleite' },
				device: { name: 'w2016' },
			});
			expect((await send('GET', `${path}/39?fields=credential.colour`)).status).toBe(422);
			expect((await send('GET', `${path}/39?fields=credential.password`)).status).toBe(403);
			expect((await send('GET', `${path}/1`)).status).toBe(404);
		});

		it.each<[string, number]>([
			['credential.username=dleite', 1],
			['credential.username=other', 0],
			['credential.active=true', 1],
			['credential.active=false', 0],
			['device_id=14', 1],
			['device_id=2147483647', 0],
			['device.name=w2016', 1],
			['credential.tags=a&credential.tags=b', 1],
			['credential.tags=a&credential.tags=c', 0],
			['credential.tags=a,c', 1],
			['credential.criticality=critical', 0],
			['jit.credential_enabled=false', 1],
			['reconciliation.credential_enabled=true', 0],
			['credential.user_credential_owner=Admin', 1],
			['device.domain_name=null', 0],
		])('filters by %s', async (query, count) => {
			credential().tags = 'a,b';
			credential().additionalSettings = { user_credential_owner: 'Admin' };
			await send('POST', 'pam/key', {
				ip: '10.66.33.15',
				hostname: 'w2016',
				public_key: 'p',
				private_key: 'p',
			});
			expect((await send('GET', `${path}?${query}`)).at('data')).toHaveLength(count);
		});

		it.each([
			'credential.active=1',
			'device_id=0',
			'device_id=2147483648',
			'credential.criticality=urgent',
			'credential.password=x',
			'colour=red',
		])('refuses the filter %s', async (query) => {
			expect((await send('GET', `${path}?${query}`)).status).toBe(422);
		});

		it('tags its answers, and knows when they have not changed', async () => {
			const first = await send('GET', `${path}/39`);
			const { etag = '', 'x-request-id': id } = first.headers;
			expect(id).toMatch(/^[0-9a-f-]{36}$/u);
			const headers = { authorization: appliance.bearer, 'if-none-match': etag };
			const url = `${appliance.sim.url}/api/${path}/39`;
			expect(await call(url, { headers })).toMatchObject({ status: 304, text: '' });
			credential().username = 'other';
			expect((await call(url, { headers })).status).toBe(200);
		});

		it('counts calls by the minute', async () => {
			appliance.sim.settings.v2RateLimit = 2;
			// So that the minute does not end between two calls.
			appliance.sim.settings.clockOffsetMs = 30_000 - (Date.now() % 60_000);
			const left = async () => (await send('GET', path)).headers['x-ratelimit-remaining'];
			expect(await left()).toBe('1');
			expect(await left()).toBe('0');
			const { status, headers } = await send('GET', path);
			expect(status).toBe(429);
			const reset = Number(headers['x-ratelimit-reset']) * 1_000;
			expect(reset - appliance.sim.now()).toBeLessThanOrEqual(60_000);
			appliance.sim.settings.clockOffsetMs += 60_000;
			expect((await send('GET', path)).status).toBe(200);
		});
	});
});
