import { randomUUID } from 'node:crypto';
import renewOwnCredential from '../../../examples/renew-own-credential.json';
import { rotate } from '../../../nodes/CortexXsiam/resources/apiKey/rotate.operation';
import { finishRotation } from '../../../nodes/CortexXsiam/resources/apiKey/finishRotation.operation';
import type { Result } from '../../../nodes/shared/operation';
import type { CortexXsiamKey } from '../../simulators';
import { Tenant } from './tenant';
import type { Fate } from './tenant';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** A little more, so that what is an hour old is old enough. */
export const AN_HOUR = 61 * 60_000;

const FIRST = 100;
const UNRELATED = 90;
const DUE_WITHIN_DAYS = 14;

export interface Rules {
	/** How many runs are started in all, and at once. */
	runs: number;
	atOnce: number;
	/** How many calls go wrong. */
	faults: number;
	/** Whether each run reads the store again and finishes. */
	finishes: boolean;
	/** What a person may do. */
	person?:
		'copiesComment' | 'copiesCommentToYoungKey' | 'deletesKey' | 'editsComment' | 'overwritesStore';
	/** Whether the first key of the lineage is gone before anything begins. */
	firstGone?: boolean;
	/** How old the first key is at the beginning, in milliseconds. */
	ageOfFirst?: number;
	/** Whether the store holds nothing at the beginning. */
	emptyStore?: boolean;
	overlapHours: number;
	secretAs: 'idAndKey' | 'key';
	/** Whether the store takes nothing until the end. */
	storeRefuses?: boolean;
	/** Whether due keys may expire meanwhile. */
	expiry?: boolean;
	/** Whether the next generation becomes due at the end. */
	generations?: number;
	/** Whether the store is the credential that n8n itself uses, which each step reads anew. */
	ownKey?: boolean;
}

type Stop = { call: string; since: number; go: (fate: Fate) => void };

interface Run {
	name: string;
	/** The call that it waits to make; undefined while it works. */
	stop?: Stop;
	isOver: boolean;
	/** Told when it stops at a call, or ends. */
	next: Promise<void>;
	signal: () => void;
	/** The value that it has read from the store and that it goes by. */
	value?: string;
	/** The calls that it has made since it last deleted a key. */
	calls: string[];
}

/** Random choices, so that a failing run is found again by its list and shrinks. */
export type Choose = (count: number) => number;

/**
 * A tenant, a store and runs of the workflow "read the store, Rotate, store, read again, Finish Rotation"
 * whose calls go one by one in any order. Whatever is checked is read from the tenant and the store.
 */
export class RotationWorld {
	now = Date.UTC(2026, 10, 27, 3, 0, 0);

	readonly tenant = new Tenant(() => this.now);

	readonly trace: string[] = [];

	/** Tells its executions from those of other worlds, since they share a process. */
	private readonly name = randomUUID();

	/** What the store holds. */
	store: string | undefined;

	private readonly runs: Run[] = [];

	private started = 0;

	private faults = 0;

	private late = 0;

	/** How many runs began while another one was under way: what they issue stays when they have ended. */
	private overlapping = 0;

	private isQuiet = false;

	private personDone = false;

	/** The key whose mark a young key bears, too: nobody can tell which one is which. */
	private copied?: number;

	/** The key whose comment somebody has written anew, so that it is no longer of the lineage. */
	private edited?: number;

	private generations = 0;

	/** Ids of the keys whose secrets left the node, or were there before. */
	private readonly handedOver = new Set<number>([FIRST, UNRELATED]);

	/** Kept when they are deleted, since the tenant forgets them. */
	private readonly known = new Map<number, CortexXsiamKey>();

	constructor(
		private readonly rules: Rules,
		private readonly choose: Choose,
	) {
		const first = rules.firstGone ? FIRST + 1 : FIRST;
		const comment = rules.firstGone ? this.markedBySimilarRun(first) : 'SIEM collector';
		this.addKey(first, comment, rules.ageOfFirst ?? 76 * DAY, 12 * DAY);
		this.handedOver.add(first);
		this.addKey(UNRELATED, 'Something else', 40 * DAY, 100 * DAY);
		this.tenant.state.nextKeyId = FIRST + 10;
		this.store = rules.emptyStore ? undefined : this.valueOf(first);
		this.remember();
	}

	/** One random step; false where nothing can happen any more. */
	async step(): Promise<boolean> {
		const moves = this.moves();
		if (moves.length === 0) return false;
		const [name, move] = moves[this.choose(moves.length)] as [string, () => Promise<void> | void];
		await this.checked(name, move);
		return true;
	}

	/** What must hold whenever everything is quiet: undisturbed runs end with one key in the store. */
	async settle(): Promise<void> {
		this.isQuiet = true;
		for (const run of this.runs) run.isOver = true;
		this.runs.length = 0;
		await this.lateWork();
		for (let day = 0; day < 7; day++) {
			if (day > 0 && this.isSettled()) return;
			this.now += DAY + 10 * 60_000;
			await this.undisturbedRun();
		}
		// What somebody deleted as a whole has no rotation, and a credential whose key somebody deleted lets
		// nobody in: the runs say so.
		const isLockedOut = this.rules.ownKey && this.personDone && this.opened() === undefined;
		if (this.edited !== undefined && this.opened() === this.edited) {
			const said = `opens the API key ${this.edited}, which is not one of the lineage ${FIRST}`;
			if (this.trace.at(-1)?.includes(said)) return;
			throw new Error(`I6: nobody is told that the store opens ${this.edited}`);
		}
		if (!this.isSettled() && this.members().length > 0 && !isLockedOut) {
			throw new Error(`I4: not one key, not due, in the store; live: ${this.live().join(', ')}`);
		}
	}

	/** One run whose calls are all answered. */
	async undisturbedRun(): Promise<void> {
		await this.wholeRun(() => 'answered');
	}

	/** One run that nothing else interrupts than what becomes of its calls. */
	async wholeRun(fateOf: (call: string) => Fate): Promise<void> {
		this.trace.push('a whole run');
		const run = this.start();
		await run.next;
		while (!run.isOver) {
			const fate = fateOf(run.stop?.call ?? '');
			if (fate !== 'answered') this.late++;
			await this.checked(`  ${run.name}: ${run.stop?.call}: ${fate}`, async () => {
				this.release(run, fate);
				await run.next;
			});
		}
	}

	/** What is still under way is done now. */
	async lateWork(): Promise<void> {
		for (const { work } of this.tenant.parked.splice(0)) await this.checked('late work', work);
	}

	private moves(): Array<[string, () => Promise<void> | void]> {
		const { rules } = this;
		const moves: Array<[string, () => Promise<void> | void]> = [];
		const active = this.runs.filter(({ isOver }) => !isOver);
		for (const run of active) {
			const { stop } = run;
			if (!stop) continue;
			const go = (fate: Fate) => async () => {
				this.release(run, fate);
				await run.next;
			};
			// Twice, so that runs come to an end.
			moves.push([`${run.name}: ${stop.call}`, go('answered')]);
			moves.push([`${run.name}: ${stop.call}`, go('answered')]);
			moves.push([`${run.name} is killed before ${stop.call}`, () => this.kill(run)]);
			if (stop.call.startsWith('write') || stop.call === 'store') {
				moves.push([
					`${run.name} is killed after ${stop.call}`,
					async () => {
						this.release(run, 'answerLost');
						await run.next;
						this.kill(run);
					},
				]);
				if (this.faults < rules.faults) {
					for (const fate of ['answerLost', 'doneLater', 'refused', 'neverSent'] as const) {
						moves.push([
							`${run.name}: ${stop.call}: ${fate}`,
							async () => {
								this.faults++;
								if (fate !== 'neverSent') this.late++;
								await go(fate)();
							},
						]);
					}
				}
			}
		}
		if (this.started < rules.runs && active.length < rules.atOnce) {
			moves.push([
				'a run starts',
				async () => {
					this.started++;
					await this.start().next;
				},
			]);
		}
		for (const [index, { work }] of this.tenant.parked.entries()) {
			moves.push([
				'late work is done',
				async () => {
					this.tenant.parked.splice(index, 1);
					await work();
				},
			]);
		}
		if (this.started > 0) {
			// Nothing that is under way is older than what a mark allows for.
			const underWay = [...active.flatMap(({ stop }) => stop ?? []), ...this.tenant.parked];
			if (underWay.every(({ since }) => this.now + AN_HOUR - since < 12 * HOUR)) {
				moves.push(['61 minutes pass', () => void (this.now += AN_HOUR)]);
			}
			if (active.length === 0 && this.tenant.parked.length === 0) {
				moves.push(['13 hours pass', () => void (this.now += 13 * HOUR)]);
				const opened = this.opened();
				const isRotated = opened !== undefined && !this.isDue(opened);
				if (isRotated && this.generations < (rules.generations ?? 0)) {
					moves.push([
						'a generation passes',
						() => {
							this.generations++;
							// Until it is as old as the first key was.
							this.now += ((this.rules.ownKey ? 180 : 90) - 12) * DAY;
						},
					]);
				}
			}
		}
		if (rules.expiry) {
			const due = this.live().filter((id) => this.isDue(id));
			for (const id of due) {
				moves.push([
					`${id} expires`,
					() => {
						const key = this.tenant.key(id) as CortexXsiamKey;
						key.expiration = this.now;
						this.personDone = true;
					},
				]);
			}
		}
		if (rules.person && !this.personDone && this.started > 0) moves.push(...this.byPerson());
		return moves;
	}

	private byPerson(): Array<[string, () => void]> {
		const done = (act: () => void) => () => {
			this.personDone = true;
			act();
		};
		const marked = this.live().filter((id) => id !== FIRST);
		const { keys } = this.tenant.state;
		switch (this.rules.person) {
			case 'copiesCommentToYoungKey':
				return marked.map((id) => [
					`somebody gives the comment of ${id} to the new key ${UNRELATED}`,
					done(() => {
						const unrelated = keys.get(UNRELATED) as CortexXsiamKey;
						unrelated.comment = keys.get(id)?.comment ?? null;
						unrelated.creationTime = Math.max(this.now, keys.get(id)?.creationTime ?? 0);
						// Of a key that was made much later, the dates tell which one has the copy.
						const apart = unrelated.creationTime - (keys.get(id)?.creationTime ?? 0);
						if (apart <= 12 * HOUR) this.copied = id;
					}),
				]);
			case 'copiesComment':
				return marked.map((id) => [
					`somebody copies the comment of ${id} to ${UNRELATED}`,
					done(() => {
						(keys.get(UNRELATED) as CortexXsiamKey).comment = keys.get(id)?.comment ?? null;
					}),
				]);
			case 'editsComment':
				return marked.map((id) => [
					`somebody writes the comment of ${id} anew`,
					done(() => {
						(keys.get(id) as CortexXsiamKey).comment = 'SIEM collector, Berlin';
						this.edited = id;
					}),
				]);
			case 'deletesKey':
				return this.live().map((id) => [
					`somebody deletes ${id}`,
					done(() => {
						keys.delete(id);
						this.known.delete(id);
					}),
				]);
			case 'overwritesStore':
				return [['somebody overwrites the store', done(() => void (this.store = 'not-a-key'))]];
			default:
				return [];
		}
	}

	/** Runs the workflow; it stops before each call until it is let go. */
	private start(): Run {
		const run: Run = {
			name: `run ${String.fromCharCode(65 + this.runs.length)}`,
			isOver: false,
			calls: [],
			...deferredNext(),
		};
		if (this.runs.some(({ isOver }) => !isOver)) this.overlapping += 1;
		this.runs.push(run);
		const gate = async (call: string): Promise<Fate> =>
			await new Promise((resolve) => {
				run.stop = { call, since: this.now, go: resolve };
				run.signal();
			});
		void this.workflow(run, gate)
			.catch((error: Error) => {
				this.trace.push(`  ${run.name} failed: ${error.message}`);
			})
			.finally(() => {
				run.isOver = true;
				run.stop = undefined;
				run.signal();
			});
		return run;
	}

	private async workflow(run: Run, gate: (call: string) => Promise<Fate>): Promise<void> {
		if (this.rules.ownKey) return await this.renewal(run, gate);
		const api = this.tenant.api(gate);
		const identity = [this.name, run.name];
		const call = { index: 0, isRetry: false, identity, log: console };
		await gate('read the store');
		run.value = this.store;
		const wish: unknown = rotate.input.parse(this.parameters(run.value));
		const rotated = (await rotate.run(api, wish, call)) as Result;
		const { status, secret, id } = rotated.item as Record<string, string | null>;
		this.trace.push(`  ${run.name}: ${status} ${id}`);
		if (typeof secret !== 'string') return;
		this.handedOver.add(Number(id));
		const fate = await gate('store');
		const isRefused = fate === 'refused' || (this.rules.storeRefuses && !this.isQuiet);
		if (fate === 'neverSent' || isRefused) return;
		const write = async () => void (this.store = secret);
		if (fate === 'doneLater') {
			this.tenant.park(write);
			return;
		}
		await write();
		if (fate === 'answerLost' || !this.rules.finishes) return;
		await gate('read the store again');
		run.value = this.store;
		const finish: unknown = finishRotation.input.parse(this.parameters(run.value));
		const finished = (await finishRotation.run(api, finish, call)) as Result;
		this.trace.push(`  ${run.name}: ${finished.item.status as string}`);
	}

	/** The example that renews n8n's own credential, by the parameters of its steps. */
	private async renewal(run: Run, gate: (call: string) => Promise<Fate>): Promise<void> {
		const call = { index: 0, isRetry: false, identity: [this.name, run.name], log: console };
		const rotated = (await rotate.run(
			this.ownApi(run, gate),
			rotate.input.parse(ownCredentialStep('Rotate')) as never,
			call,
		)) as Result;
		const { status, secret, id } = rotated.item as Record<string, string | null>;
		this.trace.push(`  ${run.name}: ${status} ${id}`);
		if (status !== 'rotated' || typeof secret !== 'string') return;
		this.handedOver.add(Number(id));
		const fate = await gate('store');
		const isRefused = fate === 'refused' || (this.rules.storeRefuses && !this.isQuiet);
		if (fate === 'neverSent' || isRefused) return;
		const write = async () => void (this.store = `${id}:${secret}`);
		if (fate === 'doneLater') {
			this.tenant.park(write);
			return;
		}
		await write();
		if (fate === 'answerLost') return;
		// n8n tries what the credential holds by then.
		const answer = await gate('read the credential and try it');
		if (answer !== 'answered' || this.opened() === undefined) return;
		const finished = (await finishRotation.run(
			this.ownApi(run, gate),
			finishRotation.input.parse(ownCredentialStep('Finish Rotation')) as never,
			call,
		)) as Result;
		this.trace.push(`  ${run.name}: ${finished.item.status as string}`);
	}

	/** A step begins: it goes on with what the credential holds now, whatever becomes of that. */
	private ownApi(run: Run, gate: (call: string) => Promise<Fate>) {
		run.value = this.store;
		const [apiKeyId = '', apiKey = ''] = (this.store ?? '').split(':');
		return this.tenant.api(gate, { apiKeyId, apiKey, securityLevel: 'advanced' });
	}

	private parameters(stored: string | undefined) {
		const { overlapHours, secretAs } = this.rules;
		return {
			rotate: 'lineage',
			lineage: String(FIRST),
			dueWithinDays: DUE_WITHIN_DAYS,
			storedSecret: stored ?? '',
			readAt: this.now,
			additionalFields: {
				nothingStoredYet: stored === undefined,
				revokeOldAfterHours: overlapHours,
				secretAs,
				validDays: 90,
			},
		};
	}

	private release(run: Run, fate: Fate): void {
		const { stop } = run;
		if (stop) run.calls.push(stop.call);
		run.stop = undefined;
		Object.assign(run, deferredNext());
		stop?.go(fate);
	}

	/** What is killed never comes back: its promises stay open for ever. */
	private kill(run: Run): void {
		run.stop = undefined;
		run.isOver = true;
	}

	private async checked(name: string, move: () => Promise<void> | void): Promise<void> {
		this.trace.push(name);
		const opened = this.opened();
		const before = new Set(this.tenant.state.keys.keys());
		const deleting = this.runs.find(({ name: run, stop }) => {
			return stop?.call.endsWith('/delete') && name.includes(run) && name.includes(stop.call);
		});
		const isPersons = name.startsWith('somebody') || name.endsWith('expires');
		await move();
		if (opened !== undefined && !isPersons && !this.tenant.key(opened)) {
			throw new Error(`I1: the key ${opened}, which the store held, was revoked`);
		}
		if (!isPersons) {
			for (const id of before) if (!this.tenant.key(id)) this.checkDeletion(id, deleting);
		}
		this.remember();
		const active = this.runs.filter(({ isOver }) => !isOver).length;
		const base = this.rules.emptyStore || this.personDone ? 5 : 3;
		// What they have issued is gone again.
		if (active === 0 && this.live().length <= base) this.overlapping = 0;
		const most = base + Math.max(active, this.overlapping) + this.late;
		if (this.live().length > most) {
			throw new Error(`I4: ${this.live().length} live keys: ${this.live().join(', ')}`);
		}
	}

	/** @param run The one that deleted it; undefined where the tenant did so late. */
	private checkDeletion(id: number, run: Run | undefined): void {
		const key = this.known.get(id);
		if (id === UNRELATED && !this.isCopyAlone()) {
			throw new Error('I2: an unrelated key was deleted');
		}
		if (!key || !this.handedOver.has(id)) return;
		if (id === this.edited) throw new Error('I2: a key without a mark of the lineage was deleted');
		if (id === this.copied) throw new Error('I2: a key was deleted whose mark another one bears');
		if (this.now - key.creationTime < 12 * HOUR) {
			throw new Error(`I2: the key ${id} was deleted before it was 12 hours old`);
		}
		if (!run) return;
		const calls = run.calls.splice(0).slice(0, -1).join(' ');
		// What the credential holds is proved by the call that lists.
		const proof = this.rules.ownKey ? /get_api_keys/ : /get_api_keys.*healthcheck.*healthcheck/;
		if (!proof.test(calls)) {
			throw new Error(`I1: the key ${id} was deleted without a proof of its own`);
		}
		const stored = [...this.known.values()].find((one) => this.isValueOf(one, run.value));
		if (!stored) throw new Error(`I1: the key ${id} was deleted by a value that opens nothing`);
		const overlap = this.rules.overlapHours * HOUR;
		if (key.creationTime < stored.creationTime && this.now - stored.creationTime < overlap) {
			throw new Error(`The key ${id} was deleted within the overlap`);
		}
	}

	/** The key that the store's value opens now. */
	private opened(): number | undefined {
		return [...this.tenant.state.keys.values()].find(
			(key) => this.works(key.id) && this.isValueOf(key, this.store),
		)?.id;
	}

	private isValueOf({ id, secret }: CortexXsiamKey, value: string | undefined): boolean {
		return value === `${id}:${secret}` || value === secret;
	}

	private works(id: number): boolean {
		const key = this.tenant.key(id);
		return key !== undefined && (key.expiration ?? Infinity) > this.now;
	}

	private isDue(id: number): boolean {
		const { expiration } = this.tenant.key(id) ?? {};
		return (expiration ?? Infinity) <= this.now + DUE_WITHIN_DAYS * DAY;
	}

	/** Ids of the live keys of the lineage, as their comments say; a person's edits are not followed. */
	live(): number[] {
		return this.members().filter((id) => this.works(id));
	}

	private members(): number[] {
		return [...this.tenant.state.keys.values()]
			.filter(({ id, comment }) => id === FIRST || comment?.includes(`[n8n ${FIRST} `))
			.filter(({ id }) => id !== UNRELATED)
			.map(({ id }) => id);
	}

	/**
	 * Whether nobody can know any more that a young key bears a copy: the one that it was copied from, whose
	 * answer was lost, was seen without a copy, and deleted when there was one (docs/rotation.md, "Lineages and marks").
	 */
	private isCopyAlone(): boolean {
		const { copied } = this;
		return copied !== undefined && !this.handedOver.has(copied) && !this.tenant.key(copied);
	}

	private isSettled(): boolean {
		// Which one bears the copy is for a person to find out.
		const live = this.live().filter((id) => id !== this.copied || id === this.opened());
		const [id] = live;
		if (live.length !== 1 || id === undefined) return false;
		return this.opened() === id && !this.isDue(id);
	}

	private valueOf(id: number): string {
		const secret = this.tenant.key(id)?.secret as string;
		return this.rules.secretAs === 'key' ? secret : `${id}:${secret}`;
	}

	private addKey(id: number, comment: string, age: number, left: number): void {
		this.tenant.state.keys.set(id, {
			id,
			secret: `secret-of-${id}-`.repeat(8),
			securityLevel: 'advanced',
			roles: [this.rules.ownKey ? 'Instance Administrator' : 'Investigator'],
			comment,
			expiration: this.now + left,
			creationTime: this.now - age,
			createdBy: 'ada@example.com',
			userName: 'Ada Admin',
			childTenantId: null,
		});
	}

	/** The mark of a successor whose predecessor is gone: base 32 of its time, and six letters. */
	private markedBySimilarRun(id: number): string {
		const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
		let seconds = Math.floor((this.now - (this.rules.ageOfFirst ?? 76 * DAY)) / 1000);
		let time = '';
		while (time.length < 7) {
			time = digits.charAt(seconds % 32) + time;
			seconds = Math.floor(seconds / 32);
		}
		return `SIEM collector [n8n ${FIRST} ${time}${String(id).padStart(6, '0')}]`;
	}

	private remember(): void {
		for (const [id, key] of this.tenant.state.keys) this.known.set(id, { ...key });
	}
}

/** The parameters of a step of the example, as its file has them. */
function ownCredentialStep(name: string): Record<string, unknown> {
	const found = renewOwnCredential.nodes.find((node) => node.name === name);
	if (!found) throw new Error(`The example has no step '${name}'`);
	return found.parameters;
}

function deferred(): { promise: Promise<void>; signal: () => void } {
	let signal: () => void = () => {};
	const promise = new Promise<void>((resolve) => {
		signal = resolve;
	});
	return { promise, signal };
}

function deferredNext(): { next: Promise<void>; signal: () => void } {
	const { promise, signal } = deferred();
	return { next: promise, signal };
}
