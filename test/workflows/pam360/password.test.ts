import type { IDataObject } from 'n8n-workflow';
import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { inputData, kit, success } from './kit';
import { FORM, V1, ids } from './accountSamples';
import { lookUp, names } from './passwordSamples';

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
