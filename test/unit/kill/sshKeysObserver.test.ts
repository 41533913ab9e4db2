import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Allowance, Day } from '../../kill/observers/observer';
import { type ObservedHost, SshKeysObserver } from '../../kill/observers/sshKeys';
import type { Entry } from '../../kill/world/journal';
import {
	type SenhaseguraKey,
	type SenhaseguraSimulator,
	startSenhaseguraSimulator,
} from '../../simulators';
import { endedDay, textsOf } from './support';

const dayMs = 86_400_000;
const identifier = 'app-01-deploy';
const foreignLine = 'ssh-rsa AAAAforeign somebody';

/** The observer never reads a key: any text stands for one, `opens` knows which belong together. */
const line = (name: string) => `ssh-ed25519 AAAA${name} ${name}`;
const privateKeyOf = (name: string) => `private ${name}`;

describe('the observer of an SSH key', () => {
	let vault: SenhaseguraSimulator;
	let folder: string;
	let hosts: Array<ObservedHost & { isUp: boolean; lines: (...lines: string[]) => void }>;
	let observer: SshKeysObserver;
	let allowance: Allowance;

	beforeAll(async () => {
		vault = await startSenhaseguraSimulator();
	});

	afterAll(async () => await vault.close());

	beforeEach(() => {
		vault.reset();
		folder = mkdtempSync(join(tmpdir(), 'observer-'));
		record('present', identifier, 'old', 100);
		record('other', 'somebody-else', 'stranger', 10);
		hosts = ['app-01', 'app-02'].map(host);
		allowance = { more: 0 };
		observer = new SshKeysObserver({
			vault,
			identifier,
			hosts,
			foreignLines: [foreignLine],
			dueAfterDays: 90,
			daysToEnd: 2,
			allowance,
		});
	});

	afterEach(() => rmSync(folder, { recursive: true }));

	function host(hostname: string) {
		const authorizedKeysFile = join(folder, hostname);
		const read = () => readFileSync(authorizedKeysFile, 'utf8');
		const lines = (...content: string[]) =>
			writeFileSync(authorizedKeysFile, content.join('\n'), { mode: 0o600 });
		lines(foreignLine, line('old'));
		return {
			spec: { hostname },
			isUp: true,
			authorizedKeysFile,
			authorizedKeys: async () => read(),
			opens: async (key: string) => read().includes(line(key.replace('private ', ''))),
			lines,
		};
	}

	function record(id: string, name: string, pair: string, daysOld: number) {
		const change = new Date(vault.now() - daysOld * dayMs).toISOString();
		vault.state.items.set(id, {
			kind: 'key',
			id,
			identifier: name,
			active: true,
			username: 'root',
			hostname: 'app-01',
			publicKey: line(pair),
			privateKey: privateKeyOf(pair),
			change: change.slice(0, 19).replace('T', ' '),
		} as SenhaseguraKey);
	}

	/** Writes into the vault's list how far the rotation is. */
	const mark = (id: string, username: string) => {
		vault.state.items.get(id)!.username = username;
	};

	const day = (changes: Partial<Day> = {}) => observer.dayEnded(endedDay(changes));
	const found = () => textsOf(observer);
	const everywhere = (...lines: string[]) => hosts.forEach((one) => one.lines(...lines));

	it('finds nothing in a rotation that ends', async () => {
		const look = async () => await observer.look('some time');
		await look();
		record('next', `${identifier}.n8n-next`, 'new', 0);
		await look();
		everywhere(foreignLine, line('old'), line('new'));
		await look();
		record('previous', `${identifier}.n8n-previous`, 'old', 0);
		record('present', identifier, 'new', 0);
		await look();
		expect(await observer.isDone()).toBe(false);
		everywhere(foreignLine, line('new'));
		for (const id of ['next', 'previous']) vault.state.items.get(id)!.active = false;
		await look();
		mark('next', 'n8n-ending-7-20260131T050000123Z-0123abcd');
		expect(await observer.isDone()).toBe(false);
		mark('next', 'n8n-done-7-20260131T050000123Z-0123abcd');

		expect(await observer.isDone()).toBe(true);
		await observer.ended();
		expect(found()).toEqual([]);
	});

	describe('of which one pair has taken the place of another on its way', () => {
		const tagged = `${line('lost')} n8n-0123456789-20260131T050000123Z`;

		beforeEach(async () => {
			allowance.overlap = true;
			for (const pair of ['lost', 'new']) {
				record('next', `${identifier}.n8n-next`, pair, 0);
				await observer.look('before');
			}
			record('present', identifier, 'new', 0);
			record('next', `${identifier}.n8n-next`, 'new', 0);
			vault.state.items.get('next')!.active = false;
			mark('next', 'n8n-done-7-20260131T050000123Z-0123abcd');
		});

		it('leaves the line of the other one to the next rotation', async () => {
			everywhere(foreignLine, line('new'));
			expect(await observer.untilNext()).toBeUndefined();
			everywhere(foreignLine, line('new'), tagged);
			expect(await observer.isDone()).toBe(true);
			expect(await observer.untilNext()).toBe(91 * dayMs);
			everywhere(foreignLine, line('new'));
			await observer.ended();
			expect(found()).toEqual([]);
		});

		it('finds that the next rotation has left it, too', async () => {
			everywhere(foreignLine, line('new'), tagged);
			await observer.untilNext();
			await observer.ended();
			expect(found()).toEqual([
				'I4 the end of the next rotation: present 2; next 2 (disabled); app-01: 2 1; app-02: 2 1',
			]);
		});

		it('finds it where no second run was under way', async () => {
			allowance.overlap = false;
			everywhere(foreignLine, line('new'), tagged);
			expect(await observer.isDone()).toBe(false);
			expect(await observer.untilNext()).toBeUndefined();
		});

		it('finds that nothing would tell the next rotation what it is', async () => {
			everywhere(foreignLine, line('new'), tagged, line('lost'));
			expect(await observer.isDone()).toBe(false);
			expect(await observer.untilNext()).toBeUndefined();
		});

		it('finds that the vault could still log in with it', async () => {
			everywhere(foreignLine, line('new'), tagged);
			record('previous', `${identifier}.n8n-previous`, 'lost', 0);
			expect(await observer.isDone()).toBe(false);
		});
	});

	it('finds that the vault has a key that does not open a host', async () => {
		hosts[1]!.lines(foreignLine);
		await observer.look('now');
		expect(found()).toEqual([
			"I1 now: the vault's key does not open app-02: present 0; app-01: 0; app-02: none",
		]);
	});

	it('asks a host that is down when it is up again', async () => {
		hosts[1]!.lines(foreignLine);
		hosts[1]!.isUp = false;
		await observer.look('now');
		expect(found()).toEqual([]);
		hosts[1]!.isUp = true;
		await observer.look('later');
		expect(found()).toEqual([expect.stringMatching(/^I1 later: the vault's key does not open/u)]);
	});

	it('finds that another’s line is gone, or joined with ours', async () => {
		hosts[0]!.lines(line('old'));
		hosts[1]!.lines(`${foreignLine}${line('old')}`);
		await observer.look('now');
		expect(found()).toEqual([
			'I2 now: a line of another key is gone from app-01',
			'I2 now: a line of another key is gone from app-02',
		]);
	});

	it('finds that others may read the file now', async () => {
		chmodSync(hosts[0]!.authorizedKeysFile, 0o644);
		await observer.look('now');
		expect(found()).toEqual(['I2 now: authorized_keys of app-01 has mode 644']);
	});

	it('finds that another record was changed', async () => {
		record('other', 'somebody-else', 'new', 0);
		await observer.look('now');
		expect(found()).toEqual(["I2 now: record other, which is no rotation's, was changed"]);
	});

	it('finds that nobody takes up what was left, and that it does not end', async () => {
		record('present', identifier, 'old', 1);
		record('next', `${identifier}.n8n-next`, 'new', 1);
		await day();
		expect(found()).toEqual([
			'I3 day 2: nobody takes it up: present 0; next 1; app-01: 0; app-02: 0',
		]);
		await day({ undisturbedDays: 2 });
		expect(found()).toContainEqual(expect.stringMatching(/^I4 day 2: not ended after 2/u));
	});

	it('finds at the end what is left on a host', async () => {
		record('present', identifier, 'new', 0);
		everywhere(foreignLine, line('new'));
		hosts[1]!.lines(foreignLine, line('new'), line('old'));
		await observer.ended();
		expect(found()).toEqual(['I4 the end: present 1; app-01: 1; app-02: 1 0']);
	});

	it('finds too many keys on a host', async () => {
		for (const pair of ['a', 'b', 'c']) {
			record('next', `${identifier}.n8n-next`, pair, 0);
			await observer.look('before');
		}
		hosts[0]!.lines(foreignLine, ...['old', 'a', 'b', 'c'].map(line));
		await observer.look('now');
		expect(found()).toEqual(['I4 now: 4 keys on app-01']);
	});

	it('finds that something is done where nothing is left to do, and that too much was', async () => {
		await day({ wasDone: true, writes: [{ label: 'POST pam/key' } as Entry] });
		for (const pair of ['a', 'b']) {
			record('next', `${identifier}.n8n-next`, pair, 0);
			await observer.look('before');
		}
		await observer.ended();
		expect(found()).toEqual([
			'I5 day 2: nothing was left to do, but: POST pam/key',
			expect.stringMatching(/^I4 the end: /u),
			'I5 2 pairs were made, 1 at most needed',
		]);
	});
});
