import type { CortexXsiamKey, CortexXsiamSimulator } from '../../simulators';
import { call } from '../../unit/simulators/call';
import { advanced } from '../../unit/simulators/xsiamSignature';
import { type Entry, observerHeader } from '../world/journal';
import { type Allowance, type Day, Findings, type Observer } from './observer';

const hourMs = 3_600_000;

/** No key is deleted younger than this (I2). */
const youngestDeletedMs = 12 * hourMs;

/** From this age on a run may delete a key that is not in use, whatever its kind. */
const ripeMs = 21 * hourMs;

/** How many keys of a lineage may live at once (I4). */
const mostLive = 3;
const mostLiveWithoutStore = 5;

/** After this many undisturbed days one key is left (I4): one rotates, the next deletes. */
const daysToEnd = 2;

/** Keys that replace one another, and the place where the present one's value is kept. */
export interface Lineage {
	/** The key that it begins with. */
	firstId: number;
	/** What the user has written in the comment. */
	comment: string;
	/** What is kept, as it is now; empty: nothing. */
	stored(): string | Promise<string>;
}

export interface ApiKeysSettings {
	tenant: CortexXsiamSimulator;
	lineages: Lineage[];
	/** Keys that expire within these days are due. */
	dueWithinDays: number;
	allowance: Allowance;
	/** What n8n has asked for so far. */
	entries(): Entry[];
	/** Whether n8n reads a stored value there. */
	isStoreRead?(entry: Entry): boolean;
	/** Whether n8n itself uses what is stored, so that a call with it proves it. */
	provedByUse?: boolean;
}

/** A key that was issued while the test looked on. */
interface Issued {
	key: CortexXsiamKey;
	by: Entry;
	/** Whether its secret was in something that went to a store. */
	handedOut: boolean;
}

/** Watches the API keys of a tenant, and where the lineages' values are kept. */
export class ApiKeysObserver implements Observer {
	private readonly noted = new Findings();

	/** The keys when it looked last. */
	private before: Map<number, CortexXsiamKey>;

	private readonly issued = new Map<number, Issued>();

	/** What is stored, and how much n8n had asked for when it came to be so. */
	private readonly kept = new Map<Lineage, { value: string; since: number }>();

	/** Lineages whose stored value has opened a key at some time. */
	private readonly usable = new Set<Lineage>();

	constructor(private readonly settings: ApiKeysSettings) {
		this.before = new Map(settings.tenant.state.keys);
	}

	get findings() {
		return this.noted.list;
	}

	async look(when: string) {
		for (const lineage of this.settings.lineages) {
			const opened = await this.opens(lineage);
			this.checkUsable(lineage, opened, when);
			this.checkCount(lineage, opened, when);
		}
	}

	/** From now on somebody may have it, whatever becomes of the request. */
	asked({ party }: Entry, body: string) {
		if (party === 'cortexXsiam') return;
		for (const issued of this.issued.values()) {
			if (body.includes(issued.key.secret)) issued.handedOut = true;
		}
	}

	async worked(entry: Entry) {
		for (const lineage of this.settings.lineages) await this.noteKept(lineage);
		await this.checkChanges(entry);
		await this.look(`${entry.number} ${entry.label}`);
	}

	async dayEnded(day: Day) {
		const when = `day ${day.number}`;
		if (day.wasDone && day.undisturbed && day.writes.length > 0) {
			const labels = day.writes.map(({ label }) => label).join(', ');
			this.noted.add('I5', 'idle', `${when}: nothing was left to do, but: ${labels}`);
		}
		for (const lineage of this.settings.lineages) {
			const { comment } = lineage;
			const live = this.live(lineage);
			const ripe = live.every((key) => this.now() - key.creationTime >= ripeMs);
			const unfinished = live.length !== 1;
			if (day.undisturbed && unfinished && ripe && day.writes.length === 0) {
				const ids = live.map(({ id }) => id).join(', ');
				this.noted.add('I3', comment, `${when}: nobody takes up the keys ${ids || '(none)'}`);
			}
			if (day.undisturbedDays >= daysToEnd && !(await this.isLineageDone(lineage))) {
				const text = `${when}: not ended after ${day.undisturbedDays} undisturbed days: ${this.told(lineage)}`;
				this.noted.add('I4', `end ${comment}`, text);
			}
		}
	}

	async isDone(): Promise<boolean> {
		for (const lineage of this.settings.lineages) {
			if (!(await this.isLineageDone(lineage))) return false;
		}
		return true;
	}

	async ended() {
		await this.look('the end');
		for (const lineage of this.settings.lineages) {
			const { comment } = lineage;
			if (!(await this.isLineageDone(lineage))) {
				this.noted.add('I4', `end ${comment}`, `the end: ${this.told(lineage)}`);
			}
			const made = [...this.issued.values()].filter(({ key }) => this.belongs(key, lineage)).length;
			const most = 1 + this.settings.allowance.more;
			if (made > most) {
				this.noted.add('I5', `made ${comment}`, `${made} keys were issued, ${most} at most needed`);
			}
		}
	}

	private checkUsable(lineage: Lineage, opened: number | undefined, when: string) {
		const { comment } = lineage;
		if (opened === undefined) {
			if (this.usable.has(lineage)) {
				this.noted.add(
					'I1',
					comment,
					`${when}: what is stored opens nothing: ${this.told(lineage)}`,
				);
			}
			return;
		}
		this.usable.add(lineage);
		if (!this.live(lineage).some(({ id }) => id === opened)) {
			this.noted.add(
				'I1',
				`other ${comment}`,
				`${when}: what is stored opens ${opened}, another's key`,
			);
		}
	}

	private checkCount(lineage: Lineage, opened: number | undefined, when: string) {
		const most =
			(opened === undefined ? mostLiveWithoutStore : mostLive) + this.settings.allowance.more;
		const count = this.live(lineage).length;
		if (count > most)
			this.noted.add('I4', `many ${lineage.comment}`, `${when}: ${count} live keys`);
	}

	/** What the entry has issued and deleted. */
	private async checkChanges(entry: Entry) {
		const { keys } = this.settings.tenant.state;
		for (const key of keys.values()) {
			if (this.before.has(key.id)) continue;
			this.issued.set(key.id, { key, by: entry, handedOut: false });
		}
		const gone = [...this.before.values()].filter(({ id }) => !keys.has(id));
		this.before = new Map(keys);
		for (const key of gone) await this.checkDeletion(key, entry);
	}

	private async checkDeletion(key: CortexXsiamKey, entry: Entry) {
		const { id } = key;
		const lineage = this.settings.lineages.find((one) => this.belongs(key, one));
		const when = `${entry.number} ${entry.label}`;
		if (lineage === undefined) {
			this.noted.add(
				'I2',
				`foreign ${id}`,
				`${when}: key ${id}, which is no rotation's, was deleted`,
			);
			return;
		}
		if (this.isTakenBack(id, entry)) return;
		if (!this.isProved(lineage, await this.opens(lineage), entry)) {
			this.noted.add(
				'I1',
				`unproved ${id}`,
				`${when}: key ${id} was deleted, and nothing stored was tried`,
			);
		}
		const ageMs = this.now() - key.creationTime;
		if (ageMs >= youngestDeletedMs) return;
		const hours = (ageMs / hourMs).toFixed(1);
		this.noted.add('I2', `young ${id}`, `${when}: key ${id} was deleted ${hours} h old`);
	}

	/**
	 * Whether a key is deleted by the call that made it, whose secret nobody else can have: its answer
	 * was lost, or no other run was there to get it and no store was given it.
	 */
	private isTakenBack(id: number, entry: Entry): boolean {
		const issued = this.issued.get(id);
		if (issued === undefined) return false;
		const { by, handedOut } = issued;
		if (by.outcome === 'lost' && by.runs.some((run) => entry.runs.includes(run))) return true;
		const [run, ...others] = new Set([...by.runs, ...entry.runs]);
		return run !== undefined && others.length === 0 && !handedOut;
	}

	private async noteKept(lineage: Lineage) {
		const value = await lineage.stored();
		const before = this.kept.get(lineage);
		if (before?.value === value) return;
		this.kept.set(lineage, { value, since: before ? this.settings.entries().length : 0 });
	}

	/**
	 * Whether the run has read what is stored now, and has then made a call with the key that it opens.
	 * A key that is tried when it is issued, before it was stored, proves nothing of the store.
	 */
	private isProved(lineage: Lineage, opened: number | undefined, deletion: Entry): boolean {
		const { isStoreRead, provedByUse } = this.settings;
		if (isStoreRead === undefined && !provedByUse) return true;
		const since = this.kept.get(lineage)?.since ?? 0;
		const earlier = this.settings
			.entries()
			.filter(
				({ number, runs }) =>
					number > since &&
					number < deletion.number &&
					runs.some((run) => deletion.runs.includes(run)),
			);
		const read = earlier.find((entry) => isStoreRead?.(entry) && entry.outcome === 'answered');
		if (read === undefined && !provedByUse) return false;
		return earlier.some(
			({ number, caller, status }) =>
				number > (read?.number ?? 0) && status === 200 && caller === String(opened),
		);
	}

	/** Whether it is the first key, or was issued here with its comment, with a mark or without. */
	private belongs({ id, comment }: CortexXsiamKey, lineage: Lineage): boolean {
		if (id === lineage.firstId) return true;
		if (!this.issued.has(id)) return false;
		return comment === lineage.comment || (comment ?? '').startsWith(`${lineage.comment} [n8n `);
	}

	private live(lineage: Lineage): CortexXsiamKey[] {
		const { keys } = this.settings.tenant.state;
		return [...keys.values()].filter(
			(key) =>
				this.belongs(key, lineage) && (key.expiration === null || key.expiration > this.now()),
		);
	}

	private async isLineageDone(lineage: Lineage): Promise<boolean> {
		const [key, ...others] = this.live(lineage);
		if (key === undefined || others.length > 0) return false;
		const dueUntil = this.now() + this.settings.dueWithinDays * 24 * hourMs;
		if (key.expiration !== null && key.expiration <= dueUntil) return false;
		return (await this.opens(lineage)) === key.id;
	}

	/** The id of the key that the stored value opens. */
	private async opens(lineage: Lineage): Promise<number | undefined> {
		const value = await lineage.stored();
		if (value === '') return undefined;
		const whole = /^(\d+):(.+)$/su.exec(value);
		if (whole !== null) {
			const id = Number(whole[1]);
			return (await accepts(this.settings.tenant, id, whole[2] ?? '')) ? id : undefined;
		}
		for (const { id } of this.live(lineage)) {
			if (await accepts(this.settings.tenant, id, value)) return id;
		}
		return undefined;
	}

	private told(lineage: Lineage): string {
		const keys = this.live(lineage).map(({ id, creationTime, expiration }) => {
			const hours = Math.round((this.now() - creationTime) / hourMs);
			const days =
				expiration === null ? 'for ever' : Math.round((expiration - this.now()) / hourMs / 24);
			return `${id} (${hours} h old, ${days} days left)`;
		});
		return `live: ${keys.join(', ') || 'none'}`;
	}

	private now(): number {
		return this.settings.tenant.now();
	}
}

/** Asks the tenant. */
async function accepts(tenant: CortexXsiamSimulator, id: number, secret: string): Promise<boolean> {
	const level = tenant.state.keys.get(id)?.securityLevel ?? 'standard';
	const key = { apiKeyId: String(id), apiKey: secret };
	const headers =
		level === 'standard'
			? { 'x-xdr-auth-id': key.apiKeyId, authorization: secret }
			: advanced(key, String(tenant.now()));
	const { status } = await call(`${tenant.url}/public_api/v1/healthcheck`, {
		headers: { ...headers, [observerHeader]: 'yes' },
	});
	return status === 200;
}
