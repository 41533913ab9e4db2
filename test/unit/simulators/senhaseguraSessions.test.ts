import { response } from '../../workflows/senhasegura/kit';
import { ended } from '../../workflows/senhasegura/sessionSample';
import { call } from './call';
import { code, useAppliance } from './senhaseguraSupport';

describe('protected information, sessions and related users of the senhasegura simulator', () => {
	const appliance = useAppliance();
	const { send } = appliance;

	describe('protected information', () => {
		const wanted = {
			name: 'saas_vault1',
			content: 'login: a, password: b',
			identifier: 'INFOSAASVAULT1',
			type: 'access credential',
		};

		it('is created without telling its id, and read by id or identifier', async () => {
			const answer = await send('POST', 'pam/info', { ...wanted, url: '10.10.10.2' });
			expect(answer).toMatchObject({ status: 201 });
			expect(answer.at('response')).toEqual(response(201, 'Information successfully registered!'));
			expect(answer.at('info')).toEqual({
				name: 'saas_vault1',
				type: 'access credential',
				service: '',
				url: '10.10.10.2',
				content: 'login: a, password: b',
				users_allowed: '',
				identifier: 'INFOSAASVAULT1',
			});
			const byId = await send('GET', 'pam/info/28');
			expect(byId.at('response')).toEqual(response(200, 'Information 28'));
			expect(byId.at('info')).toEqual({
				id: '28',
				tag: 'INFOSAASVAULT1',
				type: 'access credential',
				content: 'login: a, password: b',
			});
			expect((await send('GET', 'pam/info/INFOSAASVAULT1')).json).toEqual(byId.json);
		});

		it('has no tag where old versions made none', async () => {
			appliance.sim.settings.noAutoIdentifier = true;
			await send('POST', 'pam/info', { content: 'x' });
			expect((await send('GET', 'pam/info/28')).at('info')).toEqual({
				id: '28',
				tag: null,
				type: 'Access credential',
				content: 'x',
			});
		});

		it('is disabled for good', async () => {
			await send('POST', 'pam/info', wanted);
			const answer = await send('DELETE', 'pam/info/28');
			expect(answer.at('response')).toEqual(response(200, 'Information successfully disabled'));
			expect(code(await send('GET', 'pam/info/28'))).toBe(1024);
			expect(code(await send('DELETE', 'pam/info/28'))).toBe(1024);
		});

		it('is refused', async () => {
			expect(code(await send('POST', 'pam/info', { name: 'n' }))).toBe(1026);
			expect(code(await send('GET', 'pam/info/1'))).toBe(1023);
			expect(code(await send('DELETE', 'pam/info/1'))).toBe(1023);
			expect((await send('GET', 'pam/info')).status).toBe(404);
		});
	});

	describe('sessions', () => {
		const wanted = { user: 'dleite', credential: 'usr', device: '10.66.33.28', protocol: 'SSH' };
		const create = async (data: object = {}) =>
			await send('POST', 'remote/session', { ...wanted, ...data });

		it.each<[string, object]>([
			['User not specified', { user: '' }],
			['Credential not specified', { credential: undefined }],
			['Credential device not specified', { device: '' }],
			['Invalid protocol', { protocol: undefined }],
			['Invalid protocol', { protocol: 'gopher' }],
		])('refuses with %j for %j', async (message, data) => {
			const answer = await create(data);
			expect(answer.status).toBe(400);
			expect(answer.json).toMatchObject({
				response: { message, error: true, error_code: 0, cod_erro: 0 },
			});
			expect(answer.json).not.toHaveProperty('exception');
		});

		it('gives a URL that opens one session, once', async () => {
			const answer = await create({ protocol: 'https', port: 8443, screensize: '1900x1200' });
			expect(answer.at('response')).toEqual(response(200, 'Session created successfully'));
			const { session_url: url, token } = answer.at('session') as Record<string, string>;
			expect(url).toMatch(/\/modulos\/auth\?_sr=[\w-]+$/u);
			expect(token).toMatch(/^[0-9a-f]{64}$/u);
			expect((await call(url ?? '')).status).toBe(200);
			expect((await call(url ?? '')).status).toBe(403);
			const sessions = (await send('GET', 'session/remotesessions')).at('remote_sessions');
			expect(sessions).toHaveLength(2);
			expect(sessions).toMatchObject([
				{ id: '540', time: '00:00:20', end: '2020-11-17 15:29:41' },
				{ id: '541', user: 'dleite', credencial: 'usr', dispositivo: '10.66.33.28', end: null },
			]);
		});

		it('gives a URL for 30 seconds', async () => {
			const answer = await create();
			appliance.sim.settings.clockOffsetMs = 31_000;
			expect((await call(answer.at('session.session_url') as string)).status).toBe(403);
		});

		it('lists one by its number', async () => {
			const answer = await send('GET', 'session/remotesessions/540');
			expect(answer.at('response')).toEqual(response(200, ''));
			expect(answer.at('remote_sessions')).toEqual([ended]);
			expect(code(await send('GET', 'session/remotesessions/1'))).toBe(1002);
			expect(code(await send('GET', 'session/remotesessions/421c83a3'))).toBe(1003);
		});

		it('drops a running one by its session id', async () => {
			await call((await create()).at('session.session_url') as string);
			const { sessionId } = appliance.sim.state.sessions[1] ?? { sessionId: '' };
			const answer = await send('DELETE', `session/drop/${sessionId}`);
			expect(answer.at('response')).toEqual(response(200, 'Sessão interrompida com sucesso'));
			expect(appliance.sim.state.sessions[1]?.end).not.toBeNull();
			for (const id of [sessionId, '541', 'nothing']) {
				expect(await send('DELETE', `session/drop/${id}`)).toMatchObject({
					status: 500,
					json: {
						response: {
							status: 500,
							message: 'An error occurred while droping session',
							error: true,
							error_code: 1,
						},
					},
				});
			}
		});
	});

	describe('related users', () => {
		it('are created with a number, read with texts, changed and deactivated', async () => {
			const created = await send('POST', 'user/related', { name: 'a', username: 'adiniz' });
			expect(created.json).toMatchObject({
				response: response(200, 'Related user successfully registered!'),
				relatedUsers: { id: 1, name: 'a', username: 'adiniz' },
			});
			const changed = await send('PUT', 'user/related/1', { name: 'b', username: 'bdiniz' });
			expect(changed.json).toMatchObject({
				response: response(200, 'Related user successfully updated!'),
				relatedUsers: { id: '1', name: 'b', username: 'bdiniz' },
			});
			const body = { id: 1, username: 'cdiniz' };
			expect((await send('PUT', 'user/related', body)).status).toBe(200);
			expect((await send('GET', 'user/related/1')).json).toMatchObject({
				response: response(200, ''),
				relatedUsers: { id: '1', name: 'b', username: 'cdiniz' },
			});
			expect((await send('GET', 'user/related')).json).toMatchObject({
				response: response(200, '1 related users found'),
				relatedUsers: [{ id: '1', name: 'b', username: 'cdiniz' }],
			});
			const off = await send('DELETE', 'user/related/1');
			expect(off.at('response')).toEqual(response(200, 'Related user successfully deactivated'));
			expect((await send('GET', 'user/related')).at('relatedUsers')).toEqual([]);
			expect(code(await send('GET', 'user/related/1'))).toBe(1005);
		});

		const odd = (message: string, number: number) => ({
			status: 400,
			json: {
				response: { message, error: true, error_code: 0, cod_erro: 0 },
				exception: { code: number, message, detail: '' },
			},
		});

		it('are refused with error_code 0 in some calls', async () => {
			const noName = odd("1001: Parameter 'username' was not informed!", 1001);
			expect(await send('POST', 'user/related', { name: 'a' })).toMatchObject(noName);
			expect(await send('PUT', 'user/related/1', { name: 'a' })).toMatchObject(noName);
			const notFound = odd('1005: Related user not found', 1005);
			expect(await send('DELETE', 'user/related/9')).toMatchObject(notFound);
			const unknown = await send('PUT', 'user/related/9', { username: 'a' });
			expect(code(unknown)).toBe(1005);
			expect(unknown.at('response.message')).toBe('1005: User does not exist');
		});
	});
});
