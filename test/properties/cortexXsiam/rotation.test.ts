import { explore, worldClock } from './explore';
import { AN_HOUR, DAY, HOUR, RotationWorld } from './rotationWorld';
import type { Rules } from './rotationWorld';
import type { Fate } from './tenant';

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

// The simulator is asked without a network, by a library whose cookies Jest cannot load.
jest.mock('cookie', () => ({}));

const base: Rules = {
	runs: 3,
	atOnce: 2,
	faults: 1,
	finishes: true,
	overlapHours: 0,
	secretAs: 'idAndKey',
};

/** As the example has it: the overlap is the one that is there if nothing is said. */
const own: Rules = { ...base, ownKey: true, overlapHours: 20 };

/** The runs of the model that must be clean, and what may be added to each. */
const cases: Array<[string, number, Rules]> = [
	['two runs at once, one fault', 500, base],
	['two faults', 200, { ...base, faults: 2 }],
	['an overlap of 20 hours', 200, { ...base, overlapHours: 20 }],
	['generations, one run at a time', 250, { ...base, runs: 4, atOnce: 1, generations: 2 }],
	[
		'Rotate and store only, with generations',
		250,
		{ ...base, runs: 4, finishes: false, overlapHours: 20, generations: 2 },
	],
	['the key alone is stored', 150, { ...base, secretAs: 'key' }],
	['an old key that is young', 100, { ...base, ageOfFirst: 60_000, generations: 1 }],
	['the first key is gone', 100, { ...base, firstGone: true }],
	['nothing is stored yet', 150, { ...base, emptyStore: true }],
	['somebody copies a comment', 150, { ...base, person: 'copiesComment', generations: 1 }],
	[
		'somebody copies a comment to a new key',
		150,
		{ ...base, person: 'copiesCommentToYoungKey', generations: 1 },
	],
	['somebody writes a comment anew', 150, { ...base, person: 'editsComment', generations: 1 }],
	['somebody deletes a key', 150, { ...base, person: 'deletesKey' }],
	['somebody overwrites the store', 100, { ...base, person: 'overwritesStore' }],
	["n8n's own credential, two runs at once", 300, { ...own, generations: 1 }],
	["n8n's own credential, two faults", 150, { ...own, faults: 2 }],
	["n8n's own credential, generations", 150, { ...own, runs: 4, atOnce: 1, generations: 2 }],
	["n8n's own credential, somebody deletes a key", 100, { ...own, person: 'deletesKey' }],
	['the due key expires meanwhile', 150, { ...base, expiry: true }],
];

describe('the rotation of an API key, killed, lost, late and run twice at once', () => {
	const clock = worldClock();

	it.each(cases)('keeps its invariants: %s', async (_, numRuns, rules) => {
		await explore(numRuns, 120, (choose) => {
			const world = new RotationWorld(rules, choose);
			clock.follow(world);
			return world;
		});
	});

	it.each([
		['before the next run', 'a vault', base],
		['before the next run', "n8n's own credential", own],
		['after the next run', 'a vault', base],
		['after the next run', "n8n's own credential", own],
	])(
		'ends with one key whichever write is done 3 hours after it was cut, %s: %s',
		async (order, _, rules) => {
			const met: string[] = [];
			for (let nth = 0; nth === met.length; nth++) {
				const world = new RotationWorld(rules, () => 0);
				clock.follow(world);
				const writes: string[] = [];
				const fateOf = (call: string): Fate => {
					if (call !== 'store' && !call.startsWith('write')) return 'answered';
					return writes.push(call) === nth + 1 ? 'doneLater' : 'answered';
				};
				for (let day = 0; day < 3; day++) {
					await world.wholeRun(fateOf);
					world.now += 3 * HOUR;
					if (order === 'after the next run') await world.wholeRun(fateOf);
					await world.lateWork();
					world.now += DAY;
				}
				await world.settle();
				met.push(...writes.slice(nth, nth + 1));
			}
			expect(met).toEqual(
				expect.arrayContaining([
					expect.stringMatching(/generate$/),
					'store',
					expect.stringMatching(/delete$/),
				]),
			);
		},
	);

	it('P2: repairs a store into which a write came after its key had been revoked', async () => {
		const world = new RotationWorld(base, () => 0);
		clock.follow(world);
		await world.wholeRun((call) => (call === 'store' ? 'doneLater' : 'answered'));
		const [, first] = world.live();
		// Later than 12 hours: the runs have given it up by then, and another key is in the store.
		for (let run = 0; run < 2; run++) {
			world.now += 13 * HOUR;
			await world.undisturbedRun();
		}
		expect(world.live()).toHaveLength(1);
		expect(world.live()).not.toContain(first);
		await world.lateWork();
		expect(world.store).toMatch(new RegExp(`^${first}:`));
		await world.undisturbedRun();
		expect(world.trace).toContainEqual(expect.stringMatching(/^ {2}run D: rotated \d+$/));
		await world.settle();
	});

	it.each([
		[3, 'a store that opens the due key', base],
		[5, 'a store that opens nothing', { ...base, emptyStore: true }],
	])('stops at %s live keys for %s and takes none', async (most, _, rules) => {
		const world = new RotationWorld({ ...rules, storeRefuses: true }, () => 0);
		clock.follow(world);
		for (let run = 0; run < 9; run++) {
			await world.undisturbedRun();
			world.now += AN_HOUR;
		}
		expect(world.live()).toHaveLength(most);
		expect(world.trace.at(-1)).toContain('blocked');
	});
});
