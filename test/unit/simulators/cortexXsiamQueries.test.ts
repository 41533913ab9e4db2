import { gunzipSync } from 'node:zlib';
import { Agent, request } from 'node:https';
import { json } from './call';
import { extra, standard, tenant, where } from './xsiamTenant';

const xsiam = tenant();
const { post } = xsiam;

describe('Cortex XSIAM simulator: XQL', () => {
	const query = {
		query: 'dataset=xdr_data | fields event_id, event_type | limit 3',
		tenants: [],
		timeframe: { from: 1_598_907_600_000, to: 1_599_080_399_000 },
	};

	const start = async (data: object = query) =>
		(await post('xql/start_xql_query', data)).at('reply') as string;

	const results = async (query_id: string, more: object = {}) =>
		await post('xql/get_query_results', { query_id, ...more });

	it('is pending as often as it is told to be, then has the rows', async () => {
		xsiam.sim.settings.xqlPendingPolls = 2;
		const id = await start();
		expect(id).toMatch(/^[0-9a-f]{14}_1_inv$/u);
		const asked = { pending_flag: true, limit: 100, format: 'json' };
		expect((await results(id, asked)).json).toEqual({ reply: { status: 'PENDING' } });
		expect((await results(id, asked)).json).toEqual({ reply: { status: 'PENDING' } });
		expect((await results(id, asked)).json).toEqual({
			reply: {
				status: 'SUCCESS',
				number_of_results: 1,
				query_cost: { tenant_id_1: 0.0015 },
				remaining_quota: 4.9985,
				results: { data: xsiam.sim.state.xqlRows },
			},
		});
	});

	it('waits for the end where told to, and may leave the count out', async () => {
		xsiam.sim.settings.xqlPendingPolls = 5;
		xsiam.sim.settings.xqlOmitsCount = true;
		const answer = await results(await start({ query: 'x', timeframe: { relativeTime: 1 } }), {
			pending_flag: false,
		});
		expect(answer.at('reply.status')).toBe('SUCCESS');
		expect(answer.at('reply')).not.toHaveProperty('number_of_results');
	});

	it('fails where told to', async () => {
		xsiam.sim.settings.xqlFails = true;
		const answer = await results(await start());
		expect(answer.at('reply.status')).toBe('FAIL');
		expect(answer.at('reply')).not.toHaveProperty('results');
	});

	it('writes CSV', async () => {
		xsiam.sim.state.xqlRows = [
			{ a: 1, b: 'x,"y"' },
			{ a: null, b: 'two\nlines' },
		];
		const answer = await results(await start(), { format: 'csv' });
		expect(answer.at('reply.results.data')).toBe('a,b\n1,"x,""y"""\n,"two\nlines"');
	});

	const rows = Array.from({ length: 1_001 }, (_, index) => ({ event_id: `event${index}` }));

	/** The bytes of a stream, as they came. */
	async function stream(data: object): Promise<{ headers: object; bytes: Buffer }> {
		const url = `${xsiam.sim.url}/public_api/v1/xql/get_query_results_stream`;
		const { body, ...options } = json({ request_data: data }, standard());
		const agent = new Agent({ rejectUnauthorized: false });
		return await new Promise((resolve, reject) => {
			const sent = request(url, { ...options, agent }, (response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('error', reject);
				response.on('end', () =>
					resolve({ headers: response.headers, bytes: Buffer.concat(chunks) }),
				);
			});
			sent.on('error', reject);
			sent.end(body);
		});
	}

	async function streamed(): Promise<string> {
		xsiam.sim.state.xqlRows = rows;
		const reply = (await results(await start())).at('reply');
		expect(reply).toMatchObject({ status: 'SUCCESS', number_of_results: 1_001 });
		return (reply as { results: { stream_id: string } }).results.stream_id;
	}

	const parsed = (bytes: Buffer) =>
		bytes
			.toString('utf8')
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line) as unknown);

	it('gives more than a thousand rows as a stream, plain or compressed', async () => {
		const stream_id = await streamed();
		const plain = await stream({ stream_id });
		expect(plain.headers).toMatchObject({ 'transfer-encoding': 'chunked' });
		expect(parsed(plain.bytes)).toEqual(rows);
		const bare = await stream({ stream_id, is_gzip_compressed: true });
		expect(bare.headers).not.toHaveProperty('content-encoding');
		expect(parsed(gunzipSync(bare.bytes))).toEqual(rows);
		xsiam.sim.settings.xqlStreamEncoding = 'header';
		const named = await stream({ stream_id, is_gzip_compressed: true });
		expect(named.headers).toMatchObject({ 'content-encoding': 'gzip' });
		expect(parsed(gunzipSync(named.bytes))).toEqual(rows);
	});

	it('breaks a stream in its middle where told to', async () => {
		const stream_id = await streamed();
		xsiam.sim.settings.xqlStreamBreaks = true;
		await expect(stream({ stream_id })).rejects.toThrow();
	});

	it('gives a thousand of them inline to who wants no more', async () => {
		xsiam.sim.state.xqlRows = rows;
		const answer = await results(await start(), { limit: 1_000 });
		expect(answer.at('reply.results.data')).toHaveLength(1_000);
	});

	const tooMany =
		'reached max allowed amount of parallel running queries. ' +
		'please wait for some queries to finish and submit your query again';

	it('runs four at once, and tells of the fifth in shape (9)', async () => {
		xsiam.sim.settings.xqlPendingPolls = 1;
		const ids = [await start(), await start(), await start(), await start()];
		expect(await post('xql/start_xql_query', query)).toMatchObject({
			status: 500,
			json: {
				reply: {
					err_code: 500,
					err_msg: 'An error occurred while processing XDR - XQL query',
					err_extra: {
						err_msg: tooMany,
						query_cost: 0,
						remaining_quota: 4.994,
						total_daily_running_queries: 4,
						total_daily_concurrent_rejected_queries: 1,
					},
				},
			},
		});
		expect((await post('xql/get_quota')).json).toEqual({
			reply: {
				license_quota: 5,
				additional_purchased_quota: 0,
				used_quota: 0.006,
				eval_quota: 0,
				total_daily_running_queries: 4,
				total_daily_concurrent_rejected_queries: 1,
				current_concurrent_active_queries: Object.fromEntries(
					ids.map((id) => [id, { xql: query.query, duration: expect.any(Number) as number }]),
				),
				current_concurrent_active_queries_count: 4,
				max_daily_concurrent_active_query_count: 4,
			},
		});
		await results(ids[0] ?? '');
		expect((await post('xql/start_xql_query', query)).status).toBe(200);
	});

	it('ends with the quota of the day', async () => {
		xsiam.sim.settings.xqlQuota = 0.0016;
		await start();
		const refused = await post('xql/start_xql_query', query);
		expect(refused.at('reply.err_extra')).toMatchObject({
			err_msg: expect.stringContaining('quota') as string,
			remaining_quota: 0.0001,
		});
	});

	it.each<[string, string, object, string]>([
		['no query', 'start_xql_query', { ...query, query: '' }, 'query param is missing'],
		['odd tenants', 'start_xql_query', { ...query, tenants: 'x' }, 'tenants must'],
		['an unknown tenant', 'start_xql_query', { ...query, tenants: ['1'] }, 'Unknown tenant 1'],
		['half a time', 'start_xql_query', { ...query, timeframe: { from: 1 } }, 'timeframe'],
		['two times', 'start_xql_query', { ...query, timeframe: { relativeTime: 1, to: 1 } }, 'timef'],
		['times backwards', 'start_xql_query', { ...query, timeframe: { from: 2, to: 1 } }, 'timefr'],
		['a time as text', 'start_xql_query', { ...query, timeframe: '1' }, 'timeframe'],
		['no id', 'get_query_results', {}, 'query_id param is missing'],
		['an unknown id', 'get_query_results', { query_id: 'x' }, 'Query x does not exist'],
		['an odd flag', 'get_query_results', { query_id: 'x', pending_flag: 'true' }, 'pending_flag'],
		['an odd limit', 'get_query_results', { query_id: 'x', limit: 0 }, 'limit'],
		['an odd format', 'get_query_results', { query_id: 'x', format: 'xml' }, 'format'],
		['no stream', 'get_query_results_stream', {}, 'stream_id param is missing'],
		['an unknown stream', 'get_query_results_stream', { stream_id: 'x' }, 'Stream x does not'],
		['odd gzip', 'get_query_results_stream', { stream_id: 'x', is_gzip_compressed: 1 }, 'gzip'],
	])('refuses %s', async (_what, path, data, told) => {
		expect(extra(await post(`xql/${path}`, data))).toMatch(told);
		expect(xsiam.sim.state.xqlQueries.size).toBe(0);
	});
});

describe('Cortex XSIAM simulator: endpoints', () => {
	const ids = async (data: object) =>
		(
			(await post('endpoints/get_endpoint', data)).at('reply.endpoints') as Array<{
				endpoint_id: string;
			}>
		).map((one) => one.endpoint_id);

	it('shows them as the vendor does', async () => {
		const answer = await post('endpoints/get_endpoint', where('endpoint_id_list', 'in', ['e1']));
		expect(answer.at('reply')).toMatchObject({ total_count: 1, result_count: 1 });
		expect(answer.at('reply.endpoints.0')).toMatchObject({
			endpoint_id: 'e1',
			endpoint_status: 'CONNECTED',
			os_type: 'AGENT_OS_WINDOWS',
			ip: ['10.0.0.1'],
			first_seen: 1_606_218_761_377,
			is_isolated: 'AGENT_UNISOLATED',
			isolated_date: null,
		});
	});

	it.each<[object, string[]]>([
		[{}, ['e1', 'e2', 'e3']],
		[where('endpoint_status', 'in', ['disconnected']), ['e3']],
		[where('endpoint_status', 'in', ['CONNECTED']), ['e1', 'e2']],
		[where('hostname', 'in', ['host-e2']), ['e2']],
		[where('ip_list', 'in', ['10.0.0.1']), ['e1', 'e2', 'e3']],
		[where('platform', 'in', ['linux']), ['e2']],
		[where('isolate', 'in', ['isolated']), []],
		[where('group_name', 'in', ['x']), []],
		[where('alias', 'in', ['x']), []],
		[where('cloud_region', 'in', ['x']), []],
		[where('first_seen', 'gte', 1_606_218_761_378), []],
		[where('last_seen', 'lte', 1_606_218_769_163), ['e1', 'e2', 'e3']],
		[{ sort: { field: 'endpoint_id', keyword: 'DESC' } }, ['e3', 'e2', 'e1']],
		[{ sort: { field: 'endpoint_id', keyword: 'asc' }, search_to: 1 }, ['e1']],
	])('finds them by %j', async (data, found) => {
		expect(await ids(data)).toEqual(found);
	});

	it('refuses what the vendor refuses to look for', async () => {
		const contains = where('platform', 'contains', ['x']);
		expect(extra(await post('endpoints/get_endpoint', contains))).toBe(
			"Unsupported operator 'contains' for field platform",
		);
		const late = where('last_seen', 'gte', '1');
		expect(extra(await post('endpoints/get_endpoint', late))).toMatch('epoch milliseconds');
	});

	const status = async (id: unknown) =>
		await post('actions/get_action_status', { group_action_id: Number(id) });

	it('isolates by a filter, step by step, and ends it by an id', async () => {
		xsiam.sim.settings.actionPendingPolls = 2;
		const wanted = where('endpoint_id_list', 'in', ['e1', 'e2', 'e3', 'x']);
		const started = await post('endpoints/isolate', wanted);
		expect(started.json).toEqual({
			reply: { action_id: '22519', status: '1', endpoints_count: '3' },
		});
		const seen = async () => (await status(22_519)).at('reply');
		const none = { errorReasons: {} };
		const all = { e1: 'PENDING', e2: 'PENDING', e3: 'PENDING' };
		expect(await seen()).toEqual({ data: all, ...none });
		const some = { e1: 'IN_PROGRESS', e2: 'IN_PROGRESS', e3: 'PENDING' };
		expect(await seen()).toEqual({ data: some, ...none });
		expect(await ids(where('isolate', 'in', ['isolated']))).toEqual([]);
		const done = 'COMPLETED_SUCCESSFULLY';
		expect(await seen()).toEqual({ data: { e1: done, e2: done, e3: 'PENDING' }, ...none });
		expect(await ids(where('isolate', 'in', ['isolated']))).toEqual(['e1', 'e2']);

		xsiam.sim.settings.actionPendingPolls = 0;
		const ended = await post('endpoints/unisolate', { endpoint_id: 'e1', incident_id: '1' });
		expect((await status(ended.at('reply.action_id'))).at('reply.data')).toEqual({ e1: done });
		expect(await ids(where('isolate', 'in', ['isolated']))).toEqual(['e2']);
		expect(xsiam.sim.state.audits.map((one) => one.AUDIT_ENTITY)).toEqual(['RESPONSE', 'RESPONSE']);
	});

	it('tells why an action came to nothing', async () => {
		xsiam.sim.settings.actionsFail = true;
		const { at } = await post('endpoints/isolate', { endpoint_id: 'e1' });
		expect((await status(at('reply.action_id'))).at('reply')).toEqual({
			data: { e1: 'FAILED' },
			errorReasons: { e1: expect.any(String) as string },
		});
		expect(await ids(where('isolate', 'in', ['isolated']))).toEqual([]);
	});

	const tooMany = Array.from({ length: 1_001 }, (_, index) => `e${index}`);

	it.each<[string, object, string]>([
		['nothing', {}, 'Either endpoint_id or filters'],
		[
			'an id and filters',
			{ endpoint_id: 'e1', ...where('endpoint_id_list', 'in', ['e1']) },
			'Either endpoint_id or filters',
		],
		['an unknown endpoint', { endpoint_id: 'x' }, 'No endpoint'],
		['an odd id', { endpoint_id: 1 }, 'must be a string'],
		['no filter', { filters: [] }, 'filters must not be empty'],
		['another filter', where('hostname', 'in', ['x']), 'Invalid parameter names: hostname'],
		['too many', where('endpoint_id_list', 'in', tooMany), 'More than 1000'],
		['an odd incident', { endpoint_id: 'e1', incident_id: 1 }, 'incident_id'],
		['an unknown field', { endpoint_id: 'e1', comment: 'x' }, 'parameter names: comment'],
	])('refuses to isolate %s', async (_what, data, told) => {
		expect(extra(await post('endpoints/isolate', data))).toMatch(told);
		expect(xsiam.sim.state.actions.size).toBe(0);
	});

	it('knows actions by a number', async () => {
		const path = 'actions/get_action_status';
		expect(extra(await post(path, { group_action_id: '1' }))).toMatch('integer');
		expect(extra(await post(path, { group_action_id: 1 }))).toMatch('does not exist');
	});
});
