import { explore, worldClock } from './explore';
import { IssueWorld } from './issueWorld';
import type { Modules, Rules } from './issueWorld';

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

// The simulator is asked without a network, by a library whose cookies Jest cannot load.
jest.mock('cookie', () => ({}));

/** As many processes as a world can have: one that is killed is followed by another, and the last looks. */
const PROCESSES = 5;

/** The code as each process has loaded it: what one knows of lost answers the others do not. */
const copies: Modules[] = Array.from({ length: PROCESSES }, () => {
	let modules: Modules | undefined;
	jest.isolateModules(() => {
		modules = {
			// eslint-disable-next-line @typescript-eslint/no-require-imports -- a copy for each
			...(require('../../../nodes/CortexXsiam/resources/apiKey/generate.operation') as Modules),
			// eslint-disable-next-line @typescript-eslint/no-require-imports -- a copy for each
			...(require('./tenant') as Modules),
		};
	});
	return modules as Modules;
});

const once: Rules = {
	by: 'idempotencyKey',
	runs: 3,
	atOnce: 3,
	faults: 1,
	kills: 0,
	processes: 2,
};

const tries: Rules = { by: 'call', runs: 4, atOnce: 1, faults: 2, kills: 0, processes: 1 };

const cases: Array<[string, number, Rules]> = [
	['one idempotency key, three runs in two processes', 300, { ...once, faults: 0 }],
	['one idempotency key, and a fault', 300, once],
	['one idempotency key, and two faults', 200, { ...once, faults: 2 }],
	['one idempotency key in one process', 150, { ...once, processes: 1, faults: 2 }],
	['one idempotency key, and a process is killed', 300, { ...once, kills: 1, runs: 4 }],
	[
		'one idempotency key, and workers that are given up',
		200,
		{ ...once, kills: 2, runs: 4, ifKeyExists: 'return' },
	],
	['one idempotency key, and other roles', 200, { ...once, differ: true, ifKeyExists: 'return' }],
	['tries of one call', 200, tries],
	['tries of one call, and the process is killed', 300, { ...tries, kills: 2 }],
];

describe('a key that is asked for several times', () => {
	const clock = worldClock();

	it.each(cases)(
		'is issued once, and what is left over is named: %s',
		async (_, numRuns, rules) => {
			await explore(numRuns, 100, (choose) => {
				const world = new IssueWorld(rules, choose, copies);
				clock.follow(world);
				return world;
			});
		},
	);
});
