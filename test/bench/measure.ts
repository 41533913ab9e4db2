import diagnostics from 'node:diagnostics_channel';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What one run took. */
export interface Figures {
	seconds: number;
	/** Processor seconds of all threads of this process. */
	processor: number;
	/** Milliseconds from a call's beginning to the end of its answer, as the client saw it. */
	p50: number;
	p99: number;
	/** Megabytes that the process grew by at most. */
	memory: number;
	/** The longest time in milliseconds that the event loop did nothing else. */
	delay: number;
}

const MEMORY_EVERY_MS = 10;
const DELAY_RESOLUTION_MS = 5;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Runs something in this process, and measures it. */
export async function measure(task: () => Promise<void>): Promise<Figures> {
	collectGarbage();
	const memoryBefore = process.memoryUsage.rss();
	let memory = memoryBefore;
	const sampler = setInterval(() => {
		memory = Math.max(memory, process.memoryUsage.rss());
	}, MEMORY_EVERY_MS);
	const loop = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
	loop.enable();
	const calls = watchCalls();
	const processorBefore = process.cpuUsage();
	const started = performance.now();
	await task();
	const seconds = (performance.now() - started) / 1000;
	const { user, system } = process.cpuUsage(processorBefore);
	loop.disable();
	clearInterval(sampler);
	const times = calls.end().sort((a, b) => a - b);
	return {
		seconds,
		processor: (user + system) / 1e6,
		p50: quantile(times, 0.5),
		p99: quantile(times, 0.99),
		memory: (memory - memoryBefore) / 1e6,
		delay: loop.max / 1e6,
	};
}

/** Node.js itself tells when each of its HTTP calls begins and ends, whoever makes it. */
function watchCalls(): { end(): number[] } {
	const begun = new WeakMap<object, number>();
	const times: number[] = [];
	const onStart = (message: unknown) => {
		begun.set((message as { request: object }).request, performance.now());
	};
	const onFinish = (message: unknown) => {
		const start = begun.get((message as { request: object }).request);
		if (start !== undefined) times.push(performance.now() - start);
	};
	diagnostics.subscribe('http.client.request.start', onStart);
	diagnostics.subscribe('http.client.response.finish', onFinish);
	return {
		end: () => {
			diagnostics.unsubscribe('http.client.request.start', onStart);
			diagnostics.unsubscribe('http.client.response.finish', onFinish);
			return times;
		},
	};
}

/** @param sorted In ascending order. */
export function quantile(sorted: number[], share: number): number {
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
