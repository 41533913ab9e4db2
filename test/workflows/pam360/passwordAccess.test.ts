import type { IDataObject } from 'n8n-workflow';
import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { inputData, kit, success } from './kit';
import { FORM, V1, byId, byName, ids } from './accountSamples';
import { lookUp, names } from './passwordSamples';

/** An instance whose credential names the zone of the server. */
const zoned = {
	...kit,
	credentials: { pam360Api: { ...kit.credentials.pam360Api, serverTimeZone: 'Asia/Kolkata' } },
};

const REQUEST = `${V1}/accounts/12/requestpassword`;
const submitted = success('REQUEST PASSWORD', { STATUS: 'PENDING' });
const request = (sent: object, reply: object = submitted): Exchange => ({
	method: 'POST',
	path: REQUEST,
	headers: FORM,
	body: inputData(sent),
	reply,
});
const requested = (more: IDataObject = {}) => ({
	vendor: 'pam360',
	type: 'accessRequest',
	id: null,
	accountId: '12',
	accountName: null,
	resourceName: null,
	status: 'PENDING',
	message: 'REQUEST PASSWORD done',
	...more,
});
const later = { accountId: byId('12'), access: 'later' };

describeOperation(zoned, 'password', 'requestAccess', {
	cases: [
		{
			name: 'asks for access now, of an account by ID alone',
			mayHave: 'The request may have been submitted',
			parameters: { resourceId: byId("={{ '' }}"), accountId: byId('12'), access: 'now' },
			exchanges: [request({ ACCESS: 'now' })],
			items: requested(),
		},
		{
			name: 'gives times in the server’s zone, day first, and all else',
			parameters: {
				...names,
				access: 'later',
				startTime: '2026-01-09T12:20:59Z',
				endTime: '2026-01-12T13:20:00+01:00',
				additionalFields: {
					reason: 'patching',
					reminder: 45,
					selectedResourceIds: ['301', '601'],
				},
			},
			exchanges: [
				lookUp,
				request(
					{
						REASON: 'patching',
						ACCESS: 'later',
						STARTTIME: '09/01/2026 17:50',
						ENDTIME: '12/01/2026 17:50',
						REMAINDERTIME: 45,
						RESOURCES_TO_BE_ACCESSED_OPTION: '3',
						SELECTED_RESOURCEIDS: ['301', '601'],
					},
					success('REQUEST PASSWORD'),
				),
			],
			items: requested({
				resourceName: 'rack/7 ü+',
				accountName: 'svc a&b=c#',
				status: null,
			}),
		},
		{
			name: 'takes the server’s own time as it is written',
			parameters: {
				...later,
				...ids,
				startTime: '09/01/2026 17:50',
				endTime: ' 10/01/2026 08:00 ',
			},
			exchanges: [
				request({ ACCESS: 'later', STARTTIME: '09/01/2026 17:50', ENDTIME: '10/01/2026 08:00' }),
			],
			items: requested(),
		},
	],
	refused: [
		[
			'an account name without its resource',
			{ accountId: byName('admin') },
			"'PAM360 Resource' is required",
		],
		[
			'no start',
			{ ...later, startTime: "={{ '' }}", endTime: '10/01/2026 08:00' },
			"'Start Time' is required",
		],
		[
			'an end that is no time',
			{ ...later, startTime: '09/01/2026 17:50', endTime: '31/02/2026 08:00' },
			"'End Time' must be a date and time",
		],
		[
			'an end before the start',
			{ ...later, startTime: '10/01/2026 17:50', endTime: '09/12/2025 17:51' },
			"'End Time' must be later than 'Start Time'",
		],
		[
			'an end in the same minute as the start',
			{ ...later, startTime: '2026-01-09T12:20:01Z', endTime: '2026-01-09T12:20:59Z' },
			"'End Time' must be later than 'Start Time'",
		],
		[
			'a reminder an hour before',
			{ additionalFields: { reminder: 60 } },
			"'Reminder' must be at most 59",
		],
		[
			'resources by name',
			{ additionalFields: { selectedResourceIds: ['res1'] } },
			"'Selected Resource Names or IDs' must hold IDs",
		],
	],
	failures: [
		{
			name: 'a lost answer',
			exchanges: [{ ...request({ ACCESS: 'now' }), reply: '<html>' }],
			says: [
				'The request may have been submitted anyway',
				"Look for it with 'Password: Get Access Requests'.",
			],
		},
	],
});

describeOperation(kit, 'password', 'requestAccess', {
	cases: [
		{
			name: 'takes the server’s own time where the credential names no zone',
			mayHave: 'The request may have been submitted',
			parameters: { ...later, ...ids, startTime: '09/01/2026 17:50', endTime: '10/01/2026 08:00' },
			exchanges: [
				request({ ACCESS: 'later', STARTTIME: '09/01/2026 17:50', ENDTIME: '10/01/2026 08:00' }),
			],
			items: requested(),
		},
	],
	refused: [
		[
			'a point in time where the credential names no zone',
			{ startTime: '2026-01-09T12:20:00Z' },
			"'Start Time' and 'End Time' need the 'Server Time Zone' of the credential",
		],
	],
});

/** The list of docs/api/pam360.md, "Requests for access": by requester. */
const jane = { 'REQUESTED BY': 'jdoe', 'REQUESTED BY FULLNAME': 'Jane Doe' };
const first = {
	'PASSWD ID': '1',
	'RESOURCE NAME': 'res1',
	'ACCOUNT NAME': 'admin',
	REASON: 'patching',
	STATUS: 'PENDING',
	'REQUESTED TIME': 'Dec 30, 2025 04:45 PM',
	START_TIME: 'Dec 30, 2025 05:00 PM',
	END_TIME: 'N/A',
};
const second = { PASSWDID: 2, STATUS: '-', 'REQUESTED TIME': 7 };
const secondItem = { passwordId: '2', requestedAtText: '7' };
const third = { 'PASSWD ID': '3', STATUS: 'Pending' };
const requests = success(
	'GET REQUESTS',
	[
		{ ...jane, PASSWORDREQUESTLIST: [first, second] },
		{ 'REQUESTED BY': 'admin' },
		'odd',
		{ 'REQUESTED BY': 'nobody', PASSWORDREQUESTLIST: [] },
		{ 'REQUESTED BY': 'ops', PASSWORDREQUESTLIST: third },
	],
	{ totalRows: 3 },
);
const flat = (more: IDataObject) => ({
	vendor: 'pam360',
	type: 'accessRequest',
	id: null,
	passwordId: null,
	resourceName: null,
	accountName: null,
	requestedBy: 'jdoe',
	requestedByFullName: 'Jane Doe',
	reason: null,
	status: null,
	requestedAt: null,
	requestedAtServerTime: null,
	startsAt: null,
	startsAtServerTime: null,
	endsAt: null,
	endsAtServerTime: null,
	...more,
});
const firstItem = flat({
	passwordId: '1',
	resourceName: 'res1',
	accountName: 'admin',
	reason: 'patching',
	status: 'PENDING',
	requestedAt: '2025-12-30T16:45:00+05:30',
	requestedAtServerTime: '2025-12-30T16:45:00',
	startsAt: '2025-12-30T17:00:00+05:30',
	startsAtServerTime: '2025-12-30T17:00:00',
});
const thirdItem = flat({
	passwordId: '3',
	requestedBy: 'ops',
	requestedByFullName: null,
	status: 'Pending',
});
const oddItem = flat({
	requestedBy: null,
	requestedByFullName: null,
	record: null,
	recordText: 'odd',
});
const unlisted = { 'REQUESTED BY': 'admin' };
const unlistedItem = flat({
	requestedBy: 'admin',
	requestedByFullName: null,
	record: null,
	recordText: JSON.stringify(unlisted),
});
const list: Exchange = {
	method: 'GET',
	path: `${V1}/accounts/passwordaccessrequests`,
	reply: requests,
};

describeOperation(zoned, 'password', 'getAccessRequests', {
	cases: [
		{
			name: 'gives an item for each request, with who made it',
			parameters: { returnAll: true },
			exchanges: [list],
			items: [firstItem, flat(secondItem), unlistedItem, oddItem, thirdItem],
			hints: ["what came is in 'requestedAtText'", "what came is in 'recordText'"],
			raw: [
				{ ...jane, ...first },
				{ ...jane, ...second },
				{ ...unlisted, notARecord: unlisted },
				{ notARecord: 'odd' },
				{ 'REQUESTED BY': 'ops', ...third },
			],
		},
		{
			name: 'keeps those of a status',
			parameters: { returnAll: true, filters: { status: 'pending' } },
			exchanges: [list],
			items: [firstItem, thirdItem],
		},
		{
			name: 'keeps those of a requester, up to the limit',
			parameters: { limit: 1, filters: { requestedBy: 'JDOE' } },
			exchanges: [list],
			items: firstItem,
		},
		{
			name: 'keeps requests that stand in another form',
			parameters: {},
			exchanges: [
				{
					...list,
					reply: success('GET REQUESTS', [
						{ ...jane, ...first },
						{ ...unlisted, 'PASSWORD REQUEST LIST': [third] },
						{ ...unlisted, PASSWORDREQUESTLIST: null },
					]),
				},
			],
			items: [
				firstItem,
				{
					...unlistedItem,
					recordText:
						'{"REQUESTED BY":"admin","PASSWORD REQUEST LIST":[{"PASSWD ID":"3","STATUS":"Pending"}]}',
				},
				{ ...unlistedItem, recordText: '{"REQUESTED BY":"admin","PASSWORDREQUESTLIST":null}' },
			],
			hints: ["what came is in 'recordText'"],
		},
		{
			name: 'gives no item where there are no requests',
			parameters: {},
			exchanges: [{ ...list, reply: success('GET REQUESTS', undefined, { totalRows: 0 }) }],
			items: [],
		},
	],
});
