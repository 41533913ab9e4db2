import type { IDataObject } from 'n8n-workflow';
import { foreignKey } from '../../unit/cortexXsiam/support';
import { hints, said } from '../kit/result';
import { DAY, HOUR, markAt } from './lineage';
import { simulatedTenant } from './simulated';

const tenant = simulatedTenant();

/** A key that was made so many days ago, and expires in so many. */
function add(id: number, age: number, left: number | null, of?: number): void {
	const now = Date.now();
	const creationTime = now - age * DAY;
	tenant.sim.state.keys.set(
		id,
		foreignKey({
			id,
			creationTime,
			expiration: left === null ? null : now + left * DAY,
			comment: of === undefined ? 'Collector' : `Collector ${markAt(creationTime, of, `A${id}X`)}`,
			securityLevel: 'advanced',
		}),
	);
}

beforeEach(() => {
	const { keys } = tenant.sim.state;
	for (const id of keys.keys()) if (id !== 22) keys.delete(id);
	add(1001, 10, 80);
	add(1002, 80, 10);
	// Rotated, and stopped before the old one was revoked.
	add(1003, 80, 11);
	add(1013, 1, 89, 1003);
	// Rotated once: the first one is gone.
	add(1014, 1, 89, 1004);
	// All of them have expired.
	add(1005, 200, -110);
	add(1015, 110, -20, 1005);
	// Never rotated, and of no use to anybody.
	add(1006, 400, -300);
	add(1007, 30, null);
});

const list = async (filters: IDataObject, more: IDataObject = { returnAll: true }) =>
	await tenant.run('apiKey', 'getAll', { filters, ...more });

const named = async (filters: IDataObject, more?: IDataObject) => {
	const result = await list(filters, more);
	expect(said(result)).toBe('');
	return result.items.map(({ json }) => `${json.lineage as string} ${json.rotation as string}`);
};

it.each<[IDataObject, string[]]>([
	[
		{ rotation: 'dueOrUnfinished' },
		['1005 unfinished', '1002 due', '1003 unfinished', '1006 unfinished'],
	],
	[{ rotation: 'due' }, ['1005 unfinished', '1002 due', '1003 unfinished', '1006 unfinished']],
	[{ rotation: 'unfinished' }, ['1005 unfinished', '1003 unfinished', '1006 unfinished']],
	[{ rotation: 'due', expiringWithinDays: 9 }, ['1005 unfinished', '1006 unfinished']],
	[
		{ rotation: 'all' },
		[
			'1005 unfinished',
			'1002 due',
			'1003 unfinished',
			'1001 none',
			'1004 none',
			'1007 none',
			'22 none',
			'1006 unfinished',
		],
	],
	[{ rotation: 'dueOrUnfinished', ids: '1013' }, ['1003 unfinished']],
])(
	'gives one item for each lineage in the state that is asked for: %j',
	async (filters, expected) => {
		expect(await named(filters)).toEqual(expected);
	},
);

it('tells what is live, since when it is unfinished, and what expires first', async () => {
	const [item] = (await list({ rotation: 'all', ids: '1003' })).items.map(({ json }) => json);
	const { keys } = tenant.sim.state;
	expect(item).toMatchObject({
		id: '1003',
		lineage: '1003',
		comment: 'Collector',
		due: true,
		unfinished: true,
		unfinishedSince: new Date(keys.get(1013)!.creationTime).toISOString(),
		expiresAt: new Date(keys.get(1003)!.expiration!).toISOString(),
		liveKeys: [{ id: '1003' }, { id: '1013' }],
		expiredKeys: [],
		copies: [],
	});
});

it('counts no copy of a mark as a key of the lineage, and names it', async () => {
	const now = Date.now();
	const comment = tenant.sim.state.keys.get(1014)!.comment;
	tenant.sim.state.keys.set(1024, foreignKey({ id: 1024, comment, creationTime: now - 2 * DAY }));
	tenant.sim.state.keys.set(1034, foreignKey({ id: 1034, comment, creationTime: now }));
	const result = await list({ rotation: 'all' });
	const items = result.items.map(({ json }) => json);
	expect(items.find(({ lineage }) => lineage === '1004')).toMatchObject({
		unfinished: false,
		liveKeys: [{ id: '1014' }],
		copies: expect.arrayContaining(['1024', '1034']) as string[],
	});
	expect(items.map(({ lineage }) => lineage)).toEqual(expect.arrayContaining(['1024', '1034']));
});

it('counts a key as due whose expiry cannot be read, and says so', async () => {
	const key = { id: 1008, roles: ['Investigator'], security_level: 'advanced', comment: null };
	const DATA = [{ ...key, creation_time: Date.now() - HOUR, expiration: 'soon' }];
	tenant.sim.trouble.add({
		kind: 'rawBody',
		body: JSON.stringify({ reply: { DATA, FILTER_COUNT: 1, TOTAL_COUNT: 1 } }),
		times: 1,
	});
	const result = await list({ rotation: 'due' });
	expect(result.items.map(({ json }) => json)).toEqual([
		expect.objectContaining({ lineage: '1008', due: true, expiresAt: null }),
	]);
	expect(hints(result)).toEqual([
		'The node cannot read the expiration dates of these keys: 1008. Check in the console whether they are due.',
	]);
});

it.each<[string, (id: number) => void]>([
	['that nobody rotates', (id) => add(id, 400, -300)],
	['of rotations that were given up months ago', (id) => add(id + 1000, 121, -31, id)],
])('is not held up by keys %s, where a limit is set', async (_, addOne) => {
	for (let id = 2001; id <= 2060; id++) addOne(id);
	expect(await named({ rotation: 'dueOrUnfinished' }, { returnAll: false, limit: 3 })).toEqual([
		'1005 unfinished',
		'1002 due',
		'1003 unfinished',
	]);
});

it('puts a rotation whose keys never expire before those that were given up', async () => {
	for (let id = 2001; id <= 2060; id++) add(id + 1000, 121, -31, id);
	add(4001, 3, null);
	add(4002, 2, null, 4001);
	expect(await named({ rotation: 'dueOrUnfinished' }, { returnAll: false, limit: 9 })).toContain(
		'4001 unfinished',
	);
});
