import { Lane } from '../../../nodes/shared/lane';
import { NotInTime } from '../../../nodes/shared/tooMany';
import {
	axiosError,
	failureOf,
	inEvenTime,
	inTime,
	issue,
	ok,
	read,
	status,
	transportTo,
	withResponse,
	wrapped,
} from './transportSupport';

const refused = (headers = {}) => status(429, headers);
const after = (seconds: number | string) => refused({ 'Retry-After': String(seconds) });

const failureOrReply = async (sending: Promise<unknown>) =>
	await sending.catch((error: unknown) => error);

inEvenTime();

describe('a request that is refused because there are too many', () => {
	it.each([read, issue])('is sent again, since nothing was done: $method', async (request) => {
		const { transport, calls, waits } = transportTo([refused(), refused(), refused(), ok]);
		expect(await inTime(transport.send(request))).toMatchObject({ status: 200, repeated: false });
		expect(calls).toHaveLength(4);
		// Twice as long each time, where the server does not say how long.
		expect(waits()).toEqual([500, 1000, 2000]);
	});

	it('is sent again for two minutes in all, however often that is', async () => {
		const { transport, calls } = transportTo([after(1)]);
		const start = performance.now();
		expect(await inTime(transport.send(issue))).toMatchObject({
			status: 429,
			repeated: false,
			waited: 120_000,
		});
		expect(performance.now() - start).toBe(120_000);
		expect(calls).toHaveLength(121);
	});

	it.each([
		[0, 1],
		[900, 1],
		[1000, 2],
		[3500, 4],
	])('is sent again within the time that the user gives it: %d ms', async (budget, count) => {
		const { transport, calls } = transportTo([after(1)], { rateLimitWait: budget });
		expect(await inTime(transport.send(issue))).toMatchObject({ status: 429 });
		expect(calls).toHaveLength(count);
	});

	it('is not sent again where the server asks for more time than there is', async () => {
		const { transport, calls } = transportTo([after(121), ok]);
		const reply = await inTime(transport.send(read));
		expect(reply).toMatchObject({ status: 429 });
		expect(reply).not.toHaveProperty('waited');
		expect(calls).toHaveLength(1);
	});

	it('waits as Retry-After says, in seconds or until a time of the server’s clock', async () => {
		const headers = {
			Date: 'Thu, 01 Jan 2099 00:00:00 GMT',
			'Retry-After': 'Thu, 01 Jan 2099 00:00:07 GMT',
		};
		const { transport, waits } = transportTo([after(2), refused(headers), after('3.5'), ok]);
		await inTime(transport.send(issue));
		expect(waits()).toEqual([2000, 7000, 3500]);
	});

	it('waits for the end of the period that the server counts by', async () => {
		const headers = {
			Date: new Date(1_800_000_000_000).toUTCString(),
			'X-RateLimit-Reset': '1800000042',
		};
		const { transport, waits } = transportTo([refused(headers), ok]);
		await inTime(transport.send(issue));
		expect(waits()).toEqual([42_000]);
	});

	it('may be told so by an answer that HTTP calls a success', async () => {
		const { transport, calls } = transportTo([{ ...ok, body: 'slow down' }, ok], {
			isTooMany: ({ text }) => text === 'slow down',
		});
		expect(await inTime(transport.send(issue))).toMatchObject({ text: '{"a":1}' });
		expect(calls).toHaveLength(2);
	});

	it('may be so where n8n’s engine asks for a token', async () => {
		const url = 'https://vendor.example.com:8282/oauth2/token';
		const error = wrapped(new Error('no token', { cause: withResponse(429, '', url) }));
		const { transport, calls } = transportTo([error, error, ok], { oAuth2: true });
		expect(await inTime(transport.send(issue))).toMatchObject({ status: 200 });
		expect(calls).toHaveLength(3);
		expect(
			await failureOf(
				transportTo([error], { oAuth2: true, rateLimitWait: 0 }).transport.send(read),
			),
		).toMatchObject({ kind: 'notSent', code: '429' });
	});

	it('ends its waiting at once when the execution is cancelled', async () => {
		const controller = new AbortController();
		const { signal } = controller;
		const { transport, calls } = transportTo([after(60)], { signal });
		const sending = failureOf(transport.send(issue));
		await jest.advanceTimersByTimeAsync(10_000);
		controller.abort();
		const start = performance.now();
		expect(await sending).toMatchObject({
			kind: 'notSent',
			message: 'The execution was cancelled before the request was sent',
		});
		expect(performance.now() - start).toBeLessThanOrEqual(1000);
		expect(calls).toHaveLength(1);
	});

	it('does not forget what became of an earlier attempt', async () => {
		const { transport } = transportTo([status(503), after(1), after(200)]);
		expect(await inTime(transport.send(read))).toMatchObject({ status: 429, repeated: true });
	});
});

describe('the other requests on the same lane', () => {
	it('are held back, of other runs too', async () => {
		const lane = new Lane();
		const one = transportTo([after(60), ok], { lane });
		const other = transportTo([ok], { lane });
		await inTime(one.transport.send(read));
		const start = performance.now();
		const sending = one.transport.send(issue);
		await inTime(other.transport.send(read));
		expect(performance.now() - start).toBeLessThan(1000);
		await inTime(sending);
		const third = transportTo([after(60), ok], { lane });
		const refusal = third.transport.send(read);
		await jest.advanceTimersByTimeAsync(2000);
		await inTime(other.transport.send(read));
		expect(performance.now() - start).toBeGreaterThanOrEqual(60_000);
		await inTime(refusal);
	});

	it('do not use up its budget, however long it waits for its turn', async () => {
		const lane = new Lane();
		// Of ten requests, all but the last are answered; that one waits for ten minutes, and then for a second.
		const before = transportTo([ok], { lane, perSecond: 1 / 60 });
		const last = transportTo([after(1), ok], { lane, perSecond: 1 / 60, rateLimitWait: 1000 });
		const sending = Array.from({ length: 10 }, async () => await before.transport.send(read));
		const reply = inTime(last.transport.send(issue));
		await inTime(Promise.all(sending));
		expect(await reply).toMatchObject({ status: 200 });
	});

	it('go after the one that was refused', async () => {
		const order: string[] = [];
		const lane = new Lane();
		const first = transportTo([after(5), ok], { lane, perSecond: 1 }, () => order.push('first'));
		const second = transportTo([ok], { lane, perSecond: 1 }, () => order.push('second'));
		const sending = [first.transport.send(read), second.transport.send(read)];
		await inTime(Promise.all(sending));
		expect(order).toEqual(['first', 'first', 'second']);
	});

	it('give up with the one that has waited in vain, until one is taken', async () => {
		const { transport, calls } = transportTo(
			[after(1), after(1), after(1), after(1), ok, after(1), ok],
			{
				rateLimitWait: 1500,
			},
		);
		expect(await inTime(transport.send(read))).toMatchObject({ status: 429, waited: 1000 });
		expect(calls).toHaveLength(2);
		expect(await inTime(transport.send(read))).toMatchObject({ status: 429 });
		expect(await inTime(transport.send(read))).toMatchObject({ status: 429 });
		expect(calls).toHaveLength(4);
		expect(await inTime(transport.send(read))).toMatchObject({ status: 200 });
		expect(await inTime(transport.send(read))).toMatchObject({ status: 200 });
		expect(calls).toHaveLength(7);
	});
});

describe('a server that wants to be left alone for longer than anybody waits', () => {
	const DAY = 86_400;
	const heldBack = (time: string) => ({
		kind: 'notSent',
		message: 'vendor.example.com:8282 takes no more requests at the moment, and nothing was sent',
		description: expect.stringContaining(`asks to wait another ${time}.`) as string,
		declared: { cause: 'rate-limited' },
	});

	it.each([
		['429', after(DAY), '24 hours'],
		['503', status(503, { 'Retry-After': String(DAY) }), '24 hours'],
		[
			'a date far away',
			refused({
				Date: 'Thu, 01 Jan 2026 00:00:00 GMT',
				'Retry-After': 'Sat, 11 Jul 2026 00:00:00 GMT',
			}),
			'191 days',
		],
		['eleven minutes', after(659), '11 minutes'],
	])('keeps no other execution waiting: %s', async (_, answer, time) => {
		const lane = new Lane();
		const one = transportTo([answer], { lane });
		await inTime(one.transport.send(issue));
		expect(one.calls).toHaveLength(1);

		const other = transportTo([ok], { lane });
		const start = performance.now();
		expect(await failureOf(other.transport.send(read))).toMatchObject(heldBack(time));
		expect(performance.now() - start).toBe(0);
		expect(other.calls).toEqual([]);

		await jest.advanceTimersByTimeAsync(120_000);
		expect(await inTime(other.transport.send(read))).toMatchObject({ status: 200 });
		expect(await inTime(other.transport.send(read))).toMatchObject({ status: 200 });
	});

	it('lets those go that wait in the queue already', async () => {
		const lane = new Lane();
		const { transport, calls } = transportTo([after(DAY)], { lane, perSecond: 1 });
		const sending = Array.from(
			{ length: 20 },
			async () => await failureOrReply(transport.send(read)),
		);
		const outcomes = await inTime(Promise.all(sending));
		expect(calls).toHaveLength(1);
		expect(outcomes[0]).toMatchObject({ status: 429 });
		for (const outcome of outcomes.slice(1)) expect(outcome).toMatchObject(heldBack('24 hours'));
		expect(performance.now()).toBeLessThan(5000);
	});

	it('is waited for by who wants to, and tried meanwhile by nobody', async () => {
		const lane = new Lane();
		const patient = transportTo([after(3600), ok], { lane, rateLimitWait: 4_000_000 });
		const sending = patient.transport.send(issue);
		await jest.advanceTimersByTimeAsync(600_000);
		const other = transportTo([ok], { lane });
		expect(await failureOf(other.transport.send(read))).toMatchObject(heldBack('50 minutes'));
		expect(await inTime(sending)).toMatchObject({ status: 200, waited: 3_600_000 });
	});
});

describe('the time that a request may wait', () => {
	it('is its own, whatever another one has waited for in vain', async () => {
		const lane = new Lane();
		const answers = [...Array.from({ length: 121 }, () => after(1)), after(1), ok];
		const { transport, calls } = transportTo(answers, { lane });
		expect(await inTime(transport.send(issue))).toMatchObject({ status: 429, waited: 120_000 });
		expect(await inTime(transport.send(issue))).toMatchObject({ status: 200, waited: 1000 });
		expect(calls).toHaveLength(123);
	});

	it('is whole where the first one gave up at once', async () => {
		const { transport } = transportTo([after(121), after(100), ok]);
		expect(await inTime(transport.send(issue))).toMatchObject({ status: 429 });
		await jest.advanceTimersByTimeAsync(120_000);
		expect(await inTime(transport.send(issue))).toMatchObject({ status: 200, waited: 100_000 });
	});

	it('adds up to minutes for a thousand requests that are all refused', async () => {
		const { transport } = transportTo([after(20)]);
		const start = performance.now();
		for (let count = 0; count < 1000; count++) await failureOrReply(inTime(transport.send(read)));
		expect(performance.now() - start).toBeLessThan(600_000);
	});

	it('counts for what the server keeps from being sent at all, while it takes nothing', async () => {
		const lane = new Lane();
		const { transport } = transportTo([after(50)], { lane, rateLimitWait: 10_000_000 });
		const refusals = transport.send(read);
		await jest.advanceTimersByTimeAsync(1000);
		const other = transportTo([ok], { lane });
		const start = performance.now();
		expect(await failureOf(other.transport.send(read))).toMatchObject({ kind: 'notSent' });
		expect(performance.now() - start).toBeGreaterThan(120_000);
		expect(performance.now() - start).toBeLessThan(125_000);
		await inTime(refusals);
	});
});

describe('what rests on something that was just looked at', () => {
	const late = {
		kind: 'notSent',
		message: 'A request to vendor.example.com:8282 did not get its turn in time, and was not sent',
	};

	it('is not sent any more when the queue has kept it up for too long', async () => {
		const lane = new Lane();
		const { transport, calls } = transportTo([ok], { lane, perSecond: 1 / 60 });
		const before = Array.from({ length: 10 }, async () => await transport.send(read));
		const soon = failureOf(transport.within(300_000).send(issue));
		expect(await soon).toMatchObject(late);
		expect(await soon).toBeInstanceOf(NotInTime);
		await inTime(Promise.all(before));
		expect(calls).toHaveLength(10);
		expect(await inTime(transport.within(300_000).send(issue))).toMatchObject({ status: 200 });
	});

	it('is not sent again either, when it was refused', async () => {
		const { transport, calls } = transportTo([after(60), ok]);
		expect(await failureOf(transport.within(30_000).send(issue))).toMatchObject(late);
		expect(calls).toHaveLength(1);
	});

	it('goes on afterwards for what sets things right', async () => {
		const { transport } = transportTo([ok]);
		const soon = transport.within(0);
		await jest.advanceTimersByTimeAsync(1);
		expect(await failureOf(soon.send(issue))).toMatchObject(late);
		expect(await inTime(soon.evenIfCancelled().send(issue))).toMatchObject({ status: 200 });
	});
});

describe('a server that has no room for one more connection', () => {
	const noRoom = wrapped(
		axiosError(
			'ECONNRESET',
			'Client network socket disconnected before secure TLS connection was established',
		),
	);

	it('gets the request again, of whatever kind: nothing was sent', async () => {
		const { transport, calls } = transportTo([ok, noRoom, noRoom, ok]);
		await inTime(transport.send(issue));
		expect(await inTime(transport.send(issue))).toMatchObject({ status: 200, repeated: false });
		expect(calls).toHaveLength(4);
	});

	it('gets what changes something once where it has not answered before', async () => {
		const { transport, calls } = transportTo([noRoom, ok]);
		await failureOf(transport.send(issue));
		expect(calls).toHaveLength(1);
	});
});

describe('what is said of waiting', () => {
	const said = async (answers: Parameters<typeof transportTo>[0], more = {}) => {
		const told: string[] = [];
		const { transport } = transportTo(answers, { onWait: (what) => told.push(what), ...more });
		const sending = [1, 2, 3].map(async () => await transport.send(read));
		await inTime(Promise.all(sending));
		return told;
	};

	it('names the server, the reason and the time', async () => {
		expect(await said([after(2), ok])).toEqual([
			'vendor.example.com:8282 refused a request because there were too many (429). The next one is sent in 2.0 seconds, and at most 6 a second',
		]);
		expect((await said([status(503), ok]))[0]).toBe(
			'vendor.example.com:8282 answered with HTTP 503. The request is sent again in 0.5 seconds',
		);
		expect((await said([wrapped(axiosError('ECONNRESET', 'socket hang up')), ok]))[0]).toBe(
			'vendor.example.com:8282 closed the connection before it answered. The request is sent again in 0.5 seconds',
		);
	});

	it('names those that are before it', async () => {
		expect(await said([ok], { perSecond: 0.8 })).toEqual([
			'A request waits for its turn at vendor.example.com:8282, and at most 0.8 a second',
			'A request waits for its turn at vendor.example.com:8282, where 1 request waits already, and at most 0.8 a second',
		]);
	});

	it('is nothing where nobody waits', async () => {
		expect(await said([ok])).toEqual([]);
	});
});
