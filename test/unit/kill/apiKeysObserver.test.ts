import { ApiKeysObserver, type ApiKeysSettings } from '../../kill/observers/apiKeys';
import type { Day } from '../../kill/observers/observer';
import type { Entry } from '../../kill/world/journal';
import { type CortexXsiamSimulator, startCortexXsiamSimulator } from '../../simulators';
import { foreignKey } from '../cortexXsiam/support';
import { endedDay, textsOf } from './support';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const comment = 'SIEM collector';

describe('the observer of API keys', () => {
	let tenant: CortexXsiamSimulator;
	let stored: string;
	let entries: Entry[];
	let observer: ApiKeysObserver;

	beforeAll(async () => {
		tenant = await startCortexXsiamSimulator();
	});

	afterAll(async () => await tenant.close());

	beforeEach(() => {
		tenant.reset();
		entries = [];
		tenant.state.keys.set(100, key(100, 3, 87));
		stored = secretOf(100);
		watch();
	});

	function watch(changes: Partial<ApiKeysSettings> = {}) {
		observer = new ApiKeysObserver({
			tenant,
			lineages: [{ firstId: 100, comment, stored: () => stored }],
			dueWithinDays: 7,
			allowance: { more: 0 },
			entries: () => entries,
			...changes,
		});
	}

	const key = (id: number, daysLeft: number, daysOld = 0) =>
		foreignKey({
			id,
			comment: id === 100 ? comment : `${comment} [n8n 100 ${id}]`,
			expiration: tenant.now() + daysLeft * dayMs,
			creationTime: tenant.now() - daysOld * dayMs,
		});

	const secretOf = (id: number) => tenant.state.keys.get(id)?.secret ?? '';

	/** Something that run 1 asks for, and what is done for it. */
	async function asked(label: string, work: () => void, changes: Partial<Entry> = {}, body = '') {
		const entry: Entry = {
			number: entries.length + 1,
			party: 'cortexXsiam',
			label,
			write: true,
			at: tenant.now(),
			runs: ['1'],
			status: 200,
			outcome: 'answered',
			...changes,
		};
		entries.push(entry);
		observer.asked(entry, body);
		work();
		await observer.worked(entry);
		return entry;
	}

	const issue = (id: number, changes?: Partial<Entry>) =>
		asked('generate', () => tenant.state.keys.set(id, key(id, 90)), changes);

	const remove = (id: number, changes?: Partial<Entry>) =>
		asked('delete', () => tenant.state.keys.delete(id), changes);

	const store = (value: string) =>
		asked('store', () => (stored = value), { party: 'pam360' }, `password=${value}`);

	const pass = (ms: number) => (tenant.settings.clockOffsetMs += ms);

	const day = (changes: Partial<Day> = {}) => observer.dayEnded(endedDay(changes));
	const found = () => textsOf(observer);

	it.each([(id: number) => secretOf(id), (id: number) => `${id}:${secretOf(id)}`])(
		'finds nothing in a rotation that ends',
		async (value) => {
			await observer.look('the start');
			expect(await observer.isDone()).toBe(false);
			await issue(101);
			await store(value(101));
			await day();
			pass(dayMs);
			await remove(100);
			await day();

			expect(await observer.isDone()).toBe(true);
			await observer.ended();
			expect(found()).toEqual([]);
		},
	);

	it('finds that what is stored opens nothing any more', async () => {
		await observer.look('the start');
		await store('something else');

		expect(found()).toEqual([expect.stringMatching(/^I1 1 store: what is stored opens nothing/u)]);
	});

	it('finds that what is stored has expired', async () => {
		await observer.look('the start');
		pass(4 * dayMs);
		await observer.look('four days later');

		expect(found()).toEqual([expect.stringMatching(/^I1 four days later: .*live: none$/u)]);
	});

	it('does not ask of a store that was empty to open something', async () => {
		stored = '';
		await observer.look('the start');
		expect(found()).toEqual([]);
	});

	it('finds that the key was deleted which the store opens', async () => {
		await observer.look('the start');
		await issue(101);
		await remove(100);

		expect(found()).toEqual([expect.stringMatching(/^I1 2 delete: what is stored opens nothing/u)]);
	});

	it('finds that what is stored opens the key of another', async () => {
		stored = `21:${secretOf(21)}`;
		await observer.look('the start');
		expect(found()).toEqual(["I1 the start: what is stored opens 21, another's key"]);
	});

	describe('where the workflow reads the store', () => {
		const read = (changes?: Partial<Entry>) =>
			asked('read', () => {}, { party: 'pam360', write: false, ...changes });
		const call = (caller: string, changes?: Partial<Entry>) =>
			asked('list', () => {}, { caller, write: false, ...changes });

		beforeEach(async () => {
			watch({ isStoreRead: ({ label }) => label === 'read' });
			await observer.look('the start');
			await issue(101);
			await store(`101:${secretOf(101)}`);
			pass(dayMs);
		});

		it('is content with a deletion after the value read was accepted', async () => {
			await read();
			await call('101');
			await remove(100, { caller: '22' });
			expect(found()).toEqual([]);
		});

		it('is content where another run reads once more before the deletion', async () => {
			await read();
			await call('101');
			// Which of two runs under way at once asks is not known: both count as asking.
			await read({ runs: ['1', '2'] });
			await remove(100, { caller: '22' });
			expect(found()).toEqual([]);
		});

		it.each<[string, () => Promise<unknown>]>([
			['nothing was read', async () => await call('101')],
			['nothing was tried after the reading', async () => await call('101').then(() => read())],
			[
				'another key than the stored one has called',
				async () => await read().then(async () => await call('102')),
			],
			[
				'the value was stored when it had been read and its key was tried',
				async () => {
					stored = secretOf(100);
					await observer.worked(entries[0]!);
					await read();
					await call('101');
					await store(`101:${secretOf(101)}`);
				},
			],
			[
				'what was read was not accepted',
				async () => await read().then(async () => await call('101', { status: 401 })),
			],
			[
				'another run has done both',
				async () =>
					await read({ runs: ['0'] }).then(async () => await call('101', { runs: ['0'] })),
			],
		])('finds a deletion where %s', async (_, before) => {
			await before();
			await remove(100, { caller: '22' });
			expect(found()).toEqual([expect.stringMatching(/^I1 .*key 100 was deleted, and nothing/u)]);
		});
	});

	describe('where n8n itself uses what is stored', () => {
		const call = (caller: string) => asked('list', () => {}, { caller, write: false });

		beforeEach(async () => {
			watch({ provedByUse: true });
			await call('100');
			await issue(101);
		});

		it('is content with a deletion after a call with it', async () => {
			await store(`101:${secretOf(101)}`);
			await call('101');
			pass(dayMs);
			await remove(100, { caller: '101' });
			expect(found()).toEqual([]);
		});

		it.each<[string, () => Promise<unknown>]>([
			['no call was made with it', async () => await store(`101:${secretOf(101)}`)],
			[
				'the call was made before it was stored',
				async () => {
					await call('101');
					await store(`101:${secretOf(101)}`);
				},
			],
		])('finds a deletion where %s', async (_, before) => {
			await before();
			pass(dayMs);
			await remove(100, { caller: '101' });
			expect(found()).toEqual([expect.stringMatching(/^I1 .*key 100 was deleted, and nothing/u)]);
		});
	});

	it('finds that a key was deleted which is no rotation’s, though its comment is the same', async () => {
		tenant.state.keys.set(50, { ...key(50, 90, 30), comment });
		watch();
		await remove(50);
		expect(found()).toEqual(["I2 1 delete: key 50, which is no rotation's, was deleted"]);
	});

	it('finds that a key was deleted before it was 12 hours old', async () => {
		await issue(101);
		pass(11 * hourMs);
		await remove(101, { runs: ['2'] });
		expect(found()).toEqual(['I2 2 delete: key 101 was deleted 11.0 h old']);
	});

	it('finds that another run’s key was deleted while both were under way', async () => {
		await issue(101, { runs: ['1', '2'] });
		await remove(101, { runs: ['1', '2'] });
		expect(found()).toEqual(['I2 2 delete: key 101 was deleted 0.0 h old']);
	});

	it('finds that a key was taken back which a store may hold', async () => {
		await issue(101);
		await store(secretOf(101));
		stored = secretOf(100);
		await remove(101);
		expect(found()).toEqual(['I2 3 delete: key 101 was deleted 0.0 h old']);
	});

	it('finds that a key was taken back that is on its way to a store', async () => {
		await issue(101);
		const request: Entry = { ...entries[0]!, number: 2, party: 'pam360', outcome: 'lost' };
		observer.asked(request, `password=${secretOf(101)}`);
		await remove(101);
		expect(found()).toEqual(['I2 2 delete: key 101 was deleted 0.0 h old']);
	});

	it('lets a call take back what nobody has got', async () => {
		await issue(101);
		await remove(101);
		await issue(102, { runs: ['1', '2'], outcome: 'lost' });
		await remove(102, { runs: ['1', '2'] });
		expect(found()).toEqual([]);
	});

	it('finds that nobody takes up what was left', async () => {
		await issue(101);
		await day();
		expect(found()).toEqual([]);
		pass(dayMs);
		await day();
		expect(found()).toEqual(['I3 day 2: nobody takes up the keys 100, 101']);
	});

	it('finds too many live keys', async () => {
		await observer.look('the start');
		for (const id of [101, 102]) await issue(id);
		expect(found()).toEqual([]);
		await issue(103);
		expect(found()).toEqual(['I4 3 generate: 4 live keys']);
	});

	it('finds that it does not end', async () => {
		await day({ undisturbedDays: 1 });
		expect(found()).toEqual([]);
		await day({ undisturbedDays: 2, writes: entries });
		expect(found()).toEqual([expect.stringMatching(/^I4 day 2: not ended after 2 undisturbed/u)]);
	});

	it('finds at the end that one key is not stored, or is due', async () => {
		await observer.ended();
		expect(found()).toEqual([
			expect.stringMatching(/^I4 the end: live: 100 \(2088 h old, 3 days/u),
		]);
	});

	it('finds that something is done where nothing is left to do', async () => {
		const entry = await issue(101);
		await day({ wasDone: true, writes: [entry] });
		expect(found()).toContain('I5 day 2: nothing was left to do, but: generate');
	});

	it('finds that more keys were made than were needed', async () => {
		await issue(101);
		await remove(101);
		await issue(102);
		await observer.ended();
		expect(found()).toContain('I5 2 keys were issued, 1 at most needed');
	});
});
