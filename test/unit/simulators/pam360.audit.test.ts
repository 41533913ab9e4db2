import { refusal, usePam360 } from './pam360Call';

type Row = Record<string, string>;

const kolkata = (time: string) => Date.parse(`${time}+05:30`);
const one = '/resources/301/accounts/301';

describe('the audit of the PAM360 simulator', () => {
	const server = usePam360();
	const { api } = server;

	const rows = async (query: string) => ((await api.get(`/audit?${query}`)).Details ?? []) as Row[];
	const setTime = (time: string) => {
		server.sim.settings.clockOffsetMs = kolkata(time) - Date.now();
	};

	it('is empty at first, and without Details', async () => {
		expect(await api.get('/audit?AUDITTYPE=Resource&STARTINDEX=1&LIMIT=2')).toEqual({
			name: 'GET_AUDIT',
			result: { status: 'Success', message: 'Audits fetched successfully.' },
			totalRows: 0,
		});
	});

	it('has fifteen strings for each record', async () => {
		setTime('2024-03-12T13:45:44');
		await api.get(`${one}/password`, { REASON: 'nightly', TICKETID: 7 });
		const [row] = await rows('AUDITTYPE=Resource&DURATION=TODAY');
		expect(row).toEqual({
			'Resource Name': 'WEB-LINUX-01',
			'Operation Type': 'Password Retrieved',
			'User Account': 'root',
			'User Name': 'N/A',
			'Audit ID': '1',
			'Client Type': 'REST API',
			TIME: String(server.sim.state.audit[0]?.time),
			'User Account ID': '301',
			Reason: 'nightly',
			'Operated by': 'api-user',
			'IP Address': '127.0.0.1',
			'Resource ID': '301',
			'Time Stamp': expect.stringMatching(/^2024-03-12 13:45:4\d\.\d{3}$/u) as string,
			"User's Full Name": 'N/A',
			'Ticket ID': '7',
		});
	});

	it('knows every change, of resources and of users', async () => {
		await api.post('/resources', { RESOURCENAME: 'new', ACCOUNTNAME: 'root' });
		const id = server.sim.state.resources.at(-1)!.id;
		const account = [...server.sim.state.resources.at(-1)!.accounts.keys()][0];
		const path = `/resources/${id}/accounts/${account}`;
		const share = { ACCESSTYPE: 'view', USERID: '21' };
		await api.put(`/resources/${id}`, { LOCATION: 'x' });
		await api.put(path, { NOTES: 'x' });
		await api.put(`${path}/password`, { NEWPASSWORD: 'x', RESETTYPE: 'REMOTE' });
		await api.put(`${path}/password`, { NEWPASSWORD: 'x' });
		await api.put(`${path}/share`, share);
		await api.put(`/resources/${id}/share`, { ...share, ACCESSTYPE: 'revoke' });
		await api.post(`/accounts/${account}/requestpassword`, { REASON: 'why' });
		await api.delete(path);
		await api.delete(`/resources/${id}`);
		await api.put('/trash/restore', { type: 'resource', trashIds: [id] });
		await api.put('/trash/restore', { type: 'account', trashIds: [account] });
		await api.put('/user/lock?USERNAME=jdoe');
		await api.put('/user/unlock?USERNAME=jdoe');
		await api.delete('/user/21');
		await api.lower.post('/agents/agentkey', { generateAgentKey: true });

		server.sim.settings.auditOrder = 'oldestFirst';
		const operations = (list: Row[]) => list.map((row) => row['Operation Type']);
		const resource = await rows('AUDITTYPE=Resource');
		expect(operations(resource)).toEqual([
			'Resource Added',
			'Account Added',
			'Resource Modified',
			'Account Modified',
			'Password Reset',
			'Password Changed',
			'Account Shared',
			'Resource Share Revoked',
			'Password Access Requested',
			'Account Deleted',
			'Resource Deleted',
			'Resource Restored',
			'Account Restored',
		]);
		expect(resource[6]).toMatchObject({ 'User Name': 'jdoe', "User's Full Name": 'Jane Doe' });
		const user = await rows('AUDITTYPE=User');
		expect(operations(user)).toEqual([
			'User Locked',
			'User Unlocked',
			'User Deleted',
			'Agent Key Generated',
		]);
		const ids = [...resource, ...user].map((row) => Number(row['Audit ID']));
		expect(new Set(ids).size).toBe(17);
	});

	it('knows nothing of what was refused', async () => {
		refusal(await api.delete('/resources/9'));
		refusal(await api.post('/resources/301/accounts', { ACCOUNTLIST: [] }));
		refusal(await api.put('/user/lock?USERNAME=nobody'));
		expect(server.sim.state.audit).toEqual([]);
	});

	it('has the newest first, and counts from one', async () => {
		for (const LOCATION of ['a', 'b', 'c']) await api.put('/resources/301', { LOCATION });
		const ids = async (query: string) => (await rows(query)).map((row) => row['Audit ID']);
		expect(await ids('STARTINDEX=1&LIMIT=2')).toEqual(['3', '2']);
		expect(await ids('STARTINDEX=3&LIMIT=2')).toEqual(['1']);
		expect(await ids('STARTINDEX=0&LIMIT=1')).toEqual(['3']);
		expect(await ids('')).toHaveLength(3);
		Object.assign(server.sim.settings, { auditOrder: 'oldestFirst', firstAuditIndex: 0 });
		expect(await ids('STARTINDEX=1&LIMIT=2')).toEqual(['2', '3']);
		expect((await api.get('/audit?LIMIT=1')).totalRows).toBe(3);
	});

	it('divides days at the midnight of the server', async () => {
		for (const time of ['2026-03-01T00:00:10', '2026-03-06T23:59:00', '2026-03-07T00:00:10']) {
			setTime(time);
			await api.put('/resources/301', { LOCATION: time });
		}
		setTime('2026-03-07T09:00:00');
		const count = async (duration: string) => (await rows(`DURATION=${duration}`)).length;
		expect(await count('TODAY')).toBe(1);
		expect(await count('YESTERDAY')).toBe(1);
		expect(await count('LAST_7_DAYS')).toBe(3);
		setTime('2026-03-08T09:00:00');
		expect(await count('TODAY')).toBe(0);
		expect(await count('YESTERDAY')).toBe(1);
		expect(await count('LAST_7_DAYS')).toBe(2);
	});

	it.each(['AUDITTYPE=resource', 'DURATION=LAST_30_DAYS', 'STARTINDEX=x', 'LIMIT=-1'])(
		'refuses %s',
		async (query) => {
			const [name] = query.split('=');
			expect(refusal(await api.get(`/audit?${query}`))).toBe(`Invalid value for ${name}.`);
		},
	);
});
