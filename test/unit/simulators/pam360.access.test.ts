import { pam360Demo } from '../../simulators';
import { call } from './call';
import { Pam360Client, refusal, usePam360 } from './pam360Call';

const kolkata = (time: string) => Date.parse(`${time}+05:30`);

describe('who may see and do what at the PAM360 simulator', () => {
	const server = usePam360();
	const { api } = server;
	const jdoe = api.as(pam360Demo.passwordUserToken);

	const root = () => server.sim.state.resources[1]!.accounts.get('301')!;
	const shareResource = async (ACCESSTYPE: string, USERID: unknown = '21') =>
		await api.put('/resources/301/share', { ACCESSTYPE, USERID });
	const shareAccount = async (ACCESSTYPE: string, USERID: unknown = '21') =>
		await api.put('/resources/301/accounts/301/share', { ACCESSTYPE, USERID });

	it('hides what is not shared', async () => {
		expect(await jdoe.get('/resources')).not.toHaveProperty('Details');
		const none = 'No such resource found';
		expect(refusal(await jdoe.get('/resources/301/accounts'))).toBe(none);
		expect(refusal(await jdoe.get('/resources/resourcename/WEB-LINUX-01'))).toBe(none);
		const password = '/resources/301/accounts/301/password';
		expect(refusal(await jdoe.get(password))).toBe('No such account found');
	});

	it('shares a resource: to view, to modify, wholly, and no more', async () => {
		const edit = async () => await jdoe.put('/resources/301', { LOCATION: 'Chennai' });
		const remove = async () => await jdoe.delete('/resources/301');
		const password = '/resources/301/accounts/301/password';

		expect((await shareResource('view', 21)).result.status).toBe('Success');
		expect((await jdoe.get('/resources')).totalRows).toBe(1);
		expect((await jdoe.get(password)).result.status).toBe('Success');
		expect(refusal(await edit())).toMatch('permission');
		expect(refusal(await jdoe.put(password, { NEWPASSWORD: 'x' }))).toMatch('permission');

		await shareResource('modify');
		expect((await edit()).result.status).toBe('Success');
		expect((await jdoe.put(password, { NEWPASSWORD: 'x' })).result.status).toBe('Success');
		expect(refusal(await remove())).toMatch('permission');

		await shareResource('fullaccess');
		const share = { ACCESSTYPE: 'view', USERID: '1' };
		expect((await jdoe.put('/resources/301/share', share)).result.status).toBe('Success');
		await shareResource('revoke');
		expect(refusal(await remove())).toBe('No such resource found');
	});

	it('shares with the users of a group, and with one of both at a time', async () => {
		const share = { ACCESSTYPE: 'view', USERGROUPID: '1' };
		await api.put('/resources/301/share', share);
		expect((await jdoe.get('/resources/301/accounts')).result.status).toBe('Success');
		await api.put('/resources/301/share', { ...share, ACCESSTYPE: 'revoke' });
		expect(refusal(await jdoe.get('/resources/301/accounts'))).toContain('No such resource');
		await api.put('/resources/301/accounts/301/share', { ...share, ACCESSTYPE: 'modify' });
		expect((await jdoe.get('/resources/301/accounts/301/password')).result.status).toBe('Success');
		const both = { ...share, USERID: '21' };
		expect(refusal(await api.put('/resources/302/share', both))).toContain('exclude each other');
		const unknown = { ...share, USERGROUPID: '9' };
		expect(refusal(await api.put('/resources/302/share', unknown))).toBe(
			'No such user group found',
		);
	});

	it('shares all resources of a group, of which more can join', async () => {
		const wish = { resourceGroupIds: ['1'], accessType: 'view' };
		const seen = async () => (await jdoe.get('/resources')).totalRows;
		expect(await seen()).toBe(0);
		await api.put('/resourcegroup/share', { ...wish, userIds: ['21'] });
		expect(await seen()).toBe(2);
		const joined = await api.post('/resourcegroup/1/associateResources', { RESOURCEIDS: [1] });
		expect(joined.result.status).toBe('Success');
		expect(await seen()).toBe(3);
		await api.put('/resourcegroup/share', { ...wish, userIds: ['21'], accessType: 'revoke' });
		await api.put('/resourcegroup/share', { ...wish, userGroupIds: ['1'] });
		expect(await seen()).toBe(3);
		for (const [change, message] of [
			[{}, 'Either userIds or userGroupIds'],
			[{ userIds: ['21'], userGroupIds: ['1'] }, 'Either userIds or userGroupIds'],
			[{ userIds: ['21'], resourceGroupIds: ['9'] }, 'No such resource group'],
			[{ userIds: ['21'], resourceGroupIds: [] }, 'resourceGroupIds is missing.'],
			[{ userIds: ['9'] }, 'No such user'],
			[{ userIds: ['21'], accessType: 'x' }, 'accessType'],
		] as const) {
			expect(refusal(await api.put('/resourcegroup/share', { ...wish, ...change }))).toContain(
				message,
			);
		}
		for (const [RESOURCEIDS, message] of [
			[['1'], 'Invalid value for RESOURCEIDS.'],
			[[9], 'No such resource found'],
			[[], 'RESOURCEIDS is missing.'],
		] as const) {
			const path = '/resourcegroup/1/associateResources';
			expect(refusal(await api.post(path, { RESOURCEIDS }))).toBe(message);
		}
		server.sim.state.resourceGroups[0]!.type = 'dynamic';
		expect(
			refusal(await api.post('/resourcegroup/1/associateResources', { RESOURCEIDS: [1] })),
		).toContain('dynamic group');
	});

	it('shares one account alone', async () => {
		const list = [{ ACCOUNTNAME: 'secret' }];
		await api.post('/resources/301/accounts', { ACCOUNTLIST: list });
		await shareAccount('modify');
		expect((await jdoe.get('/resources')).Details).toMatchObject([{ NOOFACCOUNTS: '1' }]);
		expect((await jdoe.get('/resources/301/accounts')).Details).toMatchObject({
			'ACCOUNT LIST': [{ 'ACCOUNT NAME': 'root' }],
		});
		const notes = { NOTES: 'by jdoe' };
		expect((await jdoe.put('/resources/301/accounts/301', notes)).result.status).toBe('Success');
		expect(refusal(await jdoe.delete('/resources/301/accounts/301'))).toMatch('permission');
		const added = await jdoe.post('/resources/301/accounts', { ACCOUNTLIST: list });
		expect(refusal(added)).toMatch('permission');
		await shareAccount('revoke');
		expect((await jdoe.get('/resources')).totalRows).toBe(0);
	});

	it.each([
		['VIEW', '21', 'ACCESSTYPE'],
		['', '21', 'ACCESSTYPE is missing.'],
		['view', '', 'USERID is missing.'],
		['view', '22', 'No such user found'],
	])('refuses to share as %s with %s', async (type, id, message) => {
		expect(refusal(await shareResource(type, id))).toContain(message);
		expect(refusal(await shareAccount(type, id))).toContain(message);
		expect(server.sim.state.resources[1]!.shares.size + root().shares.size).toBe(0);
	});

	it('keeps organisations apart', async () => {
		const client = async (method: string, path: string) => {
			const headers = { AUTHTOKEN: pam360Demo.authToken, orgName: pam360Demo.orgName };
			return await call(`${server.sim.url}/restapi/json/v1${path}`, { method, headers });
		};
		expect((await client('GET', '/resources')).at('operation.totalRows')).toBe(0);
		server.sim.state.resources[0]!.organization = pam360Demo.orgName;
		expect((await client('GET', '/resources')).at('operation.totalRows')).toBe(1);
		expect((await api.get('/resources')).totalRows).toBe(2);
		const deleted = await client('DELETE', '/resources/301');
		expect(deleted.at('operation.result.status')).toBe('Failed');
	});

	describe('access requests', () => {
		const request = async (details?: object, who = jdoe) =>
			await who.post('/accounts/301/requestpassword', details);
		const password = '/resources/301/accounts/301/password';

		beforeEach(async () => {
			await shareResource('view');
			root().approvalRequired = true;
			server.sim.settings.clockOffsetMs = kolkata('2026-01-09T16:45:00') - Date.now();
		});

		/** The vendor's sample (docs/api/pam360.md, "Asking for access"). */
		const later = {
			REASON: 'patching',
			ACCESS: 'later',
			STARTTIME: '09/01/2026 17:50',
			ENDTIME: '12/01/2026 17:50',
			REMAINDERTIME: 45,
			RESOURCES_TO_BE_ACCESSED_OPTION: '3',
			SELECTED_RESOURCEIDS: ['301'],
		};

		it('open the password from when to when, once they are approved', async () => {
			expect(refusal(await jdoe.get(password))).toMatch('request');
			expect(await request(later)).toMatchObject({
				name: 'REQUEST PASSWORD',
				result: { status: 'Success' },
				Details: { STATUS: 'PENDING' },
			});
			const [asked] = server.sim.state.accessRequests;
			expect(asked).toMatchObject({
				start: kolkata('2026-01-09T17:50:00'),
				end: kolkata('2026-01-12T17:50:00'),
				selectedResourceIds: ['301'],
			});
			const status = async (time: string) => {
				server.sim.settings.clockOffsetMs = kolkata(time) - Date.now();
				return (await jdoe.get(password)).result.status;
			};
			expect(await status('2026-01-10T00:00:00')).toBe('Failed');
			asked!.status = 'APPROVED';
			expect(await status('2026-01-09T17:49:00')).toBe('Failed');
			expect(await status('2026-01-09T17:51:00')).toBe('Success');
			expect(await status('2026-01-12T17:51:00')).toBe('Failed');
			// Approved for jdoe, and for nobody else.
			expect(refusal(await api.get(password))).toMatch('request');
		});

		it('are listed by requester, with dates of the server', async () => {
			await request(later);
			await request({ REASON: 'look' }, api);
			const list = async (who: Pam360Client) => await who.get('/accounts/passwordaccessrequests');
			expect(await list(jdoe)).toMatchObject({
				result: { status: 'Success' },
				totalRows: 1,
				Details: [
					{
						'REQUESTED BY': 'jdoe',
						'REQUESTED BY FULLNAME': 'Jane Doe',
						PASSWORDREQUESTLIST: [
							{
								'PASSWD ID': '301',
								'RESOURCE NAME': 'WEB-LINUX-01',
								'ACCOUNT NAME': 'root',
								REASON: 'patching',
								STATUS: 'PENDING',
								'REQUESTED TIME': 'Jan 9, 2026 04:45 PM',
								START_TIME: 'Jan 9, 2026 05:50 PM',
								END_TIME: 'Jan 12, 2026 05:50 PM',
							},
						],
					},
				],
			});
			const all = await list(api);
			expect(all).toMatchObject({
				totalRows: 2,
				Details: [
					{ 'REQUESTED BY': 'jdoe' },
					{ 'REQUESTED BY': 'api-user', PASSWORDREQUESTLIST: [{ END_TIME: 'N/A' }] },
				],
			});
		});

		it('are one for each account and requester, and may be granted at once', async () => {
			server.sim.settings.newRequestStatus = 'APPROVED';
			await request({ REASON: 'first' });
			expect((await request()).Details).toEqual({ STATUS: 'APPROVED' });
			expect(server.sim.state.accessRequests).toMatchObject([{ reason: '', userId: '21' }]);
			expect((await jdoe.get(password)).result.status).toBe('Success');
		});

		it('are an empty list without Details', async () => {
			const none = await api.get('/accounts/passwordaccessrequests');
			expect(none.totalRows).toBe(0);
			expect(none).not.toHaveProperty('Details');
		});

		it.each([
			[{ ACCESS: 'tomorrow' }, 'ACCESS'],
			[{ STARTTIME: '' }, 'STARTTIME is missing.'],
			[{ STARTTIME: '2026-01-09 17:50' }, 'STARTTIME'],
			[{ ENDTIME: '01/13/2026 17:50' }, 'ENDTIME'],
			[{ ENDTIME: '09/01/2026 17:50' }, 'ENDTIME'],
			[{ STARTTIME: '01/01/2026 17:50', ENDTIME: '02/01/2026 17:50' }, 'ENDTIME'],
			[{ REMAINDERTIME: 60 }, 'REMAINDERTIME'],
			[{ REMAINDERTIME: 0 }, 'REMAINDERTIME'],
			[{ RESOURCES_TO_BE_ACCESSED_OPTION: '4' }, 'RESOURCES_TO_BE_ACCESSED_OPTION'],
			[{ SELECTED_RESOURCEIDS: [] }, 'SELECTED_RESOURCEIDS'],
			[{ SELECTED_RESOURCEIDS: ['302'] }, 'No such resource found'],
		])('are refused with %j', async (change, message) => {
			expect(refusal(await request({ ...later, ...change }))).toContain(message);
			expect(server.sim.state.accessRequests).toEqual([]);
		});

		it('are refused for accounts out of sight', async () => {
			const other = await jdoe.post('/accounts/302/requestpassword', later);
			expect(refusal(other)).toBe('No such account found');
		});
	});

	it('opens tunnels, and closes them', async () => {
		const server = async (details: object) => await api.post('/tunnel/createTunnelServer', details);
		const tunnel = async (details: object) => await api.post('/tunnel/createTunnel', details);
		root().reasonRequired = true;
		const wanted = { RESOURCEID: 301, ACCOUNTID: '301' };
		expect(refusal(await server(wanted))).toMatch('Reason');
		expect(refusal(await server({ ...wanted, ACCOUNTID: '9' }))).toBe('No such account found');
		expect(refusal(await server({ RESOURCEID: 301 }))).toBe('ACCOUNTID is missing.');
		const opened = await server({ ...wanted, REASON: 'job', TICKETID: '2132' });
		expect(opened).toEqual({
			result: {
				message: 'SSH connection has been established successfully',
				status: 'Success',
			},
			name: 'Create Tunnel Server',
			Details: { SSHID: expect.any(Number) as number },
		});
		const { SSHID } = opened.Details as { SSHID: number };

		const target = { TARGETRESOURCEID: 302, SSHID: String(SSHID), PROTOCOL: 'RDP' };
		expect(await tunnel(target)).toEqual({
			result: { message: 'SSH tunnel has been created successfully', status: 'Success' },
			Details: { PORTNO: 11_501 },
		});
		expect((await tunnel({ ...target, SSHID })).Details).toEqual({ PORTNO: 11_502 });
		expect(refusal(await tunnel({ ...target, PROTOCOL: 'ssh' }))).toMatch('PROTOCOL');
		expect(refusal(await tunnel({ ...target, PROTOCOL: '' }))).toMatch('PROTOCOL');
		expect(refusal(await tunnel({ ...target, SSHID: 1 }))).toMatch('SSHID');
		expect(refusal(await tunnel({ ...target, TARGETRESOURCEID: 9 }))).toMatch('resource');

		expect((await api.delete('/tunnel/destroyTunnel/11501')).result.status).toBe('Success');
		expect(refusal(await api.delete('/tunnel/destroyTunnel/11501'))).toMatch('No such tunnel');
		expect(refusal(await api.delete('/tunnel/destroyTunnel/x'))).toMatch('portNo');
	});
});
