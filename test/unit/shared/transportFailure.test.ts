import type { NodeApiError } from 'n8n-workflow';
import { inputFailure } from '../../../nodes/shared/failure';
import type { Failure } from '../../../nodes/shared/failure';
import { Transport } from '../../../nodes/shared/transport';
import type { Caller } from '../../../nodes/shared/transport';
import {
	URL_OF_CALL,
	axiosError,
	failureOf,
	inFakeTime,
	inTime,
	issue,
	ok,
	read,
	transportTo,
	withResponse,
	wrapped,
} from './transportSupport';
import type { Answer } from './transportSupport';

inFakeTime();

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
		[
			'HPE_INVALID_CONSTANT',
			'Parse Error',
			`The answer of ${host} cannot be read (HPE_INVALID_CONSTANT)`,
		],
		[
			'Z_DATA_ERROR',
			'incorrect header check',
			`The answer of ${host} cannot be read (Z_DATA_ERROR)`,
		],
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
