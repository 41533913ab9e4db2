import type { IDataObject } from 'n8n-workflow';
import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { inputData, kit, success } from './kit';

const V1 = '/restapi/json/v1';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const byName = (value: string) => ({ __rl: true, mode: 'name', value });
const ids = { resourceId: byId('1'), accountId: byId('12') };
const names = { resourceId: byName('rack/7 ü+'), accountId: byName('svc a&b=c#') };

const lookUp: Exchange = {
	method: 'GET',
	path: `${V1}/resources/getResourceIdAccountId?RESOURCENAME=rack%2F7%20%C3%BC%2B&ACCOUNTNAME=svc%20a%26b%3Dc%23`,
	reply: success('GET_RESOURCEACCOUNTID', { ACCOUNTID: '12', RESOURCEID: '1' }),
};

/** An instance whose credential names the zone of the server. */
const zoned = {
	...kit,
	credentials: { pam360Api: { ...kit.credentials.pam360Api, serverTimeZone: 'Asia/Kolkata' } },
};

const SECRET = 'A1@8ZnQx)mh&=';
const PATH = `${V1}/resources/1/accounts/12/password`;
/** The answer of docs/api/pam360.md, "Reading a password". */
const fetched = (password: unknown) => ({
	operation: {
		result: { message: 'Password fetched successfully', status: 'Success' },
		Details: { PASSWORD: password },
		name: 'GET PASSWORD',
	},
});
const read = (reply: object | string | Buffer, query = ''): Exchange => ({
	method: 'GET',
	path: `${PATH}${query}`,
	reply,
});
const got = (secret: string) => ({
	vendor: 'pam360',
	type: 'password',
	id: '12',
	secret,
	resourceId: '1',
	resourceName: null,
	accountName: null,
});
const failed = (message: string) => ({
	operation: { name: 'X', result: { status: 'Failed', message } },
});

describeOperation(kit, 'password', 'get', {
	cases: [
		{
			name: 'gives the password of PAM360’s documentation',
			parameters: ids,
			exchanges: [read(fetched(SECRET))],
			items: got(SECRET),
		},
		{
			name: 'sends reason and ticket, and looks names up',
			parameters: {
				...names,
				additionalFields: { reason: ' nightly job (50% done) ', ticketId: '7' },
			},
			exchanges: [
				lookUp,
				read(fetched(SECRET), `?${inputData({ REASON: 'nightly job (50% done)', TICKETID: '7' })}`),
			],
			items: { ...got(SECRET), resourceName: 'rack/7 ü+', accountName: 'svc a&b=c#' },
		},
		...['a+b%20&c=#', '  leading and trailing  ', 'Pässwörd→密码😀', '"\\n\'<', '0000'].map(
			(password) => ({
				name: `gives ${JSON.stringify(password)} unchanged`,
				parameters: { ...ids, additionalFields: { reason: '', ticketId: null } },
				exchanges: [read(fetched(password))],
				items: got(password),
			}),
		),
		{
			name: 'reads the charset that the server names',
			parameters: ids,
			exchanges: [
				{
					...read(Buffer.from(JSON.stringify(fetched('Grüße-ñ')), 'latin1')),
					replyHeaders: { 'Content-Type': 'application/json;charset=ISO-8859-1' },
				},
			],
			items: got('Grüße-ñ'),
		},
		{
			name: 'takes a password of digits as the text that it is',
			parameters: ids,
			exchanges: [read({ operation: { ...fetched(1).operation, Details: [{ PASSWORD: 4711 }] } })],
			items: got('4711'),
		},
		{
			name: 'leaves the secret out where the user wants it so, white space and all',
			parameters: { ...ids, options: { secretOutput: 'none' } },
			exchanges: [read(fetched(` ${SECRET} `))],
			items: { ...got(''), secret: null },
		},
		{
			name: 'leaves it out of PAM360’s own answer, too',
			parameters: { ...ids, options: { secretOutput: 'file' } },
			exchanges: [read(fetched(` ${SECRET} `))],
			items: { ...got(''), secret: null },
			binary: { data: { content: ` ${SECRET} `, fileName: 'pam360-password-12.txt' } },
		},
	],
	secrets: [SECRET],
	failures: [
		{
			name: 'no password',
			exchanges: [read({ operation: { ...fetched('').operation, Details: {} } })],
			says: ['PAM360 reported success but returned no password'],
		},
		{
			name: 'an empty password',
			exchanges: [read(fetched(''))],
			says: ['PAM360 reported success but returned no password'],
		},
		{
			name: 'something else in the place of the password',
			exchanges: [read(fetched({ PASSWORD_REASON: 'x' }))],
			says: ['PAM360 reported success but returned no password'],
		},
		{
			name: 'a password in another charset than the server says',
			exchanges: [read(Buffer.from(JSON.stringify(fetched('Grüße-ñ')), 'latin1'))],
			says: ['The password in the answer cannot be read', 'charset'],
		},
		{
			name: 'a reason that PAM360 wants',
			exchanges: [read(failed('Reason is  required.'))],
			says: [
				'PAM360 refused the request: Reason is required',
				"add 'Reason' or 'Ticket ID'",
				"'Password: Request Access'",
			],
		},
		{
			name: 'a token that is not accepted, without advice on reasons',
			exchanges: [
				read(failed('API key received is not associated to any user. Authentication failed.')),
			],
			says: [/^PAM360 does not accept the auth token(?!.*Ticket)/],
		},
	],
});

const generated = {
	operation: {
		result: { message: 'Password generated successfully', status: 'Success' },
		Details: { PASSWORD: ` ${SECRET}` },
		name: 'GENERATE PASSWORD',
	},
};
const generate = (policy: string, reply: object = generated): Exchange => ({
	method: 'GET',
	path: `${V1}/passwords/generate?${inputData({ POLICY: policy })}`,
	reply,
});

describeOperation(kit, 'password', 'generate', {
	cases: [
		{
			name: 'makes one by the policy',
			parameters: { policy: 'Strong' },
			exchanges: [generate('Strong')],
			items: {
				vendor: 'pam360',
				type: 'password',
				id: null,
				secret: ` ${SECRET}`,
				policy: 'Strong',
			},
		},
	],
	secrets: [SECRET],
	refused: [['no policy', { policy: ' ' }, "'Password Policy' is required"]],
	failures: [
		{
			name: 'no password',
			exchanges: [generate('Strong', success('GENERATE PASSWORD'))],
			says: ['PAM360 reported success but returned no password'],
		},
	],
});

const NEW = 'Test@123$ CANARY ';
/** The answer of docs/api/pam360.md, "Resetting a password". */
const changed = {
	operation: {
		name: 'CHANGE PASSWORD',
		result: { status: 'Success', message: 'Password changed successfully' },
	},
};
const change = (sent: object, more: Partial<Exchange> = {}): Exchange => ({
	method: 'PUT',
	path: PATH,
	headers: FORM,
	body: inputData(sent),
	reply: changed,
	...more,
});
const local = { NEWPASSWORD: NEW, RESETTYPE: 'LOCAL' };
const remote = { NEWPASSWORD: ` ${SECRET}`, RESETTYPE: 'REMOTE' };
const own = { ...ids, resetType: 'local', passwordSource: 'own', newPassword: NEW };
const byPolicy = { ...ids, resetType: 'remote', passwordSource: 'generate', policy: 'Strong' };
const wasReset = (more: IDataObject = {}) => ({
	...got(''),
	secret: null,
	resetType: 'local',
	outcome: 'done',
	vaultHolds: null,
	message: 'Password changed successfully',
	nextStep: null,
	...more,
});
/** A reset whose answer was a page of a proxy. */
const PAGE = 'PAM360 answered with a web page instead of JSON (HTTP 200)';
const QUEUED = 'A PAM360 agent on the target may still make the change.';
const isUnknown = (more: IDataObject): IDataObject =>
	wasReset({
		outcome: 'unknown',
		message: PAGE,
		nextStep: expect.stringContaining("'Password: Get'") as string,
		...more,
	});

describeOperation(kit, 'password', 'reset', {
	givesNone: true,
	afterLoss: null,
	cases: [
		{
			name: 'sets the password that the user gives',
			parameters: own,
			exchanges: [change(local)],
			items: wasReset(),
		},
		...['a+b%20&c=#', SECRET, '  ', 'Pässwörd→密码😀'].map((password) => ({
			name: `sends ${JSON.stringify(password)} unchanged`,
			parameters: { ...own, newPassword: password },
			exchanges: [change({ NEWPASSWORD: password, RESETTYPE: 'LOCAL' })],
			items: wasReset(),
		})),
		{
			name: 'sends reason and ticket, and looks names up',
			parameters: {
				...own,
				...names,
				resetType: 'remote',
				additionalFields: { reason: 'Expired', ticketId: 'INC7' },
			},
			exchanges: [
				lookUp,
				change({
					NEWPASSWORD: NEW,
					RESETTYPE: 'REMOTE',
					REASON: 'Expired',
					TICKETID: 'INC7',
				}),
			],
			items: wasReset({
				resetType: 'remote',
				resourceName: 'rack/7 ü+',
				accountName: 'svc a&b=c#',
			}),
		},
		{
			name: 'gives the password that was made by policy',
			parameters: byPolicy,
			exchanges: [generate('Strong'), change(remote)],
			items: wasReset({ resetType: 'remote', secret: ` ${SECRET}` }),
		},
		{
			name: 'asks PAM360 what it holds when the answer is lost, which proves nothing of the target',
			parameters: { ...byPolicy, additionalFields: { reason: 'Expired' } },
			exchanges: [
				generate('Strong'),
				change({ ...remote, REASON: 'Expired' }, { reply: '<html>' }),
				read(fetched(` ${SECRET}`), `?${inputData({ REASON: 'Expired' })}`),
			],
			items: isUnknown({
				resetType: 'remote',
				secret: ` ${SECRET}`,
				vaultHolds: 'new',
				nextStep: expect.stringMatching(
					/^PAM360 holds this password\. Log in on the target to see whether it was changed/,
				) as string,
			}),
			hints: ['The outcome of a reset is not known'],
		},
		{
			name: 'is done in PAM360 where PAM360 has the new password',
			parameters: own,
			exchanges: [change(local, { reply: '<html>' }), read(fetched(NEW))],
			items: wasReset({ vaultHolds: 'new', message: PAGE }),
			hints: ['it is the new one'],
		},
		{
			name: 'keeps a password that the user gave, too, where nobody knows',
			parameters: own,
			exchanges: [change(local, { reply: '<html>' }), read(fetched('old'))],
			items: isUnknown({
				secret: NEW,
				vaultHolds: 'other',
				nextStep: expect.stringMatching(
					/^PAM360 does not hold this password yet.*nothing was changed: run the reset again/,
				) as string,
			}),
			hints: ['The outcome of a reset is not known'],
		},
		{
			name: 'keeps it where PAM360 does not tell which one it holds',
			parameters: { ...byPolicy, resetType: 'local' },
			exchanges: [
				generate('Strong'),
				change({ ...remote, RESETTYPE: 'LOCAL' }, { reply: '<html>' }),
				read(failed('Reason is required')),
			],
			items: isUnknown({
				secret: ` ${SECRET}`,
				nextStep: expect.stringMatching(/^PAM360 did not say which password it holds/) as string,
			}),
			hints: ['The outcome of a reset is not known'],
		},
		...[
			failed('Remote password reset failed: Authentication failed on target host'),
			failed('The password was changed on the target; the store could not be updated.'),
			{ operation: { name: 'X', result: { status: 'Failed', message: '', statusCode: 40000 } } },
		].map((reply) => ({
			name: `takes no failure on the target for a refusal: ${JSON.stringify(reply.operation.result)}`,
			parameters: byPolicy,
			exchanges: [generate('Strong'), change(remote, { reply }), read(fetched('old'))],
			items: isUnknown({
				resetType: 'remote',
				secret: ` ${SECRET}`,
				vaultHolds: 'other',
				message: expect.stringMatching(
					/^PAM360 reported a failure, and part of the work may be done/,
				) as string,
				nextStep: expect.stringContaining(QUEUED) as string,
			}),
			hints: ['The outcome of a reset is not known'],
		})),
	],
	secrets: [SECRET, NEW.trim()],
	refused: [
		['no new password', { newPassword: "={{ '' }}" }, "'New Password' is required"],
		[
			'an object in place of a password',
			{ newPassword: '={{ { password: "x" } }}' },
			"'New Password' must be a text",
		],
		['no policy', { passwordSource: 'generate', policy: ' ' }, "'Password Policy' is required"],
		[
			'a type of reset that there is none of',
			{ resetType: 'both' },
			"'Reset Type' must be one of local, remote",
		],
	],
	failures: [
		{
			name: 'a refusal that repeats the password that was made by policy',
			parameters: { ...byPolicy, resetType: 'local' },
			exchanges: [
				generate('Strong'),
				change(
					{ ...remote, RESETTYPE: 'LOCAL' },
					{ reply: failed(`The policy does not take ' ${SECRET}'.`) },
				),
				read(fetched('old')),
			],
			says: [
				/^PAM360 refused the request: The policy does not take '\[redacted\]'/,
				'Nothing was changed, and the password that was generated for it was discarded',
			],
		},
		{
			name: 'an account that does not exist, on the target as well',
			parameters: byPolicy,
			exchanges: [generate('Strong'), change(remote, { reply: kit.refusal.reply })],
			says: ['PAM360 knows no such account', 'was discarded'],
		},
		{
			name: 'a refusal that repeats the password that the user gave',
			exchanges: [change(local, { reply: failed(`${NEW} is too weak`) })],
			says: [/\[redacted\] ?is too weak/],
		},
		{
			name: 'an account that does not exist',
			exchanges: [change(local, { reply: kit.refusal.reply })],
			says: ['PAM360 knows no such account'],
		},
		{
			name: 'no password by policy, and then no reset',
			parameters: byPolicy,
			exchanges: [generate('Strong', failed('No such password policy found'))],
			says: ['No such password policy found'],
		},
	],
});

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
			items: [firstItem, flat(secondItem), oddItem, thirdItem],
			hints: ["what came is in 'requestedAtText'", "what came is in 'recordText'"],
			raw: [
				{ ...jane, ...first },
				{ ...jane, ...second },
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
			name: 'gives no item where there are no requests',
			parameters: {},
			exchanges: [{ ...list, reply: success('GET REQUESTS', undefined, { totalRows: 0 }) }],
			items: [],
		},
	],
});
