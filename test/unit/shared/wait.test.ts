import fc from 'fast-check';
import { getEventListeners } from 'node:events';
import { askedWait, backOff, pause } from '../../../nodes/shared/wait';

const START = Date.UTC(2026, 0, 1);

beforeEach(() => {
	jest.useFakeTimers({ now: START });
});

afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

describe('pause', () => {
	it('waits that long', async () => {
		const waiting = pause(250).then(() => Date.now() - START);
		await jest.runAllTimersAsync();
		expect(await waiting).toBe(250);
	});

	it.each([0, -1])('does not wait for %d', async (milliseconds) => {
		await pause(milliseconds);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('does not start once the execution is cancelled', async () => {
		await pause(1000, AbortSignal.abort());
		expect(jest.getTimerCount()).toBe(0);
	});

	it('ends when the execution is cancelled', async () => {
		const controller = new AbortController();
		const waiting = pause(60_000, controller.signal);
		controller.abort();
		await waiting;
		expect(Date.now()).toBe(START);
		expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
	});

	it('takes its hands off the signal at the end', async () => {
		const controller = new AbortController();
		const waiting = pause(1000, controller.signal);
		expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
		await jest.runAllTimersAsync();
		await waiting;
		expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
	});
});

describe('backOff', () => {
	it.each([
		[1, 500],
		[2, 1000],
		[3, 2000],
		[7, 30_000],
		[50, 30_000],
		[2000, 30_000],
	])('is for retry %d around %d ms', (retry, middle) => {
		const random = jest.spyOn(Math, 'random');
		random.mockReturnValue(0);
		expect(backOff(retry)).toBe(middle * 0.75);
		random.mockReturnValue(0.5);
		expect(backOff(retry)).toBe(middle);
		random.mockReturnValue(1 - Number.EPSILON);
		expect(backOff(retry)).toBeLessThanOrEqual(middle * 1.25);
	});
});

describe('askedWait', () => {
	const retryAfter = (header: string | undefined, now?: number) =>
		askedWait(header === undefined ? {} : { 'retry-after': header }, now);

	it.each([
		['0', 0],
		['1', 1000],
		['120', 120_000],
		[' 2 ', 2000],
		['1.5', 1500],
		['-5', 0],
		['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
		['Wed, 31 Dec 2025 23:00:00 GMT', 0],
	])('reads %j', (header, expected) => {
		expect(retryAfter(header)).toBe(expected);
	});

	it.each([undefined, '', '  ', 'soon', 'in 5 minutes', 'retry 7', 'Infinity', 'NaN', '0x10'])(
		'reads nothing from %j',
		(header) => {
			expect(retryAfter(header)).toBeUndefined();
		},
	);

	it('reads any number of seconds and any date', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 1e7 }), (seconds) => {
				expect(retryAfter(String(seconds))).toBe(seconds * 1000);
				const date = new Date(START + seconds * 1000).toUTCString();
				expect(retryAfter(date, START)).toBe(seconds * 1000);
			}),
		);
	});

	it('compares a date with the clock that wrote it', () => {
		const date = 'Thu, 01 Jan 2026 05:00:00 GMT';
		expect(askedWait({ date, 'retry-after': 'Thu, 01 Jan 2026 05:00:30 GMT' })).toBe(30_000);
		expect(askedWait({ date: 'soon', 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' })).toBe(
			30_000,
		);
	});

	it.each([
		[{ 'x-ratelimit-reset': String(START / 1000 + 9) }, 9000],
		[{ 'x-ratelimit-reset': String(START / 1000 - 9) }, 0],
		[{ 'x-ratelimit-reset': String(START / 1000 + 9), 'retry-after': '3' }, 3000],
		// Of others it is the seconds that are left, or milliseconds.
		[{ 'x-ratelimit-reset': '9' }, undefined],
		[{ 'x-ratelimit-reset': String(START) }, undefined],
	])('reads the end of the period that requests are counted by: %j', (headers, expected) => {
		expect(askedWait(headers)).toBe(expected);
	});
});
