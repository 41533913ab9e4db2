/** A process of its own with executions as a worker of n8n has them: takes a crowd, tells its tally. */
import '../setup';
import type { Crowd } from './crowd';
import { runCrowd } from './crowd';

process.on('message', (crowd: Crowd) => {
	void runCrowd(crowd).then(
		(tally) => process.send?.(tally),
		(error: unknown) => {
			console.error(error);
			process.exit(1);
		},
	);
});
process.on('disconnect', () => process.exit());
