import fc from 'fast-check';
import { DAY_MS, World, interleave } from './world';
import type { RunPlan } from './world';
import type { Fault } from './faultyVault';

afterEach(() => jest.restoreAllMocks());

const FAULTS: Fault[] = ['killedBefore', 'killedAfter', 'dropped', 'answerLost', 'late'];

const disturbance = fc.record({ at: fc.nat(34), fault: fc.constantFrom(...FAULTS) });

const run = fc.record({
	disturbances: fc.array(disturbance, { maxLength: 1 }),
	givesUp: fc.boolean(),
});

/** What becomes of the write of an update; it is what does harm. */
const update = fc.constantFrom<Fault | undefined>(undefined, 'late', 'late', ...FAULTS);

const round = fc.record({
	runs: fc.array(run, { minLength: 1, maxLength: 2 }),
	update: fc.option(update, { nil: 'none' as const, freq: 2 }),
	picks: fc.array(fc.nat(10_000), { minLength: 1, maxLength: 60 }),
	mayFlip: fc.boolean(),
	mayArrive: fc.boolean(),
});

const program = fc.record({
	settings: fc.record({
		keysFoundByPlace: fc.boolean(),
		listsDisabled: fc.boolean(),
		storingMovesChange: fc.boolean(),
	}),
	rounds: fc.array(round, { minLength: 1, maxLength: 3 }),
});

/**
 * A pair in a record that is disabled cannot be found in a vault that does not list it: there no update is
 * late, and none comes beside two runs that rotate at once.
 */
function mayUpdate(
	{ listsDisabled }: { listsDisabled: boolean },
	rotating: unknown[],
	update: Fault | 'none' | undefined,
): update is Fault | undefined {
	if (update === 'none') return false;
	return listsDisabled || (rotating.length === 1 && update !== 'late');
}

const isWrite = (method: string) => method === 'POST';

const updateWith = (fault: Fault | undefined): RunPlan => ({
	updates: true,
	disturbances: fault ? [{ at: isWrite, fault }] : [],
});

const RUNS = Number(process.env.ROTATION_RUNS ?? 700);

it(
	'keeps every host open, brings no key back, and ends, whatever is killed, lost or late',
	async () => {
		await fc.assert(
			fc.asyncProperty(program, async ({ settings, rounds }) => {
				const world = new World(settings);
				try {
					for (const { runs: rotating, update, picks, ...options } of rounds) {
						const runs: RunPlan[] = [...rotating];
						if (mayUpdate(settings, rotating, update)) {
							world.isCrowded ||= rotating.length > 1;
							runs.push(updateWith(update));
						}
						let turn = 0;
						const pick = (count: number) => picks[turn++ % picks.length]! % count;
						await interleave(world, runs, pick, options);
						// Two that are late for days could take both copies of what the hosts accept meanwhile.
						while (world.parked.length > 1) world.arrive();
						world.pass(DAY_MS);
					}
					await world.calmDown();
					world.pass(91 * DAY_MS);
					await world.calmDown();
					expect(world.strays()).toBe(0);
				} catch (error) {
					(error as Error).message += `\n${world.told.join('\n')}`;
					throw error;
				}
			}),
			{ numRuns: RUNS },
		);
	},
	RUNS * 300,
);
