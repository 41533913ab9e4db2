import { foreignKey } from '../../unit/cortexXsiam/support';
import { first, hints, said } from '../kit/result';
import { tenantWithFronts } from './fronts';
import type { Asked } from './fronts';
import { DAY } from './lineage';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

interface Row {
	id: number;
	expiration: number | null;
}

interface Wish {
	filters?: unknown[];
	search_from?: number;
	search_to?: number;
}

/** The pages are cut of the whole list. */
const WHOLE = { search_from: 0, search_to: 100 };

const isList = ({ path }: Asked) => path.endsWith('/get_api_keys');
const withWish = (wish: Wish) => JSON.stringify({ request_data: wish });
const wishOf = ({ body }: Asked) =>
	(JSON.parse(body) as { request_data?: Wish }).request_data ?? {};

/** What a tenant leaves out of its list, and counts. */
interface Front {
	/** @param operator Of the filter by expiration, where there is one. */
	hides(row: Row, isNarrower: boolean, operator?: string): boolean;
	countsAllOnly?: boolean;
	ignoresFilters?: boolean;
	/** Which filter by expiration it does not take. */
	refuses?: string;
}

const tenant = tenantWithFronts();

/** The address of a tenant that counts what it does not list. */
const counting = async ({ hides, countsAllOnly = false, ignoresFilters = false, refuses }: Front) =>
	await tenant.behind({
		ask: (asked) => {
			if (!isList(asked)) return asked.body;
			const filters = ignoresFilters && { filters: [] };
			return withWish({ ...wishOf(asked), ...filters, ...WHOLE });
		},
		tell: ({ headers, body }, asked) => {
			if (!isList(asked)) return { headers, body };
			const { search_from: from = 0, search_to: to = 100 } = wishOf(asked);
			const { reply } = JSON.parse(body) as { reply: { DATA: Row[] } };
			const counts = countsAllOnly ? { FILTER_COUNT: undefined } : {};
			const operator = /"expiration","operator":"(\w+)"/.exec(asked.body)?.[1];
			if (operator && operator === refuses) return { headers, body: '{"error":"Bad Request"}' };
			const isShown = (row: Row) => !hides(row, operator !== undefined, operator);
			const DATA = reply.DATA.filter(isShown).slice(from, to);
			return { headers, body: JSON.stringify({ reply: { ...reply, ...counts, DATA } }) };
		},
	});

const generate = async (url: string, ifKeyExists?: string) =>
	await tenant.run(url, {
		operation: 'generate',
		roles: ['Investigator'],
		securityLevel: 'standard',
		additionalFields: {
			idempotencyKey: 'siem-collector-berlin',
			...(ifKeyExists && { ifKeyExists }),
		},
	});

const isExpired = ({ expiration }: Row) => expiration !== null && expiration < Date.now();
const issued = () => tenant.sim.log.filter(({ path }) => path.endsWith('/generate'));

beforeEach(() => {
	for (const id of [31, 32]) {
		tenant.sim.state.keys.set(
			id,
			foreignKey({ id, creationTime: Date.now() - 9 * DAY, expiration: Date.now() - DAY }),
		);
	}
});

/** A key that was issued with the idempotency key before. */
async function earlier(): Promise<number> {
	const result = await generate(tenant.sim.url);
	expect(said(result)).toBe('');
	tenant.sim.log.length = 0;
	return Number(first(result).id);
}

it('issues one key where only expired ones are counted and not listed, and says nothing of them', async () => {
	const url = await counting({ hides: isExpired });
	const result = await generate(url);
	expect(said(result)).toBe('');
	expect(hints(result)).toEqual([]);
	expect(issued()).toHaveLength(1);
	expect(said(await generate(url))).toMatch(
		/^The API key \d+ was issued with this 'Idempotency Key' already/,
	);
	expect(issued()).toHaveLength(1);
});

it('finds a key that only the list of live keys gives', async () => {
	const id = await earlier();
	const url = await counting({ hides: (row, isNarrower) => row.id === id && !isNarrower });
	expect(said(await generate(url))).toMatch(
		new RegExp(`^The API key ${id} was issued with this 'Idempotency Key' already`),
	);
	expect(first(await generate(url, 'return'))).toMatchObject({ id: String(id), secret: null });
	expect(issued()).toEqual([]);
});

it.each<[string, (id: number) => Front]>([
	['leaves out of both lists', (id) => ({ hides: (row) => row.id === id })],
	[
		'leaves out where it counts nothing but all',
		(id) => ({ hides: (row) => row.id === id || isExpired(row), countsAllOnly: true }),
	],
])('issues no second key beside one that a tenant %s', async (_, front) => {
	const url = await counting(front(await earlier()));
	for (const ifKeyExists of [undefined, 'return']) {
		expect(said(await generate(url, ifKeyExists))).toMatch(
			/^It is not known whether an API key was issued with this 'Idempotency Key' before.*may not be whole: \d+ are counted, and \d+ were returned.*leave out 'Idempotency Key'/,
		);
	}
	expect(issued()).toEqual([]);
});

it('issues one key where the counts of live and expired keys, asked for each, make up that of all', async () => {
	const url = await counting({
		hides: (row, _, operator) => isExpired(row) && operator !== 'lte',
		countsAllOnly: true,
	});
	const result = await generate(url);
	expect(said(result)).toBe('');
	expect(hints(result)).toEqual([]);
	expect(issued()).toHaveLength(1);
	expect(said(await generate(url))).toMatch(
		/^The API key \d+ was issued with this 'Idempotency Key' already/,
	);
	expect(issued()).toHaveLength(1);
});

it('finds a key that comes only with the expired ones, from a tenant that filters nothing', async () => {
	const id = await earlier();
	tenant.sim.state.keys.get(id)!.creationTime -= 60_000;
	const url = await counting({
		hides: (row, _, operator) => (row.id === id || isExpired(row)) && operator !== 'lte',
		countsAllOnly: true,
		ignoresFilters: true,
	});
	expect(said(await generate(url))).toMatch(
		new RegExp(`^The API key ${id} was issued with this 'Idempotency Key' already`),
	);
	expect(issued()).toEqual([]);
});

it('issues none where one of those stays hidden', async () => {
	const id = await earlier();
	const url = await counting({
		hides: (row, _, operator) => row.id === id || (isExpired(row) && operator !== 'lte'),
		countsAllOnly: true,
	});
	expect(said(await generate(url))).toMatch(/^It is not known whether .*\d+ are counted/);
	expect(issued()).toEqual([]);
});

it.each<[string, number | null]>([
	['a key', Date.now() + DAY],
	['a key without an end', null],
])(
	'issues none where %s has gone between the lists, and another one has come',
	async (_, expiration) => {
		const id = await earlier();
		const { keys } = tenant.sim.state;
		keys.set(40, foreignKey({ id: 40, expiration }));
		const url = await counting({
			hides: (row, __, operator) => {
				if (operator === undefined && keys.delete(40)) keys.set(41, foreignKey({ id: 41 }));
				return row.id === id || (isExpired(row) && operator !== 'lte');
			},
			countsAllOnly: true,
		});
		expect(said(await generate(url))).toMatch(/^It is not known whether .*\d+ are counted/);
		expect(issued()).toEqual([]);
	},
);

it('goes by the live keys where a tenant does not give the expired ones', async () => {
	const url = await counting({ hides: isExpired, countsAllOnly: true, refuses: 'lte' });
	expect(said(await generate(url))).toMatch(/^It is not known whether .*\d+ are counted/);
	const without = await tenant.run(url, {
		operation: 'generate',
		roles: ['Investigator'],
		securityLevel: 'standard',
	});
	expect(said(without)).toBe('');
});

it('says how a person gets on where expired keys are counted and never listed', async () => {
	const url = await counting({ hides: isExpired, countsAllOnly: true });
	expect(said(await generate(url))).toMatch(
		/delete in the console the expired keys that the list lacks.*leave out 'Idempotency Key'/,
	);
	for (const id of [31, 32]) tenant.sim.state.keys.delete(id);
	expect(said(await generate(url))).toBe('');
	expect(issued()).toHaveLength(1);
});

it('takes its key back where the list that would show a rival is not whole', async () => {
	const other = 500;
	const url = await counting({ hides: ({ id }) => id === other });
	const before = tenant.sim.state.keys.size;
	tenant.sim.state.nextKeyId = 501;
	const set = tenant.sim.state.keys.set.bind(tenant.sim.state.keys);
	tenant.sim.state.keys.set = (id, key) => {
		// Another process was faster by a moment.
		if (id === 501) set(other, { ...key, id: other });
		return set(id, key);
	};
	expect(said(await generate(url))).toMatch(
		/may not be whole.*The new API key 501 was deleted again/,
	);
	expect([...tenant.sim.state.keys.keys()]).not.toContain(501);
	expect(tenant.sim.state.keys.size).toBe(before + 1);
});
