import type { PollResult } from '../../harness';
import { MINUTE, found, watchedServer, zone } from './watchedServer';

const REQUESTS = '/restapi/json/v1/accounts/passwordaccessrequests';

const { server, watch } = watchedServer();

describe('a new access request', () => {
	const accountIds: Record<string, string> = { old: '301', root: '302', admin: '303' };
	const ask = (accountName: string, userId = '21', minutesAgo = 0, status = 'PENDING') => {
		const time = server.sim.now() - minutesAgo * MINUTE;
		server.sim.state.accessRequests.push({
			userId,
			accountId: accountIds[accountName]!,
			resourceName: 'WEB-LINUX-01',
			accountName,
			reason: 'patching',
			status,
			requestedAt: time,
			start: time,
			end: null,
			selectedResourceIds: [],
		});
	};
	const accounts = (result: PollResult) => found(result).map(({ accountName }) => accountName);

	it('is reported once, whoever asks and whatever becomes of it', async () => {
		ask('old');
		const look = watch('accessRequest', { credential: zone });
		expect(accounts(await look())).toEqual([]);
		ask('root');
		ask('admin', '1');
		expect(accounts(await look())).toEqual(['root', 'admin']);
		for (const request of server.sim.state.accessRequests) request.status = 'APPROVED';
		expect(accounts(await look())).toEqual([]);
		// The same user asks for the same account at another time.
		ask('root', '21', 3);
		expect(accounts(await look())).toEqual(['root']);
		expect(server.sim.log.map(({ path }) => path)).toEqual([REQUESTS]);
	});

	it('is the same one where what it is for gets another name', async () => {
		const look = watch('accessRequest');
		await look();
		ask('root');
		expect(accounts(await look())).toEqual(['root']);
		for (const request of server.sim.state.accessRequests)
			request.resourceName = 'WEB-LINUX-01-OLD';
		expect(accounts(await look())).toEqual([]);
	});

	it('comes as the node lists it', async () => {
		const look = watch('accessRequest', { credential: zone });
		await look();
		ask('root');
		const [item] = found(await look());
		expect(item).toMatchObject({
			vendor: 'pam360',
			type: 'accessRequest',
			passwordId: '302',
			resourceName: 'WEB-LINUX-01',
			accountName: 'root',
			requestedBy: 'jdoe',
			requestedByFullName: 'Jane Doe',
			reason: 'patching',
			status: 'PENDING',
		});
		expect(item?.requestedAt).toMatch(/\+05:30$/);
	});

	it('without a time that can be read comes last at a test run', async () => {
		const entry = (account: string, time: string) => ({
			'PASSWD ID': '1',
			'ACCOUNT NAME': account,
			'REQUESTED TIME': time,
		});
		const list = [entry('a', 'soon'), entry('b', 'Dec 30, 2025 04:45 PM')];
		server.sim.trouble.add({
			kind: 'rawBody',
			body: JSON.stringify({
				operation: {
					result: { status: 'Success' },
					Details: [{ 'REQUESTED BY': 'jdoe', PASSWORDREQUESTLIST: list }],
				},
			}),
		});
		expect(accounts(await watch('accessRequest')({}, 'manual'))).toEqual(['b', 'a']);
	});

	it('is not passed over where it comes in another form', async () => {
		const look = watch('accessRequest');
		await look();
		server.sim.trouble.add({
			kind: 'rawBody',
			times: 1,
			body: JSON.stringify({
				operation: {
					result: { status: 'Success' },
					Details: [{ 'REQUESTED BY': 'jdoe', REQUESTS: [{ 'PASSWD ID': '1' }] }],
				},
			}),
		});
		expect(found(await look())).toMatchObject([
			{ recordText: '{"REQUESTED BY":"jdoe","REQUESTS":[{"PASSWD ID":"1"}]}' },
		]);
	});

	it('is reported after a look that failed', async () => {
		const look = watch('accessRequest');
		await look();
		ask('root');
		server.sim.trouble.add({ kind: 'html', times: 1 });
		expect((await look()).error).toBeDefined();
		expect(accounts(await look())).toEqual(['root']);
	});

	it('shows the latest at a test run, newest first', async () => {
		for (let minutes = 7; minutes > 0; minutes--) ask(`a${minutes}`, '21', minutes);
		const look = watch('accessRequest');
		expect(accounts(await look({}, 'manual'))).toEqual(['a1', 'a2', 'a3', 'a4', 'a5']);
		expect(accounts(await look())).toEqual([]);
	});
});
