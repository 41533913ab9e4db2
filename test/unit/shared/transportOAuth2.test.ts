import { Transport } from '../../../nodes/shared/transport';
import type { Caller } from '../../../nodes/shared/transport';
import {
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

inFakeTime();

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
			timeout: 60_000,
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
			description: 'Check the server and the network between n8n and it.',
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
