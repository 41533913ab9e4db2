import fc from 'fast-check';
import { getEventListeners } from 'node:events';
import { Pace, backOff, pause, retryAfter } from '../../../nodes/shared/pace';

const START = Date.UTC(2026, 0, 1);

beforeEach(() => {
	jest.useFakeTimers({ now: START });
});

afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

/** When each turn comes, in milliseconds since the start. */
async function turnsOf(pace: Pace, count: number): Promise<number[]> {
	const at: number[] = [];
	const turns = Array.from({ length: count }, async () => {
		await pace.turn();
		at.push(Date.now() - START);
	});
	await jest.runAllTimersAsync();
	await Promise.all(turns);
	return at;
}

describe('Pace', () => {
	it('spaces calls evenly', async () => {
		expect(await turnsOf(new Pace(10), 5)).toEqual([0, 100, 200, 300, 400]);
		expect(await turnsOf(new Pace(0.5), 1)).toHaveLength(1);
	});

	it('sets no limit at 0', async () => {
		expect(await turnsOf(new Pace(0), 100)).toEqual(new Array(100).fill(0));
	});

	it('does not save up turns that nobody took', async () => {
		const pace = new Pace(10);
		await pace.turn();
		await jest.advanceTimersByTimeAsync(10_000);
		expect(await turnsOf(pace, 3)).toEqual([10_000, 10_100, 10_200]);
	});

	it.each([0, 10])('holds back calls that have not started, at %d per second', async (rate) => {
		const pace = new Pace(rate);
		await pace.turn();
		pace.hold(3000);
		pace.hold(1000);
		const spacing = rate && 1000 / rate;
		expect(await turnsOf(pace, 3)).toEqual([3000, 3000 + spacing, 3000 + 2 * spacing]);
	});

	it('lets everything through once the execution is cancelled', async () => {
		const controller = new AbortController();
		const pace = new Pace(1, controller.signal);
		const turns = [pace.turn(), pace.turn(), pace.turn()];
		controller.abort();
		await Promise.all(turns);
		expect(Date.now()).toBe(START);
	});

	it('never allows more calls in any window than the rate, whenever they come', async () => {
		const delays = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 40 });
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(2, 8, 10), delays, async (rate, waits) => {
				jest.setSystemTime(START);
				const pace = new Pace(rate);
				const at: number[] = [];
				let arrival = 0;
				const calls = waits.map(async (wait) => {
					arrival += wait;
					await new Promise((resolve) => setTimeout(resolve, arrival));
					await pace.turn();
					at.push(Date.now() - START);
				});
				await jest.runAllTimersAsync();
				await Promise.all(calls);
				for (let index = 1; index < at.length; index++) {
					expect(at[index]! - at[index - 1]!).toBeGreaterThanOrEqual(1000 / rate);
				}
			}),
			{ numRuns: 50 },
		);
	});
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

describe('retryAfter', () => {
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
});
