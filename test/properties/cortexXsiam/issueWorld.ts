import { randomUUID } from 'node:crypto';
import type { generate } from '../../../nodes/CortexXsiam/resources/apiKey/generate.operation';
import type { Result } from '../../../nodes/shared/operation';
import type { CortexXsiamKey, CortexXsiamState } from '../../simulators';
import type { Fate, Parked, Tenant } from './tenant';

/** The modules as one process of n8n has loaded them, with what it remembers of lost answers. */
export interface Modules {
	generate: typeof generate;
	Tenant: typeof Tenant;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Ids that the tenant gives from here on. */
const FIRST_ID = 500;

export interface Rules {
	/** What a key is known by: a text of the user's, or the call itself, which is tried several times. */
	by: 'idempotencyKey' | 'call';
	/** How many runs are started in all, and at once; tries of one call come one after the other. */
	runs: number;
	atOnce: number;
	/** How many calls go wrong, and how many processes are killed. */
	faults: number;
	kills: number;
	/** How many processes there are at the beginning; one that is killed is followed by another. */
	processes: number;
	/** Whether some runs ask for other roles with the same idempotency key. */
	differ?: boolean;
	ifKeyExists?: 'error' | 'return';
}

interface Process {
	name: string;
	modules: Modules;
	tenant: Tenant;
	isDead: boolean;
}

interface Run {
	name: string;
	process: Process;
	roles: string[];
	stop?: { call: string; since: number; go: (fate: Fate) => void };
	isOver: boolean;
	wasKilled: boolean;
	next: Promise<void>;
	signal: () => void;
}

export type Choose = (count: number) => number;

const ROLES = ['Investigator'];
const OTHER_ROLES = ['Public API Viewer'];

/**
 * A tenant, processes of n8n and their runs of Generate for one key, whose calls go one by one in any
 * order. Whatever is checked is read from the tenant, and from what the runs gave out and said.
 */
export class IssueWorld {
	now = Date.UTC(2026, 10, 27, 3, 0, 0);

	readonly trace: string[] = [];

	private readonly state: CortexXsiamState;

	private readonly processes: Process[] = [];

	private readonly runs: Run[] = [];

	private readonly business = `siem-${randomUUID()}`;

	/** Ids of the keys whose secrets left the node. */
	private readonly handedOver = new Set<string>();

	/** All that items and errors have said. */
	private readonly said: string[] = [];

	private faults = 0;

	private kills = 0;

	constructor(
		private readonly rules: Rules,
		private readonly choose: Choose,
		/** As many as processes may live in this world. */
		private readonly copies: Modules[],
	) {
		this.state = new copies[0]!.Tenant(() => this.now).state;
		this.state.nextKeyId = FIRST_ID;
		for (let count = 0; count < rules.processes; count++) this.begin();
	}

	/** One random step; false where nothing can happen any more. */
	async step(): Promise<boolean> {
		const moves = this.moves();
		if (moves.length === 0) return false;
		const [name, move] = moves[this.choose(moves.length)] as [string, () => Promise<void> | void];
		this.trace.push(name);
		await this.checked(move);
		return true;
	}

	/** When all is quiet, a last run in a process that knows nothing says what there is. */
	async settle(): Promise<void> {
		// Those under way go on undisturbed.
		for (;;) {
			const run = this.active()[0];
			if (!run) break;
			this.trace.push(`${run.name} goes on: ${run.stop?.call}`);
			await this.checked(async () => await this.release(run, 'answered'));
		}
		for (const process of this.processes) {
			for (const { work } of process.tenant.parked.splice(0)) {
				this.trace.push('late work is done');
				await this.checked(async () => await this.losing(process, work));
			}
		}
		this.checkNamed();
		const live = this.live();
		for (const process of this.processes) process.isDead = true;
		const last = await this.undisturbed();
		const found = this.said.at(-1) ?? '';
		if (live.length === 0) {
			if (last.length !== 1) throw new Error(`Nothing is there, and nothing was issued: ${found}`);
			return;
		}
		const unnamed = live.filter(({ id }) => !new RegExp(`\\b${id}\\b`).test(found));
		if (last.length > 0 || unnamed.length > 0) {
			const ids = live.map(({ id }) => id).join(', ');
			throw new Error(`A later run names not all of ${ids}: ${found}`);
		}
	}

	private begin(): Process {
		const modules = this.copies[this.processes.length] as Modules;
		const tenant = new modules.Tenant(
			() => this.now,
			this.state,
			async (milliseconds) => void (this.now += milliseconds),
		);
		const name = `process ${this.processes.length + 1}`;
		const begun: Process = { name, modules, tenant, isDead: false };
		this.processes.push(begun);
		return begun;
	}

	private active(): Run[] {
		return this.runs.filter(({ isOver }) => !isOver);
	}

	private allParked(): Parked[] {
		return this.processes.flatMap(({ tenant }) => tenant.parked);
	}

	private moves(): Array<[string, () => Promise<void> | void]> {
		const { rules } = this;
		const moves: Array<[string, () => Promise<void> | void]> = [];
		const active = this.active();
		for (const run of active) {
			const call = run.stop?.call ?? '';
			const go = (fate: Fate) => async () => await this.release(run, fate);
			// Thrice, so that runs come to an end.
			for (let times = 0; times < 3; times++) moves.push([`${run.name}: ${call}`, go('answered')]);
			if (this.faults >= rules.faults) continue;
			const fates: Fate[] = call.startsWith('write')
				? ['answerLost', 'doneLater', 'refused', 'neverSent']
				: ['answerLost'];
			for (const fate of fates) {
				const fail = async () => {
					this.faults += 1;
					await (fate === 'answerLost' ? this.losing(run.process, go(fate)) : go(fate)());
				};
				moves.push([`${run.name}: ${call}: ${fate}`, fail]);
			}
		}
		for (const process of this.processes.filter(({ isDead }) => !isDead)) {
			const mine = active.filter((run) => run.process === process);
			if (mine.length > 0 && this.kills < rules.kills) {
				moves.push([`${process.name} is killed`, () => this.kill(process, mine)]);
				const writing = mine.filter(({ stop }) => stop?.call.startsWith('write'));
				if (writing.length > 0) {
					const still = `${process.name} is killed, and what it has sent still comes`;
					moves.push([still, () => this.kill(process, mine, writing)]);
				}
			}
			if (this.runs.length < rules.runs && active.length < rules.atOnce) {
				moves.push([`${process.name} starts a run`, async () => await this.start(process, ROLES)]);
				if (rules.differ) {
					const start = async () => await this.start(process, OTHER_ROLES);
					moves.push([`${process.name} starts a run with other roles`, start]);
				}
			}
		}
		for (const process of this.processes) {
			const { parked } = process.tenant;
			for (const [index, { work }] of parked.entries()) {
				const done = async () => {
					parked.splice(index, 1);
					await this.losing(process, work);
				};
				moves.push(['late work is done', done]);
			}
		}
		if (this.runs.length > 0) {
			// Nothing that is under way is older than what a server works on.
			const underWay = [...active.flatMap(({ stop }) => stop ?? []), ...this.allParked()];
			if (underWay.every(({ since }) => this.now + HOUR - since < 12 * HOUR)) {
				moves.push(['an hour passes', () => void (this.now += HOUR)]);
			}
			moves.push(['20 seconds pass', () => void (this.now += 20_000)]);
		}
		return moves;
	}

	/** @param writing Those whose requests are on their way, and are done later. */
	private kill(process: Process, runs: Run[], writing: Run[] = []): void {
		this.kills += 1;
		process.isDead = true;
		for (const { stop } of writing) stop?.go('doneLater');
		for (const run of runs) Object.assign(run, { isOver: true, wasKilled: true, stop: undefined });
		this.begin();
	}

	private async start(process: Process, roles: string[]): Promise<void> {
		const run: Run = {
			name: `run ${this.runs.length + 1}`,
			process,
			roles,
			isOver: false,
			wasKilled: false,
			...deferred(),
		};
		this.runs.push(run);
		const gate = async (call: string): Promise<Fate> =>
			await new Promise((resolve) => {
				// What was killed never comes back.
				if (run.wasKilled) return;
				run.stop = { call, since: this.now, go: resolve };
				run.signal();
			});
		void this.issue(run, gate).finally(() => {
			if (run.wasKilled) return;
			run.isOver = true;
			run.stop = undefined;
			run.signal();
		});
		await run.next;
	}

	private async issue(run: Run, gate: (call: string) => Promise<Fate>): Promise<void> {
		const { modules, tenant } = run.process;
		const { by, ifKeyExists } = this.rules;
		const input: unknown = modules.generate.input.parse({
			roles: run.roles,
			securityLevel: 'standard',
			additionalFields:
				by === 'call' ? {} : { idempotencyKey: this.business, ...(ifKeyExists && { ifKeyExists }) },
		});
		// Tries of one call, or executions of their own.
		const identity = [this.business, by === 'call' ? 'the call' : run.name];
		const call = { index: 0, isRetry: false, identity, log: console };
		await (modules.generate.run(tenant.api(gate), input, call) as Promise<Result>).then(
			({ item, hints = [] }) => {
				if (run.wasKilled) return;
				this.trace.push(`  ${run.name} gives ${item.id as string}`);
				this.demandNamed(run, [item.id as string, ...hints].join(' '));
				this.said.push(`gives ${item.id as string}`);
				if (item.created !== true) return;
				this.handedOver.add(item.id as string);
				const key = this.state.keys.get(Number(item.id));
				if (key?.roles.join() !== run.roles.join()) throw new Error('Not what was asked for');
			},
			(failure: Error & { description?: string }) => {
				if (run.wasKilled) return;
				const text = `${failure.message}. ${failure.description ?? ''}`;
				this.trace.push(`  ${run.name} says: ${text}`);
				this.said.push(text);
				if (/ issued with this 'Idempotency Key'/.test(text)) this.demandNamed(run, text);
				// What failed otherwise is a fault of the test, or of the code.
				if (!('kind' in failure)) this.broken = failure;
			},
		);
	}

	/** Whoever says which key there is names every one that is live at that moment. */
	private demandNamed(run: Run, text: string): void {
		if (this.rules.by !== 'idempotencyKey') return;
		const unnamed = this.live().filter(
			// What a run lost, the run itself looks for.
			({ id }) => this.lostBy.get(id) !== run.process && !new RegExp(`\\b${id}\\b`).test(text),
		);
		if (unnamed.length === 0) return;
		const ids = unnamed.map(({ id }) => id).join(', ');
		this.broken ??= new Error(`${run.name} does not name ${ids}, which is live as well: ${text}`);
	}

	/** Processes that got no answer to the request of a key. */
	private readonly lostBy = new Map<number, Process>();

	/** Does what makes keys whose answers a process does not get. */
	private async losing(process: Process, work: () => Promise<void>): Promise<void> {
		const { nextKeyId } = this.state;
		await work();
		for (let id = nextKeyId; id < this.state.nextKeyId; id++) this.lostBy.set(id, process);
	}

	private broken?: Error;

	private async release(run: Run, fate: Fate): Promise<void> {
		const { stop } = run;
		run.stop = undefined;
		Object.assign(run, deferred());
		stop?.go(fate);
		await run.next;
	}

	/** @returns ids of what it issued */
	private async undisturbed(): Promise<string[]> {
		const before = new Set(this.handedOver);
		const process = this.begin();
		await this.start(process, ROLES);
		const run = this.runs.at(-1) as Run;
		while (!run.isOver) await this.release(run, 'answered');
		return [...this.handedOver].filter((id) => !before.has(id));
	}

	private async checked(move: () => Promise<void> | void): Promise<void> {
		const before = [...this.state.keys.keys()];
		await move();
		if (this.broken) throw this.broken;
		const deleted = before.filter((id) => !this.state.keys.has(id));
		const taken = deleted.filter((id) => id < FIRST_ID || this.handedOver.has(String(id)));
		if (taken.length > 0) {
			throw new Error(`What somebody has, or is somebody else's, was deleted: ${taken.join(', ')}`);
		}
		const out = this.live().filter(({ id }) => this.handedOver.has(String(id)));
		if (out.length > 1) {
			throw new Error(`Two keys were handed over: ${out.map(({ id }) => id).join(', ')}`);
		}
	}

	/** A key that nobody got is named by somebody, unless the process that asked for it was killed. */
	private checkNamed(): void {
		const unnamed = this.live().filter(({ id, comment }) => {
			if (this.handedOver.has(String(id))) return false;
			const mark = /\[n8n call [^\]]*\]$/.exec(comment ?? '')?.[0] ?? 'no mark';
			return !this.said.some((text) => text.includes(mark) || new RegExp(`\\b${id}\\b`).test(text));
		});
		const killed = this.runs.filter(({ wasKilled }) => wasKilled).length;
		if (unnamed.length > killed) {
			const ids = unnamed.map(({ id }) => id).join(', ');
			throw new Error(`Nobody names ${ids}, and ${killed} runs were killed`);
		}
	}

	/** The live keys that were issued, oldest first. */
	live(): CortexXsiamKey[] {
		return [...this.state.keys.values()].filter(
			({ id, expiration }) => id >= FIRST_ID && (expiration ?? Infinity) > this.now,
		);
	}
}

function deferred(): { next: Promise<void>; signal: () => void } {
	let signal: () => void = () => {};
	const next = new Promise<void>((resolve) => (signal = resolve));
	return { next, signal };
}
