import { pam360Demo } from '../../simulators';
import { refusal, usePam360 } from './pam360Call';

const unknownToken = 'API key received is not associated to any user. Authentication failed.';
const guid = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/u;

/** What PMP clients send for an ordinary user (docs/api/pam360.md, "Creating API users"). */
const ordinary = {
	USERNAME: 'mroe',
	FIRSTNAME: 'Mary',
	LASTNAME: 'Roe',
	FULLNAME: 'Mary Roe',
	EMAIL: 'mroe@example.com',
	POLICY: 'Strong',
	ROLE: 'Password User',
	ISSUPERADMIN: 'false',
	PASSWORD: 'canary-of-a-password',
	DEPARTMENT: '',
	LOCATION: '',
	ISAPIUSER: 'false',
	HOSTNAME: '',
	EXPIRYDATE: 'NeverExpires',
};

const apiUser = {
	USERNAME: 'ci',
	FIRSTNAME: 'Build',
	LASTNAME: 'Server',
	EMAIL: 'ci@example.com',
	ROLEID: 2,
	ISAPIUSER: true,
	RESTAPIACCESS: true,
	EXPIRYDATE: '2031-10-30',
	TOKENVALIDITYDAYS: 100,
	USERGROUPNAME: 'Web team',
};

describe('users of the PAM360 simulator', () => {
	const server = usePam360();
	const { api } = server;

	const create = async (details: object) => await api.post('/user', details);
	const userNamed = (name: string) =>
		server.sim.state.users.find(({ userName }) => userName === name);

	it('regenerates a token: from then on only the new one works', async () => {
		const answer = await api.put('/user/regenerateAuthtoken');
		const { AUTHTOKEN } = answer.Details as { AUTHTOKEN: string };
		expect(AUTHTOKEN).toMatch(guid);
		expect(answer).toEqual({
			result: {
				message: 'Authtoken regenerated successfully.',
				status: 'true',
				statusCode: 20_000,
			},
			Details: { AUTHTOKEN },
			name: 'REGENERATE AUTHTOKEN',
		});
		expect(refusal(await api.get('/resources'))).toBe(unknownToken);
		expect(refusal(await api.put('/user/regenerateAuthtoken'))).toBe(unknownToken);
		const fresh = api.as(AUTHTOKEN);
		expect((await fresh.get('/resources')).totalRows).toBe(3);
		Object.assign(server.sim.settings, { regenerateStatus: 'Success', statusCode: 'absent' });
		expect((await fresh.put('/user/regenerateAuthtoken')).result).toEqual({
			message: 'Authtoken regenerated successfully.',
			status: 'Success',
		});
	});

	describe('create', () => {
		it('gives an API user a token that must be regenerated first, and expires', async () => {
			const { Details } = await create(apiUser);
			const { AUTHTOKEN, 'USER ID': id } = Details as Record<string, string>;
			expect(Details).toEqual({ AUTHTOKEN: expect.stringMatching(guid) as string, 'USER ID': id });
			expect(userNamed('ci')).toMatchObject({
				id,
				role: 'Administrator',
				expiryDate: '2031-10-30',
			});
			expect(server.sim.state.userGroups[0]?.userIds.has(id!)).toBe(true);

			const stranger = api.as(AUTHTOKEN!);
			expect(refusal(await stranger.get('/resources'))).toBe(unknownToken);
			const regenerated = await stranger.put('/user/regenerateAuthtoken');
			const known = api.as((regenerated.Details as { AUTHTOKEN: string }).AUTHTOKEN);
			expect((await known.get('/resources')).totalRows).toBe(0);
			server.sim.settings.clockOffsetMs = 101 * 24 * 3_600_000;
			expect(refusal(await known.get('/resources'))).toBe(unknownToken);
		});

		it('takes a new token at once where it is told to', async () => {
			Object.assign(server.sim.settings, { newTokensWork: true, createdUserIdKey: 'USERID' });
			const { Details } = await create(apiUser);
			const { AUTHTOKEN, USERID } = Details as Record<string, string>;
			expect(USERID).toBe(userNamed('ci')?.id);
			expect((await api.as(AUTHTOKEN!).get('/resources')).result.status).toBe('Success');
		});

		it('gives an ordinary user no token, and forgets the password', async () => {
			const before = server.sim.state.tokens.size;
			const { Details } = await create(ordinary);
			expect(Object.keys(Details as object)).toEqual(['USER ID']);
			expect(server.sim.state.tokens.size).toBe(before);
			expect(JSON.stringify([server.sim.state.users, server.sim.state.audit])).not.toContain(
				'canary',
			);
		});

		it('locks an API user to a host', async () => {
			await create({ ...apiUser, HOSTCHECK: true, HOSTNAME: 'build.example.com' });
			expect(userNamed('ci')?.hostName).toBe('build.example.com');
			await create({ ...apiUser, USERNAME: 'ci2', HOSTCHECK: false, HOSTNAME: 'x' });
			expect(userNamed('ci2')?.hostName).toBeNull();
		});

		it.each<[object, string]>([
			[{ FIRSTNAME: '' }, 'FIRSTNAME is missing.'],
			[{ LASTNAME: '' }, 'LASTNAME is missing.'],
			[{ USERNAME: '' }, 'USERNAME is missing.'],
			[{ EMAIL: '' }, 'EMAIL is missing.'],
			[{ USERNAME: 'jdoe' }, 'already exists'],
			[{ EMAIL: 'nobody' }, 'EMAIL'],
			[{ ROLEID: 999 }, 'No such role'],
			[{ ROLEID: '', ROLE: 'password user' }, 'No such role'],
			[{ EXPIRYDATE: '30/10/2031' }, 'EXPIRYDATE'],
			[{ TOKENVALIDITYDAYS: 0 }, 'TOKENVALIDITYDAYS'],
			[{ HOSTCHECK: 'true' }, 'HOSTNAME is missing.'],
			[{ USERGROUPNAME: 'Nobody' }, 'No such user group'],
			[{ SDKACCESS: 'yes' }, 'SDKACCESS'],
			[{ ISAPIUSER: 'True' }, 'ISAPIUSER'],
		])('refuses %j', async (change, message) => {
			expect(refusal(await create({ ...apiUser, ...change }))).toContain(message);
			expect(server.sim.state.users).toHaveLength(4);
		});
	});

	it('finds, locks, unlocks and deletes by name and id', async () => {
		const jdoe = api.as(pam360Demo.passwordUserToken);
		expect(await api.get('/user/getUserId?USERNAME=jdoe')).toMatchObject({
			result: { status: 'Success' },
			Details: { USERID: '21' },
		});
		expect(refusal(await api.get('/user/getUserId?USERNAME=nobody'))).toBe('No such user found');
		expect(refusal(await api.get('/user/getUserId'))).toBe('USERNAME is missing.');

		const locked = await api.put('/user/lock?USERNAME=jdoe');
		expect(locked).toEqual({
			name: 'LOCK USER',
			result: { status: 'Success', message: expect.any(String) as string },
		});
		expect(refusal(await jdoe.get('/resources'))).toBe(unknownToken);
		await api.put('/user/unlock?USERNAME=jdoe');
		expect((await jdoe.get('/resources')).result.status).toBe('Success');
		expect(refusal(await api.put('/user/lock?USERNAME=nobody'))).toBe('No such user found');

		const share = { ACCESSTYPE: 'view', USERID: '21' };
		await api.put('/resources/301/share', share);
		await api.put('/resources/301/accounts/301/share', share);
		expect((await api.delete('/user/21')).result.status).toBe('Success');
		expect(refusal(await jdoe.get('/resources'))).toBe(unknownToken);
		const [, resource] = server.sim.state.resources;
		expect(resource!.shares.size + resource!.accounts.get('301')!.shares.size).toBe(0);
		expect(refusal(await api.delete('/user/21'))).toBe('No such user found');
		expect(refusal(await api.delete('/user/jdoe'))).toMatch('USERID');
	});

	it('is managed only by those whose role lets them', async () => {
		const jdoe = api.as(pam360Demo.passwordUserToken);
		for (const operation of [
			jdoe.post('/user', apiUser),
			jdoe.put('/user/lock?USERNAME=admin'),
			jdoe.delete('/user/1'),
			jdoe.post('/organizations/manage', { userIds: [21] }),
			jdoe.lower.post('/agents/agentkey', { generateAgentKey: true }),
			jdoe.put('/trash/restore', { type: 'resource', trashIds: [1] }),
		]) {
			expect(refusal(await operation)).toMatch('not authorized');
		}
		expect((await jdoe.get('/user/getUserId?USERNAME=jdoe')).result.status).toBe('Success');
	});

	it('lets users manage organisations, and takes it from them', async () => {
		const manage = async (details: object) => await api.post('/organizations/manage', details);
		const wanted = { userIds: [21], userGroupIds: [1], managePermission: 'grant', orgIds: [2] };
		const client = () => server.sim.state.organizations.get(pam360Demo.orgName)!;
		expect((await manage({ ...wanted, approvalAdminId: 1 })).result.status).toBe('Success');
		expect(client()).toEqual({
			id: '2',
			userIds: new Set(['21']),
			userGroupIds: new Set(['1']),
		});
		expect(server.sim.state.organizations.get('Example MSP')!.userIds.size).toBe(0);
		await manage({ ...wanted, userGroupIds: [], managePermission: 'revoke' });
		expect(client()).toMatchObject({ userIds: new Set(), userGroupIds: new Set(['1']) });
		for (const [change, message] of [
			[{ userIds: [] }, 'userIds is missing.'],
			[{ userIds: ['jdoe'] }, 'userIds'],
			[{ userIds: 21 }, 'userIds'],
			[{ userIds: [22] }, 'userIds'],
			[{ userGroupIds: [9] }, 'userGroupIds'],
			[{ orgIds: [9] }, 'orgIds'],
			[{ managePermission: 'Grant' }, 'managePermission'],
			[{ approvalAdminId: 9 }, 'approvalAdminId'],
		] as const) {
			expect(refusal(await manage({ ...wanted, ...change }))).toContain(message);
		}
		server.sim.settings.mspEdition = false;
		expect(refusal(await manage(wanted))).toMatch('MSP');
	});
});
