import { senhaseguraDemo as demo } from '../../simulators';
import { response } from '../../workflows/senhasegura/kit';
import type { Answer } from './call';
import { useAppliance } from './senhaseguraSupport';

describe('SCIM and MySafe of the senhasegura simulator', () => {
	const appliance = useAppliance();

	describe('SCIM', () => {
		const send = async (method: string, path: string, data?: object) =>
			await appliance.send(method, `scim/v2/${path}`, data);

		const wanted = {
			userName: 'adiniz',
			externalId: 'e1',
			name: { formatted: 'Ademir Diniz' },
			emails: [{ value: 'adiniz@example.com' }],
			entitlements: [{ value: 'Auditor' }],
			groups: [{ value: 'Group 1' }],
		};

		it('tells what it is', async () => {
			const config = await send('GET', 'ServiceProviderConfig');
			for (const claimed of ['patch', 'bulk', 'filter', 'sort', 'etag']) {
				expect(config.at(`${claimed}.supported`)).toBe(true);
			}
			expect((await send('GET', 'ResourceTypes')).at('Resources.0.id')).toBe('User');
			expect((await send('GET', 'ResourceTypes/User')).at('endpoint')).toBe('/Users');
			const schema = 'urn:ietf:params:scim:schemas:core:2.0:User';
			expect((await send('GET', 'Schemas')).at('Resources.0.id')).toBe(schema);
			expect((await send('GET', `Schemas/${schema}`)).at('id')).toBe(schema);
			expect((await send('GET', 'Schemas/urn:other')).status).toBe(404);
		});

		it('creates, reads, changes and deletes a user', async () => {
			const created = await send('POST', 'Users', wanted);
			expect(created.status).toBe(201);
			expect(created.headers['content-type']).toMatch(/^application\/scim\+json/u);
			expect(created.json).toMatchObject({ ...wanted, active: true });
			const id = created.at('id') as string;
			expect((await send('GET', `Users/${id}`)).json).toEqual(created.json);

			const changed = await send('PATCH', `Users/${id}`, {
				schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
				Operations: [
					{ op: 'Replace', path: 'name.formatted', value: 'A. Diniz' },
					{ op: 'replace', value: { active: false } },
					{ op: 'remove', path: 'groups' },
				],
			});
			expect(changed.status).toBe(200);
			expect(changed.json).toMatchObject({ active: false, name: { formatted: 'A. Diniz' } });
			expect(changed.json).not.toHaveProperty('groups');

			const gone = await send('DELETE', `Users/${id}`);
			expect(gone).toMatchObject({ status: 204, text: '' });
			for (const method of ['GET', 'PATCH', 'DELETE']) {
				expect(await send(method, `Users/${id}`, {})).toMatchObject({
					status: 404,
					json: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '404' },
				});
			}
		});

		it.each(['userName', 'externalId', 'name', 'emails'])('wants %s', async (name) => {
			expect((await send('POST', 'Users', { ...wanted, [name]: undefined })).status).toBe(400);
			expect(appliance.sim.state.scimUsers.size).toBe(0);
		});

		it('refuses a name that is taken, and a patch without known operations', async () => {
			const id = (await send('POST', 'Users', wanted)).at('id') as string;
			expect((await send('POST', 'Users', wanted)).status).toBe(409);
			expect((await send('PATCH', `Users/${id}`, {})).status).toBe(400);
			const odd = { Operations: [{ op: 'move', path: 'active' }] };
			expect((await send('PATCH', `Users/${id}`, odd)).status).toBe(400);
		});

		it('lists in pages of 25', async () => {
			for (let number = 1; number <= 30; number += 1) {
				await send('POST', 'Users', { ...wanted, userName: `user${number}` });
			}
			const first = await send('GET', 'Users');
			expect(first.json).toMatchObject({
				schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
				totalResults: 30,
				itemsPerPage: 25,
				startIndex: 1,
			});
			expect(first.at('Resources')).toHaveLength(25);
			const second = await send('GET', 'Users?startIndex=26&count=100');
			expect(second.at('Resources')).toHaveLength(5);
			expect(second.at('Resources.0.userName')).toBe('user26');
		});
	});

	describe('MySafe', () => {
		let token: string;
		const send = async (method: string, path: string, data?: object): Promise<Answer> =>
			await appliance.send(method, `mysafe/${path}`, data, token);

		beforeEach(async () => {
			token = await appliance.tokenOf(demo.mySafeClientId, demo.mySafeClientSecret);
		});

		const password = {
			name: 'pass',
			username: 'npass',
			url: 'https://example.com',
			password: 'demo-safe-password',
			secret_key: 'JBSWY3DPEHPK3PXP',
			notes: 'n&n',
			tags: 'a,b',
			users_allowed: [{ username: 'Admin', can_edit: true }, { username: 'malu' }],
			groups_allowed: [{ name: 'my group', can_edit: false }],
		};

		const shared = {
			users_allowed: [
				{ username: 'Admin', can_edit: true },
				{ username: 'malu', can_edit: false },
			],
			groups_allowed: [{ name: 'my group', can_edit: false }],
		};
		const own = { need_justify: '0', need_approval: '0', can_view: true, can_write: true };

		it('keeps a password, and tells it without secrets until it is read', async () => {
			const answer = await send('POST', 'password', password);
			expect(answer.status).toBe(201);
			expect(answer.at('response')).toEqual(response(201, 'Password successfully registered'));
			const { name, username, url, tags } = password;
			expect(answer.at('password_entity')).toEqual({
				identifier: '1',
				name,
				username,
				url,
				note: 'n&n',
				tags,
				...shared,
				shared_error: [],
			});
			const read = await send('GET', 'password/1');
			expect(read.at('response')).toEqual(response(200, 'Success'));
			expect(read.at('password_entity')).toEqual({
				...password,
				...shared,
				identifier: '1',
				token: null,
			});
			const listed = await send('GET', 'password');
			expect(listed.at('response.message')).toBe('');
			expect(listed.at('password_on_list')).toEqual([
				{ identifier: '1', name, url, username, tags, ...own },
			]);
		});

		it('keeps what is not sent, and ends the sharing with an empty list', async () => {
			await send('POST', 'password', password);
			await send('PUT', 'password/update/1', { password: 'b', groups_allowed: [] });
			expect((await send('GET', 'password/1')).at('password_entity')).toMatchObject({
				name: 'pass',
				password: 'b',
				users_allowed: shared.users_allowed,
				groups_allowed: [],
			});
		});

		it.each([
			[
				'note',
				{ name: 'nota', note: 'umanota' },
				{ stored: 'note_entity', read: 'note_entity', list: 'note_on_list' },
			],
			[
				'secretapi',
				{ name: 'k', url: 'https://k.example.com', client_id: '1', client_secret: 's' },
				{ stored: 'api_entity', read: 'api_secret_entity', list: 'api_secret_on_list' },
			],
		])('keeps a %s', async (path, data, { stored, read, list }) => {
			const created = await send('POST', path, data);
			expect(created.at(stored)).toMatchObject({ identifier: '1', name: data.name });
			expect((await send('GET', `${path}/1`)).at(read)).toMatchObject(data);
			const changed = await send('PUT', `${path}/update/1`, { name: 'other' });
			expect(changed.at(stored)).toMatchObject({ name: 'other' });
			expect((await send('GET', path)).at(list)).toMatchObject([{ name: 'other', ...own }]);
		});

		it('has no two API secrets of one code, finds one by it, and no long note', async () => {
			const entry = { name: 'k', url: 'https://k.example.com', client_id: '1' };
			await send('POST', 'secretapi', { ...entry, identifier_code: 'one' });
			await send('POST', 'secretapi', { ...entry, identifier_code: 'two' });
			const again = await send('POST', 'secretapi', { ...entry, identifier_code: 'one' });
			expect(again.at('response.message')).toBe(
				'1001: Identifier already found in another API key of this user',
			);
			expect((await send('PUT', 'secretapi/update/1', { identifier_code: 'two' })).status).toBe(
				400,
			);
			expect((await send('PUT', 'secretapi/update/1', { identifier_code: 'one' })).status).toBe(
				200,
			);
			const found = await send('GET', 'secretapi?identifier_code=two');
			expect(found.at('api_secret_on_list')).toMatchObject([{ identifier: '2' }]);
			const note = { name: 'n', note: 'x'.repeat(901) };
			expect((await send('POST', 'note', note)).status).toBe(400);
		});

		it('disables and enables, as often as one likes', async () => {
			await send('POST', 'password', password);
			const texts = [];
			for (const what of ['inactive', 'inactive', 'active', 'active']) {
				texts.push((await send('POST', `password/${what}/1`)).at('response.message'));
			}
			expect(texts).toEqual([
				'Password successfully deactivated',
				'Password has already been deactivated',
				'Password successfully activated',
				'Password has already been activated',
			]);
		});

		it('says what is wrong with an entry that it does not give', async () => {
			const message = async (path: string) => (await send('GET', path)).at('response.message');
			await send('POST', 'password', password);
			await send('POST', 'note', { name: 'nota', note: 'umanota' });
			await send('POST', 'note/inactive/1');
			const [entry] = appliance.sim.state.mySafe.password;
			if (entry) entry.accessDenied = true;
			expect(await message('password/1')).toBe('1006: User does not have access');
			expect(await message('password/2')).toBe('1005: Password not found');
			expect(await message('password/x')).toBe('1010: Unexpected identifier type');
			expect(await message('note/1')).toBe('1009: Inactive note');
		});

		it.each(['name', 'username', 'password'])('wants the %s of a password', async (name) => {
			const answer = await send('POST', 'password', { ...password, [name]: '' });
			expect(answer).toMatchObject({ status: 400, json: { response: { error: true } } });
		});

		it('encrypts the secret fields', async () => {
			appliance.sim.settings.encryptSecrets = true;
			await send('POST', 'password', password);
			const answer = await send('GET', 'password/1');
			expect(answer.text).not.toContain(password.password);
			expect(answer.text).not.toContain(password.secret_key);
			expect(answer.at('password_entity.username')).toBe('npass');
		});
	});
});
