import type { IDataObject } from 'n8n-workflow';
import { startCortexXsiamSimulator } from '../simulators';
import { DEEDS, itemsFor, runCrowd } from '../workflows/crowd';
import type { Deed, Tally } from '../workflows/crowd';
import { runCrowds } from '../workflows/crowdProcesses';

/** What became of executions that used one tenant at the same time. */
export interface CrowdFigures {
	deed: Deed;
	executions: number;
	processes: number;
	items: number;
	/** How many items got what they asked for. */
	succeeded: number;
	failed: number;
	/** Keys that the tenant has more than items came out. */
	surplus: number;
	/** Requests that the tenant refused. */
	refused: number;
	requests: number;
	seconds: number;
}

export interface CrowdWish {
	executions: number;
	items: number;
	/** Requests per second that the tenant takes. */
	limit: number;
	options: IDataObject;
}

/** Executions of one process, and of two, with default options unless some are given. */
export async function runAllCrowds(
	wish: CrowdWish,
	tell: (line: string) => void,
): Promise<CrowdFigures[]> {
	const figures: CrowdFigures[] = [];
	for (const processes of [1, 2]) {
		for (const deed of DEEDS) {
			figures.push(await runOne(deed, processes, wish));
			const { succeeded, failed, seconds } = figures.at(-1)!;
			tell(`${deed}, ${processes} processes: ${succeeded} of ${succeeded + failed}, ${seconds} s`);
		}
	}
	return figures;
}

async function runOne(deed: Deed, processes: number, wish: CrowdWish): Promise<CrowdFigures> {
	const { executions: count, items, limit, options } = wish;
	const sim = await startCortexXsiamSimulator({ settings: { ratePerSecond: limit } });
	try {
		const executions = itemsFor(sim, deed, count, items);
		const keysBefore = sim.state.keys.size;
		const onError = 'continueRegularOutput' as const;
		const started = performance.now();
		const share = { url: sim.url, deed, options, onError };
		const half = Math.ceil(count / processes);
		const crowds = Array.from({ length: processes }, (_, index) => ({
			...share,
			executions: executions.slice(index * half, (index + 1) * half),
		}));
		const [first] = crowds;
		const tallies: Tally[] = processes === 1 ? [await runCrowd(first!)] : await runCrowds(crowds);
		const succeeded = new Set(tallies.flatMap(({ ids }) => ids.flat())).size;
		const made = sim.state.keys.size - keysBefore;
		return {
			deed,
			executions: count,
			processes,
			items,
			succeeded,
			failed: tallies.flatMap(({ failures }) => failures).length,
			surplus: deed === 'get' ? made : made - succeeded,
			refused: sim.log.filter(({ status }) => status === 429).length,
			requests: sim.log.length,
			seconds: Math.round((performance.now() - started) / 100) / 10,
		};
	} finally {
		await sim.close();
	}
}
