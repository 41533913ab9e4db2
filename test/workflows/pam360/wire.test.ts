import { generateKeyPairSync } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IDataObject, INode } from 'n8n-workflow';
import nock from 'nock';
import { OTHER_HOST, UNKNOWN_TOKEN, agentKeyAnswer, failedAnswer } from '../../unit/pam360/support';
import { runVendor } from '../vendors';

const HOST = 'https://pam360.example.com:8282';
const PATH = '/restapi/json/v1/agents/agentkey';
const TOKEN = 'B698EF92-B151-4E5C-969D-CA7B50DF4E9D';
const KEY = '3361ddf199e75933';
const MAY_EXIST =
	'An agent key may have been issued anyway. The node did not send the request again. Look in the console before you run the node again.';

interface Options {
	credential?: ICredentialDataDecryptedObject;
	parameters?: IDataObject;
	items?: IDataObject[];
	node?: Partial<INode>;
}

function run({ credential, ...more }: Options = {}) {
	return runVendor({
		vendor: 'pam360',
		credentials: { pam360Api: { url: HOST, authToken: TOKEN, ...credential } },
		...more,
	});
}

interface Sent {
	path: string;
	body: string;
	headers: Record<string, string>;
}

/** Answers every call the same way, and records what was sent. */
function answering(
	status: number,
	body: string | object,
	headers: Record<string, string> = {},
	host = HOST,
): Sent[] {
	const sent: Sent[] = [];
	nock(host)
		.persist()
		.intercept(/.*/, 'POST')
		.reply(
			status,
			function (path, requestBody) {
				sent.push({
					path,
					body: requestBody as string,
					headers: this.req.headers,
				});
				return typeof body === 'string' ? body : JSON.stringify(body);
			},
			{ 'Content-Type': 'application/json;charset=UTF-8', ...headers },
		);
	return sent;
}

beforeAll(() => {
	nock.disableNetConnect();
});

afterEach(() => {
	nock.cleanAll();
});

afterAll(() => {
	nock.enableNetConnect();
	nock.restore();
});

describe('what is sent', () => {
	it('is the documented call', async () => {
		const sent = answering(200, agentKeyAnswer());
		const { items, nodeError } = await run({
			parameters: { additionalFields: { validityPeriod: 3 } },
		});
		expect(nodeError).toBeUndefined();
		expect(sent).toHaveLength(1);
		const { path, body, headers } = sent[0]!;
		expect(path).toBe(PATH);
		expect(body).toBe(
			`INPUT_DATA=${encodeURIComponent('{"operation":{"details":{"generateAgentKey":"true","validityPeriod":3}}}')}`,
		);
		expect(headers).toMatchObject({
			authtoken: TOKEN,
			'content-type': 'application/x-www-form-urlencoded',
			accept: 'application/json',
			'content-length': String(Buffer.byteLength(body)),
		});
		expect(headers).not.toHaveProperty('orgname');
		expect(items).toEqual([
			{
				json: {
					vendor: 'pam360',
					type: 'agentKey',
					id: null,
					secret: KEY,
					expiresAt: null,
					expiresAtServerTime: '2025-08-28T18:14:49',
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it.each<[unknown, string]>([
		[true, 'true'],
		[false, 'false'],
		['={{ true }}', 'true'],
		['={{ "false" }}', 'false'],
		['={{ $json.generate }}', 'false'],
	])('says whether to generate a key: %j', async (generateAgentKey, expected) => {
		const sent = answering(200, agentKeyAnswer());
		const parameters = { generateAgentKey } as IDataObject;
		const { nodeError } = await run({ parameters, items: [{ generate: false }] });
		expect(nodeError).toBeUndefined();
		expect(inputOf(sent[0])).toEqual({
			operation: { details: { generateAgentKey: expected } },
		});
	});

	it.each([
		['3', 3],
		[' 24 ', 24],
		[1, 1],
		['={{ $json.hours }}', 8],
		['={{ $json.none }}', undefined],
	])('says for how long: %j', async (validityPeriod, expected) => {
		const sent = answering(200, agentKeyAnswer());
		const parameters = { additionalFields: { validityPeriod } };
		const { nodeError } = await run({ parameters, items: [{ hours: 8 }] });
		expect(nodeError).toBeUndefined();
		expect(inputOf(sent[0])).toEqual({
			operation: { details: { generateAgentKey: 'true', validityPeriod: expected } },
		});
	});

	it.each([
		['Example Client One', 'Example Client One'],
		['  Example MSP ', 'Example MSP'],
		['Exämple GmbH', 'Exämple GmbH'],
	])('names the organization %j', async (orgName, expected) => {
		const sent = answering(200, agentKeyAnswer());
		const { nodeError } = await run({ credential: { orgName } });
		expect(nodeError).toBeUndefined();
		expect(sent[0]?.headers.orgname).toBe(expected);
	});

	it.each([
		['株式会社', 'utf8', '株式会社'],
		['Łódź', 'utf8', 'Łódź'],
		['North – South', 'percent', 'North%20%E2%80%93%20South'],
		['O’Brien', 'percent', 'O%E2%80%99Brien'],
		['Exämple', 'latin1', 'Exämple'],
	])('names the organization %j as %s', async (orgName, orgNameEncoding, expected) => {
		const sent = answering(200, agentKeyAnswer());
		const { nodeError } = await run({ credential: { orgName, orgNameEncoding } });
		expect(nodeError).toBeUndefined();
		const header = String(sent[0]?.headers.orgname);
		// Node.js reads headers as Latin-1.
		const isUtf8 = orgNameEncoding === 'utf8';
		expect(isUtf8 ? Buffer.from(header, 'latin1').toString() : header).toBe(expected);
	});

	it.each(['', '   '])('names no organization for %j', async (orgName) => {
		const sent = answering(200, agentKeyAnswer());
		await run({ credential: { orgName } });
		expect(sent[0]?.headers).not.toHaveProperty('orgname');
	});

	it.each([
		[HOST, HOST, PATH],
		[`${HOST}/`, HOST, PATH],
		['pam360.example.com:8282', HOST, PATH],
		[`${HOST}/restapi/json/v1`, HOST, PATH],
		[`${HOST}/restapi/json/v1/`, HOST, PATH],
		['https://gate.example.com/pam', 'https://gate.example.com', `/pam${PATH}`],
		['https://gate.example.com/pam/restapi', 'https://gate.example.com', `/pam${PATH}`],
		['http://localhost:8080', 'http://localhost:8080', PATH],
	])('goes to %s', async (url, host, path) => {
		const sent = answering(200, agentKeyAnswer(), {}, host);
		const { nodeError } = await run({ credential: { url } });
		expect(nodeError).toBeUndefined();
		expect(sent[0]?.path).toBe(path);
	});

	it('goes over plain http for those who insist', async () => {
		const host = 'http://pam360.example.com';
		const sent = answering(200, agentKeyAnswer(), {}, host);
		const refused = await run({ credential: { url: host } });
		expect(refused.nodeError).toMatchObject({
			name: 'NodeOperationError',
			message: "'URL' in the credential is plain http, which would send the secret unencrypted",
		});
		expect(sent).toEqual([]);
		const allowed = await run({ credential: { url: host, allowPlainHttp: true } });
		expect(allowed.nodeError).toBeUndefined();
		expect(sent).toHaveLength(1);
	});
});

function inputOf(sent: Sent | undefined): unknown {
	return JSON.parse(new URLSearchParams(sent?.body).get('INPUT_DATA') ?? 'null');
}

describe('what is not sent', () => {
	it.each<[unknown, string]>([
		[0, "'Validity Period' must be at least 1 hour"],
		[-1, "'Validity Period' must be at least 1 hour"],
		[1.5, "'Validity Period' must be a whole number of hours"],
		['abc', "'Validity Period' must be a whole number of hours"],
		['1.5', "'Validity Period' must be a whole number of hours"],
		['={{ ({}) }}', "'Validity Period' must be a whole number of hours"],
		['={{ true }}', "'Validity Period' must be a whole number of hours"],
		['={{ [7] }}', "'Validity Period' must be a whole number of hours"],
		['={{ " " }}', "'Validity Period' must be a whole number of hours"],
		[1e300, "'Validity Period' is too large"],
	])('is the validity period %j', async (validityPeriod, message) => {
		const sent = answering(200, agentKeyAnswer());
		const { nodeError } = await run({
			parameters: { additionalFields: { validityPeriod } as IDataObject },
		});
		expect(nodeError).toMatchObject({
			name: 'NodeOperationError',
			message,
			context: { itemIndex: 0 },
		});
		expect(sent).toEqual([]);
	});

	it.each(['', '={{ null }}', '={{ undefined }}'])(
		'is no validity period where it is %j',
		async (validityPeriod) => {
			const sent = answering(200, agentKeyAnswer());
			await run({ parameters: { additionalFields: { validityPeriod } } });
			expect(new URLSearchParams(sent[0]?.body).get('INPUT_DATA')).toBe(
				'{"operation":{"details":{"generateAgentKey":"true"}}}',
			);
		},
	);

	it.each(['={{ "yes" }}', '={{ 1 }}', '={{ null }}', ''])(
		'is %j for a boolean',
		async (generateAgentKey) => {
			const sent = answering(200, agentKeyAnswer());
			const { nodeError } = await run({ parameters: { generateAgentKey } });
			expect(nodeError?.message).toBe("'Generate Agent Key' must be true or false");
			expect(sent).toEqual([]);
		},
	);

	it.each<[ICredentialDataDecryptedObject, string]>([
		[{ url: '' }, "'URL' is empty in the credential"],
		[{ url: 'ftp://x' }, "'URL' in the credential is not an http or https address"],
		[
			{ url: 'https://a:b@pam360.example.com' },
			"'URL' in the credential holds a username or password",
		],
		[{ authToken: '' }, "'Auth Token' is empty in the credential"],
		[{ authToken: ' \n' }, "'Auth Token' is empty in the credential"],
		[{ authToken: 'B698\nEvil: yes' }, "'Auth Token' in the credential holds a line break"],
		[
			{ orgName: 'Компания' },
			"'Organization Name' in the credential holds a character that an HTTP header cannot carry: К (U+041A)",
		],
		[
			{ serverTimeZone: 'Bombay' },
			"'Server Time Zone' in the credential is not a known time zone: Bombay",
		],
		[{ caCertificate: 'x' }, "'CA Certificate' in the credential is not PEM text"],
	])('is what the credential cannot mean: %j', async (credential, message) => {
		const sent = answering(200, agentKeyAnswer());
		const { nodeError } = await run({ credential });
		expect(nodeError).toMatchObject({
			name: 'NodeOperationError',
			message,
			context: { itemIndex: 0 },
		});
		expect(sent).toEqual([]);
	});
});

describe('the answer', () => {
	const details = { agentKey: KEY, agentKeyEndTime: '28/08/2025 18:14:49' };

	it.each<[string, object | string]>([
		['with status "true"', agentKeyAnswer({ result: { status: 'true' } })],
		['with status "SUCCESS"', agentKeyAnswer({ result: { status: 'SUCCESS' } })],
		['with statusCode as text', agentKeyAnswer({ result: { statusCode: '20000' } })],
		['without statusCode', agentKeyAnswer({ result: { statusCode: undefined } })],
		['without name', agentKeyAnswer({ more: { name: undefined } })],
		['with lower-case details', agentKeyAnswer({ Details: undefined, more: { details } })],
		['with a byte order mark', `\ufeff${JSON.stringify(agentKeyAnswer())}`],
		['with white space around it', `\r\n${JSON.stringify(agentKeyAnswer(), null, 2)}\r\n`],
		[
			'with white space around the key',
			agentKeyAnswer({ Details: { ...details, agentKey: ` ${KEY} ` } }),
		],
	])('is a key %s', async (_, body) => {
		const sent = answering(200, body);
		const { items, nodeError } = await run();
		expect(nodeError).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			secret: KEY,
			expiresAtServerTime: '2025-08-28T18:14:49',
		});
		expect(sent).toHaveLength(1);
	});

	it.each(['text/html', 'text/plain;charset=ISO-8859-1', 'application/octet-stream', ''])(
		'is a key with content type %j',
		async (contentType) => {
			answering(200, agentKeyAnswer(), { 'Content-Type': contentType });
			const { items } = await run();
			expect(items[0]?.json.secret).toBe(KEY);
		},
	);

	it('may hold a key made of digits as a number', async () => {
		answering(200, agentKeyAnswer({ Details: { agentKey: 1234567890123456 } }));
		const { items } = await run();
		expect(items[0]?.json.secret).toBe('1234567890123456');
	});

	it.each([true, false])(
		'may hold one that is too long for a double (Simplify %j)',
		async (simplify) => {
			const key = '98765432109876543210';
			const body = JSON.stringify(agentKeyAnswer({ Details: { agentKey: 'x' } })).replace(
				'"x"',
				key,
			);
			answering(200, body);
			const { items } = await run({ parameters: { simplify } });
			const { secret, operation } = items[0]!.json as IDataObject & {
				operation?: { Details: IDataObject };
			};
			expect(simplify ? secret : operation?.Details.agentKey).toBe(key);
		},
	);

	it.each([undefined, null, 'N/A', '', 7, {}])(
		'may have %j for an end',
		async (agentKeyEndTime) => {
			answering(200, agentKeyAnswer({ Details: { agentKey: KEY, agentKeyEndTime } }));
			const { items } = await run({ credential: { serverTimeZone: 'Asia/Kolkata' } });
			expect(items[0]?.json).toMatchObject({
				secret: KEY,
				expiresAt: null,
				expiresAtServerTime: null,
			});
		},
	);

	it('has exact times where the credential names the zone', async () => {
		answering(200, agentKeyAnswer());
		const { items } = await run({ credential: { serverTimeZone: ' Asia/Kolkata ' } });
		expect(items[0]?.json).toMatchObject({
			expiresAt: '2025-08-28T18:14:49+05:30',
			expiresAtServerTime: '2025-08-28T18:14:49',
		});
	});

	it('comes as it is with Simplify off', async () => {
		const answer = agentKeyAnswer({ more: { buildNumber: 6700 } });
		answering(200, answer);
		const { items } = await run({ parameters: { simplify: false } });
		expect(items).toEqual([{ json: answer, pairedItem: { item: 0 } }]);
	});

	it.each<[string, unknown]>([
		['no Details', undefined],
		['no key', {}],
		['an empty key', { agentKey: '' }],
		['a blank key', { agentKey: '  ' }],
		['null for a key', { agentKey: null }],
		['an object for a key', { agentKey: {} }],
		['a list', []],
		['a text', 'none'],
	])('with %s is a failure', async (_, Details) => {
		const sent = answering(200, agentKeyAnswer({ Details }));
		const { nodeError } = await run();
		expect(nodeError).toMatchObject({
			name: 'NodeApiError',
			message: 'PAM360 reported success but returned no agent key',
		});
		expect(nodeError?.description).toMatch(
			/^It said: Agent key fetched successfully\..* An agent key may have been issued anyway\./,
		);
		expect(sent).toHaveLength(1);
	});
});

describe('a refusal', () => {
	it.each<[string, string, string, number | undefined]>([
		[UNKNOWN_TOKEN, 'PAM360 does not accept the auth token', "'Auth Token'", undefined],
		[
			OTHER_HOST,
			'PAM360 does not allow the API user to call from this host',
			'host name',
			undefined,
		],
		[
			'The EPERM role has no permission.',
			'PAM360 refused the request: The EPERM role has no permission [40000]',
			'the role and shares of the API user',
			40000,
		],
	])('inside HTTP 200 is told: %s', async (text, message, advice, statusCode) => {
		const sent = answering(200, failedAnswer(text, { statusCode }));
		const { nodeError } = await run();
		expect(nodeError).toMatchObject({ name: 'NodeApiError', message, httpCode: '200' });
		expect(nodeError?.description).toContain(advice);
		expect(nodeError?.description).not.toContain('may have been issued');
		expect(`${nodeError?.message} ${nodeError?.description}`).toContain(text.replace(/\.$/, ''));
		expect(sent).toHaveLength(1);
	});

	it.each([400, 401, 403, 404, 409])(
		'with HTTP %d and PAM360’s own words is told in them',
		async (status) => {
			const sent = answering(status, failedAnswer('Not now.', { statusCode: 40000 }));
			const { nodeError } = await run();
			expect(nodeError).toMatchObject({
				message: 'PAM360 refused the request: Not now [40000]',
				httpCode: String(status),
			});
			expect(nodeError?.description).not.toContain('may have been issued');
			// A token that is refused is not a matter of parameters.
			const advice = status === 401 ? "Check 'Auth Token'" : 'Check the parameters';
			expect(nodeError?.description).toContain(advice);
			expect(sent).toHaveLength(1);
		},
	);

	it.each<[number, string | object, string]>([
		[401, '', 'PAM360 answered with an empty body (HTTP 401)'],
		[404, '<html>', 'PAM360 answered with a web page instead of JSON (HTTP 404)'],
		[413, 'Too big', 'PAM360 answered with something that is not JSON (HTTP 413)'],
		[404, { error: 'x' }, 'PAM360 answered without the result of the operation (HTTP 404)'],
		[599, '', "PAM360's security filter took the input for an attack (HTTP 599)"],
	])('with HTTP %d and %j is no key for sure', async (status, body, message) => {
		const sent = answering(status, body, { Location: 'https://login.example.com/sso?t=1' });
		const { nodeError } = await run();
		expect(nodeError).toMatchObject({ name: 'NodeApiError', message, httpCode: String(status) });
		expect(nodeError?.description).not.toContain('may have been issued');
		expect(sent).toHaveLength(1);
	});
});

describe('an answer that is lost', () => {
	it.each<[number, string | object, string]>([
		[302, '', 'PAM360 redirected the request to https://login.example.com'],
		[403, '<html>', 'PAM360 answered with a web page instead of JSON (HTTP 403)'],
		[405, 'Not allowed', 'PAM360 answered with something that is not JSON (HTTP 405)'],
		[409, { error: 'x' }, 'PAM360 answered without the result of the operation (HTTP 409)'],
		[200, '', 'PAM360 answered with an empty body (HTTP 200)'],
		[204, '', 'PAM360 answered with an empty body (HTTP 204)'],
		[200, '<!DOCTYPE html>', 'PAM360 answered with a web page instead of JSON (HTTP 200)'],
		[200, '{"operation":{', 'PAM360 answered with something that is not JSON (HTTP 200)'],
		[200, 'null', 'PAM360 answered without the result of the operation (HTTP 200)'],
		[200, { ok: true }, 'PAM360 answered without the result of the operation (HTTP 200)'],
		[500, '<html>', 'PAM360 answered with a web page instead of JSON (HTTP 500)'],
		[502, '<html>', 'PAM360 answered with a web page instead of JSON (HTTP 502)'],
		[503, '', 'PAM360 answered with an empty body (HTTP 503)'],
		[504, 'Gateway timeout', 'PAM360 answered with something that is not JSON (HTTP 504)'],
		...[200, 500, 502, 503, 504].map((status): [number, object, string] => [
			status,
			failedAnswer('Exception occurred', { statusCode: 50001 }),
			'PAM360 reported a failure, and part of the work may be done: Exception occurred [50001]',
		]),
	])('with HTTP %d and %j may have been a key', async (status, body, message) => {
		const sent = answering(status, body, {
			'Retry-After': '0',
			Location: 'https://login.example.com/sso?t=1',
		});
		const { nodeError } = await run();
		expect(nodeError).toMatchObject({ name: 'NodeApiError', message, httpCode: String(status) });
		expect(nodeError?.description).toContain(MAY_EXIST);
		expect(sent).toHaveLength(1);
	});

	it.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE'])('to %s may have been a key', async (code) => {
		let calls = 0;
		nock(HOST)
			.persist()
			.post(PATH, () => {
				calls += 1;
				return true;
			})
			.replyWithError(Object.assign(new Error(`read ${code}`), { code }));
		const { nodeError } = await run();
		expect(nodeError).toMatchObject({ name: 'NodeApiError', httpCode: code });
		expect(nodeError?.message).toContain('pam360.example.com:8282');
		expect(nodeError?.description).toContain(MAY_EXIST);
		expect(calls).toBe(1);
	});
});

describe('too many requests', () => {
	it.each<Record<string, string>>([{ 'Retry-After': '0' }, {}])(
		'are repeated (%j)',
		async (headers) => {
			nock(HOST).post(PATH).reply(429, '', headers);
			nock(HOST).post(PATH).reply(200, agentKeyAnswer());
			const { items, nodeError } = await run();
			expect(nodeError).toBeUndefined();
			expect(items[0]?.json.secret).toBe(KEY);
			expect(nock.isDone()).toBe(true);
		},
	);

	it('are repeated for as long as the user allows', async () => {
		const sent = answering(429, '<html>slow down</html>', { 'Retry-After': '0' });
		const { nodeError } = await run({ parameters: { options: { rateLimitWait: 100 } } });
		expect(nodeError).toMatchObject({
			message: 'PAM360 accepts no more requests at the moment',
			httpCode: '429',
		});
		expect(nodeError?.description).not.toContain('may have been issued');
		expect(sent).toHaveLength(4);
	});
});

describe('an answer in another form', () => {
	it.each(['encrypted', 'file'])(
		'keeps no key where the secret goes elsewhere (%s)',
		async (secretOutput) => {
			const answer = {
				operation: {
					name: 'Fetch Agent Key',
					result: { status: 'Success', message: 'Agent key fetched successfully.' },
					Details: [{ agentKey: '3361ddf199e75933', agentKeyEndTime: '28/08/2025 18:14:49' }],
				},
			};
			answering(200, answer);
			const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
			const recipientPublicKey = publicKey.export({ type: 'spki', format: 'pem' });
			const { items, nodeError } = await run({
				parameters: { simplify: false, options: { secretOutput, recipientPublicKey } },
			});
			expect(nodeError).toBeUndefined();
			expect(items).toHaveLength(1);
			expect(JSON.stringify(items[0]?.json)).not.toContain('3361ddf199e75933');
		},
	);
});

describe('a token that is refused', () => {
	it('is not tried again for the other items', async () => {
		const refused = {
			operation: {
				name: 'Authentication',
				result: {
					status: 'Failed',
					message: 'API key received is not associated to any user. Authentication failed.',
				},
			},
		};
		const sent = answering(200, refused);
		const { items } = await run({
			items: Array.from({ length: 50 }, () => ({})),
			node: { onError: 'continueRegularOutput' },
			parameters: { options: { concurrency: 2 } },
		});
		expect(sent.length).toBeLessThanOrEqual(2);
		expect(items.map(({ json }) => json.error)).toEqual(
			Array.from({ length: 50 }, () => 'PAM360 does not accept the auth token'),
		);
	});
});

describe('a success with the status of a failure', () => {
	it('does not say that nothing was issued', async () => {
		const sent = answering(500, agentKeyAnswer());
		const { nodeError } = await run();
		expect(nodeError?.message).toBe('PAM360 reported success with HTTP 500');
		expect(nodeError?.description).toContain('An agent key may have been issued');
		expect(sent).toHaveLength(1);
	});
});
