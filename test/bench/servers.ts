import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Urls } from './cases';

/** How the servers are to be from now on; everything that was done to them is forgotten. */
export interface Wish {
	/** Milliseconds before each answer. */
	latency?: number;
	/** Requests per second that the tenant of Cortex XSIAM takes; 0 for any number. */
	ratePerSecond?: number;
	/** How many resources PAM360 has beside those of the demo. */
	resources?: number;
}

// Every command runs in the package's folder.
const SERVER_PROCESS = join(process.cwd(), 'test/bench/serverProcess.ts');

/** The simulators, in a process of their own, so that what is measured is the client's. */
export class Servers {
	private constructor(
		private readonly process: ChildProcess,
		readonly urls: Urls,
	) {}

	static async start(): Promise<Servers> {
		const child = fork(SERVER_PROCESS, [], { execArgv: ['--import', 'tsx'] });
		const [urls] = (await once(child, 'message')) as [Urls];
		return new Servers(child, urls);
	}

	/** Starts anew. */
	async empty(wish: Wish = {}): Promise<void> {
		this.process.send(wish);
		await once(this.process, 'message');
	}

	stop(): void {
		this.process.disconnect();
	}
}
