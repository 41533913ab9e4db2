import fc from 'fast-check';

/** A simulated course of events, one step after the other. */
interface World {
	now: number;
	readonly trace: string[];
	/** @returns Whether there is anything left to happen. */
	step(): Promise<boolean>;
	settle(): Promise<void>;
}

/** It is `now` of the world that was made last, in every test of the `describe`. */
export function worldClock() {
	let clock: jest.SpyInstance<number>;
	beforeEach(() => {
		clock = jest.spyOn(Date, 'now');
	});
	afterEach(() => clock.mockRestore());
	return { follow: (world: { now: number }) => void clock.mockImplementation(() => world.now) };
}

/**
 * Lets worlds take many courses; each step of a world checks what must hold.
 *
 * @param most How many choices a course has at the most.
 * @param start A new world, whose clock is followed, and that takes its choices from `choose`.
 */
export async function explore(
	numRuns: number,
	most: number,
	start: (choose: (count: number) => number) => World,
): Promise<void> {
	const course = fc.array(fc.nat(1_000), { minLength: 10, maxLength: most });
	await fc.assert(
		fc.asyncProperty(course, async (choices) => {
			let used = 0;
			const world = start((count) => (choices[used++] ?? 0) % count);
			try {
				while (used < choices.length && (await world.step())) {
					// Each step checks what must hold.
				}
				await world.settle();
			} catch (error) {
				throw new Error(`${(error as Error).message}\n${world.trace.join('\n')}`);
			}
		}),
		{ numRuns },
	);
}
