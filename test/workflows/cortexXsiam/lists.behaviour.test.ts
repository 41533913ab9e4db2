import { foreignKey } from '../../unit/cortexXsiam/support';
import { hints, said } from '../kit/result';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const tenant = simulatedTenant();
const START = Date.now() + 86_400_000;

/** How the records of a list are made, and kept by the tenant. */
interface Records {
	/** @param place Where it stands among the others when they are sorted by time. */
	add(id: number, place: number): void;
	remove(id: number): void;
}

const sample = <Row>(rows: Row[]): Row => structuredClone(rows[0]) as Row;

const lists: Record<string, () => Records> = {
	apiKey: () => {
		const { keys } = tenant.sim.state;
		return {
			add: (id, place) => keys.set(id, foreignKey({ id, expiration: START + place })),
			remove: (id) => keys.delete(id),
		};
	},
	case: () => {
		const { state } = tenant.sim;
		const first = sample(state.cases);
		state.cases = [];
		return {
			add: (id, place) => state.cases.push({ ...first, case_id: id, creation_time: START + place }),
			remove: (id) => (state.cases = state.cases.filter((row) => row.case_id !== id)),
		};
	},
	endpoint: () => {
		const { state } = tenant.sim;
		const first = sample(state.endpoints);
		state.endpoints = [];
		return {
			add: (id, place) =>
				state.endpoints.push({ ...first, endpoint_id: String(id), first_seen: START + place }),
			remove: (id) =>
				(state.endpoints = state.endpoints.filter((row) => row.endpoint_id !== String(id))),
		};
	},
	issue: () => {
		const { state } = tenant.sim;
		const first = sample(state.issues);
		state.issues = [];
		return {
			add: (id, place) =>
				state.issues.push({ ...first, id, observation_time: START + place, visible_from: 0 }),
			remove: (id) => (state.issues = state.issues.filter((row) => row.id !== id)),
		};
	},
};

/** What happens to a list before each page but the first: how many go and come, at which ends. */
const changes = [
	{ name: 'grows at the front and the back', goFirst: 0, goLast: 0, come: 40 },
	{ name: 'shrinks at the front', goFirst: 30, goLast: 0, come: 0 },
	{ name: 'shrinks at the back', goFirst: 0, goLast: 30, come: 0 },
	{ name: 'changes at both ends', goFirst: 25, goLast: 25, come: 25 },
	{ name: 'loses more than a page', goFirst: 120, goLast: 0, come: 0 },
];

describe.each(Object.keys(lists))('the list of %ss', (resource) => {
	it.each(changes)(
		'loses and repeats nothing while it $name',
		async ({ goFirst, goLast, come }) => {
			const records = (lists[resource] as () => Records)();
			let present = Array.from({ length: 350 }, (_, index) => 10_000 + index);
			present.forEach((id, place) => records.add(id, place));
			let next = 20_000;
			tenant.sim.settings.beforePage = ({ from }) => {
				if (from === 0) return;
				const gone = [...present.slice(0, goFirst), ...present.slice(present.length - goLast)];
				gone.forEach((id) => records.remove(id));
				present = present.filter((id) => !gone.includes(id));
				for (let count = 0; count < come; count++) {
					records.add(next, count % 2 === 0 ? next : -next);
					next++;
				}
			};
			const result = await tenant.run(resource, 'getAll', { returnAll: true });
			expect(said(result)).toBe('');
			const ids = result.items.map(({ json }) => Number(json.id));
			expect(new Set(ids).size).toBe(ids.length);
			expect(tenant.sim.log.length).toBeGreaterThan(2);
			// All that were there from the beginning to the end.
			expect(present.filter((id) => !ids.includes(id))).toEqual([]);
		},
	);
});

/** The node learns of keys what it must not revoke from the list: what the tenant leaves out has to be said. */
it.each<[string, object, object, boolean]>([
	['all of them', {}, { TOTAL_COUNT: 730 }, true],
	['those that match', { roles: 'Investigator' }, { TOTAL_COUNT: 730, FILTER_COUNT: 9 }, true],
	['no more than all', { roles: 'Investigator' }, { TOTAL_COUNT: 730 }, false],
	['as many as it gives', {}, { TOTAL_COUNT: 2, FILTER_COUNT: 2 }, false],
])('a tenant that gives two keys and counts %s', async (_, filters, counts, isSaid) => {
	const DATA = [21, 22].map((id) => foreignKey({ id, roles: ['Investigator'] }));
	// Behind the second one it gives nothing more.
	for (const page of [DATA, DATA.slice(1)]) {
		const body = JSON.stringify({ reply: { DATA: page, ...counts } });
		tenant.sim.trouble.add({ kind: 'rawBody', body, times: 1 });
	}
	const result = await tenant.run('apiKey', 'getAll', { returnAll: true, filters });
	expect(said(result)).toBe('');
	expect(result.items).toHaveLength(2);
	const hint = expect.stringMatching(
		/^The list of API keys may not be whole: (730|9) are counted, and 2 were returned\.$/,
	) as string;
	expect(hints(result)).toEqual(isSaid ? [hint] : []);
});
