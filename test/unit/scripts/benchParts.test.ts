import { emptyResults, tablesOf, withEarlier, type Results } from '../../bench/report';
import type { Compared } from '../../bench/rounds';

const earlier: Results = {
	...emptyResults(),
	at: '2026-01-01T00:00:00.000Z',
	profiles: { 'PAM360, node': [{ name: 'zod', share: 12.5 }] },
	sizes: { tarball: 297, load: { median: 30, min: 28, max: 33 } },
};
const now: Results = {
	...emptyResults(),
	at: '2026-02-02T00:00:00.000Z',
	profiles: { 'PAM360, node': [{ name: 'zod', share: 10 }] },
};

const row = (items: number, latency: number, rounds = 5): Compared => ({
	case: 'PAM360',
	items,
	latency,
	rounds,
	clients: ['node'],
	figures: {},
	errors: {},
});

describe('figures that are measured in parts', () => {
	it('keep what was measured before, and say since when', () => {
		const all = withEarlier(now, earlier);
		expect(all).toMatchObject({
			at: now.at,
			since: earlier.at,
			profiles: now.profiles,
			sizes: earlier.sizes,
		});
		expect(withEarlier(now, all).since).toBe(earlier.at);
	});

	it('keep the rows of comparisons that were not made now, in one order', () => {
		const before = { ...earlier, comparisons: [row(1, 0), row(1, 50), row(10_000, 0)] };
		const all = withEarlier({ ...earlier, at: now.at, comparisons: [row(1, 0, 3)] }, before);
		expect(all.comparisons).toEqual([row(1, 0, 3), row(10_000, 0), row(1, 50)]);
		expect(all.since).toBe(earlier.at);
	});

	it('are of one time where nothing was kept', () => {
		const whole = withEarlier({ ...earlier, at: now.at }, earlier);
		expect(whole.since).toBeUndefined();
		expect(tablesOf({ ...whole, sizes: undefined })).toContain(`Measured at ${now.at} with`);
	});

	it('name both times', () => {
		const all = { ...withEarlier(now, earlier), sizes: undefined };
		expect(tablesOf(all)).toContain(`Measured in parts from ${earlier.at} to ${now.at} with`);
	});
});
