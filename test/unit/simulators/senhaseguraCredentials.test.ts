import { constants, privateDecrypt } from 'node:crypto';
import { type SenhaseguraCredential, senhaseguraDemo } from '../../simulators';
import { response } from '../../workflows/senhasegura/kit';
import { code, useAppliance } from './senhaseguraSupport';

const wanted = {
	identifier: 'dyaihdppaj78a547',
	username: 'username',
	hostname: 'w2016',
	ip: '10.66.33.15',
	content: 'blfjahbnaihdaa',
	tags: 'social',
};

const key = { ...wanted, identifier: 'a-key', public_key: 'ssh-ed25519 AAAA', private_key: 'k' };

describe('credentials of the senhasegura simulator', () => {
	const appliance = useAppliance();
	const send = async (method: string, path: string, data?: object) =>
		await appliance.send(method, `pam/${path}`, data);
	const post = async (data: object = {}) =>
		await send('POST', 'credential', { ...wanted, ...data });

	function stored(id = '92'): SenhaseguraCredential {
		const item = appliance.sim.state.items.get(id);
		if (item?.kind !== 'credential') throw new Error(`no credential ${id}`);
		return item;
	}

	describe('POST', () => {
		it('creates', async () => {
			const answer = await post();
			expect(answer.status).toBe(201);
			expect(answer.json).toEqual({
				code: 201,
				response: response(201, 'Credential successfully registered!'),
				tenant: 'senhasegura',
				credential: { id: '92', identifier: 'dyaihdppaj78a547' },
			});
			expect(stored()).toMatchObject({ content: 'blfjahbnaihdaa', type: 'Local User' });
		});

		it('makes an identifier of time and chance, and calls a blank user usr', async () => {
			const answer = await post({ identifier: '', username: '' });
			expect(answer.at('credential.identifier')).toMatch(
				/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/u,
			);
			expect(stored().username).toBe('usr');
		});

		it('updates by identifier, the only way to another username', async () => {
			await post();
			const answer = await post({ username: 'other', content: undefined, tags: undefined });
			expect(answer.json).toMatchObject({
				code: 201,
				response: response(201, 'Credential updated successfully!'),
				credential: { id: '92', identifier: 'dyaihdppaj78a547' },
			});
			expect(stored()).toMatchObject({
				username: 'other',
				content: 'blfjahbnaihdaa',
				tags: 'social',
			});
		});

		it('updates by place and user, and takes a new identifier over', async () => {
			await post({ identifier: undefined });
			const first = stored().identifier;
			expect((await post({ identifier: undefined, content: 'b' })).at('credential')).toEqual({
				id: '92',
				identifier: first,
			});
			expect((await post({ identifier: 'new' })).at('credential')).toEqual({
				id: '92',
				identifier: 'new',
			});
			expect((await post({ identifier: 'newer', username: 'b' })).at('credential.id')).toBe('93');
		});

		it('checks in the documented order', async () => {
			const data: Record<string, unknown> = {};
			const order: Array<[number, string, unknown]> = [
				[1004, 'hostname', 'nowhere'],
				[1005, 'ip', '10.66.33.15'],
				[1042, 'username', ''],
				[1011, 'hostname', 'w2016'],
			];
			for (const [expected, name, value] of order) {
				expect(code(await send('POST', 'credential', data))).toBe(expected);
				data[name] = value;
			}
			await send('POST', 'key', key);
			expect(code(await post({ identifier: 'a-key' }))).toBe(1010);
			expect(code(await post({ ip: '10.66.33.20' }))).toBe(1011);
			expect(code(await post({ device_domain: 'elsewhere' }))).toBe(1029);
			expect(code(await post({ device_domain: 'senhasegura.lab, my_device_domain' }))).toBe(1029);
			expect((await post({ identifier: 'a b' })).json).toMatchObject({
				code: 400,
				response: { error: true },
			});
			expect(appliance.sim.state.items.size).toBe(2);
			appliance.sim.settings.readOnly = true;
			expect(code(await send('POST', 'credential', {}))).toBe(1039);
		});

		it('is refused an item of somebody else', async () => {
			await post();
			stored().accessDenied = true;
			expect(code(await post())).toBe(1009);
		});

		it('keeps every group of settings, and only changes what is sent', async () => {
			await post({
				credential_type: 'Domain User',
				additional: 'more',
				domain: 'LAB',
				parent_password: 39,
				execution_settings: {
					automatic_change: true,
					change_plugin: 'SSH',
					change_template: 'Linux - Change Password',
				},
				session_settings: { SSH: true, 'SQL Server': true, macros: [{ remote_app: 'MySQL' }] },
				additional_settings: [{ criticality: 'High' }, { secret_key: 'JBSWY3DPEHPK3PXP' }],
				jit_settings: { jit: false },
			});
			await post({
				session_settings: { SSH: false },
				additional_settings: { notes: 'n' },
			});
			expect(stored()).toMatchObject({
				type: 'Domain User',
				additional: 'more',
				domain: 'LAB',
				parentId: '39',
				executionSettings: { automatic_change: true, change_plugin: 'SSH' },
				sessionSettings: { SSH: false, 'SQL Server': true, macros: [{ remote_app: 'MySQL' }] },
				additionalSettings: {
					criticality: 'High',
					secret_key: 'JBSWY3DPEHPK3PXP',
					notes: 'n',
				},
				jitSettings: { jit: false },
			});
			expect((await send('GET', 'credential')).at('credentials.1')).toMatchObject({
				type: 'Domain User',
				automatic_change: true,
			});
		});

		const jit = {
			jit: true,
			credential_creation_and_deletion: true,
			enable_disable_credential: false,
			credential_creation_plugin: 'SSH',
			credential_creation_template: 'Linux - Create User',
			credential_deletion_plugin: 'SSH',
			credential_deletion_template: 'Linux - Remove User',
		};

		it('takes JIT settings whose plugins and templates exist', async () => {
			expect((await post({ jit_settings: jit })).status).toBe(201);
		});

		it.each<[number, object]>([
			[1046, { execution_settings: { automatic_change: true } }],
			[1047, { execution_settings: { automatic_change: true, change_plugin: 'SSH' } }],
			[1046, { execution_settings: { status: true, reconciliation_plugin: 'Telepathy' } }],
			[1046, { jit_settings: { ...jit, credential_creation_plugin: undefined } }],
			[1047, { jit_settings: { ...jit, credential_deletion_template: 'Linux - Nothing' } }],
			[1046, { jit_settings: { jit: true, enable_disable_credential: true } }],
		])('refuses with %i settings %j', async (expected, settings) => {
			expect(code(await post(settings))).toBe(expected);
			expect(appliance.sim.state.items.size).toBe(1);
		});

		it('lets an agent change a password without a plugin', async () => {
			const settings = { automatic_change: true, agent_based_password_change: true };
			expect((await post({ execution_settings: settings })).status).toBe(201);
		});

		it('takes type for the device and credential_type for itself', async () => {
			await post({ type: 'Local User', vendor: 'V', model: 'M', site: 'S', device_tags: 't' });
			expect(stored().type).toBe('Local User');
			expect((await send('GET', 'device/w2016')).at('device')).toMatchObject({
				type: 'Local User',
				vendor: 'V',
				model: 'M',
				site: 'S',
				device_tags: 't',
			});
		});
	});

	describe('GET all', () => {
		it('lists credentials and keys with dates and without secrets', async () => {
			await send('POST', 'key', key);
			stored('39').change = '2024-05-03 16:19:53';
			stored('39').expiresAt = Date.parse('2024-05-16T17:31:31Z');
			const answer = await send('GET', 'credential');
			expect(answer.at('response')).toEqual(response(200, '2 credentials found'));
			expect(answer.at('credentials')).toEqual([
				{
					id: '39',
					identifier: 'demo-credential',
					username: 'dleite',
					expiration: '2024-05-16T17:31:31+00:00',
					change: '2024-05-03 16:19:53',
					view: null,
					hostname: 'w2016',
					management_ip: '10.66.33.15',
					type: 'Local User',
					type_code: '1',
					device_model: 'Windows Server 2016',
					device_type: 'Server',
					device_vendor: 'Microsoft',
					automatic_change: false,
					connectivity: 'RDP',
					connectivity_code: '13',
				},
				expect.objectContaining({ id: '92', type: 'SSH Key', type_code: '1' }),
			]);
			expect(answer.text).not.toContain('demo-password');
		});

		it('writes dates in the time of the appliance', async () => {
			appliance.sim.settings.utcOffsetMinutes = -180;
			stored('39').expiresAt = Date.parse('2024-05-16T20:31:31Z');
			await send('GET', 'credential/39');
			const { expiration, view } = (await send('GET', 'credential')).at('credentials.0') as {
				expiration: string;
				view: string;
			};
			expect(expiration).toBe('2024-05-16T17:31:31-03:00');
			const behind = appliance.sim.now() - Date.parse(`${view.replace(' ', 'T')}Z`);
			expect(Math.round(behind / 60_000)).toBe(180);
		});

		it('knows no filters and no pages, and leaves out what is not granted', async () => {
			await post();
			expect((await send('GET', 'credential?username=x&limit=1')).at('credentials')).toHaveLength(
				2,
			);
			stored().accessDenied = true;
			expect((await send('GET', 'credential/')).at('credentials')).toHaveLength(1);
		});
	});

	describe('GET one', () => {
		it('gives the password and takes custody', async () => {
			await post({ additional: 'CREDADD01', parent_password: '39' });
			const answer = await send('GET', 'credential/92');
			expect(answer.json).toEqual({
				code: 200,
				response: response(200, 'Credential 92'),
				tenant: 'senhasegura',
				credential: {
					id: '92',
					identifier: 'dyaihdppaj78a547',
					username: 'username',
					password: 'blfjahbnaihdaa',
					content: 'blfjahbnaihdaa',
					hostname: 'w2016',
					parent_credential_cod: '39',
					parent_credential: 'dleite',
					additional: 'CREDADD01',
					domain: '',
					ip: '10.66.33.15',
					port: '3389',
					model: 'Windows Server 2016',
					expiration_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/u) as unknown,
				},
			});
			const end = Date.parse(`${answer.at('credential.expiration_time') as string}Z`);
			expect(Math.round((end - appliance.sim.now()) / 60_000)).toBe(60);
			expect(stored().custodyBy.size).toBe(1);
			expect(stored().view).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/u);
		});

		it.each(['92', 'dyaihdppaj78a547', 'username@w2016', 'username%40w2016'])(
			'finds it as %s',
			async (name) => {
				await post();
				expect((await send('GET', `credential/${name}`)).at('credential.id')).toBe('92');
			},
		);

		it('does not find a username with an @ by user and host', async () => {
			await post({ username: 'user@example.com' });
			expect(code(await send('GET', 'credential/user@example.com@w2016'))).toBe(1007);
		});

		it('encrypts both fields, and the identifier is not one', async () => {
			await post();
			appliance.sim.settings.encryptSecrets = true;
			const { password, content, identifier } = (await send('GET', 'credential/92')).at(
				'credential',
			) as Record<string, string>;
			expect(identifier).toBe('dyaihdppaj78a547');
			expect(password).toBe(content);
			const opened = privateDecrypt(
				{
					key: appliance.sim.decryptionKey(),
					padding: constants.RSA_PKCS1_OAEP_PADDING,
					oaepHash: 'sha1',
				},
				Buffer.from(password ?? '', 'base64'),
			);
			expect(opened.toString()).toBe('blfjahbnaihdaa');
		});

		it('gives the legacy shape at coe/senha', async () => {
			const answer = await appliance.send('GET', 'coe/senha/39');
			expect(answer.json).toEqual({ senha: { username: 'dleite', senha: 'demo-password' } });
			expect(stored('39').custodyBy.size).toBe(1);
			expect(code(await appliance.send('GET', 'coe/senha/1'))).toBe(1007);
		});
	});

	describe('refusals by name', () => {
		it.each([
			['GET', 'credential/'],
			['PUT', 'credential/'],
			['DELETE', 'credential/'],
		])('%s', async (method, path) => {
			await send('POST', 'key', key);
			expect(code(await send(method, `${path}1`))).toBe(1007);
			expect(code(await send(method, `${path}nobody@w2016`))).toBe(1007);
			expect(code(await send(method, `${path}92`))).toBe(1010);
			expect(code(await send(method, `${path}a-key`))).toBe(1010);
			stored('39').accessDenied = true;
			expect(code(await send(method, `${path}39`))).toBe(1009);
		});
	});

	it('is disabled and enabled', async () => {
		const off = await send('DELETE', 'credential/demo-credential');
		expect(off.at('response')).toEqual(response(200, 'Credential successfully deactivated'));
		expect(code(await send('DELETE', 'credential/39'))).toBe(1008);
		expect(code(await send('GET', 'credential/39'))).toBe(1008);
		const on = await send('PUT', 'credential/39');
		expect(on.at('response')).toEqual(response(200, 'Credential successfully activated'));
		expect(code(await send('PUT', 'credential/39'))).toBe(1043);
		appliance.sim.settings.readOnly = true;
		expect(code(await send('DELETE', 'credential/39'))).toBe(1039);
		expect(code(await send('PUT', 'credential/39'))).toBe(1039);
		expect((await send('GET', 'credential/39')).status).toBe(200);
	});

	describe('custody', () => {
		const release = async (name = '39') => await send('DELETE', `credential/custody/${name}`);

		it('is released once by who took it', async () => {
			expect(code(await release())).toBe(1018);
			await send('GET', 'credential/39');
			expect((await release()).at('response')).toEqual(
				response(200, 'Credential custody 39 released'),
			);
			expect(code(await release())).toBe(1018);
		});

		it('is not released by somebody else', async () => {
			await send('GET', 'credential/39');
			appliance.sim.state.clients.set('other', 'secret');
			const other = await appliance.tokenOf('other', 'secret');
			const path = 'pam/credential/custody/39';
			expect(code(await appliance.send('DELETE', path, undefined, other))).toBe(1018);
			expect((await release('dleite@w2016')).status).toBe(200);
		});

		it('ends by time', async () => {
			appliance.sim.settings.tokenTtl = 100_000;
			const long = await appliance.tokenOf(senhaseguraDemo.clientId, senhaseguraDemo.clientSecret);
			const path = 'pam/credential/39';
			const late = async (minutes: number) => {
				appliance.sim.settings.clockOffsetMs = 0;
				await appliance.send('GET', path, undefined, long);
				appliance.sim.settings.clockOffsetMs = minutes * 60_000;
				const custody = path.replace('39', 'custody/39');
				return await appliance.send('DELETE', custody, undefined, long);
			};
			expect((await late(59)).status).toBe(200);
			expect(code(await late(61))).toBe(1018);
			expect(stored('39').custodyBy.size).toBe(0);
			appliance.sim.settings.custodyMinutes = 90;
			expect((await late(61)).status).toBe(200);
		});

		it('is refused by name and state', async () => {
			await send('POST', 'key', key);
			expect(code(await release('1'))).toBe(1007);
			expect(code(await release('92'))).toBe(1007);
			await send('GET', 'credential/39');
			stored('39').active = false;
			expect(code(await release())).toBe(1008);
			stored('39').accessDenied = true;
			expect(code(await release())).toBe(1009);
			appliance.sim.settings.readOnly = true;
			expect(code(await release())).toBe(1039);
		});
	});

	describe('password change', () => {
		const settings = {
			automatic_change: true,
			change_plugin: 'SSH',
			change_template: 'Linux - Change Password',
		};

		const password = async () =>
			(await send('GET', 'credential/92')).at('credential.password') as string;

		it('follows the release of a credential that is configured for it', async () => {
			await post({ execution_settings: settings });
			stored().change = '2024-05-03 16:19:53';
			const before = await password();
			await send('DELETE', 'credential/custody/92');
			expect(await password()).not.toBe(before);
			expect(stored().change).not.toBe('2024-05-03 16:19:53');
		});

		it('does not follow where it is not configured', async () => {
			await post();
			const before = await password();
			await send('DELETE', 'credential/custody/92');
			expect(await password()).toBe(before);
		});

		it('takes its time', async () => {
			await post({ execution_settings: settings });
			appliance.sim.settings.passwordChangeMs = 60_000;
			const before = await password();
			await send('DELETE', 'credential/custody/92');
			expect(await password()).toBe(before);
			appliance.sim.settings.clockOffsetMs = 61_000;
			expect(await password()).not.toBe(before);
		});
	});
});
