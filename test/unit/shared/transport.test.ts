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
	status,
	transportTo,
	wrapped,
} from './transportSupport';

inFakeTime();

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
