import fc from 'fast-check';
import { byOffset, first } from '../../../nodes/shared/paging';
import type { Page, Paging } from '../../../nodes/shared/paging';

interface Row {
	id?: string;
}

const rowsOf = (ids: Iterable<number>) => [...ids].map((id) => ({ id: String(id) }));
const range = (from: number, to: number) =>
	Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

interface Options {
	limit?: number;
	pageSize?: number;
	mostPages?: number;
	total?: (length: number, page: number) => number | undefined;
	/** What happens to the list before each page but the first is read. */
	between?: (list: Row[]) => void;
	/** The server's own limit of a page. */
	most?: number;
	/** Whether the count may be of others as well. */
	isUnsure?: boolean;
}

/** A vendor's list, and what comes of reading it. */
async function read(list: Row[], options: Options = {}) {
	const { limit = Infinity, pageSize = 10, total = (length) => length, most = Infinity } = options;
	const calls: Array<[number, number]> = [];
	const said: string[] = [];
	const paging: Paging<Row> = {
		onShort: (what) => said.push(what),
		pageSize,
		limit,
		noun: 'things',
		idOf: ({ id }) => id,
		mostPages: options.mostPages,
		async fetch(from, size): Promise<Page<Row>> {
			if (calls.length > 0) options.between?.(list);
			calls.push([from, size]);
			const rows = list.slice(from, from + Math.min(size, most));
			return { rows, total: total(list.length, rows.length), isUnsure: options.isUnsure };
		},
	};
	const ids: Array<string | undefined> = [];
	for await (const { id } of byOffset(paging)) ids.push(id);
	return { ids, calls, said };
}

describe('a list that is counted to be longer than it is', () => {
	it.each<[string, Options]>([
		['all that came is one page', { total: () => 7 }],
		['pages came, and then no more', { total: () => 730, pageSize: 2 }],
		['the server gives less at a time, and then no more', { total: () => 730, most: 3 }],
		['it was counted to be still longer at first', { total: (length) => length + 2 }],
	])('is told of: %s', async (_, options) => {
		const { ids, said } = await read(rowsOf(range(0, 5)), options);
		expect(ids).toHaveLength(5);
		expect(said).toEqual([
			expect.stringMatching(
				/^The list of things may not be whole: 7(30)? are counted, and 5 were returned\.$/,
			),
		]);
	});

	it.each<[string, Options]>([
		['it is counted right', {}],
		['it is not counted', { total: () => undefined }],
		['a page is counted', { total: (_, page) => page }],
		['no more was wanted', { total: () => 730, limit: 5 }],
		[
			'it grew meanwhile',
			{
				pageSize: 3,
				between: (list) => {
					if (list.length === 5) list.unshift(...rowsOf([9]));
				},
			},
		],
		['it shrank meanwhile', { pageSize: 2, between: (list) => list.pop() }],
	])('is not told of where %s', async (_, options) => {
		expect((await read(rowsOf(range(0, 5)), options)).said).toEqual([]);
	});
});

describe('a list of which some are counted and none comes', () => {
	it('cannot be read, and is no empty list', async () => {
		await expect(read([], { total: () => 3 })).rejects.toMatchObject({
			kind: 'refused',
			message: 'The list of things could not be read: 3 are counted, and none came',
		});
	});

	it('is told of where the count may be of others', async () => {
		const { ids, said, calls } = await read([], { total: () => 3, isUnsure: true });
		expect(ids).toEqual([]);
		expect(said).toEqual([expect.stringMatching(/^No things came, but 3 are counted\./)]);
		expect(calls).toHaveLength(1);
	});

	it.each([0, undefined])('is empty where %j are counted', async (count) => {
		const { ids, said } = await read([], { total: () => count });
		expect([ids, said]).toEqual([[], []]);
	});

	it('is not said to be short by a count of others', async () => {
		expect((await read(rowsOf([1, 2]), { total: () => 3, isUnsure: true })).said).toEqual([]);
	});

	it('has ended where it is read from its end on', async () => {
		const rows = byOffset({
			pageSize: 10,
			limit: Infinity,
			start: 3,
			noun: 'things',
			idOf: ({ id }: Row) => id,
			fetch: async () => ({ rows: [], total: 3 }),
		});
		expect((await rows.next()).done).toBe(true);
	});
});

describe('a list that stays as it is', () => {
	it.each([0, 1, 9, 10, 11, 19, 20, 100])('of %i records comes whole and in order', async (n) => {
		const { ids } = await read(rowsOf(range(0, n)));
		expect(ids).toEqual(range(0, n).map(String));
	});

	it.each([0, 1, 9, 10, 11, 19, 20, 100])(
		'of %i records comes whole where the vendor does not count',
		async (n) => {
			const { ids } = await read(rowsOf(range(0, n)), { total: () => undefined });
			expect(ids).toEqual(range(0, n).map(String));
		},
	);

	it('comes whole without ids', async () => {
		const { ids, calls } = await read(range(0, 25).map(() => ({})));
		expect(ids).toHaveLength(25);
		expect(calls).toEqual([
			[0, 10],
			[10, 10],
			[20, 10],
		]);
	});

	it.each([10, 20, 25])('of %i records without ids comes whole and ends', async (n) => {
		const { ids, calls } = await read(
			range(0, n).map(() => ({})),
			{ total: () => undefined },
		);
		expect(ids).toHaveLength(n);
		expect(calls.length).toBeLessThanOrEqual(4);
	});

	it('comes whole where the vendor counts one page only', async () => {
		const { ids } = await read(rowsOf(range(0, 35)), { total: () => 10 });
		expect(ids).toHaveLength(35);
	});

	it('comes whole where the vendor counts too many', async () => {
		const { ids, calls } = await read(rowsOf(range(0, 25)), { total: (length) => length + 7 });
		expect(ids).toHaveLength(25);
		expect(calls.length).toBeLessThanOrEqual(4);
	});

	it('comes whole where the vendor’s pages are shorter', async () => {
		const { ids } = await read(rowsOf(range(0, 35)), { most: 4 });
		expect(ids).toEqual(range(0, 35).map(String));
	});

	const counts: Array<[string, (length: number, page: number) => number | undefined]> = [
		['does not count', () => undefined],
		['counts', (length) => length],
		['counts the page', (_, page) => page],
	];

	// The limits of a server's operator: 730 records, of which 100 came, was seen.
	describe.each(counts)('behind a server that caps its pages, and %s', (_, total) => {
		it.each([
			[730, 100],
			[700, 100],
			[100, 100],
			[101, 100],
			[730, 10],
			[60, 25],
			[1_200, 250],
			[730, 12],
			[730, 16],
			[730, 64],
			[730, 99],
			[730, 128],
			[512, 256],
			[199, 199],
		])('of %i records, %i at a time, comes whole and in order', async (n, most) => {
			const { ids, calls } = await read(rowsOf(range(0, n)), { pageSize: 500, most, total });
			expect(ids).toEqual(range(0, n).map(String));
			expect(calls.length).toBeLessThanOrEqual(Math.ceil(n / (most - 1)) + 1);
		});

		it('comes whole as far as it is wanted', async () => {
			const { ids } = await read(rowsOf(range(0, 730)), {
				pageSize: 500,
				most: 25,
				limit: 60,
				total,
			});
			expect(ids).toEqual(range(0, 60).map(String));
		});
	});

	it('comes whole from a server whose pages are of different lengths', async () => {
		const lengths = [100, 83, 91, 60, 100, 77, 100, 12];
		const list = rowsOf(range(0, 500));
		const ids: string[] = [];
		const rows = byOffset({
			pageSize: 500,
			limit: Infinity,
			noun: 'things',
			idOf: ({ id }: Row) => id,
			fetch: async (from) => ({ rows: list.slice(from, from + (lengths.shift() ?? 50)) }),
		});
		for await (const { id } of rows) ids.push(id as string);
		expect(ids).toEqual(range(0, 500).map(String));
	});

	it.each([0, 1, 9])(
		'of %i records is asked for once where the vendor does not count',
		async (n) => {
			const { calls } = await read(rowsOf(range(0, n)), { pageSize: 500, total: () => undefined });
			expect(calls).toHaveLength(1);
		},
	);

	it.each([10, 12, 57])('of %i records, which is all that there is, ends', async (n) => {
		for (const total of [() => undefined, (length: number) => length]) {
			const { ids, calls } = await read(rowsOf(range(0, n)), { pageSize: 500, total });
			expect(ids).toEqual(range(0, n).map(String));
			expect(calls).toEqual([
				[0, 500],
				[n - 1, 500],
			]);
		}
	});

	it.each([10, 12, 57])('of %i records without ids from a server that does not page', async (n) => {
		let calls = 0;
		const rows = byOffset<Row>({
			pageSize: 500,
			limit: Infinity,
			noun: 'things',
			idOf: () => undefined,
			fetch: async () => ((calls += 1), { rows: range(0, n).map(() => ({})) }),
		});
		let count = 0;
		for await (const row of rows) count += Number(Boolean(row));
		expect([count, calls]).toEqual([n, 2]);
	});

	it('is not asked for once more where the count is known to be of all', async () => {
		const calls: number[] = [];
		const rows = byOffset({
			pageSize: 500,
			limit: Infinity,
			noun: 'things',
			countsAll: true,
			idOf: ({ id }: Row) => id,
			fetch: async (from) => (calls.push(from), { rows: rowsOf(range(0, 57)), total: 57 }),
		});
		for await (const row of rows) void row;
		expect(calls).toEqual([0]);
	});

	it('may begin in the middle', async () => {
		const list = rowsOf(range(0, 730));
		const ids: string[] = [];
		const rows = byOffset({
			pageSize: 100,
			limit: 100,
			start: 300,
			noun: 'things',
			idOf: ({ id }: Row) => id,
			fetch: async (from, size) => ({ rows: list.slice(from, from + Math.min(size, 40)) }),
		});
		for await (const { id } of rows) ids.push(id as string);
		expect(ids).toEqual(range(300, 400).map(String));
	});

	it('comes whole from a vendor that knows no limit', async () => {
		const all = rowsOf(range(0, 35));
		const ids: string[] = [];
		let calls = 0;
		const rows = byOffset({
			pageSize: 10,
			limit: Infinity,
			noun: 'things',
			idOf: ({ id }: Row) => id,
			fetch: async () => ((calls += 1), { rows: all, total: 35 }),
		});
		for await (const { id } of rows) ids.push(id as string);
		expect(ids).toHaveLength(35);
		expect(calls).toBe(1);
	});

	it.each([
		[1, [[0, 1]]],
		[5, [[0, 5]]],
		[10, [[0, 10]]],
		[
			12,
			[
				[0, 10],
				[9, 3],
			],
		],
	])('is read for the first %i only as far as needed', async (limit, expected) => {
		const { ids, calls } = await read(rowsOf(range(0, 100)), { limit });
		expect(ids).toEqual(range(0, limit).map(String));
		expect(calls).toEqual(expected);
	});

	it('gives no more than the limit where the vendor gives more', async () => {
		const ids: string[] = [];
		const rows = byOffset({
			pageSize: 10,
			limit: 3,
			noun: 'things',
			idOf: ({ id }: Row) => id,
			fetch: async () => ({ rows: rowsOf(range(0, 35)) }),
		});
		for await (const { id } of rows) ids.push(id as string);
		expect(ids).toEqual(['0', '1', '2']);
	});
});

describe('a list that changes while it is read', () => {
	const change = fc.record({
		remove: fc.array(fc.nat(), { maxLength: 30 }),
		insert: fc.array(fc.nat(), { maxLength: 15 }),
	});

	it('loses and repeats nothing that is there all the time', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: 120 }),
				fc.array(change, { maxLength: 6 }),
				fc.integer({ min: 2, max: 20 }),
				fc.boolean(),
				async (length, changes, pageSize, counts) => {
					const list: Row[] = rowsOf(range(0, length));
					const gone = new Set<string>();
					const rest = [...changes];
					let fresh = 1_000;
					const { ids } = await read(list, {
						pageSize,
						...(!counts && { total: () => undefined }),
						between(rows) {
							const now = rest.shift();
							for (const at of now?.remove ?? []) {
								const [removed] = rows.length > 0 ? rows.splice(at % rows.length, 1) : [];
								if (removed?.id !== undefined) gone.add(removed.id);
							}
							for (const at of now?.insert ?? []) {
								rows.splice(at % (rows.length + 1), 0, { id: String(fresh++) });
							}
						},
					});
					expect(new Set(ids).size).toBe(ids.length);
					const constant = range(0, length)
						.map(String)
						.filter((id) => !gone.has(id));
					expect(constant.filter((id) => !ids.includes(id))).toEqual([]);
				},
			),
			{ numRuns: 500 },
		);
	});

	it('may grow by so much that a page comes again', async () => {
		const growth = [1, 3];
		const { ids } = await read(rowsOf(range(0, 6)), {
			pageSize: 4,
			between(list) {
				const start = 1_000 + list.length;
				list.unshift(...rowsOf(range(start, start + (growth.shift() ?? 0))));
			},
		});
		expect(ids).toEqual(['0', '1', '2', '3', '4', '5']);
	});

	it('is read again from where it is known, however far it has moved', async () => {
		let moved = false;
		const { ids } = await read(rowsOf(range(0, 100)), {
			between(list) {
				if (moved) return;
				moved = true;
				list.splice(0, 9);
			},
		});
		expect(range(9, 100).filter((id) => !ids.includes(String(id)))).toEqual([]);
	});
});

describe('a list that has no end', () => {
	it.each([50, 30, 11])(
		'is given up where the same 10 of %d come for every offset',
		async (total) => {
			const rows = byOffset({
				pageSize: 10,
				limit: Infinity,
				noun: 'things',
				idOf: ({ id }: Row) => id,
				fetch: async () => ({ rows: rowsOf(range(0, 10)), total }),
			});
			const all = async () => {
				const ids: string[] = [];
				for await (const { id } of rows) ids.push(id as string);
			};
			await expect(all()).rejects.toMatchObject({
				kind: 'refused',
				message: 'The list of things cannot be read page by page',
			});
		},
	);

	it('is given up where the same hundred come for every offset, and nobody counts', async () => {
		const rows = byOffset({
			pageSize: 500,
			limit: Infinity,
			noun: 'things',
			idOf: ({ id }: Row) => id,
			fetch: async () => ({ rows: rowsOf(range(0, 100)) }),
		});
		const all = async () => {
			for await (const row of rows) void row;
		};
		await expect(all()).rejects.toMatchObject({
			message: 'The list of things cannot be read page by page',
		});
	});

	it('is given up after the most pages', async () => {
		const reading = read(rowsOf(range(0, 100)), { mostPages: 4 });
		await expect(reading).rejects.toMatchObject({
			description: expect.stringContaining('did not end after 4 pages') as string,
		});
	});
});

it('takes the first of a list that comes in one piece', () => {
	expect(first([1, 2, 3], 2)).toEqual([1, 2]);
	expect(first([1, 2, 3], Infinity)).toEqual([1, 2, 3]);
});
