import { DateTime } from 'luxon';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { findSecrets, runPoll } from '../../harness';
import type { PollResult } from '../../harness';
import { pam360Demo } from '../../simulators';
import type { Pam360AuditRecord } from '../../simulators';
import { credentialFor, credentialTypes, nodeTypes } from '../vendors';
import { simulatedServer } from './simulated';

const AUDIT = '/restapi/json/v1/audit';
const REQUESTS = '/restapi/json/v1/accounts/passwordaccessrequests';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const server = simulatedServer();

afterEach(() => jest.restoreAllMocks());

interface Watch {
	credential?: ICredentialDataDecryptedObject;
	parameters?: IDataObject;
}

/** A trigger that is polled again and again; what it remembers passes through JSON, as at a restart. */
function watch(event: string, { credential, parameters }: Watch = {}) {
	let staticData: IDataObject = {};
	return async (changes: IDataObject = {}, mode: 'trigger' | 'manual' = 'trigger') => {
		server.sim.log.splice(0);
		const result = await runPoll({
			node: {
				type: 'n8n-nodes-privileged-keys.pam360Trigger',
				parameters: { event, ...parameters, ...changes },
			},
			nodeTypes,
			credentialTypes,
			credentials: { pam360Api: { ...credentialFor.pam360Api(server.sim.url), ...credential } },
			mode,
			staticData,
		});
		staticData = result.staticData;
		return result;
	};
}

function found({ items, error }: PollResult): IDataObject[] {
	if (error) throw error;
	return items?.map(({ json }) => json) ?? [];
}

const ids = (result: PollResult) => found(result).map(({ id }) => id);

/** Which trails were read, in order, each page for itself. */
const reads = () =>
	server.sim.log
		.filter(({ path }) => path === AUDIT)
		.map(({ url }) => new URLSearchParams(url.split('?')[1]))
		.map((query) => `${query.get('AUDITTYPE')} ${query.get('DURATION')}`);

let lastId = 0;

/** Something happened at a server; the IDs count on. */
function happen(minutesAgo = 0, changes: Partial<Pam360AuditRecord> = {}): string {
	lastId += 1;
	const id = String(lastId);
	server.sim.state.audit.push({
		id,
		type: 'Resource',
		operation: 'Password Retrieved',
		time: server.sim.now() - minutesAgo * MINUTE,
		operatedBy: 'jdoe',
		ipAddress: '127.0.0.1',
		resource: { id: '301', name: 'WEB-LINUX-01' },
		account: { id: '9', name: 'root' },
		user: null,
		reason: 'nightly',
		ticketId: '',
		...changes,
	});
	server.sim.state.audit.sort((a, b) => a.time - b.time);
	return id;
}

/** Sets the clocks of n8n and PAM360 to an hour of the server's day, some days from now. */
function clockAt(hour: number, days = 0): void {
	jest.restoreAllMocks();
	const today = DateTime.now().setZone(pam360Demo.serverTimeZone).startOf('day');
	jest.spyOn(Date, 'now').mockReturnValue(today.plus({ days, hours: hour }).toMillis());
}

const zone = { serverTimeZone: pam360Demo.serverTimeZone };

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

describe('a certificate that expires soon', () => {
	const NOW = '2026-11-27T12:00:00Z';
	const named = (result: PollResult) =>
		found(result).map(({ commonName, daysLeft, daysBefore }) => [commonName, daysLeft, daysBefore]);
	let list: ReturnType<typeof server.sim.trouble.add> | undefined;

	/** What PAM360 lists from now on, by common name (docs/api/pam360.md, "Listing and reading certificates"). */
	const hold = (dates: Record<string, string>, more: object = {}) => {
		list?.remove();
		const details = Object.entries(dates).map(([name, ExpiryDate]) => ({
			'Common Name': name,
			serialNumber: '1879376424c',
			ExpiryDate,
			...more,
		}));
		const result = { status: 'Success', message: 'Fetched successfully' };
		const body = JSON.stringify({ result, totalRows: details.length, details });
		list = server.sim.trouble.add({ kind: 'rawBody', body });
	};
	const at = (time: string) => {
		jest.restoreAllMocks();
		jest.spyOn(Date, 'now').mockReturnValue(Date.parse(time));
	};
	beforeEach(() => at(NOW));
	afterEach(() => {
		list = undefined;
	});

	it('is reported once for each number of days and each date, the soonest first', async () => {
		const look = watch('certificateExpiring', { parameters: { daysBefore: '30, 7' } });
		hold({
			month: 'Dec 27, 2026',
			later: 'Dec 28, 2026',
			week: 'Dec 4, 2026',
			today: 'Nov 27, 2026',
			gone: 'Nov 26, 2026',
		});
		expect(named(await look())).toEqual([
			['today', 0, 7],
			['week', 7, 7],
			['month', 30, 30],
		]);
		expect(server.sim.log.map(({ path }) => path)).toEqual([
			'/api/pki/restapi/getAllSSLCertificates',
		]);
		expect(named(await look())).toEqual([]);
		at('2026-11-28T12:00:00Z');
		expect(named(await look())).toEqual([['later', 30, 30]]);
		at('2026-12-20T12:00:00Z');
		expect(named(await look())).toEqual([['month', 7, 7]]);
		// A new one in its place, and one of the same date with another serial number.
		hold({ month: 'Dec 26, 2026' });
		expect(named(await look())).toEqual([['month', 6, 7]]);
		hold({ month: 'Dec 26, 2026' }, { serialNumber: '4242' });
		expect(named(await look())).toEqual([['month', 6, 7]]);
	});

	it('comes as an item, or as PAM360 has it', async () => {
		hold({ web: 'Dec 4, 2026' });
		const credential = zone;
		const [item] = found(await watch('certificateExpiring', { credential })());
		expect(item).toEqual({
			vendor: 'pam360',
			type: 'certificate',
			id: null,
			commonName: 'web',
			dnsName: null,
			serialNumber: '1879376424c',
			fingerprint: null,
			issuer: null,
			description: null,
			keyAlgorithm: null,
			keyLength: null,
			signatureAlgorithm: null,
			validFrom: null,
			validFromServerTime: null,
			expiresAt: '2026-12-04T00:00:00+05:30',
			expiresAtServerTime: '2026-12-04T00:00:00',
			daysLeft: 7,
			daysBefore: 30,
		});
		const raw = watch('certificateExpiring', { parameters: { simplify: false } });
		expect(found(await raw())).toEqual([
			{ 'Common Name': 'web', serialNumber: '1879376424c', ExpiryDate: 'Dec 4, 2026' },
		]);
	});

	it('is not reported again where the list is empty for once, nor where the zone is set later', async () => {
		const look = watch('certificateExpiring');
		hold({ web: 'Dec 4, 2026' });
		expect(named(await look())).toHaveLength(1);
		hold({});
		expect(named(await look())).toEqual([]);
		hold({ web: 'Dec 4, 2026' });
		expect(named(await look())).toEqual([]);
	});

	it('is told from others where the list has neither common names nor serial numbers', async () => {
		const details = ['a', 'b', 'c'].map((host) => ({
			'DNS Name/FQDN': `${host}.example.com`,
			Issuer: 'Example CA',
			ExpiryDate: 'Dec 4, 2026',
		}));
		const result = { status: 'Success', message: 'Fetched successfully' };
		const body = JSON.stringify({ result, totalRows: details.length, details });
		list = server.sim.trouble.add({ kind: 'rawBody', body });
		const look = watch('certificateExpiring');
		expect(named(await look())).toEqual([
			['a.example.com', 7, 30],
			['b.example.com', 7, 30],
			['c.example.com', 7, 30],
		]);
		expect(named(await look())).toEqual([]);
	});

	it('is reported once with what PAM360 wrote where the date cannot be read', async () => {
		const look = watch('certificateExpiring');
		hold({ odd: 'next year', blank: '', week: 'Dec 4, 2026' });
		const items = found(await look());
		expect(
			items.map(({ commonName, expiresAt, expiresAtText, daysBefore }) => [
				commonName,
				expiresAt,
				expiresAtText,
				daysBefore,
			]),
		).toEqual([
			['odd', null, 'next year', null],
			['blank', null, undefined, null],
			['week', null, undefined, 30],
		]);
		expect(named(await look())).toEqual([]);
		hold({ odd: 'Dec 4, 2026', week: 'Dec 4, 2026' });
		expect(named(await look())).toEqual([['odd', 7, 30]]);
	});

	it('is shown at a test run whether it expires soon or not', async () => {
		hold({ far: 'Dec 4, 2036', gone: 'Nov 26, 2026', near: 'Dec 4, 2026' });
		const look = watch('certificateExpiring');
		expect(named(await look({}, 'manual'))).toEqual([
			['near', 7, 30],
			['far', 3660, null],
		]);
		expect(named(await look())).toEqual([['near', 7, 30]]);
	});

	it('is not missed where PAM360 counts more than it gives', async () => {
		list = server.sim.trouble.add({
			kind: 'rawBody',
			body: JSON.stringify({ result: { status: 'Success' }, totalRows: 2, details: [{}] }),
		});
		const { error } = await watch('certificateExpiring')();
		expect(error?.message).toBe('PAM360 counts 2 of the certificates and gave 1');
	});

	it('is not looked for within no days', async () => {
		const { error } = await watch('certificateExpiring', { parameters: { daysBefore: '0' } })();
		expect(error?.message).toContain("'Days Before' must be at least 1");
		expect(server.sim.log).toEqual([]);
	});
});
