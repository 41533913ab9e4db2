import type { IDataObject } from 'n8n-workflow';
import { findSecrets } from '../../harness';
import { said } from '../kit/result';
import { simulatedServer } from './simulated';
import { apiUser, newUser } from './userSamples';

describe('users of a PAM360 server', () => {
	const server = simulatedServer();

	const run = async (operation: string, parameters: IDataObject = {}, resource = 'user') => {
		const { token, ...more } = parameters;
		const result = await server.run(resource, operation, more, {
			...(token !== undefined && { credential: { authToken: token as string } }),
		});
		expect(said(result)).toBe('');
		return result.items.map(({ json }) => json);
	};

	it('are made, found, changed, locked and deleted', async () => {
		const [created] = await run('create', {
			...newUser,
			userName: 'new one',
			roles: 'Administrator',
		});
		const userId = { mode: 'name', value: 'new one' };
		expect(await run('get', { userId })).toEqual([created]);
		const [changed] = await run('update', { userId, updateFields: { lastName: 'Roe' } });
		expect(changed).toEqual({ ...created, lastName: 'Roe' });
		await run('lock', { userName: 'new one' });
		expect((await run('get', { userId }))[0]?.active).toBe(false);
		await run('unlock', { userName: 'new one' });
		expect((await run('get', { userId }))[0]?.active).toBe(true);
		const [id] = await run('getId', { userName: 'new one' });
		expect(id?.id).toBe(created?.id);
		await run('delete', { userId });
		expect(server.sim.state.users.map(({ userName }) => userName)).not.toContain('new one');
	});

	it('are told by name where they were chosen from the list', async () => {
		const jdoe = { __rl: true, mode: 'list', value: 'jdoe', cachedResultName: 'jdoe (Jane Doe)' };
		const [got] = await run('get', { userId: jdoe });
		expect(got).toMatchObject({ userName: 'jdoe' });
		expect(await run('lock', { userName: jdoe })).toEqual([
			expect.objectContaining({ userName: 'jdoe', locked: true }),
		]);
		expect(await run('delete', { userId: jdoe })).toEqual([
			expect.objectContaining({ id: got?.id, deleted: true }),
		]);
		expect(server.sim.state.users.map(({ userName }) => userName)).not.toContain('jdoe');
	});

	it('are listed to the last page, whatever is the names’ place', async () => {
		server.sim.settings.scimFlatNames = true;
		const [jdoe] = server.sim.state.users.filter(({ userName }) => userName === 'jdoe');
		for (let index = 0; index < 450; index++) {
			server.sim.state.users.push({ ...jdoe!, id: String(5000 + index), userName: `u${index}` });
		}
		const users = await run('getAll', { returnAll: true });
		expect(users.map(({ id }) => id)).toEqual(server.sim.state.users.map(({ id }) => id));
		expect(users.at(-1)).toMatchObject({ firstName: 'Jane', lastName: 'Doe' });
		expect(server.sim.log.length).toBeLessThanOrEqual(4);
		const some = await run('getAll', { limit: 3, filters: { filter: 'userName sw "u1"' } });
		expect(some.map(({ userName }) => userName)).toEqual(['u1', 'u10', 'u11']);
	});

	it('who are programs need their token regenerated first, which the node does', async () => {
		server.sim.settings.createdUserIdKey = 'userId';
		const [made] = await run('createApiUser', {
			...apiUser,
			additionalFields: { role: 'Administrator' },
		});
		expect(made?.id).toBe(server.sim.state.users.at(-1)?.id);
		const token = made?.secret as string;
		const [fresh] = await run('regenerate', { token }, 'authToken');
		const users = await run('getAll', { token: fresh?.secret as string });
		expect(users.map(({ userName }) => userName)).toContain('n8n');
		expect(findSecrets(users, [token])).toEqual([]);
	});
});
