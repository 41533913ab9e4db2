import type { IDataObject } from 'n8n-workflow';
import type { SenhaseguraApi } from '../../../../nodes/Senhasegura/api/client';
import { finishRotation } from '../../../../nodes/Senhasegura/resources/sshKey/finishRotation.operation';
import { get } from '../../../../nodes/Senhasegura/resources/sshKey/get.operation';
import { getAll } from '../../../../nodes/Senhasegura/resources/sshKey/getAll.operation';
import { listedKeys } from '../../../../nodes/Senhasegura/resources/sshKey/listedKey';
import { upsert } from '../../../../nodes/Senhasegura/resources/sshKey/upsert.operation';
import { rotate } from '../../../../nodes/Senhasegura/resources/sshKey/rotate.operation';
import { Failure } from '../../../../nodes/shared/failure';
import type { Call, Operation, Result } from '../../../../nodes/shared/operation';
import type { SenhaseguraKey } from '../../../simulators';
import { senhaseguraInProcess } from '../../../simulators/senhasegura';
import type { SenhaseguraInProcess } from '../../../simulators/senhasegura';
import { sshKey } from '../../../workflows/vendors';
import { Host, bodyOf } from './hosts';
import { Wire } from './faultyVault';
import type { Disturbance, Parked } from './faultyVault';

// Each run is a process of its own, and one that is killed keeps nobody waiting.
jest.mock('../../../../nodes/shared/turns', () => ({
	Turns: class {
		async take<T>(_: string, task: () => Promise<T>): Promise<T> {
			return await task();
		}
	},
}));

/** How long a call takes, and a command on a host. */
const CALL_MS = 50;
const COMMAND_MS = 3000;

const LATE = 'a write arrives late';

export const HOUR_MS = 60 * 60_000;
export const DAY_MS = 24 * HOUR_MS;

const START = Date.parse('2026-03-01T03:00:00Z');
const IDENTIFIER = 'web-deploy';
const [WEB, DB] = ['web-01', 'db-01'] as const;

const FIRST = sshKey('ed25519');
const BYSTANDER = sshKey('ecdsab256');
/** Of people who have nothing to do with the rotation. */
const OTHERS = sshKey('rsab3072');

function rest(key: SenhaseguraKey): string {
	const { username, keyName, tags, devices, hostname, ip, identifier, active, publicKey } = key;
	const pair = identifier === IDENTIFIER ? undefined : publicKey;
	return [username, keyName, tags, devices, hostname, ip, identifier, active, pair].join();
}

const call: Call = {
	index: 0,
	isRetry: false,
	identity: [],
	log: { debug: () => {}, info: () => {}, warn: () => {} },
};

async function perform(
	operation: Operation<SenhaseguraApi>,
	api: SenhaseguraApi,
	parameters: IDataObject,
	more: Partial<Call> = {},
): Promise<IDataObject[]> {
	const input: unknown = operation.input.parse(parameters);
	const results = (await operation.run(api, input, { ...call, ...more })) as Result | Result[];
	return [results].flat().map(({ item }) => item);
}

/** How a run ends that has nothing to do; the list may not tell that a key was rotated. */
const IDLE = ['nothing is selected', 'Rotate: nothingToDo null'];

export interface Options {
	/** Hosts that a run gives up when they are down. */
	givesUp?: boolean;
	isRetry?: boolean;
}

/** What a run told, for whoever looks into a failure. */
export type Told = string[];

/** A vault with one key that is due, its two hosts, and a clock. */
export class World {
	readonly hosts = new Map<string, Host>();

	readonly parked: Parked[] = [];

	readonly told: Told = [];

	/** The pairs that were the present one once, and are not any more. */
	private readonly retired = new Set<string>();

	private present: string;

	/** What must stay as it is of the key, and all of another key of the same device. */
	private readonly records: Array<[SenhaseguraKey, string]>;

	/** The pair that was the present one before an update brought the one before it back. */
	private displaced: string | undefined;

	/** Whether an update ran beside two runs that rotated. */
	isCrowded = false;

	/** The pairs of which the last copy was overwritten by a write that came late. */
	private readonly forgotten = new Set<string>();

	private hasUpdates = false;

	private offset = 0;

	private givenUp = false;

	readonly vault: SenhaseguraInProcess;

	constructor(settings: Partial<SenhaseguraInProcess['settings']> = {}) {
		// No two readings of a clock are the same: usernames of helpers are told apart by their times.
		let readings = 0;
		jest.spyOn(Date, 'now').mockImplementation(() => START + this.offset + readings++);
		this.vault = senhaseguraInProcess();
		Object.assign(this.vault.settings, settings);
		const { state } = this.vault;
		state.devices = [WEB, DB].map((hostname, index) => ({
			...state.devices[0]!,
			id: String(14 + index),
			hostname,
			ip: `10.0.0.${index + 1}`,
		}));
		const own = { id: '92', identifier: IDENTIFIER, username: 'deploy' };
		const other = { id: '93', identifier: 'web-backup', username: 'backup' };
		const keys = [this.add(FIRST, own), this.add(BYSTANDER, other)];
		this.records = keys.map((key) => [key, rest(key)]);
		state.nextId = 94;
		this.present = bodyOf(FIRST.publicKey);
		for (const hostname of [WEB, DB]) {
			this.hosts.set(hostname, new Host(hostname, [OTHERS.publicKey, FIRST.publicKey]));
		}
	}

	private add(pair: { privateKey: string; publicKey: string }, more: Partial<SenhaseguraKey>) {
		const key = {
			kind: 'key',
			active: true,
			accessDenied: false,
			hostname: WEB,
			ip: '10.0.0.1',
			change: '2025-11-01 00:00:00',
			view: null,
			expiresAt: null,
			...pair,
			password: null,
			keyName: 'Deployment key',
			tags: 'linux',
			devices: [DB],
			automaticChange: false,
			custody: new Map(),
			custodyBy: new Set(),
			...more,
		} as SenhaseguraKey;
		this.vault.state.items.set(key.id, key);
		return key;
	}

	/** Whether the key holds a pair that had been replaced. */
	get isDisplaced(): boolean {
		return this.displaced !== undefined;
	}

	get down(): Host {
		return this.hosts.get(DB)!;
	}

	private named(identifier: string): SenhaseguraKey | undefined {
		const keys = [...this.vault.state.items.values()].filter((item) => item.kind === 'key');
		return keys.find((key) => key.identifier === identifier);
	}

	get key(): SenhaseguraKey {
		return this.vault.state.items.get('92') as SenhaseguraKey;
	}

	get next(): SenhaseguraKey | undefined {
		return this.named(`${IDENTIFIER}.n8n-next`);
	}

	get previous(): SenhaseguraKey | undefined {
		return this.named(`${IDENTIFIER}.n8n-previous`);
	}

	pass(milliseconds: number): void {
		this.offset += milliseconds;
	}

	/** The pairs that the records of the key hold, those that are disabled, too. */
	private held(): Set<string> {
		const records = [this.key, this.next, this.previous];
		return new Set(records.flatMap((record) => (record ? [bodyOf(record.publicKey)] : [])));
	}

	/** The write that has been under way for longest is done. */
	arrive(): void {
		const before = this.held();
		this.parked.shift()!();
		const after = this.held();
		for (const pair of before) if (!after.has(pair)) this.forgotten.add(pair);
	}

	/** What must hold at every moment. */
	check(): void {
		const { key, next, previous } = this;
		const present = bodyOf(key.publicKey);
		if (present !== this.present) {
			if (present === this.displaced) this.displaced = undefined;
			else if (this.displaced) {
				// Nothing brings back what no record has; it does no harm while every host accepts what the update
				// brought back.
				const isOpen = [...this.hosts.values()].every(({ lines }) =>
					lines.map(bodyOf).includes(this.present),
				);
				const mayBeLost = this.isCrowded || this.forgotten.has(this.displaced);
				if (!isOpen || !mayBeLost) throw new Error('What was displaced does not come back');
				this.displaced = undefined;
				this.retired.add(this.present);
			} else if (!this.retired.has(present)) this.retired.add(this.present);
			else if (this.hasUpdates) this.displaced = this.present;
			else throw new Error('A retired key is the present one again');
			this.present = present;
		}
		const vault = [key, next, previous].flatMap((record) => record?.publicKey ?? []);
		for (const host of this.hosts.values()) {
			if (!vault.some((line) => host.accepts(line))) {
				throw new Error(`I1: no record of the vault opens ${host.hostname}`);
			}
			const isBehind = (this.givenUp && host === this.down) || this.isDisplaced;
			if (!isBehind && !host.accepts(key.publicKey)) {
				throw new Error(`I1: the present key does not open ${host.hostname}`);
			}
		}
		for (const [record, before] of this.records) {
			if (rest(record) !== before) throw new Error(`${record.id} was changed: ${rest(record)}`);
		}
		if ([next, previous].some((helper) => helper && helper.devices.length > 0)) {
			throw new Error('A helper has further devices');
		}
	}

	/** Nothing is left to do: one key, one line of it on each host, and no helper that is in use. */
	checkEnd(): void {
		this.check();
		const { key, next, previous } = this;
		expect([next?.active ?? false, previous?.active ?? false]).toEqual([false, false]);
		for (const host of this.hosts.values()) {
			const own = host.lines.filter((line) => bodyOf(line) !== bodyOf(OTHERS.publicKey));
			expect(own.filter((line) => !this.isStray(line)).map(bodyOf)).toEqual([
				bodyOf(key.publicKey),
			]);
		}
	}

	/** A line of a pair that no record of the vault has: it goes at the next rotation. */
	private isStray(line: string): boolean {
		const isKnown = bodyOf(line) === bodyOf(this.key.publicKey) || this.retired.has(bodyOf(line));
		return !isKnown && / n8n-\w+-\w+$/.test(line);
	}

	/** How many lines hosts have beside that of the present key and of others. */
	strays(): number {
		return [...this.hosts.values()].flatMap(({ lines }) =>
			lines.filter((line) => this.isStray(line)),
		).length;
	}

	/**
	 * What a rotation workflow does in one run.
	 *
	 * @param turn Waits until it is this run's turn: before each call and each host.
	 */
	async workflow(wire: Wire, turn: () => Promise<void>, options: Options = {}): Promise<void> {
		const filters = { rotation: 'dueOrUnfinished', identifier: IDENTIFIER };
		// Whoever has read what the update said rotates the key, whatever the list says.
		const [key] = this.isDisplaced
			? [{ id: '92' }]
			: await perform(getAll, wire.api(), { returnAll: true, filters });
		if (!key) return void this.told.push('nothing is selected');
		const byId = { mode: 'id', value: key.id };
		const [item] = await perform(
			rotate,
			wire.api(),
			{
				sshKeyId: byId,
				keyAlgorithm: 'ed25519',
				dryRun: false,
				additionalFields: { onlyIfOlderThanDays: 90 },
			},
			{ isRetry: options.isRetry ?? false },
		);
		this.told.push(`Rotate: ${item?.status as string} ${item?.step as string}`);
		if (!item?.step) return;
		const login = await this.login(wire.api(), item);
		const seen: string[] = [];
		for (const host of this.hosts.values()) {
			await turn();
			this.pass(COMMAND_MS);
			const line = item.publicKey as string;
			const did =
				item.step === 'install'
					? host.install(line, login)
					: host.remove(line, item.removePublicKey as string, login);
			if (did) seen.push(host.hostname);
			this.check();
		}
		const givenUp = options.givesUp && item.step === 'install' && !this.down.isUp ? [DB] : [];
		if (givenUp.length > 0) this.givenUp = true;
		const [finished] = await perform(
			finishRotation,
			wire.api(),
			{
				sshKeyId: byId,
				step: item.step,
				fingerprint: item.fingerprint,
				hosts: seen.length > 0 ? seen : ['none'],
				additionalFields: { hostsGivenUp: givenUp },
			},
			{ isRetry: options.isRetry ?? false },
		);
		this.told.push(`Finish: ${finished?.status as string}`);
	}

	/** An update of what is beside the pair, which it sends once more. */
	async update(wire: Wire): Promise<void> {
		this.hasUpdates = true;
		const toldBefore = this.told.length;
		const wasDisplaced = this.isDisplaced;
		await perform(upsert, wire.api(), {
			identifier: IDENTIFIER,
			hostname: WEB,
			ip: '10.0.0.1',
			keySource: 'generate',
			keyAlgorithm: 'ed25519',
			replaceKeyPair: false,
			additionalFields: {
				username: 'deploy',
				keyName: 'Deployment key',
				tags: 'linux',
				devices: DB,
			},
		});
		this.told.push('updated');
		const isOwn = !wasDisplaced && !this.told.slice(toldBefore).includes(LATE);
		if (isOwn && this.isDisplaced) {
			throw new Error('I6: an update brought a former key back, and said nothing');
		}
	}

	/** The keys to log in with, as the vault gives them: present, previous, next. */
	private async login(api: SenhaseguraApi, item: IDataObject): Promise<Array<string | undefined>> {
		const keys: Array<string | undefined> = [];
		for (const field of ['presentIdentifier', 'previousIdentifier', 'nextIdentifier']) {
			const sshKeyId = { mode: 'name', value: item[field] };
			const read = await perform(get, api, { sshKeyId }).catch((failure: unknown) => {
				if (failure instanceof Failure && failure.kind === 'refused') return [];
				throw failure;
			});
			keys.push((read[0]?.publicKey ?? undefined) as string | undefined);
		}
		return keys;
	}

	/**
	 * A helper that is enabled is found: the list says that the rotation is not finished. It cannot say that
	 * the key holds a former pair again; then nobody may have written anything since.
	 */
	checkFound(): void {
		const { body } = this.vault.answer('GET', '/pam/credential', {});
		const { credentials } = body as unknown as { credentials: IDataObject[] };
		const key = listedKeys(credentials, undefined).find(({ record }) => record.id === '92');
		const holdsPresent = this.next?.publicKey === this.key.publicKey;
		const isInUse = this.previous?.active || (this.next?.active && !holdsPresent);
		if (this.isDisplaced) return;
		if (isInUse && key?.rotation.state !== 'unfinished') {
			throw new Error('I3: a helper is enabled, and the list does not say so');
		}
	}

	/** What is still under way may enable or disable one at any moment. */
	checkFoundUnlessLate(): void {
		if (this.parked.length === 0) this.checkFound();
	}

	/** A run that nothing disturbs. */
	async calmRun(options: Options = {}): Promise<void> {
		const turn = async () => await Promise.resolve();
		const wire = new Wire(this.vault, turn, [], [], never);
		await this.workflow(wire, turn, options).catch((failure: unknown) => {
			if (!(failure instanceof Failure)) throw failure;
			this.told.push(failure.message);
		});
		this.check();
	}

	/** Runs day by day until nothing is selected. */
	async calmDown(days = 6): Promise<void> {
		while (this.parked.length > 0) this.arrive();
		this.check();
		this.checkFound();
		this.down.isUp = true;
		for (let day = 0; day < days; day++) {
			this.pass(DAY_MS);
			await this.calmRun();
			if (IDLE.includes(this.told.at(-1) ?? '')) break;
		}
		expect(IDLE).toContain(this.told.at(-1));
		this.givenUp = false;
		this.checkEnd();
	}
}

const never = async () => await new Promise<never>(() => {});

export interface RunPlan extends Options {
	disturbances: Disturbance[];
	/** Whether it is an update of the key, and no rotation. */
	updates?: boolean;
}

interface Running {
	state: 'running' | 'waiting' | 'ended';
	go: () => void;
}

/**
 * Lets runs work at the same time, one call at a time.
 *
 * @param pick Chooses one of so many.
 */
export async function interleave(
	world: World,
	plans: RunPlan[],
	pick: (count: number) => number,
	{ mayFlip = false, mayArrive = false } = {},
): Promise<void> {
	const runs = plans.map((plan): Running => {
		const run: Running = { state: 'running', go: () => {} };
		let changed = () => {};
		const turn = async () =>
			await new Promise<void>((resolve) => {
				run.state = 'waiting';
				run.go = () => {
					world.pass(CALL_MS);
					run.state = 'running';
					resolve();
				};
				changed();
			});
		const end = () => {
			run.state = 'ended';
			changed();
		};
		const die = async () => {
			world.told.push('killed');
			end();
			return await never();
		};
		const wire = new Wire(world.vault, turn, world.parked, plan.disturbances, die);
		Object.assign(run, {
			quiet: async () => {
				if (run.state !== 'running') return;
				await new Promise<void>((resolve) => (changed = resolve));
			},
		});
		const work = plan.updates ? world.update(wire) : world.workflow(wire, turn, plan);
		work
			.catch((error: unknown) => {
				if (!(error instanceof Failure)) failures.push(error);
				else world.told.push(error.message);
			})
			.finally(end);
		return run;
	});
	const failures: unknown[] = [];
	let flips = mayFlip ? 2 : 0;
	for (;;) {
		for (const run of runs) await (run as Running & { quiet: () => Promise<void> }).quiet();
		if (failures.length > 0) throw failures[0];
		world.check();
		const waiting = runs.filter(({ state }) => state === 'waiting');
		if (waiting.length === 0) break;
		const extra = [
			...(flips > 0 ? ['flip'] : []),
			...(mayArrive && world.parked.length > 0 ? ['late'] : []),
		];
		// What is not a run's turn is seldom.
		const chosen = pick(waiting.length * 8 + extra.length);
		const other = extra[chosen - waiting.length * 8];
		if (other === 'flip') {
			flips--;
			world.down.isUp = !world.down.isUp;
		} else if (other === 'late') {
			world.told.push(LATE);
			world.arrive();
		} else {
			waiting[Math.floor(chosen / 8)]!.go();
		}
	}
}
