import { DateTime } from 'luxon';
import { findSecrets } from '../../harness';
import type { PollResult } from '../../harness';
import { pam360Demo } from '../../simulators';
import { AUDIT, DAY, MINUTE, clockAt, found, ids, watchedServer, zone } from './watchedServer';

const { server, watch, reads, happen } = watchedServer();

describe('a new audit record', () => {
	const orders = ['newestFirst', 'oldestFirst'] as const;
	const readings = orders.flatMap((order) => [[order, 0] as const, [order, 1] as const]);

	it.each(readings)('is reported once, %s and counted from %d', async (order, from) => {
		server.sim.settings.auditOrder = order;
		server.sim.settings.firstAuditIndex = from;
		happen(30);
		happen(5);
		const look = watch('auditRecord');
		expect(ids(await look())).toEqual([]);
		expect(ids(await look())).toEqual([]);
		const second = happen(1, { type: 'User', operation: 'User Locked' });
		const first = happen(2);
		expect(ids(await look())).toEqual([first, second]);
		expect(ids(await look())).toEqual([]);
		const third = happen();
		expect(ids(await look())).toEqual([third]);
	});

	it('comes as an item, with the time of the server', async () => {
		const look = watch('auditRecord', { credential: zone });
		happen(3);
		await look();
		const id = happen();
		const [item] = found(await look());
		const time = server.sim.state.audit.at(-1)!.time;
		expect(item).toEqual({
			vendor: 'pam360',
			type: 'auditRecord',
			id,
			auditType: 'Resource',
			operationType: 'Password Retrieved',
			occurredAt: new Date(time).toISOString(),
			occurredAtServerTime: DateTime.fromMillis(time, {
				zone: pam360Demo.serverTimeZone,
			}).toFormat("yyyy-MM-dd'T'HH:mm:ss"),
			operatedBy: 'jdoe',
			ipAddress: '127.0.0.1',
			clientType: 'REST API',
			resourceId: '301',
			resourceName: 'WEB-LINUX-01',
			accountId: '9',
			accountName: 'root',
			userName: null,
			userFullName: null,
			reason: 'nightly',
			ticketId: null,
		});
	});

	it('comes as PAM360 has it with Simplify off', async () => {
		const look = watch('auditRecord', { parameters: { simplify: false } });
		happen(3);
		await look();
		const id = happen();
		expect(found(await look())).toEqual([
			expect.objectContaining({ 'Audit ID': id, 'Operated by': 'jdoe', 'Ticket ID': '' }),
		]);
	});

	it('is not missed where it is the very first', async () => {
		const look = watch('auditRecord');
		expect(ids(await look())).toEqual([]);
		const id = happen();
		expect(ids(await look())).toEqual([id]);
		expect(ids(await look())).toEqual([]);
	});

	it('is not missed where it becomes visible late, and not repeated then', async () => {
		const look = watch('auditRecord');
		happen(20);
		await look();
		const seen = happen(0);
		expect(ids(await look())).toEqual([seen]);
		const late = happen(8);
		expect(ids(await look())).toEqual([late]);
		expect(ids(await look())).toEqual([]);
	});

	it('is told from one of the other trail with the same number', async () => {
		const look = watch('auditRecord');
		happen(3);
		await look();
		const id = happen(1);
		happen(0, { id, type: 'User' });
		expect(found(await look()).map((item) => [item.auditType, item.id])).toEqual([
			['Resource', id],
			['User', id],
		]);
		expect(ids(await look())).toEqual([]);
	});

	it('is reported of the wanted trails and operations, and others are none later either', async () => {
		const parameters = { auditTypes: ['User'], operationTypes: 'user locked, User Unlocked' };
		const look = watch('auditRecord', { parameters });
		happen(3, { type: 'User' });
		await look();
		happen(2, { operation: 'User Locked' });
		happen(1, { type: 'User', operation: 'User Added' });
		const id = happen(0, { type: 'User', operation: 'User Locked' });
		expect(ids(await look())).toEqual([id]);
		expect(reads().every((read) => read.startsWith('User'))).toBe(true);
		expect(ids(await look({ operationTypes: '' }))).toEqual([]);
	});

	it('is found after days off, as far back as PAM360 gives its trail', async () => {
		clockAt(12);
		const look = watch('auditRecord', { credential: zone });
		happen(1);
		await look();
		clockAt(12, 5);
		const missed = [happen((4.2 * DAY) / MINUTE), happen((1.2 * DAY) / MINUTE), happen(1)];
		expect(ids(await look())).toEqual(missed);
		expect(reads()).toContain('Resource LAST_7_DAYS');
		expect(ids(await look())).toEqual([]);
		clockAt(12, 14);
		happen((8 * DAY) / MINUTE);
		const reached = happen((5 * DAY) / MINUTE);
		expect(ids(await look())).toEqual([reached]);
	});

	it('is looked for only as far back as needed', async () => {
		const noon = DateTime.fromMillis(Date.now(), { zone: pam360Demo.serverTimeZone }).startOf(
			'day',
		);
		jest.spyOn(Date, 'now').mockReturnValue(noon.plus({ hours: 12 }).toMillis());
		const look = watch('auditRecord', {
			credential: zone,
			parameters: { auditTypes: ['Resource'] },
		});
		happen(1);
		await look();
		await look();
		expect(reads()).toEqual(['Resource TODAY']);
		// Without the zone nobody knows when the server's day began.
		const blind = watch('auditRecord', { parameters: { auditTypes: ['Resource'] } });
		await blind();
		await blind();
		expect(reads()).toEqual(['Resource TODAY', 'Resource YESTERDAY']);
	});

	it('is found behind a full page, and old pages are left alone where the new come first', async () => {
		clockAt(18);
		const look = watch('auditRecord', {
			credential: zone,
			parameters: { auditTypes: ['Resource'] },
		});
		for (let minutes = 1000; minutes > 20; minutes--) happen(minutes);
		await look();
		const fresh = Array.from({ length: 620 }, () => happen());
		expect(ids(await look()).sort()).toEqual(fresh.sort());
		// Of four pages.
		expect(reads()).toEqual(['Resource TODAY', 'Resource TODAY']);
		expect(ids(await look())).toEqual([]);
		server.sim.settings.auditOrder = 'oldestFirst';
		const last = happen();
		expect(ids(await look())).toEqual([last]);
		expect(reads()).toHaveLength(4);
	});

	it('is reported after a look that broke off, and after a restart', async () => {
		const look = watch('auditRecord');
		happen(3);
		await look();
		const id = happen();
		server.sim.trouble.add({ kind: 'html', match: AUDIT, skip: 1, times: 1 });
		const broken = await look();
		expect(broken.error?.message).toContain('PAM360 answered with a web page');
		expect(broken.items).toBeNull();
		expect(ids(await look())).toEqual([id]);
	});

	it('is news only from the change of the event on', async () => {
		happen(2);
		const look = watch('accessRequest');
		await look();
		happen(1);
		expect(ids(await look({ event: 'auditRecord' }))).toEqual([]);
		const id = happen();
		expect(ids(await look({ event: 'auditRecord' }))).toEqual([id]);
	});

	it('shows the latest at a test run, and forgets it', async () => {
		const old = happen((2 * DAY) / MINUTE);
		const [first, second] = [happen(2), happen(1, { type: 'User' })];
		const look = watch('auditRecord');
		expect(ids(await look({}, 'manual'))).toEqual([second, first, old]);
		const many = Array.from({ length: 6 }, (_, index) => happen(-index));
		expect(ids(await look({}, 'manual'))).toEqual(many.reverse().slice(0, 5));
		const wanted = { operationTypes: 'User Locked' };
		const locked = happen(60, { operation: 'User Locked' });
		expect(ids(await look(wanted, 'manual'))).toEqual([locked]);
		expect(ids(await look())).toEqual([]);
	});

	it('says so at a test run where there is none', async () => {
		const { error } = await watch('auditRecord')({}, 'manual');
		expect(error?.message).toBe('There is nothing yet that this event would report');
	});

	it('without a time is old news at the first look, and without a number told by what it holds', async () => {
		const rows = (...more: object[]) =>
			JSON.stringify({
				operation: {
					result: { status: 'Success' },
					Details: [
						{ 'Audit ID': '1' },
						{ TIME: '1710222344835', 'Operation Type': 'Old' },
						...more,
					],
				},
			});
		const parameters = { auditTypes: ['User'] };
		const look = watch('auditRecord', { parameters });
		const trouble = server.sim.trouble.add({ kind: 'rawBody', match: AUDIT, body: rows() });
		expect(ids(await look())).toEqual([]);
		trouble.remove();
		const fresh = { TIME: '1710222344836', 'Operation Type': 'New' };
		server.sim.trouble.add({ kind: 'rawBody', match: AUDIT, body: rows(fresh) });
		expect(found(await look()).map(({ operationType }) => operationType)).toEqual(['New']);
		expect(found(await look())).toEqual([]);
	});

	it('cannot be told without any time', async () => {
		server.sim.trouble.add({
			kind: 'rawBody',
			match: AUDIT,
			body: JSON.stringify({
				operation: {
					result: { status: 'Success' },
					totalRows: 1,
					Details: [{ 'Audit ID': '1', TIME: 'N/A', 'Time Stamp': '2024-03-12 13:45:44.835' }],
				},
			}),
		});
		const { error } = await watch('auditRecord')();
		expect(error?.message).toBe('The audit records of PAM360 have no time that can be read');
		expect((await watch('auditRecord', { credential: zone })()).error).toBeUndefined();
	});

	it.each([['no trail', { auditTypes: [] }, "'Audit Types' is required"]])(
		'is not looked for with %s',
		async (_, parameters, says) => {
			const { error } = await watch('auditRecord', { parameters })();
			expect(error?.message).toContain(says);
			expect(server.sim.log).toHaveLength(0);
		},
	);

	describe('around the server’s midnight, where the zone in the credential is wrong', () => {
		const warnings = ({ logs }: PollResult) =>
			logs.filter(({ level }) => level === 'warn').map(({ message }) => message);

		it.each(['America/New_York', 'Pacific/Kiritimati', 'Asia/Kathmandu', 'UTC'])(
			'is not lost, and that is said once: %s',
			async (wrong) => {
				const look = watch('auditRecord', { credential: { serverTimeZone: wrong } });
				clockAt(23.9);
				happen(5);
				await look();
				clockAt(23.95);
				expect(ids(await look())).toEqual([]);
				// Between two looks, and on the server's day before.
				const late = [happen(-2), happen(-2, { type: 'User' })];
				clockAt(0.1, 1);
				const early = happen(1);
				const found = await look();
				expect(ids(found)).toEqual([...late, early]);
				expect(ids(await look())).toEqual([]);
			},
		);

		it('is said once, by the offset that the records tell', async () => {
			const look = watch('auditRecord', { credential: { serverTimeZone: 'Europe/Berlin' } });
			clockAt(12);
			happen(5);
			const first = await look();
			expect(warnings(first)).toEqual([
				expect.stringContaining(
					"'Server Time Zone' in the credential is Europe/Berlin, but PAM360 writes its times with UTC+05:30",
				),
			]);
			happen(1);
			expect(warnings(await look())).toEqual([]);
		});

		it('is not said where the zone is right', async () => {
			const look = watch('auditRecord', { credential: zone });
			happen(5);
			expect(warnings(await look())).toEqual([]);
		});
	});

	it('is not lost while no record of the day tells if the zone is right', async () => {
		const look = watch('auditRecord', { credential: { serverTimeZone: 'America/New_York' } });
		clockAt(23.9);
		happen(5);
		await look();
		const late = happen(-2);
		clockAt(0.1, 1);
		expect(ids(await look())).toEqual([late]);
	});

	it('of another trail than those that are offered is watched all the same', async () => {
		const look = watch('auditRecord', { parameters: { auditTypes: '={{ ["Task"] }}' } });
		const body = (TIME: string) =>
			JSON.stringify({
				operation: { result: { status: 'Success' }, totalRows: 1, Details: [{ TIME }] },
			});
		const trouble = server.sim.trouble.add({ kind: 'rawBody', body: body('1710222344835') });
		await look();
		expect(reads()).toContain('Task TODAY');
		trouble.remove();
		server.sim.trouble.add({ kind: 'rawBody', body: body('1710222344836') });
		expect(found(await look()).map(({ auditType }) => auditType)).toEqual(['Task']);
	});

	it('keeps the token to itself when it is refused', async () => {
		server.sim.state.tokens.clear();
		const { error, logs } = await watch('auditRecord')();
		expect(error?.message).toBe('PAM360 does not accept the auth token');
		expect(findSecrets({ error, logs }, [pam360Demo.authToken])).toEqual([]);
	});
});
