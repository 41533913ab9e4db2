import { describeOperation } from '../kit/operation';
import { kit, success } from './kit';
import { ended } from './sessionSample';

const LIST = '/api/session/remotesessions';

const running = {
	...ended,
	id: 541,
	user: 'ana.lima',
	protocol: 'ssh',
	session_id: '0'.repeat(40),
	end: null,
	time: null,
	prevent_purge: 'Sim',
	ITSM: '',
};

const endedItem = {
	vendor: 'senhasegura',
	type: 'session',
	id: '540',
	sessionId: '421c83a3b10be439d4da33b6c140f53eaf448207',
	user: 'Admin',
	credential: 'win7',
	device: '127.0.0.1:27500',
	protocol: 'rdp',
	proxy: 'RDP Proxy',
	originIp: '172.16.20.50',
	startedAt: null,
	startedAtServerTime: '2020-11-17T15:29:21',
	endedAt: null,
	endedAtServerTime: '2020-11-17T15:29:41',
	running: false,
	durationSeconds: 20,
	governanceCode: 'governance code',
	preventPurge: false,
};
const runningItem = {
	...endedItem,
	id: '541',
	sessionId: '0'.repeat(40),
	user: 'ana.lima',
	protocol: 'ssh',
	endedAtServerTime: null,
	running: true,
	durationSeconds: null,
	governanceCode: null,
	preventPurge: true,
};

const all = success('', { remote_sessions: [ended, running] });

describeOperation(kit, 'session', 'getAll', {
	cases: [
		{
			name: 'lists all there are',
			parameters: { returnAll: true },
			exchanges: [{ method: 'GET', path: LIST, reply: all }],
			items: [endedItem, runningItem],
			raw: [ended, running],
		},
		{
			name: 'gives those that run',
			parameters: { returnAll: true, filters: { running: true } },
			exchanges: [{ method: 'GET', path: LIST, reply: all }],
			items: [runningItem],
		},
		...[true, false].map((wanted) => ({
			name: `takes one with an end that is no date for running or ended as it may be: ${wanted}`,
			parameters: { returnAll: true, filters: { running: wanted } },
			exchanges: [
				{
					method: 'GET' as const,
					path: LIST,
					reply: success('', {
						remote_sessions: [
							{ ...ended, end: '0000-00-00 00:00:00' },
							{ ...ended, end: { odd: 1 } },
						],
					}),
				},
			],
			items: ['0000-00-00 00:00:00', '{"odd":1}'].map((endedAtText) => ({
				...endedItem,
				endedAtServerTime: null,
				endedAtText,
				running: null,
			})),
			hints: ["what came is in 'endedAtText'"],
		})),
		{
			name: 'filters by texts, whatever the case, before it counts up to the limit',
			parameters: {
				returnAll: false,
				limit: 1,
				filters: { user: 'ADM*', credential: 'win7', device: '127.*', protocol: 'RDP' },
			},
			exchanges: [
				{
					method: 'GET',
					path: LIST,
					reply: success('', { remote_sessions: [running, ended, { ...ended, id: 9 }] }),
				},
			],
			items: [endedItem],
		},
		{
			name: 'makes an item of a record that lacks everything',
			parameters: { returnAll: true },
			exchanges: [
				{ method: 'GET', path: LIST, reply: success('', { remote_sessions: [{ time: 'soon' }] }) },
			],
			items: [
				{
					...Object.fromEntries(Object.keys(endedItem).map((name) => [name, null])),
					vendor: 'senhasegura',
					type: 'session',
					running: true,
					durationSecondsText: 'soon',
				},
			],
			hints: [
				"'durationSeconds' came in a form that the node does not understand: it is null, and what came is in 'durationSecondsText'.",
			],
		},
	],
	failures: [
		{
			name: 'no list in the answer',
			exchanges: [{ method: 'GET', path: LIST, reply: success('') }],
			says: ['senhasegura answered without the sessions'],
		},
		{
			name: 'an authorization without the resource',
			exchanges: [
				{
					method: 'GET',
					path: LIST,
					status: 500,
					reply: {
						code: 500,
						response: {
							status: 500,
							message: 'You are not authorized to access this resource.',
							error: true,
						},
					},
				},
			],
			says: ['does not include the resource that this operation needs', 'Web Proxy Session'],
		},
	],
});

describeOperation(kit, 'session', 'get', {
	cases: [
		{
			name: 'reads one by its number',
			parameters: { session: { mode: 'id', value: '540' } },
			exchanges: [
				{
					method: 'GET',
					path: `${LIST}/540`,
					reply: success('', { remote_sessions: [ended] }),
				},
			],
			items: endedItem,
		},
	],
	refused: [
		[
			'a session ID',
			{ session: { mode: 'list', value: ended.session_id } },
			"'Session' must be the number of a session, not its session ID",
		],
	],
	failures: [
		{
			name: 'a number that is not there',
			exchanges: [
				{
					method: 'GET',
					path: `${LIST}/540`,
					status: 400,
					reply: {
						code: 400,
						response: { status: 400, message: '1002: Session not found', error: true },
						exception: { code: 1002, message: '1002: Session not found', detail: null },
					},
				},
			],
			says: ['The vault does not know this session', '1002: Session not found'],
		},
		{
			name: 'an answer with another session',
			exchanges: [
				{
					method: 'GET',
					path: `${LIST}/540`,
					reply: success('', { remote_sessions: [running] }),
				},
			],
			says: ['No session has the number 540'],
		},
	],
});

/** As the page has it: Portuguese in every language. */
const dropped = success('Sessão interrompida com sucesso');
const notDropped = {
	code: 500,
	response: { status: 500, message: 'An error occurred while droping session', error: true },
};

describeOperation(kit, 'session', 'drop', {
	cases: [
		{
			name: 'drops by session ID',
			parameters: { session: ended.session_id },
			exchanges: [
				{ method: 'DELETE', path: `/api/session/drop/${ended.session_id}`, reply: dropped },
			],
			items: {
				vendor: 'senhasegura',
				type: 'session',
				id: null,
				sessionId: ended.session_id,
				dropped: true,
			},
		},
		{
			name: 'looks up the session ID of a number',
			parameters: { session: '={{ $json.id }}' },
			input: { id: 541 },
			exchanges: [
				{
					method: 'GET',
					path: `${LIST}/541`,
					reply: success('', { remote_sessions: [running] }),
				},
				{
					method: 'DELETE',
					path: `/api/session/drop/${running.session_id}`,
					reply: dropped,
				},
			],
			items: {
				vendor: 'senhasegura',
				type: 'session',
				id: '541',
				sessionId: running.session_id,
				dropped: true,
			},
		},
	],
	refused: [
		[
			'what would leave its place in the path',
			{ session: 'a/../b' },
			"'Session ID or Number' must be a session ID or the number of a session",
		],
	],
	failures: [
		{
			name: 'a session that has ended',
			exchanges: [
				{
					method: 'DELETE',
					path: `/api/session/drop/${ended.session_id}`,
					status: 500,
					reply: notDropped,
				},
			],
			says: ['The vault could not drop the session', 'may have ended already'],
		},
		{
			name: 'a number without a session',
			parameters: { session: '7' },
			exchanges: [
				{ method: 'GET', path: `${LIST}/7`, reply: success('', { remote_sessions: [] }) },
			],
			says: ['No session has the number 7'],
		},
	],
});

const URL_CANARY = 'https://vault.example.com/modulos/auth?_sr=AbC-canary-of-the-link';
const TOKEN_CANARY = '6a3afbb1b32262canary0of0the0token';
const asked = { user: 'ana.lima', credential: 'root', device: 'web-01', protocol: 'SSH' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const created = success('Session created successfully', {
	session: { session_url: URL_CANARY, token: TOKEN_CANARY },
});
const webItem = {
	vendor: 'senhasegura',
	type: 'webProxySession',
	secret: URL_CANARY,
	expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
	expiresAtEstimated: true,
	...asked,
};
const withoutToken = { ...created, session: { session_url: URL_CANARY, token: null } };

/** Refusals of this family have no number, and `error_code` 0. */
const sessionRefusal = (message: string) => ({
	code: 400,
	response: { status: 400, message, error: true, error_code: 0 },
});
const CREATE = {
	method: 'POST' as const,
	path: '/api/remote/session',
	headers: FORM,
	body: 'user=ana.lima&credential=root&device=web-01&protocol=SSH',
};

describeOperation(kit, 'session', 'createWebProxySession', {
	secrets: [URL_CANARY, TOKEN_CANARY],
	cases: [
		{
			name: 'gives the link as the secret, and not the token',
			parameters: asked,
			exchanges: [{ ...CREATE, reply: created }],
			items: webItem,
			raw: withoutToken,
		},
		{
			name: 'sends what else is given, under the vendor’s names',
			parameters: {
				...asked,
				additionalFields: {
					remoteDevice: 'w2016',
					remoteAddr: '172.16.20.50',
					port: '2222',
					remoteApp: 7,
					screenSize: '1900x1200',
				},
			},
			exchanges: [
				{
					...CREATE,
					body: `${CREATE.body}&remotedevice=w2016&remoteAddr=172.16.20.50&port=2222&remoteapp=7&screensize=1900x1200`,
					reply: created,
				},
			],
			items: webItem,
		},
		{
			name: 'puts the link into a file where that is wanted',
			parameters: { ...asked, options: { secretOutput: 'file' } },
			exchanges: [{ ...CREATE, reply: created }],
			items: { ...webItem, secret: null },
			binary: { data: { content: webItem.secret } },
		},
	],
	refused: [
		['no user', { user: '={{ "" }}' }, "'User' is required"],
		['a port that is none', { additionalFields: { port: 70000 } }, "'Port' must be at most 65535"],
		[
			'a screen of no size',
			{ additionalFields: { screenSize: 'large' } },
			"'Screen Size' must be width and height in pixels",
		],
	],
	failures: [
		...[
			['User not specified', 'The username is missing'],
			['Username not specified', 'The username is missing'],
			['Credential not specified', "'Credential' is missing"],
			['Credential device not specified', "'Device' is missing"],
			['Invalid protocol', "The vault does not know this 'Protocol'"],
		].map(([message = '', says = '']) => ({
			name: message,
			exchanges: [{ ...CREATE, status: 400, reply: sessionRefusal(message) }],
			says: [says, `senhasegura said: ${message}`],
		})),
		{
			name: 'an answer without the link',
			exchanges: [{ ...CREATE, reply: success('Session created successfully') }],
			says: ['senhasegura answered without the session URL', 'expires after 30 seconds'],
		},
		{
			name: 'an empty link',
			exchanges: [{ ...CREATE, reply: success('', { session: { session_url: '' } }) }],
			says: ['senhasegura answered without the session URL'],
		},
		{
			name: 'a gateway that gives up, after which nothing is sent again',
			exchanges: [{ ...CREATE, status: 502, reply: '' }],
			says: [
				'A session URL may have been made anyway. The node did not send the request again. Nobody has it, and it expires after 30 seconds.',
			],
		},
	],
});
