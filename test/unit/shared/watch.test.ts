import fc from 'fast-check';
import type { Memory } from '../../../nodes/shared/trigger';
import {
	leavers,
	newcomers,
	newestFirst,
	oncePerKey,
	sinceLastLook,
} from '../../../nodes/shared/watch';

const result = (name: string) => ({ item: { name }, raw: { name } });
const namesOf = ({ results }: { results: Array<{ item: { name?: unknown } }> }) =>
	results.map(({ item }) => item.name);
/** As n8n keeps it. */
const kept = (memory: Memory) => JSON.parse(JSON.stringify(memory)) as Memory;

const MINUTE = 60_000;

describe('events with a time', () => {
	interface Entry {
		id: string;
		time: number;
	}

	const look = async (log: Entry[], memory?: Memory) => {
		const records = log.map(({ id, time }) => ({ id, time, result: result(id) }));
		const found = await sinceLastLook(
			memory,
			async (since) => records.filter(({ time }) => time >= since).reverse(),
			async () => (log.length > 0 ? Math.max(...log.map(({ time }) => time)) : undefined),
		);
		return { names: namesOf(found), memory: kept(found.memory) };
	};

	it('are not reported where they were there before', async () => {
		const { names } = await look([{ id: 'a', time: 5 * MINUTE }]);
		expect(names).toEqual([]);
	});

	it('are reported once, oldest first', async () => {
		const log = [{ id: 'a', time: 5 * MINUTE }];
		const first = await look(log);
		log.push({ id: 'c', time: 8 * MINUTE }, { id: 'b', time: 7 * MINUTE });
		const second = await look(log, first.memory);
		expect(second.names).toEqual(['b', 'c']);
		expect((await look(log, second.memory)).names).toEqual([]);
	});

	it('are reported from an empty log on', async () => {
		const first = await look([]);
		const second = await look([{ id: 'a', time: MINUTE }], first.memory);
		expect(second.names).toEqual(['a']);
	});

	it('are reported where they become visible late, or at the very time of the last one', async () => {
		const log = [{ id: 'a', time: 60 * MINUTE }];
		const first = await look(log);
		log.push({ id: 'late', time: 52 * MINUTE }, { id: 'same', time: 60 * MINUTE });
		expect((await look(log, first.memory)).names).toEqual(['late', 'same']);
	});

	it('lose and repeat nothing, whenever it is looked', async () => {
		const entry = fc.record({
			step: fc.integer({ min: 0, max: 20 * MINUTE }),
			late: fc.integer({ min: 0, max: 9 * MINUTE }),
			looks: fc.boolean(),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(entry, { maxLength: 40 }), async (entries) => {
				const log: Entry[] = [{ id: 'before', time: 1_000 * MINUTE }];
				let { memory } = await look(log);
				let clock = 1_000 * MINUTE;
				const told: unknown[] = [];
				for (const [index, { step, late, looks }] of entries.entries()) {
					clock += step;
					log.push({ id: String(index), time: Math.max(clock - late, 991 * MINUTE) });
					if (!looks) continue;
					const next = await look(log, memory);
					told.push(...next.names);
					({ memory } = next);
				}
				told.push(...(await look(log, memory)).names);
				expect([...told].sort()).toEqual(entries.map((_, index) => String(index)).sort());
			}),
		);
	});

	it('are not held up by one that a wrong clock has put far ahead', async () => {
		const now = Date.now();
		const log = [
			{ id: 'early', time: now - MINUTE },
			{ id: 'ahead', time: now + 400 * 24 * 60 * MINUTE },
		];
		const first = await look(log);
		expect(first.names).toEqual([]);
		log.push({ id: 'a', time: now });
		const second = await look(log, first.memory);
		expect(second.names).toEqual(['a']);
		log.push({ id: 'further', time: now + 500 * 24 * 60 * MINUTE });
		const third = await look(log, second.memory);
		expect(third.names).toEqual(['further']);
		log.push({ id: 'b', time: now + MINUTE });
		const fourth = await look(log, third.memory);
		expect(fourth.names).toEqual(['b']);
		expect((await look(log, fourth.memory)).names).toEqual([]);
	});

	it('are not reported again where the log was empty for a while', async () => {
		const log = [{ id: 'a', time: 60 * MINUTE }];
		const first = await look(log);
		log.push({ id: 'b', time: 61 * MINUTE });
		const second = await look(log, first.memory);
		expect(second.names).toEqual(['b']);
		const gap = await look([], second.memory);
		expect((await look(log, gap.memory)).names).toEqual([]);
	});

	it('come newest first for a test run', () => {
		const records = [1, 3, 2].map((time) => ({
			id: String(time),
			time,
			result: result(String(time)),
		}));
		expect(newestFirst(records, 2).map(({ item }) => item.name)).toEqual(['3', '2']);
	});
});

describe('a condition', () => {
	const look = (keys: string[], memory?: Memory) => {
		const found = oncePerKey(
			memory,
			keys.map((key) => ({ key, result: result(key) })),
		);
		return { names: namesOf(found), memory: kept(found.memory) };
	};

	it('is reported once for each key, from the first look on', () => {
		const first = look(['a', 'a']);
		expect(first.names).toEqual(['a']);
		const second = look(['a', 'b'], first.memory);
		expect(second.names).toEqual(['b']);
		expect(look(['b', 'a'], second.memory).names).toEqual([]);
	});

	it('is forgotten when it is over, and reported when it comes back', () => {
		const first = look(['a', 'b']);
		const second = look(['b'], first.memory);
		expect(look(['a', 'b'], second.memory).names).toEqual(['a']);
	});

	it('is not reported again after a list that was empty for once', () => {
		const first = look(['a']);
		const second = look([], first.memory);
		const third = look(['a'], second.memory);
		expect(third.names).toEqual([]);
		expect(look(['a'], look([], third.memory).memory).names).toEqual([]);
	});

	it('leaves the memory alone where there is nothing, look after look', () => {
		const first = look([]);
		const second = look([], first.memory);
		expect([first.memory, second.memory]).toEqual([{ told: [] }, { told: [] }]);
	});

	it('is over where the list stays empty', () => {
		const first = look(['a']);
		const second = look([], first.memory);
		const third = look([], second.memory);
		expect(look(['a'], third.memory).names).toEqual(['a']);
	});
});

describe('things that come and go', () => {
	const things = (ids: string[]) => ids.map((id) => ({ id, result: result(id) }));

	it('are reported when they are new, and not at the first look', () => {
		const first = newcomers(undefined, things(['a']));
		expect(namesOf(first)).toEqual([]);
		const second = newcomers(kept(first.memory), things(['a', 'b', 'b']));
		expect(namesOf(second)).toEqual(['b']);
		expect(namesOf(newcomers(kept(second.memory), things(['b', 'a'])))).toEqual([]);
	});

	it('are new from an empty list on', () => {
		const first = newcomers(undefined, []);
		expect(namesOf(newcomers(kept(first.memory), things(['a'])))).toEqual(['a']);
	});

	it('are not new after a list that was empty for once', () => {
		const first = newcomers(undefined, things(['a']));
		const second = newcomers(kept(first.memory), []);
		const third = newcomers(kept(second.memory), things(['a', 'b']));
		expect(namesOf(third)).toEqual(['b']);
	});

	it('are not gone before the list has been empty twice', () => {
		const first = leavers(undefined, things(['a']));
		const second = leavers(kept(first.memory), []);
		expect(namesOf(second)).toEqual([]);
		expect(namesOf(leavers(kept(second.memory), things(['a'])))).toEqual([]);
		const third = leavers(kept(second.memory), []);
		expect(namesOf(third)).toEqual(['a']);
		expect(namesOf(leavers(kept(third.memory), []))).toEqual([]);
	});

	it('are reported when they are gone, as they were', () => {
		const first = leavers(undefined, things(['a', 'b']));
		expect(namesOf(first)).toEqual([]);
		const second = leavers(kept(first.memory), things(['b']));
		expect(namesOf(second)).toEqual(['a']);
		expect(namesOf(leavers(kept(second.memory), things(['b'])))).toEqual([]);
	});
});
