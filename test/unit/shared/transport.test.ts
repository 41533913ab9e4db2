import type { NodeApiError } from 'n8n-workflow';
import { inputFailure } from '../../../nodes/shared/failure';
import type { Failure } from '../../../nodes/shared/failure';
import { Transport } from '../../../nodes/shared/transport';
import type { Caller } from '../../../nodes/shared/transport';
import {
	URL_OF_CALL,
	axiosError,
	failureOf,
	fakeTime,
	inTime,
	issue,
	ok,
	read,
	status,
	transportTo,
	withResponse,
	wrapped,
} from './transportSupport';
import type { Answer } from './transportSupport';

beforeEach(() => {
	fakeTime();
});

afterEach(() => {
	jest.useRealTimers();
});

describe('a request', () => {
	it('goes out as it is, with the run’s credential and without redirects', async () => {
		const { transport, calls } = transportTo([ok]);
		await inTime(transport.send(issue));
		expect(calls).toEqual([
			[
				'vendorApi',
				{
					method: 'POST',
					url: URL_OF_CALL,
					headers: { Accept: 'application/json', 'X-Own': 'yes' },
					body: 'a=1',
					encoding: 'arraybuffer',
					timeout: 60_000,
					returnFullResponse: true,
					disableFollowRedirect: true,
					ignoreHttpStatusErrors: true,
				},
				{
					credentialsDecrypted: {
						id: '',
						name: 'vendorApi',
						type: 'vendorApi',
						data: { token: 'canary-token' },
					},
				},
			],
		]);
	});

	it.each([
		['{"a":1}', '{"a":1}'],
		[{ a: 1 }, '{"a":1}'],
		['', ''],
		[undefined, ''],
		[null, ''],
		[0, '0'],
	])('gives the body %j as text', async (body, text) => {
		const answer = { statusCode: 200, headers: { 'X-Mixed': ['a', 'b'] }, body };
		const { transport } = transportTo([answer]);
		expect(await inTime(transport.send(issue))).toEqual({
			status: 200,
			headers: { 'x-mixed': 'a,b' },
			text,
			repeated: false,
		});
	});

	it('gives bytes as the text that they are in the charset of the answer, too', async () => {
		const body = Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65]);
		const headers = { 'Content-Type': 'application/json;charset=ISO-8859-1' };
		const { transport } = transportTo([{ statusCode: 200, headers, body }]);
		expect(await inTime(transport.send(issue))).toMatchObject({ text: 'Grüße', bytes: body });
	});

	it('survives an answer without anything', async () => {
		const { transport } = transportTo([{}]);
		expect(await inTime(transport.send(issue))).toEqual({
			status: 0,
			headers: {},
			text: '',
			repeated: false,
		});
	});
});

describe('repetition', () => {
	it.each([502, 503, 504])('of a read after HTTP %d', async (code) => {
		const { transport, calls, waits } = transportTo([status(code), status(code), ok]);
		expect(await inTime(transport.send(read))).toMatchObject({ status: 200, repeated: true });
		expect(calls).toHaveLength(3);
		expect(waits()[0]).toBeGreaterThanOrEqual(375);
		expect(waits()[1]).toBeGreaterThanOrEqual(750);
	});

	it.each([502, 503, 504])('of a read ends after three (HTTP %d)', async (code) => {
		const { transport, calls } = transportTo([status(code)]);
		expect(await inTime(transport.send(read))).toMatchObject({ status: code, repeated: true });
		expect(calls).toHaveLength(4);
	});

	it.each([200, 201, 302, 400, 401, 403, 404, 408, 500, 501, 599])(
		'does not happen after HTTP %d',
		async (code) => {
			const { transport, calls } = transportTo([status(code)]);
			expect(await inTime(transport.send(read))).toMatchObject({ status: code, repeated: false });
			expect(calls).toHaveLength(1);
		},
	);

	it.each([500, 502, 503, 504])('does not happen to an issuing call (HTTP %d)', async (code) => {
		const { transport, calls } = transportTo([status(code, { 'Retry-After': '0' })]);
		expect(await inTime(transport.send(issue))).toMatchObject({ status: code, repeated: false });
		expect(calls).toHaveLength(1);
	});

	it('waits as Retry-After says', async () => {
		const { transport, waits } = transportTo([
			status(503, { 'Retry-After': '2' }),
			status(503, { 'Retry-After': '120' }),
			ok,
		]);
		await inTime(transport.send(read));
		expect(waits()).toEqual([2000, 120_000]);
	});

	it('does not wait for longer than two minutes for a gateway', async () => {
		const { transport, calls } = transportTo([status(503, { 'Retry-After': '121' })]);
		expect(await inTime(transport.send(read))).toMatchObject({ status: 503 });
		expect(calls).toHaveLength(1);
	});

	it.each([
		['ECONNRESET', 'socket hang up'],
		['ECONNREFUSED', 'connect ECONNREFUSED 192.0.2.1:8282'],
		['ECONNABORTED', 'timeout of 60000ms exceeded'],
		['ENOTFOUND', 'getaddrinfo ENOTFOUND'],
	])('of a read after %s', async (code, text) => {
		const { transport, calls } = transportTo([wrapped(axiosError(code, text)), ok]);
		expect(await inTime(transport.send(read))).toMatchObject({
			status: 200,
			repeated: ['ECONNRESET', 'ECONNABORTED'].includes(code),
		});
		expect(calls).toHaveLength(2);
	});

	it('does not happen to an issuing call whose connection failed', async () => {
		for (const code of ['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED']) {
			const { transport, calls } = transportTo([wrapped(axiosError(code, code))]);
			await failureOf(transport.send(issue));
			expect(calls).toHaveLength(1);
		}
	});

	it('does not forget that an earlier attempt may have done the work', async () => {
		const reset = wrapped(axiosError('ECONNRESET', 'socket hang up'));
		const down = wrapped(axiosError('ECONNREFUSED', 'connect ECONNREFUSED'));
		const lost = await failureOf(transportTo([reset, down]).transport.send(read));
		expect(lost).toMatchObject({ kind: 'lost', code: 'ECONNREFUSED' });
		const never = await failureOf(transportTo([down]).transport.send(read));
		expect(never).toMatchObject({ kind: 'notSent', code: 'ECONNREFUSED' });
	});

	it('ends when the execution is cancelled', async () => {
		const controller = new AbortController();
		const { signal } = controller;
		const { transport, calls } = transportTo([status(503)], { signal }, () => controller.abort());
		expect(await inTime(transport.send(read))).toMatchObject({ status: 503 });
		expect(calls).toHaveLength(1);
	});

	it('does not start after the execution was cancelled', async () => {
		const { transport, calls } = transportTo([ok], { signal: AbortSignal.abort() });
		expect(await failureOf(transport.send(issue))).toMatchObject({
			kind: 'notSent',
			message: 'The execution was cancelled before the request was sent',
		});
		expect(calls).toHaveLength(0);
	});
});

it('goes on after the execution was cancelled where something has to be taken back', async () => {
	const signal = AbortSignal.abort();
	const { transport, calls, callers } = transportTo([status(503), ok], { signal });
	expect(await inTime(transport.evenIfCancelled().send(read))).toMatchObject({ status: 200 });
	expect(calls).toHaveLength(2);
	// n8n asks the caller for the signal that ends its requests.
	const [caller] = callers as Array<{ getExecutionCancelSignal(): unknown; helpers: unknown }>;
	expect(caller?.getExecutionCancelSignal()).toBeUndefined();
	expect(caller?.helpers).toBeDefined();
	await failureOf(transport.send(read));
});

it('pauses between calls, but not once the execution is cancelled', async () => {
	const controller = new AbortController();
	const { transport } = transportTo([ok], { signal: controller.signal });
	const start = performance.now();
	await inTime(transport.pause(300));
	controller.abort();
	await inTime(transport.pause(400));
	expect(performance.now() - start).toBe(300);
});

describe('a connection that fails', () => {
	const AUTHORITY = /'CA Certificate'.*'Ignore SSL Issues'/;
	const certificateCodes: Array<[string, RegExp]> = [
		['CERT_HAS_EXPIRED', /It has expired\. Renew it/],
		['CERT_NOT_YET_VALID', /not valid yet\. Check the clock/],
		['DEPTH_ZERO_SELF_SIGNED_CERT', AUTHORITY],
		['SELF_SIGNED_CERT_IN_CHAIN', AUTHORITY],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', AUTHORITY],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', AUTHORITY],
		['ERR_TLS_CERT_ALTNAME_INVALID', /another host name.*'URL'/],
		['HOSTNAME_MISMATCH', /another host name.*'URL'/],
	];

	it('for want of a client certificate says so', async () => {
		const code = 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED';
		const { transport, calls } = transportTo([wrapped(axiosError(code, 'alert'))]);
		expect(await failureOf(transport.send(read))).toMatchObject({
			message: `vendor.example.com:8282 requires a client certificate (${code})`,
			description: expect.stringContaining("'Client Certificate' and 'Client Key'") as string,
			declared: { cause: 'configuration-invalid' },
		});
		expect(calls).toHaveLength(1);
	});

	it.each(certificateCodes)('for its certificate (%s) is not tried again', async (code, advice) => {
		const { transport, calls } = transportTo([wrapped(axiosError(code, 'self-signed'))]);
		const failure = await failureOf(transport.send(read));
		expect(failure).toMatchObject({
			kind: 'notSent',
			code,
			message: `The certificate of vendor.example.com:8282 is not trusted (${code})`,
			declared: { cause: 'configuration-invalid' },
		});
		expect(failure.description).toMatch(advice);
		expect(calls).toHaveLength(1);
	});

	it.each<[string | undefined, string, string, Failure['kind']]>([
		[
			'ECONNREFUSED',
			'connect ECONNREFUSED',
			'vendor.example.com:8282 refused the connection',
			'notSent',
		],
		[
			'ENOTFOUND',
			'getaddrinfo ENOTFOUND',
			'The host name vendor.example.com:8282 was not found',
			'notSent',
		],
		[
			'EAI_AGAIN',
			'getaddrinfo EAI_AGAIN',
			'The host name vendor.example.com:8282 was not found',
			'notSent',
		],
		[
			'EHOSTUNREACH',
			'connect EHOSTUNREACH',
			'The request to vendor.example.com:8282 could not be sent',
			'notSent',
		],
		[
			'ENETUNREACH',
			'connect ENETUNREACH',
			'The request to vendor.example.com:8282 could not be sent',
			'notSent',
		],
		[
			'EPROTO',
			'write EPROTO wrong version number',
			'vendor.example.com:8282 does not speak TLS on this port',
			'notSent',
		],
		[
			'ECONNRESET',
			'Client network socket disconnected before secure TLS connection was established',
			'The request to vendor.example.com:8282 could not be sent',
			'notSent',
		],
		[
			'ECONNRESET',
			'connect ECONNRESET 192.0.2.1:8282',
			'The request to vendor.example.com:8282 could not be sent',
			'notSent',
		],
		[
			'ECONNRESET',
			'socket hang up',
			'vendor.example.com:8282 closed the connection before it answered',
			'lost',
		],
		[
			'EHOSTUNREACH',
			'read EHOSTUNREACH',
			'vendor.example.com:8282 closed the connection before it answered',
			'lost',
		],
		[
			'ERR_SSL_WRONG_VERSION_NUMBER',
			'C0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number',
			'vendor.example.com:8282 closed the connection before it answered',
			'lost',
		],
		[
			'EPIPE',
			'write EPIPE',
			'vendor.example.com:8282 closed the connection before it answered',
			'lost',
		],
		[
			undefined,
			'stream has been aborted',
			'vendor.example.com:8282 closed the connection before it answered',
			'lost',
		],
		[
			'ECONNABORTED',
			'timeout of 60000ms exceeded',
			'vendor.example.com:8282 did not answer within 60 seconds',
			'lost',
		],
		[
			'ETIMEDOUT',
			'connect ETIMEDOUT',
			'vendor.example.com:8282 did not answer within 60 seconds',
			'lost',
		],
	])('with %s (%s) is told as it is', async (code, text, message, kind) => {
		const { transport } = transportTo([wrapped(axiosError(code, text))]);
		const failure = await failureOf(transport.send(issue));
		expect(failure).toMatchObject({ message, kind });
		expect(failure.code).toBe(code);
		expect(failure.description).toMatch(/^[A-Z].*\.$/);
	});

	it('while the answer comes gives no answer, whatever its status', async () => {
		const broken = axiosError('ERR_BAD_RESPONSE', 'stream has been aborted');
		const cut = wrapped(Object.assign(broken, { response: { status: 200, headers: {} } }));
		expect(await failureOf(transportTo([cut]).transport.send(issue))).toMatchObject({
			kind: 'lost',
			message: 'vendor.example.com:8282 closed the connection before it answered',
		});
		const reading = transportTo([cut, ok]);
		expect(await inTime(reading.transport.send(read))).toMatchObject({
			status: 200,
			repeated: true,
		});
	});

	it('was cancelled by the user', async () => {
		const controller = new AbortController();
		const { signal } = controller;
		const cancelled = wrapped(axiosError('ERR_CANCELED', 'canceled'));
		const { transport } = transportTo([cancelled], { signal }, () => controller.abort());
		expect(await failureOf(transport.send(issue))).toMatchObject({
			kind: 'lost',
			message: 'The execution was cancelled while vendor.example.com:8282 was answering',
		});
	});

	it.each([
		[true, 'notSent'],
		[false, 'lost'],
	])('with EPROTO, while it is being secured: %s', async (secureConnecting, kind) => {
		const request = { socket: { secureConnecting } };
		const error = Object.assign(axiosError('EPROTO', 'write EPROTO'), { request });
		const { transport } = transportTo([wrapped(error)]);
		expect(await failureOf(transport.send(issue))).toMatchObject({ kind });
	});

	it('was never made when signing failed', async () => {
		const cause = inputFailure("'Auth Token' is empty in the credential");
		const { transport } = transportTo([wrapped(cause)]);
		expect(await failureOf(transport.send(read))).toBe(cause);
	});

	it('was never made when n8n itself failed', async () => {
		const { transport, calls } = transportTo([new Error('Node has no credentials')]);
		expect(await failureOf(transport.send(read))).toMatchObject({
			kind: 'notSent',
			message: 'The request to vendor.example.com:8282 could not be sent',
			description: expect.stringContaining('Node has no credentials') as string,
		});
		expect(calls).toHaveLength(1);
	});

	it('can be anything that was thrown, also in circles', async () => {
		const circle: Error = new Error('round');
		circle.cause = circle;
		expect((await failureOf(transportTo([circle]).transport.send(issue))).description).toContain(
			'round',
		);
		const caller = {
			helpers: {
				httpRequestWithAuthentication: jest.fn().mockRejectedValue('a text'),
			},
		};
		const transport = new Transport(caller as unknown as Caller, {
			credentialType: 'vendorApi',
			credentials: {},
			timeout: 1,
			perSecond: 0,
		});
		expect((await failureOf(transport.send(issue))).description).toContain('a text');
	});
});

describe('n8n’s OAuth2 engine', () => {
	const oAuth2 = { oAuth2: true };
	const tokenUrl = 'https://vendor.example.com:8282/oauth2/token';
	const tokenError = (cause: Error) =>
		wrapped(new Error(`Failed to acquire OAuth2 access token: ${cause.message}`, { cause }));

	it('is given no credential, throws at a status, and minds its own certificate switch', async () => {
		const { transport, calls } = transportTo([ok], {
			...oAuth2,
			credentials: { ignoreSSLIssues: true },
		});
		await inTime(transport.send(issue));
		expect(calls[0]).toHaveLength(3);
		expect(calls[0]![1]).toMatchObject({
			ignoreHttpStatusErrors: false,
			skipSslCertificateValidation: true,
		});
		expect(calls[0]![2]).toBeUndefined();
	});

	it('may throw what is an answer', async () => {
		const { transport } = transportTo([wrapped(withResponse(404, '{"a":1}'))], oAuth2);
		expect(await inTime(transport.send(issue))).toEqual({
			status: 404,
			headers: { 'x-a': 'b' },
			text: '{"a":1}',
			repeated: false,
		});
	});

	it('fetches its first token once: the first call goes alone', async () => {
		let answerFirst = () => {};
		const first = new Promise<void>((resolve) => (answerFirst = resolve));
		let started = 0;
		const send = async () => {
			started += 1;
			if (started === 1) await first;
			return ok;
		};
		const caller = { helpers: { httpRequestWithAuthentication: send } } as unknown as Caller;
		const transport = new Transport(caller, {
			credentialType: 'vendorApi',
			credentials: {},
			timeout: 1,
			perSecond: 0,
			...oAuth2,
		});
		const sending = [1, 2, 3].map(() => transport.send(issue));
		await new Promise(setImmediate);
		expect(started).toBe(1);
		answerFirst();
		await Promise.all(sending);
		expect(started).toBe(3);
	});

	it('is refused a token', async () => {
		const error = tokenError(withResponse(401, { error: 'invalid_client' }, tokenUrl));
		const { transport, calls } = transportTo([error], oAuth2);
		const failure = await failureOf(transport.send(read));
		expect(failure).toMatchObject({
			kind: 'notSent',
			message: 'The server gave no access token for this credential',
			declared: { cause: 'credential-invalid' },
		});
		expect(failure.description).toContain('in the credential');
		expect(calls).toHaveLength(1);
	});

	it('is asked for a token once when the client is refused, however many items there are', async () => {
		const error = tokenError(withResponse(401, { error: 'invalid_client' }, tokenUrl));
		const { transport, calls } = transportTo([error], oAuth2);
		const sending = [1, 2, 3].map(async () => await failureOf(transport.send(issue)));
		for (const failure of await Promise.all(sending)) {
			expect(failure.message).toBe('The server gave no access token for this credential');
		}
		expect(calls).toHaveLength(1);
	});

	it('is not quoted where it answers with what may be a token', async () => {
		const text = 'Unexpected end of input, but received: {"access_token":"canary-token","tok';
		const { transport } = transportTo([tokenError(new Error(text))], oAuth2);
		const failure = await failureOf(transport.send(issue));
		expect(failure.description).toMatch(/^What it answered could not be read\. Check /);
	});

	it('is quoted where it says why it refuses, whatever the words', async () => {
		const refusal = new Error('The JSON client was not received');
		const { transport } = transportTo(
			[tokenError(Object.assign(refusal, { code: 'EAUTH' }))],
			oAuth2,
		);
		const failure = await failureOf(transport.send(issue));
		expect(failure.description).toMatch(/^It said: The JSON client was not received\. Check /);
	});

	it.each([
		[503, 4],
		[429, 1],
	])('may be asked for a token again after HTTP %d', async (code, count) => {
		const error = tokenError(withResponse(code, '', tokenUrl));
		const { transport, calls } = transportTo([error], { ...oAuth2, rateLimitWait: 0 });
		expect(await failureOf(transport.send(read))).toMatchObject({
			kind: 'notSent',
			code: String(code),
			message: `vendor.example.com:8282 could not give an access token (HTTP ${code})`,
			declared: { cause: 'temporarily-unavailable' },
		});
		expect(calls).toHaveLength(count);
	});

	it('sends nothing any more when a token comes too late', async () => {
		let sent = 0;
		let give = () => {};
		const token = new Promise<void>((resolve) => (give = resolve));
		const httpRequest = async () => {
			sent += 1;
			return ok;
		};
		const helpers = {
			httpRequest,
			async httpRequestWithAuthentication(this: { helpers: { httpRequest: typeof httpRequest } }) {
				await token;
				return await this.helpers.httpRequest();
			},
		};
		const transport = new Transport({ helpers } as unknown as Caller, {
			credentialType: 'vendorApi',
			credentials: {},
			timeout: 1,
			perSecond: 0,
			...oAuth2,
		});
		expect(await failureOf(transport.send(issue))).toMatchObject({ kind: 'notSent' });
		give();
		await new Promise(setImmediate);
		expect(sent).toBe(0);
	});

	it('does not wait forever for a token', async () => {
		const error = tokenError(axiosError('ECONNABORTED', 'timeout exceeded', tokenUrl));
		const { transport } = transportTo([error], oAuth2);
		expect(await failureOf(transport.send(issue))).toMatchObject({
			kind: 'notSent',
			message: 'vendor.example.com:8282 did not answer in time',
		});
	});

	it('cannot reach the token’s server', async () => {
		const error = tokenError(axiosError('ECONNREFUSED', 'connect ECONNREFUSED', tokenUrl));
		const { transport } = transportTo([error], oAuth2);
		expect(await failureOf(transport.send(issue))).toMatchObject({
			kind: 'notSent',
			message: 'vendor.example.com:8282 refused the connection',
		});
	});

	it.each([
		[tokenUrl, 'vendor.example.com:8282'],
		['oauth2/token', 'the server'],
		[null, 'vendor.example.com:8282'],
	])('cannot trust the server of %s', async (url, host) => {
		const cause = axiosError('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', url);
		const { transport } = transportTo([tokenError(cause)], oAuth2);
		expect(await failureOf(transport.send(issue))).toMatchObject({
			kind: 'notSent',
			message: `The certificate of ${host} is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)`,
		});
	});

	it('loses the connection to the token’s server, and so never sends the request', async () => {
		const { transport } = transportTo(
			[wrapped(axiosError('ECONNRESET', 'socket hang up', tokenUrl))],
			oAuth2,
		);
		expect(await failureOf(transport.send(issue))).toMatchObject({ kind: 'notSent' });
	});
});

describe('n8n 1, whose errors have no cause,', () => {
	/** What it throws when its HTTP client fails. */
	function causeless(cause: Error): NodeApiError {
		return Object.defineProperty(wrapped(cause), 'cause', { value: undefined });
	}

	const host = 'vendor.example.com:8282';

	it.each([
		['ECONNREFUSED', 'connect ECONNREFUSED', `${host} refused the connection`],
		['ENOTFOUND', 'getaddrinfo ENOTFOUND', `The host name ${host} was not found`],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', `The certificate of ${host}`],
		[
			'ECONNRESET',
			'Client network socket disconnected before secure TLS connection was established',
			`The request to ${host} could not be sent`,
		],
	])('says that nothing was sent (%s)', async (code, text, message) => {
		const { transport } = transportTo([causeless(axiosError(code, text))]);
		const failure = await failureOf(transport.send(issue));
		expect(failure).toMatchObject({ kind: 'notSent', code });
		expect(failure.message).toContain(message);
	});

	it.each([
		['ECONNRESET', 'socket hang up', `${host} closed the connection before it answered`],
		['ECONNABORTED', 'timeout exceeded', `${host} did not answer within 60 seconds`],
		['HPE_INVALID_CONSTANT', 'Parse Error', `${host} closed the connection before it answered`],
		[undefined, 'something', `${host} closed the connection before it answered`],
	])('leaves open whether the work was done (%s)', async (code, text, message) => {
		const { transport, calls } = transportTo([causeless(axiosError(code, text))]);
		const failure = await failureOf(transport.send(issue));
		expect(failure).toMatchObject({ kind: 'lost', code, message });
		expect(calls).toHaveLength(1);
	});

	it('takes an answer that breaks off for no answer, whatever its status', async () => {
		const broken = axiosError('ERR_BAD_RESPONSE', 'stream has been aborted');
		const error = causeless(Object.assign(broken, { response: { status: 200 } }));
		const failure = await failureOf(transportTo([error]).transport.send(issue));
		expect(failure).toMatchObject({ kind: 'lost' });
		expect(failure.description).not.toContain('200');
	});

	it('repeats a read whose answer breaks off', async () => {
		const broken = Object.assign(axiosError('ERR_BAD_RESPONSE', 'stream has been aborted'), {
			response: { status: 200 },
		});
		const { transport, calls } = transportTo([causeless(broken), ok]);
		expect(await inTime(transport.send(read))).toMatchObject({ status: 200, repeated: true });
		expect(calls).toHaveLength(2);
	});

	it('does not hear of a credential that cannot be used', async () => {
		const cause = inputFailure("'Auth Token' is empty in the credential");
		const tried: unknown[] = [];
		const sign = (...given: unknown[]) => {
			tried.push(given);
			if (tried.length === 1) throw cause;
		};
		const { transport, calls } = transportTo([ok], { sign });
		expect(await failureOf(transport.send(issue))).toBe(cause);
		expect(calls).toEqual([]);
		await inTime(transport.send(issue));
		await inTime(transport.send(issue));
		const request = { method: 'POST', url: URL_OF_CALL, headers: {} };
		expect(tried).toEqual([
			[{ token: 'canary-token' }, request],
			[{ token: 'canary-token' }, request],
		]);
	});

	describe('with OAuth2', () => {
		/** Its engine, which sends by the helpers of its caller once it has a token. */
		function engine(token: Error | undefined, answer: Answer) {
			const send = async (): Promise<unknown> => {
				if (answer instanceof Error) throw answer;
				return answer;
			};
			const helpers = {
				httpRequest: send,
				async httpRequestWithAuthentication(this: { helpers: { httpRequest: typeof send } }) {
					if (token) throw causeless(token);
					return await this.helpers.httpRequest().catch((error: Error) => {
						throw causeless(error);
					});
				},
			};
			return new Transport({ helpers } as unknown as Caller, {
				credentialType: 'vendorApi',
				credentials: { token: 'canary-token' },
				timeout: 60_000,
				perSecond: 0,
				oAuth2: true,
			});
		}

		it('still tells what the vendor answered', async () => {
			expect(await inTime(engine(undefined, ok).send(issue))).toMatchObject({ status: 200 });
			const reply = await inTime(engine(undefined, withResponse(404, '{"a":1}')).send(issue));
			expect(reply).toMatchObject({ status: 404, text: '{"a":1}', headers: { 'x-a': 'b' } });
		});

		it('does not let it send once more, unwatched, what a renewed token could not do', async () => {
			const unwatched = jest.fn();
			const refuse = async (): Promise<unknown> => {
				throw withResponse(401, '{"a":1}');
			};
			type Refused = Error & { response?: { status: number } };
			const helpers = {
				httpRequest: refuse,
				async httpRequestWithAuthentication(this: { helpers: { httpRequest: typeof refuse } }) {
					const { httpRequest } = this.helpers;
					return await httpRequest()
						.catch(async () => await httpRequest())
						.catch((error: Refused) => {
							if (error.response?.status === 401) unwatched();
							throw causeless(error);
						});
				},
			};
			const transport = new Transport({ helpers } as unknown as Caller, {
				credentialType: 'vendorApi',
				credentials: {},
				timeout: 60_000,
				perSecond: 0,
				oAuth2: true,
			});
			expect(await inTime(transport.send(issue))).toMatchObject({ status: 401, text: '{"a":1}' });
			expect(unwatched).not.toHaveBeenCalled();
		});

		it('still tells what was sent from what was not', async () => {
			const reset = engine(undefined, axiosError('ECONNRESET', 'socket hang up'));
			expect(await failureOf(reset.send(issue))).toMatchObject({ kind: 'lost' });
			const refused = engine(undefined, axiosError('ECONNREFUSED', 'connect ECONNREFUSED'));
			expect(await failureOf(refused.send(issue))).toMatchObject({
				kind: 'notSent',
				message: `${host} refused the connection`,
			});
		});

		it('is refused a token, or cannot ask for one', async () => {
			const refusal = new Error('invalid_client: Client authentication failed');
			const refused = engine(Object.assign(refusal, { code: 'EAUTH' }), ok);
			const failure = await failureOf(refused.send(issue));
			expect(failure).toMatchObject({
				kind: 'notSent',
				message: 'The server gave no access token for this credential',
			});
			expect(failure.description).toContain('Client authentication failed');
			const away = engine(axiosError('ECONNREFUSED', 'connect ECONNREFUSED'), ok);
			expect(await failureOf(away.send(issue))).toMatchObject({
				kind: 'notSent',
				message: `${host} refused the connection`,
			});
		});
	});
});

describe('a server that drips', () => {
	it('is not waited for any longer than one that is silent', async () => {
		const never = {
			helpers: { httpRequestWithAuthentication: async () => await new Promise(() => {}) },
		};
		const transport = new Transport(never as unknown as Caller, {
			credentialType: 'vendorApi',
			credentials: {},
			timeout: 20,
			perSecond: 0,
		});
		expect(await failureOf(transport.send(issue))).toMatchObject({
			kind: 'lost',
			code: 'ETIMEDOUT',
			message: 'vendor.example.com:8282 did not answer within 0.02 seconds',
		});
	});
});

it('sends with another credential at the same pace', async () => {
	const { transport, calls, waits } = transportTo([ok], { perSecond: 2 });
	await inTime(transport.send(read));
	await inTime(transport.withCredentials({ token: 'canary-new' }).send(read));
	await inTime(transport.send(read));
	const tokens = calls.map(
		([, , more]) => (more as { credentialsDecrypted: { data: object } }).credentialsDecrypted.data,
	);
	expect(tokens).toEqual([
		{ token: 'canary-token' },
		{ token: 'canary-new' },
		{ token: 'canary-token' },
	]);
	// Each waits for the one before it, whoever sent it.
	expect(waits()).toEqual([500, 500]);
});
