import { setTimeout as delay } from 'node:timers/promises';

import { type Kind, kinds, overlappingKinds, type Point, type PointResult } from './kinds';
import type { Allowance, Observer } from './observers/observer';
import type { Scenario } from './scenarios/scenario';
import type { Entry, Trap } from './world/journal';
import type { Ended, Lane } from './world/lane';

const hourMs = 3_600_000;

/** The schedule drifts: a day of it is a bit longer than a day. */
const dayMs = 24 * hourMs + 10 * 60_000;

/** How long after the first run the next one is that a parked write waits for. */
const parkedMs = 11 * hourMs + 50 * 60_000;

/** How long after the cut work is done that goes on beside the run, by the machine's clock. */
const lateMs: Partial<Record<Kind, number>> = { late5s: 5_000, late30s: 30_000 };

/** A second run that asks for nothing for so long waits for the first: n8n renews a token once at a time. */
const blockedMs = 12_000;

/** More than any rotation takes. */
const mostDays = 7;

/** After so many days on which nothing was done, nothing more will be. */
const idleDays = 2;

/** Runs a rotation to its end, disturbed once, and looks on. */
export class PointRunner {
	private readonly observer: Observer;

	/** Has the disturbance happened, and is nothing of it still to come? */
	private over: boolean;

	private caught: Entry | undefined;

	private secondMet: boolean | undefined;

	private secondLength: number | undefined;

	private secondBlocked: boolean | undefined;

	/** Lets the parked work be done. */
	private release: (() => void) | undefined;

	/** Each resolves when some parked work is done. */
	private readonly late: Array<Promise<void>> = [];

	private constructor(
		private readonly lane: Lane,
		private readonly point: Point,
		observer: Observer,
		/** What the observer allows. */
		private readonly allowance: Allowance,
	) {
		this.observer = observer;
		this.over = point.kind === 'none';
	}

	static async run(lane: Lane, scenario: Scenario, point: Point): Promise<PointResult> {
		await lane.reset(scenario);
		const { kind } = point;
		if (kind === 'parked' || kind === 'late3h') admitOnArrival(lane);
		const overlap = overlappingKinds.includes(kind);
		const allowance: Allowance = { more: kinds[kind].more, overlap };
		const observer = await scenario.seed(lane, allowance);
		lane.journal.start(observer);
		lane.watch();
		const runner = new PointRunner(lane, point, observer, allowance);
		try {
			return runner.result(await runner.days());
		} catch (error) {
			// The next point must not meet what this one has left.
			await lane.n8n.kill();
			const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
			return { ...runner.result(0), error: text };
		}
	}

	private result(days: number): PointResult {
		const { entries } = this.lane.journal;
		const { caught, secondMet, secondLength, secondBlocked } = this;
		const { findings } = this.observer;
		const label = caught?.label ?? '';
		return {
			...this.point,
			label,
			findings,
			days,
			entries,
			caught,
			secondMet,
			secondLength,
			secondBlocked,
		};
	}

	/** @returns how many it took */
	private async days(): Promise<number> {
		const { journal, clock } = this.lane;
		if (this.point.kind !== 'none') journal.arm(this.trap());
		const days = await this.rotation(1);
		const untilNext = await this.observer.untilNext?.();
		if (untilNext === undefined) return days;
		clock.moveTo(clock.now() + untilNext);
		await this.rotation(days + 1);
		return days;
	}

	/** @returns the number of the day after which nothing was left to do */
	private async rotation(first: number): Promise<number> {
		const { journal, clock } = this.lane;
		const begin = clock.now();
		const last = first + mostDays - 1;
		let undisturbedDays = 0;
		let idle = 0;
		for (let number = first; number <= last; number++) {
			const undisturbed = this.over;
			const from = journal.entries.length;
			clock.moveTo(begin + (number - first) * dayMs);
			await this.lane.scenario.prepareDay?.(this.lane, number);
			await this.observer.look(`the morning of day ${number}`);
			const wasDone = await this.observer.isDone();
			await this.schedule();
			if (this.release !== undefined) await this.nextRunThenRelease();
			const writes = journal.entries.slice(from).filter(({ write }) => write);
			if (undisturbed) undisturbedDays += 1;
			await this.observer.dayEnded({ number, undisturbed, writes, wasDone, undisturbedDays });
			idle = writes.length === 0 ? idle + 1 : 0;
			const done = await this.observer.isDone();
			if (undisturbed && writes.length === 0 && (done || idle >= idleDays)) {
				await this.observer.ended();
				return number;
			}
		}
		await this.observer.ended();
		return last;
	}

	/** The runs of a day, or of some hours later; killed ones are followed by a start of n8n. */
	private async schedule() {
		const begin = this.lane.clock.now();
		for (const { trigger, afterMs } of this.lane.scenario.schedule) {
			this.lane.clock.moveTo(begin + afterMs);
			const run = await this.lane.start(trigger);
			await this.settle(await run.ended);
			if (this.caught !== undefined) this.lane.journal.disarm();
			await this.lateWork();
			await this.observer.look(`run ${run.name} has ended`);
		}
	}

	/** What is done after the run that has asked for it, and before the next one. */
	private async lateWork() {
		const { clock } = this.lane;
		const { kind } = this.point;
		if (kind === 'parked' || this.over || this.late.length === 0) return;
		if (kind === 'late3h') clock.moveTo(clock.now() + 3 * hourMs);
		await this.workDone();
	}

	private async workDone() {
		this.release?.();
		this.release = undefined;
		await Promise.all(this.late);
		this.over = true;
	}

	private async settle(ended: Ended) {
		if (ended === 'killed') await this.lane.n8n.start();
		// Where a second run has been started, it ends after the first.
		while (this.lane.journal.runs.size > 0) await delay(50);
	}

	private async nextRunThenRelease() {
		this.lane.clock.moveTo(this.lane.clock.now() + parkedMs - this.scheduleMs);
		await this.schedule();
		await this.workDone();
		await this.observer.look('the parked work was done');
	}

	private get scheduleMs(): number {
		return this.lane.scenario.schedule.at(-1)?.afterMs ?? 0;
	}

	private trap(): Trap {
		const { kind, number } = this.point;
		const meets = (entry: Entry) => entry.number === number;
		const caught = (entry: Entry) => {
			this.caught = entry;
			this.over = true;
		};
		const at = (
			when: 'before' | 'after',
			act: (entry: Entry) => Promise<'cut' | 'pass'>,
		): Trap => ({
			meets,
			[when]: async (entry: Entry) => {
				caught(entry);
				return await act(entry);
			},
		});
		const when = kind.endsWith('Before') ? 'before' : 'after';
		switch (kind) {
			case 'killBefore':
			case 'killAfter':
				return at(when, async () => await this.kill());
			case 'secondKillBefore':
			case 'secondKillAfter':
				return at(when, async () => {
					await this.second();
					return await this.kill();
				});
			case 'overtakenBefore':
			case 'overtakenAfter':
				return at(when, async () => {
					await this.second();
					return 'pass';
				});
			case 'bothKillBefore':
			case 'bothKillAfter':
				return at(when, async () => await this.killBoth(when));
			case 'abreast':
				return at('before', async (entry) => await this.abreast(entry));
			case 'late':
			case 'late5s':
			case 'late30s':
			case 'late3h':
			case 'parked':
				return this.parking();
			case 'refused':
				return {
					...this.alike(),
					before: async (entry) => {
						if (this.caught === undefined) caught(entry);
						return { status: 503 };
					},
				};
			case 'none':
				throw new Error('An undisturbed rotation has no trap.');
		}
	}

	private async kill(): Promise<'cut'> {
		await this.lane.n8n.kill();
		await this.observer.look('killed');
		return 'cut';
	}

	/** A second run, from its start to its end, while the first is held. */
	private async second() {
		const [{ trigger } = { trigger: '' }] = this.lane.scenario.schedule;
		const { journal } = this.lane;
		const run = await this.lane.start(trigger);
		const ended = run.ended.then(() => true);
		for (let asked = -1; asked < journal.entries.length;) {
			asked = journal.entries.length;
			if (await Promise.race([ended, delay(blockedMs, false)])) break;
			if (asked === journal.entries.length) this.secondBlocked = true;
		}
		this.secondLength = journal.entries.filter(({ runs }) => runs.includes(run.name)).length;
	}

	/**
	 * Two runs at once: the first is held until a second one asks for the same, then both go on. One
	 * that never does has ended, or waits for the first.
	 */
	private async abreast(entry: Entry): Promise<'pass'> {
		const { journal } = this.lane;
		const met = new Promise<true>((resolve) => {
			journal.arm({
				meets: ({ label }) => label === entry.label,
				before: async () => {
					this.secondMet = true;
					resolve(true);
					return 'pass';
				},
			});
		});
		await Promise.race([met, this.second()]);
		journal.disarm();
		return 'pass';
	}

	/** The second run is killed in its middle, while the first is held. */
	private async killBoth(when: 'before' | 'after'): Promise<'cut'> {
		const { journal } = this.lane;
		// What is held may have led to further requests: n8n's test of a credential asks the vendor.
		const number = journal.entries.length + (this.point.ofSecond ?? 1);
		this.secondMet = false;
		const killed = new Promise<void>((resolve) => {
			journal.arm({
				meets: (other) => other.number === number,
				[when]: async () => {
					this.secondMet = true;
					const verdict = await this.kill();
					resolve();
					return verdict;
				},
			});
		});
		await Promise.race([this.second(), killed]);
		journal.disarm();
		return await this.kill();
	}

	/** The request and each further try of it are cut, and done later. */
	private parking(): Trap {
		let letGo = () => {};
		const until = new Promise<void>((resolve) => (letGo = resolve));
		const afterMs = lateMs[this.point.kind];
		const finish = new Map<Entry, () => void>();
		return {
			...this.alike(),
			before: async (entry) => {
				// Each try may have made something.
				if (this.caught !== undefined) this.allowance.more += 1;
				this.caught ??= entry;
				this.late.push(new Promise((resolve) => finish.set(entry, resolve)));
				if (afterMs !== undefined) return { until: delay(afterMs) };
				this.release = letGo;
				return { until };
			},
			parkedDone: (entry) => finish.get(entry)?.(),
		};
	}

	/** The request, and its like until the run has ended. */
	private alike(): Pick<Trap, 'meets' | 'stays'> {
		const { number } = this.point;
		return {
			meets: (entry) => entry.number === number || entry.label === this.caught?.label,
			stays: true,
		};
	}
}

/** Longer than anything is parked, and over on the next day, as it is without. */
const admittedMs = 12 * hourMs;

/** What is parked has been admitted when it came: its signature and token are of then. */
function admitOnArrival({ simulators: { cortexXsiam, senhasegura } }: Lane) {
	cortexXsiam.settings.timestampWindowMs = admittedMs;
	senhasegura.settings.timestampWindowMs = admittedMs;
	senhasegura.settings.tokenLife = admittedMs / 1_000;
}
