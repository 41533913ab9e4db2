import fc from 'fast-check';
import { Pace } from '../../../nodes/shared/pace';

beforeEach(() => {
	jest.spyOn(Math, 'random').mockReturnValue(0.5);
});

afterEach(() => {
	jest.restoreAllMocks();
});

/** Sends so many requests as early as may be, and tells when each started. */
function starts(pace: Pace, perSecond: number, count: number, from = 0): number[] {
	let now = from;
	return Array.from({ length: count }, () => {
		now += pace.wait(now);
		pace.take(perSecond, now);
		return now;
	});
}

it('spaces requests evenly', () => {
	expect(starts(new Pace(), 10, 5)).toEqual([0, 100, 200, 300, 400]);
	expect(starts(new Pace(), 0.5, 3)).toEqual([0, 2000, 4000]);
});

it('knows no limit at 0', () => {
	expect(starts(new Pace(), 0, 100)).toEqual(new Array(100).fill(0));
});

it('does not save up turns that nobody took', () => {
	const pace = new Pace();
	starts(pace, 10, 1);
	expect(starts(pace, 10, 3, 10_000)).toEqual([10_000, 10_100, 10_200]);
});

it('lets each sender set a limit of its own', () => {
	const pace = new Pace();
	pace.take(10, 0);
	expect(pace.wait(0)).toBe(100);
	pace.take(2, 100);
	expect(pace.wait(100)).toBe(500);
});

it.each([0, 10])('holds back what has not started, at %d per second', (rate) => {
	const pace = new Pace();
	pace.take(rate, 0);
	pace.hold(3000, 0);
	pace.hold(1000, 0);
	const spacing = rate && 1000 / rate;
	expect(starts(pace, rate, 3)).toEqual([3000, 3000 + spacing, 3000 + 2 * spacing]);
});

it('tells for how long a server wants to be left alone, while nothing is sent', () => {
	const pace = new Pace();
	expect(pace.heldFor(0)).toBe(0);
	// It asks for ten seconds; after four, one request finds out if it is still so.
	pace.hold(10_000, 0, 4000);
	expect(pace.wait(0)).toBe(4000);
	expect(pace.heldFor(0)).toBe(10_000);
	expect(pace.heldFor(3999)).toBe(6001);
	expect(pace.heldFor(4000)).toBe(0);
	// What asks for less does not shorten what nothing is sent for.
	pace.hold(100, 1000);
	expect(pace.heldFor(1000)).toBe(3000);
});

it('forgets what a server asked for when it takes a request, and holds what it holds', () => {
	const pace = new Pace();
	pace.hold(10_000, 0, 4000);
	pace.taken();
	expect(pace.heldFor(1000)).toBe(3000);
});

it('tells since when a server has taken nothing', () => {
	const pace = new Pace();
	expect(pace.refusingFor(1000)).toBe(0);
	pace.hold(1000, 500);
	pace.hold(1000, 2500);
	expect(pace.refusingFor(3000)).toBe(2500);
	pace.taken();
	expect(pace.refusingFor(4000)).toBe(0);
	pace.hold(1000, 5000);
	expect(pace.refusingFor(5500)).toBe(500);
});

it('never allows more in any time than the rate, whenever they come', () => {
	const delays = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 2, maxLength: 40 });
	fc.assert(
		fc.property(fc.constantFrom(2, 8, 10), delays, (rate, waits) => {
			const pace = new Pace();
			let arrival = 0;
			let last = -Infinity;
			for (const wait of waits) {
				arrival += wait;
				const start = Math.max(arrival, last) + pace.wait(Math.max(arrival, last));
				pace.take(rate, start);
				expect(start - last).toBeGreaterThanOrEqual(1000 / rate - 1e-6);
				last = start;
			}
		}),
	);
});

describe('after a refusal', () => {
	it('is half as fast, and comes back step by step', () => {
		const pace = new Pace();
		starts(pace, 10, 20);
		expect(pace.refused(1900, 10, 1000, 2000)).toBe(1000);
		expect(pace.rate(10, 3000)).toBe(5);
		expect(pace.rate(10, 3500)).toBe(6);
		expect(pace.rate(10, 4000)).toBe(7);
		expect(pace.rate(10, 5500)).toBe(10);
		// A sender with a lower limit of its own is not slowed down below it.
		expect(pace.rate(4, 3000)).toBe(4);
	});

	it('is half as fast as it was in truth where nobody set a limit', () => {
		const pace = new Pace();
		for (let at = 0; at < 2000; at += 25) pace.take(0, at);
		pace.refused(1975, 0, 0, 2000);
		expect(pace.rate(0, 2000)).toBe(20);
		// At twice of what was refused there is no limit any more.
		expect(pace.rate(0, 5000)).toBe(44);
		expect(pace.rate(0, 9499)).toBeLessThan(80);
		expect(pace.rate(0, 9500)).toBe(Infinity);
		expect(pace.rate(0, 10_000)).toBe(Infinity);
	});

	it.each<[string, Array<[from: number, count: number]>, number, number]>([
		['within its first second', [[0, 20]], 500, 40],
		['within its first second, at the turn of one', [[700, 20]], 1200, 40],
		['all at once', [[0, 1]], 10, 4],
		['in the midst of a second', [[0, 100]], 2500, 40],
		// What was before a pause says nothing.
		[
			'after a pause',
			[
				[0, 40],
				[10_000, 10],
			],
			10_250,
			40,
		],
		[
			'after a pause, later',
			[
				[0, 40],
				[10_000, 10],
			],
			10_500,
			20,
		],
	])('counts what was sent without a limit %s', (_, sent, now, perSecond) => {
		const pace = new Pace();
		for (const [from, count] of sent) {
			for (let index = 0; index < count; index++) pace.take(0, from + 25 * index);
		}
		pace.refused(now - 1, 0, 0, now);
		expect(pace.rate(0, now)).toBe(perSecond / 2);
	});

	it('counts what was sent with a limit from the second second on', () => {
		for (const [now, half] of [
			// Of less than a second nobody knows how many it would have become.
			[999, 5],
			[1000, 2],
		] as const) {
			const pace = new Pace();
			for (let at = 0; at < 400; at += 100) pace.take(10, at);
			pace.refused(300, 10, 0, now);
			expect(pace.rate(10, now)).toBe(half);
		}
	});

	it('learns nothing from what was on its way already', () => {
		const pace = new Pace();
		starts(pace, 8, 16);
		pace.refused(1900, 8, 0, 2000);
		// One that started when the pace was slowed down, and one before it, answered late.
		pace.refused(2000, 8, 0, 3500);
		expect(pace.rate(8, 3500)).toBe(4);
		pace.refused(1950, 8, 0, 3500);
		expect(pace.rate(8, 3500)).toBe(4);
		// When the pace has come back, such an answer is still no news.
		expect(pace.rate(8, 20_000)).toBe(8);
		expect(pace.refused(1950, 8, 700, 20_000)).toBe(700);
		expect(pace.rate(8, 20_000)).toBe(8);
	});

	it('is slowed down again from a second later on', () => {
		const pace = new Pace();
		starts(pace, 8, 16);
		pace.refused(1900, 8, 0, 2000);
		pace.refused(2100, 8, 0, 2999);
		expect(pace.rate(8, 2999)).toBe(4);
		for (let at = 2250; at < 3000; at += 250) pace.take(8, at);
		pace.refused(2900, 8, 0, 3000);
		expect(pace.rate(8, 3000)).toBeLessThan(4);
	});

	it('is slowed down once for all that was under way', () => {
		const pace = new Pace();
		starts(pace, 8, 16);
		pace.refused(1900, 8, 0, 2000);
		pace.refused(1950, 8, 0, 2010);
		// A limit by the second shows after a second that it was kept to.
		pace.refused(2020, 8, 0, 2500);
		expect(pace.rate(8, 2000)).toBe(4);
		pace.refused(3000, 8, 0, 3100);
		expect(pace.rate(8, 3100)).toBeLessThan(4);
	});

	it('never stops altogether', () => {
		const pace = new Pace();
		for (let at = 0; at < 60_000; at += 1500) {
			pace.take(8, at);
			pace.refused(at, 8, 0, at + 100);
		}
		expect(pace.rate(8, 60_000)).toBeGreaterThanOrEqual(1);
	});

	it('waits as the server asks, or for a moment', () => {
		const pace = new Pace();
		expect(pace.refused(0, 8, undefined, 100)).toBe(500);
		expect(pace.refused(600, 8, 300, 700)).toBe(300);
		expect(pace.refused(1100, 8, 0, 1200)).toBe(0);
		expect(pace.refused(1200, 8, 60_000, 1300)).toBe(60_000);
	});

	it('lasts as long as the longest wait that was asked for', () => {
		const pace = new Pace();
		expect(pace.refused(0, 8, 30_000, 100)).toBe(30_000);
		expect(pace.refused(50, 8, 1000, 200)).toBe(29_900);
	});
});
