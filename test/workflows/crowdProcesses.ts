import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Crowd, Tally } from './crowd';

/** Runs each crowd in a process of its own, all at the same time. */
export async function runCrowds(crowds: Crowd[]): Promise<Tally[]> {
	const workers = crowds.map(() =>
		fork(join(__dirname, 'crowdWorker.ts'), [], { execArgv: ['--import', 'tsx'] }),
	);
	try {
		return await Promise.all(
			workers.map(async (worker, index) => {
				worker.send(crowds[index]!);
				const ended = once(worker, 'exit').then(([code]) => {
					throw new Error(`A worker ended with ${code}`);
				});
				const [tally] = (await Promise.race([once(worker, 'message'), ended])) as [Tally];
				ended.catch(() => {});
				return tally;
			}),
		);
	} finally {
		for (const worker of workers) worker.disconnect();
	}
}
