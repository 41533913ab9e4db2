import type { IDataObject } from 'n8n-workflow';
import { addPam360AuditRecord, pam360Demo } from '../../simulators';
import { describeOperation } from '../kit/operation';
import { said } from '../kit/result';
import { HOST, kit, success } from './kit';
import { simulatedServer } from './simulated';

const read = (query: string, reply: object) => ({
	method: 'GET' as const,
	path: `/restapi/json/v1/audit?${query}`,
	headers: { 'content-type': undefined },
	body: '',
	reply,
});

/** As recorded from a server (docs/api/pam360.md, "Audit"). */
const recorded = {
	'Resource Name': 'N/A',
	'Operation Type': 'Custom Report Created',
	'User Account': 'N/A',
	'User Name': 'N/A',
	'Audit ID': '1',
	'Client Type': 'Web Client',
	TIME: '1710222344835',
	'User Account ID': '0',
	Reason: 'N/A',
	'Operated by': 'System',
	'IP Address': 'localhost',
	'Resource ID': '0',
	'Time Stamp': '2024-03-12 13:45:44.835',
	"User's Full Name": 'N/A',
	'Ticket ID': '',
};
const recordedItem = {
	vendor: 'pam360',
	type: 'auditRecord',
	id: '1',
	auditType: 'Resource',
	operationType: 'Custom Report Created',
	// date -u -d @1710222344.835
	occurredAt: '2024-03-12T05:45:44.835Z',
	occurredAtServerTime: '2024-03-12T13:45:44',
	operatedBy: 'System',
	ipAddress: 'localhost',
	clientType: 'Web Client',
	resourceId: null,
	resourceName: null,
	accountId: null,
	accountName: null,
	userName: null,
	userFullName: null,
	reason: null,
	ticketId: null,
};

const full = {
	'Resource Name': 'web',
	'Operation Type': 'Password  Retrieved',
	'User Account': 'root',
	'User Name': 'jdoe',
	'Audit ID': 2,
	'User Account ID': '31',
	Reason: 'nightly',
	'Operated by': 'jdoe',
	'Resource ID': '301',
	'Time Stamp': '2024-03-12 13:45:44.835',
	"User's Full Name": 'Jane Doe',
	'Ticket ID': 7,
};
const fullItem = {
	...recordedItem,
	id: '2',
	operationType: 'Password  Retrieved',
	// Without TIME, and in a zone eight hours ahead of UTC.
	occurredAt: '2024-03-12T13:45:44.835+08:00',
	operatedBy: 'jdoe',
	ipAddress: null,
	clientType: null,
	resourceId: '301',
	resourceName: 'web',
	accountId: '31',
	accountName: 'root',
	userName: 'jdoe',
	userFullName: 'Jane Doe',
	reason: 'nightly',
	ticketId: '7',
};

const listed = (...rows: object[]) =>
	success('GET_AUDIT', rows.length > 0 ? rows : undefined, { totalRows: rows.length });

const zoned = {
	...kit,
	credentials: {
		pam360Api: { url: HOST, authToken: pam360Demo.authToken, serverTimeZone: 'Asia/Shanghai' },
	},
};

describeOperation(zoned, 'audit', 'getAll', {
	cases: [
		{
			name: 'reads a trail',
			parameters: { auditType: 'Resource', duration: 'YESTERDAY', limit: 2 },
			exchanges: [
				read('AUDITTYPE=Resource&DURATION=YESTERDAY&STARTINDEX=0&LIMIT=2', listed(recorded, full)),
			],
			items: [recordedItem, fullItem],
			raw: [recorded, full],
		},
		{
			name: 'looks for operations in all of it',
			parameters: {
				auditType: 'User',
				duration: 'LAST_7_DAYS',
				limit: 1,
				filters: { operationTypes: 'password retrieved, Nothing' },
			},
			exchanges: [
				read(
					'AUDITTYPE=User&DURATION=LAST_7_DAYS&STARTINDEX=0&LIMIT=500',
					listed(recorded, full, { ...full, 'Audit ID': 3 }),
				),
			],
			items: [{ ...fullItem, auditType: 'User' }],
			raw: [full],
		},
		{
			name: 'takes a record alone, without a number and without an operation',
			parameters: { auditType: 'Resource', duration: 'TODAY' },
			exchanges: [
				read(
					'AUDITTYPE=Resource&DURATION=TODAY&STARTINDEX=0&LIMIT=50',
					success('GET_AUDIT', { TIME: 1710222344835, 'Operated by': 'System' }),
				),
			],
			items: [
				{
					...recordedItem,
					id: null,
					operationType: null,
					occurredAtServerTime: null,
					ipAddress: null,
					clientType: null,
				},
			],
		},
		{
			name: 'finds no operation in a record that has none',
			parameters: {
				auditType: 'Resource',
				duration: 'TODAY',
				filters: { operationTypes: 'User Locked' },
			},
			exchanges: [
				read(
					'AUDITTYPE=Resource&DURATION=TODAY&STARTINDEX=0&LIMIT=500',
					listed({ 'Audit ID': '1', TIME: '1710222344835' }),
				),
			],
			items: [],
		},
		{
			name: 'leaves it to PAM360 what a trail and a duration are',
			parameters: {
				auditType: '={{ "Task" }}',
				duration: '={{ "LAST_90_DAYS" }}',
				returnAll: true,
			},
			exchanges: [read('AUDITTYPE=Task&DURATION=LAST_90_DAYS&STARTINDEX=0&LIMIT=500', listed())],
			items: [],
		},
		{
			name: 'gives nothing where nothing happened',
			parameters: { auditType: 'Resource', duration: 'TODAY', returnAll: true },
			exchanges: [read('AUDITTYPE=Resource&DURATION=TODAY&STARTINDEX=0&LIMIT=500', listed())],
			items: [],
		},
	],
});

describe('the audit trail of a PAM360 server', () => {
	const server = simulatedServer();

	const run = async (parameters: IDataObject) => {
		const result = await server.run('audit', 'getAll', { auditType: 'User', ...parameters });
		expect(said(result)).toBe('');
		return result.items.map(({ json }) => json.id);
	};

	const fill = (count: number, time = server.sim.now()) => {
		for (let id = 1; id <= count; id++) {
			addPam360AuditRecord(server.sim.state, {
				id: String(id),
				time: time + id,
				type: 'User',
				operation: 'User Logged In',
				operatedBy: 'admin',
			});
		}
		return Array.from({ length: count }, (_, index) => String(index + 1));
	};

	const orders = ['newestFirst', 'oldestFirst'] as const;
	const readings = orders.flatMap((order) => [[order, 0] as const, [order, 1] as const]);

	it.each(readings)('is read whole, %s and counted from %d', async (order, from) => {
		server.sim.settings.auditOrder = order;
		server.sim.settings.firstAuditIndex = from;
		const ids = fill(1201);
		const wanted = order === 'newestFirst' ? [...ids].reverse() : ids;
		expect(await run({ returnAll: true, duration: 'TODAY' })).toEqual(wanted);
		expect(await run({ limit: 3, duration: 'TODAY' })).toEqual(wanted.slice(0, 3));
	});

	it('is read as far as the duration reaches', async () => {
		fill(2, server.sim.now() - 24 * 3_600_000);
		expect(await run({ duration: 'TODAY' })).toEqual([]);
		expect(await run({ duration: 'YESTERDAY' })).toHaveLength(2);
		expect(await run({ duration: 'LAST_7_DAYS' })).toHaveLength(2);
	});
});
