import { choose, toEnumerate } from '../../kill/choice';
import { kinds, type Kind, writeKinds } from '../../kill/kinds';
import { entry } from './support';

/** Twenty requests, of which every fifth changes something. */
const requests = Array.from({ length: 20 }, (_, index) =>
	entry({ number: index + 1, write: index % 5 === 4, label: index % 5 === 4 ? 'write' : 'read' }),
);
const disturbing = (Object.keys(kinds) as Kind[]).filter((kind) => kind !== 'none');

describe('the points at which a rotation is killed', () => {
	it('are those of all runs up to the last one that changes something', () => {
		const entries = [
			entry({ number: 1, runs: ['7'], write: false }),
			entry({ number: 2, runs: ['7'] }),
			entry({ number: 3, runs: ['7'], write: false }),
			entry({ number: 4, runs: ['8'], write: false }),
		];
		expect(toEnumerate(entries).map(({ number }) => number)).toEqual([1, 2, 3]);
	});

	it('are all requests for each disturbance, and those that change something for late work', () => {
		const points = choose(requests, {});
		for (const kind of disturbing) {
			const numbers = points.filter((point) => point.kind === kind).map(({ number }) => number);
			const expected = writeKinds.includes(kind)
				? [5, 10, 15, 20]
				: requests.map(({ number }) => number);
			expect(numbers).toEqual(expected);
		}
	});

	it('can be narrowed by kind, number and label', () => {
		const wanted: Kind[] = ['killBefore', 'late30s'];
		expect(choose(requests, { kinds: wanted, numbers: [4, 5] })).toEqual([
			{ kind: 'killBefore', number: 4 },
			{ kind: 'killBefore', number: 5 },
			{ kind: 'late30s', number: 5 },
		]);
		expect(choose(requests, { kinds: ['refused'], at: 'write' })).toHaveLength(4);
	});

	it('are a sample of different kinds and requests, and two samples differ', () => {
		const quick = disturbing.filter((kind) => kind !== 'late30s');
		const first = choose(requests, { sample: { size: 10, from: 0 } });
		const second = choose(requests, { sample: { size: 10, from: 10 } });
		expect(first).toHaveLength(10);
		expect(new Set(first.map(({ kind }) => kind)).size).toBe(10);
		expect(new Set([...first, ...second].map(({ kind }) => kind))).toEqual(new Set(quick));
		expect(new Set(first.map(({ number }) => number)).size).toBeGreaterThan(5);
		expect(choose(requests, { sample: { size: 10, from: 0 } })).toEqual(first);
	});

	it('are all there are where the sample is larger', () => {
		const wanted = { kinds: ['late30s'] as Kind[], sample: { size: 10, from: 0 } };
		expect(
			choose(requests, wanted)
				.map(({ number }) => number)
				.sort(),
		).toEqual([10, 15, 20, 5]);
	});
});
