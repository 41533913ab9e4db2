import { stat } from 'node:fs/promises';

import type { SenhaseguraKey, SenhaseguraSimulator } from '../../simulators';
import type { Entry } from '../world/journal';
import { type Allowance, type Day, Findings, type Observer } from './observer';

const dayMs = 86_400_000;

/** How a line ends that a rotation has put into a file. */
const tag = / n8n-[0-9a-f]{10}-\d{8}T\d{9}Z$/u;

/** How many keys of one rotation may be on a host at once (I4). */
const mostOnHost = 3;

/** What is asked of a host; see `world/hosts.ts`. */
export interface ObservedHost {
	spec: { hostname: string };
	isUp: boolean;
	authorizedKeysFile: string;
	/** What is in that file. */
	authorizedKeys(): Promise<string>;
	/** Whether somebody who has the private key can log in. */
	opens(privateKey: string): Promise<boolean>;
}

export interface SshKeysSettings {
	vault: SenhaseguraSimulator;
	/** Of the key that is rotated. */
	identifier: string;
	hosts: ObservedHost[];
	/** Lines that are on each host and no rotation's. */
	foreignLines: string[];
	/** A key older than this is due. */
	dueAfterDays: number;
	/** After this many undisturbed days nothing is left to do. */
	daysToEnd: number;
	allowance: Allowance;
}

/** Watches an SSH key in the vault, its helper records, and the hosts that it opens. */
export class SshKeysObserver implements Observer {
	private readonly noted = new Findings();

	/** The base64 of every public key that the rotation has had, oldest first. */
	private readonly pairs = new Set<string>();

	/** Records that are no rotation's, as they were. */
	private readonly foreignRecords: Map<string, string>;

	/** What was found when a host was last asked, by what it and the vault were then. */
	private readonly logins = new Map<string, boolean>();

	/** Whether another rotation has had the time to end what the first one left. */
	private isNext = false;

	constructor(private readonly settings: SshKeysSettings) {
		this.foreignRecords = this.others();
		this.notePairs();
	}

	get findings() {
		return this.noted.list;
	}

	async look(when: string) {
		this.notePairs();
		this.checkRecords(when);
		for (const host of this.settings.hosts) {
			await this.checkLogin(host, when);
			await this.checkLines(host, when);
		}
	}

	async worked(entry: Entry) {
		await this.look(`${entry.number} ${entry.label}`);
	}

	async dayEnded(day: Day) {
		this.notePairs();
		const when = `day ${day.number}`;
		if (day.wasDone && day.undisturbed && day.writes.length > 0) {
			const labels = day.writes.map(({ label }) => label).join(', ');
			this.noted.add('I5', 'idle', `${when}: nothing was left to do, but: ${labels}`);
		}
		const done = await this.isDone();
		if (day.undisturbed && !done && day.writes.length === 0) {
			this.noted.add('I3', 'idle', `${when}: nobody takes it up: ${await this.told()}`);
		}
		if (day.undisturbedDays >= this.settings.daysToEnd && !done) {
			const text = `${when}: not ended after ${day.undisturbedDays} undisturbed days: ${await this.told()}`;
			this.noted.add('I4', 'end', text);
		}
	}

	async isDone(): Promise<boolean> {
		const { dueAfterDays, hosts, vault } = this.settings;
		const present = this.present();
		const age = vault.now() - Date.parse(`${present.change.replace(' ', 'T')}Z`);
		if (age > dueAfterDays * dayMs || this.enabledHelpers().length > 0) return false;
		if (!this.isNotedAsEnded()) return false;
		for (const host of hosts) {
			const strays = await this.strays(host);
			const ours = (await this.ownLines(host)).filter((body) => !strays.includes(body));
			if (ours.length !== 1 || ours[0] !== bodyOf(present.publicKey)) return false;
		}
		return true;
	}

	async untilNext(): Promise<number | undefined> {
		const { allowance, dueAfterDays } = this.settings;
		if (!(await this.hasStrays())) return undefined;
		this.isNext = true;
		allowance.more += 1;
		return (dueAfterDays + 1) * dayMs;
	}

	async ended() {
		await this.look('the end');
		if (this.isNext && (await this.hasStrays())) {
			this.noted.add('I4', 'stray', `the end of the next rotation: ${await this.told()}`);
		}
		if (!(await this.isDone())) this.noted.add('I4', 'end', `the end: ${await this.told()}`);
		const made = this.pairs.size - 1;
		const most = 1 + this.settings.allowance.more;
		if (made > most)
			this.noted.add('I5', 'made', `${made} pairs were made, ${most} at most needed`);
	}

	private async checkLogin(host: ObservedHost, when: string) {
		if (!host.isUp) return;
		const { privateKey, publicKey } = this.present();
		const { hostname } = host.spec;
		const state = [hostname, publicKey, privateKey, await host.authorizedKeys()].join('\n');
		let opens = this.logins.get(state);
		if (opens === undefined) {
			opens = await host.opens(privateKey);
			this.logins.set(state, opens);
		}
		if (opens) return;
		this.noted.add(
			'I1',
			hostname,
			`${when}: the vault's key does not open ${hostname}: ${await this.told()}`,
		);
	}

	private async checkLines(host: ObservedHost, when: string) {
		const { hostname } = host.spec;
		const lines = (await host.authorizedKeys()).split('\n');
		for (const line of this.settings.foreignLines) {
			if (lines.includes(line)) continue;
			this.noted.add(
				'I2',
				`line ${hostname}`,
				`${when}: a line of another key is gone from ${hostname}`,
			);
		}
		const mode = (await stat(host.authorizedKeysFile).catch(() => undefined))?.mode ?? 0;
		if ((mode & 0o777) !== 0o600) {
			this.noted.add(
				'I2',
				`mode ${hostname}`,
				`${when}: authorized_keys of ${hostname} has mode ${(mode & 0o777).toString(8)}`,
			);
		}
		const count = new Set(await this.ownLines(host)).size;
		if (count > mostOnHost + this.settings.allowance.more) {
			this.noted.add('I4', `many ${hostname}`, `${when}: ${count} keys on ${hostname}`);
		}
	}

	private checkRecords(when: string) {
		const now = this.others();
		for (const [id, was] of this.foreignRecords) {
			if (now.get(id) === was) continue;
			this.noted.add(
				'I2',
				`record ${id}`,
				`${when}: record ${id}, which is no rotation's, was changed`,
			);
		}
	}

	/** Base64 of the rotation's keys that may log in, as often as they stand there. */
	private async ownLines(host: ObservedHost): Promise<string[]> {
		const words = (await host.authorizedKeys()).split('\n').flatMap((line) => line.split(/\s+/u));
		return words.filter((word) => this.pairs.has(word));
	}

	/**
	 * Pairs of which no record has the private half, since two runs were at it at once: the vault cannot be
	 * asked to write only where nobody else has. By its tag the next rotation knows such a line.
	 */
	private async strays(host: ObservedHost): Promise<string[]> {
		if (!this.settings.allowance.overlap) return [];
		const kept = this.keys().map(({ publicKey }) => bodyOf(publicKey));
		const lines = (await host.authorizedKeys()).split('\n');
		return (await this.ownLines(host)).filter(
			(body) =>
				!kept.includes(body) &&
				lines.every((line) => !line.split(/\s+/u).includes(body) || tag.test(line)),
		);
	}

	private async hasStrays(): Promise<boolean> {
		for (const host of this.settings.hosts) {
			if ((await this.strays(host)).length > 0) return true;
		}
		return false;
	}

	private keys(): SenhaseguraKey[] {
		return [...this.settings.vault.state.items.values()].filter((item) => item.kind === 'key');
	}

	private isOurs({ identifier }: { identifier: string }): boolean {
		const name = this.settings.identifier;
		return identifier === name || identifier.startsWith(`${name}.n8n-`);
	}

	private present(): SenhaseguraKey {
		const found = this.keys().find(({ identifier }) => identifier === this.settings.identifier);
		if (found === undefined) throw new Error('The rotated key is not in the vault any more.');
		return found;
	}

	private enabledHelpers(): SenhaseguraKey[] {
		return this.keys().filter((key) => this.isOurs(key) && key !== this.present() && key.active);
	}

	/** The list of the vault tells no state of a record: a rotation ends when its username says so. */
	private isNotedAsEnded(): boolean {
		const name = `${this.settings.identifier}.n8n-next`;
		const next = this.keys().find(({ identifier }) => identifier === name);
		return next === undefined || next.username.startsWith('n8n-done-');
	}

	private others(): Map<string, string> {
		const items = [...this.settings.vault.state.items.values()].filter(
			(item) => !this.isOurs(item),
		);
		return new Map(
			items.map((item) => {
				const secret = item.kind === 'key' ? [item.publicKey, item.privateKey] : [item.content];
				return [item.id, JSON.stringify([item.active, item.username, item.hostname, ...secret])];
			}),
		);
	}

	private notePairs() {
		for (const key of this.keys()) {
			if (this.isOurs(key)) this.pairs.add(bodyOf(key.publicKey));
		}
	}

	/** Which of the rotation's keys are where, by the order in which they came to be. */
	private async told(): Promise<string> {
		const numbers = new Map([...this.pairs].map((body, index) => [body, index]));
		const records = this.keys()
			.filter((key) => this.isOurs(key))
			.map(({ identifier, publicKey, active }) => {
				const name =
					identifier === this.settings.identifier ? 'present' : identifier.split('.n8n-')[1];
				return `${name} ${numbers.get(bodyOf(publicKey))}${active ? '' : ' (disabled)'}`;
			});
		const hosts = await Promise.all(
			this.settings.hosts.map(async (host) => {
				const lines = await this.ownLines(host);
				const there = lines.map((body) => numbers.get(body)).join(' ');
				return `${host.spec.hostname}${host.isUp ? '' : ' (down)'}: ${there || 'none'}`;
			}),
		);
		return [...records, ...hosts].join('; ');
	}
}

/** The base64 field of a public key. */
const bodyOf = (publicKey: string) => publicKey.split(/\s+/u)[1] ?? '';
