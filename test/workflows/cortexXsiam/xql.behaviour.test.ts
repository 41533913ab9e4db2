import { said } from '../kit/result';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const START = 'POST /public_api/v1/xql/start_xql_query';
const RESULTS = 'POST /public_api/v1/xql/get_query_results';
const STREAM = 'POST /public_api/v1/xql/get_query_results_stream';

const tenant = simulatedTenant();
const query = { query: 'dataset = xdr_data' };

function rows(count: number) {
	return Array.from({ length: count }, (_, index) => ({
		_time: 1_621_541_523_000 + index,
		text: `row ${index} with "quotes", ümlauts and a\nline break`,
		nested: { list: [index, null] },
	}));
}

it.each(['bare', 'header'] as const)(
	'reads more rows than one answer holds, each once (%s)',
	async (encoding) => {
		const { sim } = tenant;
		sim.settings.xqlStreamEncoding = encoding;
		sim.state.xqlRows = rows(2_500);
		const result = await tenant.run('xql', 'runQuery', { ...query, returnAll: true });
		expect(said(result)).toBe('');
		expect(result.items.map(({ json }) => json.row)).toEqual(sim.state.xqlRows);
		expect(tenant.calls()).toEqual([START, RESULTS, STREAM]);
	},
);

it.each([1, 999, 1_000, 1_001, 2_000])(
	'gives %i rows of more, if so many are wanted',
	async (limit) => {
		const { sim } = tenant;
		sim.state.xqlRows = rows(2_500);
		const result = await tenant.run('xql', 'runQuery', { ...query, limit });
		expect(result.items.map(({ json }) => json.row)).toEqual(sim.state.xqlRows.slice(0, limit));
	},
);

it('does without the number of results', async () => {
	const { sim } = tenant;
	sim.settings.xqlOmitsCount = true;
	sim.state.xqlRows = rows(3);
	const result = await tenant.run('xql', 'runQuery', { ...query, returnAll: true });
	expect(result.items).toHaveLength(3);
});

it('ends in an error, and not with a part of the rows, where the stream breaks', async () => {
	const { sim } = tenant;
	sim.settings.xqlStreamBreaks = true;
	sim.state.xqlRows = rows(2_500);
	const result = await tenant.run('xql', 'runQuery', { ...query, returnAll: true });
	expect(result.nodeError?.name).toBe('NodeApiError');
	expect(result.items).toEqual([]);
	// Reading is repeated, the query is not.
	expect(tenant.calls().filter((call) => call === START)).toHaveLength(1);
	expect(tenant.calls().filter((call) => call === STREAM)).toHaveLength(4);
});

it('runs more queries than the tenant takes at once', async () => {
	const { sim } = tenant;
	sim.settings.xqlPendingPolls = 3;
	sim.settings.xqlParallel = 2;
	const items = Array.from({ length: 6 }, (_, index) => ({ index }));
	const result = await tenant.run(
		'xql',
		'runQuery',
		{ ...query, options: { concurrency: 6 } },
		{ items },
	);
	expect(said(result)).toBe('');
	expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
		items.map((_, item) => ({ item })),
	);
	expect(sim.state.xqlQueries.size).toBe(6);
	expect(sim.state.xqlRejected).toBeGreaterThan(0);
});

it('gives up when other queries run for longer than it may wait', async () => {
	tenant.sim.settings.xqlParallel = 0;
	const result = await tenant.run('xql', 'runQuery', {
		...query,
		additionalFields: { maxWait: 1 },
	});
	expect(said(result)).toContain('Cortex XSIAM is running as many XQL queries as it can');
	expect(said(result)).toContain('tried to start the query for 1 seconds');
	expect(tenant.sim.state.xqlQueries.size).toBe(0);
});

it('gives up when the query takes longer than it may, and names it', async () => {
	const { sim } = tenant;
	sim.settings.xqlPendingPolls = 1_000_000;
	const result = await tenant.run('xql', 'runQuery', {
		...query,
		additionalFields: { maxWait: 1 },
	});
	const [id] = sim.state.xqlQueries.keys();
	expect(said(result)).toContain('The query did not end within 1 seconds');
	expect(said(result)).toContain(id);
	expect(said(result)).toContain("Raise 'Max Wait Time'");
});

it('does not start a query again whose start was not answered', async () => {
	const { sim } = tenant;
	sim.trouble.add({ kind: 'cutAfterWork', match: '/public_api/v1/xql/start_xql_query' });
	const result = await tenant.run('xql', 'runQuery', query);
	expect(said(result)).toContain('The query may have been started anyway');
	expect(sim.state.xqlQueries.size).toBe(1);
});

it('says how much of the quota was used', async () => {
	const { sim } = tenant;
	sim.settings.xqlQuota = 0.001;
	const result = await tenant.run('xql', 'runQuery', query);
	expect(said(result)).toContain('Used today: 0 of 0.001 compute units');
});

describe('rows that look like what n8n takes for errors', () => {
	const suspicious = [
		{ error: 'disk full', message: 'no space left' },
		{ error: 'disk full' },
		{ error: false },
		{ error: null, message: 'none' },
		{ error: { code: 1 }, details: 'x', message: 'y' },
		{ $error: 'a', $json: 'b' },
	];
	const plain = { text: 'no error' };

	it.each(['continueErrorOutput', 'continueRegularOutput', undefined] as const)(
		'are data, and the query is run once: %s, Retry On Fail',
		async (onError) => {
			for (const row of suspicious) {
				const { sim } = tenant;
				sim.reset();
				sim.state.xqlRows = [row, plain];
				const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0, onError };
				const result = await tenant.run('xql', 'runQuery', { ...query, simplify: false }, { node });
				expect(said(result)).toBe('');
				expect(result.errorOutput).toEqual([]);
				expect(result.items.map(({ json }) => json)).toEqual([{ raw: row }, plain]);
				expect(tenant.calls().filter((call) => call === START)).toHaveLength(1);
				expect(result.run.data.resultData.runData.Node?.[0]?.hints?.[0]?.message).toMatch(
					/^n8n treats an item with a field 'error' as failed/,
				);
			}
		},
	);

	it('stay in their field with Simplify on', async () => {
		tenant.sim.state.xqlRows = suspicious;
		const node = {
			retryOnFail: true,
			waitBetweenTries: 0,
			onError: 'continueErrorOutput' as const,
		};
		const result = await tenant.run('xql', 'runQuery', query, { node });
		expect(result.items.map(({ json }) => json.row)).toEqual(suspicious);
		expect(tenant.calls().filter((call) => call === START)).toHaveLength(1);
	});
});
