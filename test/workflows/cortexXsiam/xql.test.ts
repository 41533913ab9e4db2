import { gzipSync } from 'node:zlib';
import { describeOperation } from '../kit/operation';
import type { Exchange } from '../kit/exchanges';
import { asRecorded } from '../kit/recorded';
import { kit } from './kit';
import { published } from './published';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const QUERY = 'dataset=xdr_data | fields event_id, event_type | limit 3';
const ID = 'ad21c1e1492d4c_667_inv';
/** The samples of docs/api/cortex-xsiam.md, "XQL queries". */
const row = {
	event_id: 'eventID1',
	_vendor: 'PANW',
	insert_timestamp: 1621541825324,
	event_type: 'STORY',
	event_sub_type: 'NULL',
};
/** The row with the values that its words stand for, as the vendor's own client makes them. */
const values = { ...row, event_sub_type: null };
const item = { vendor: 'cortexXsiam', type: 'xqlRow', queryId: ID, row: values };

const start: Exchange = {
	method: 'POST',
	path: '/public_api/v1/xql/start_xql_query',
	body: `{"request_data":{"query":"${QUERY}","timeframe":{"relativeTime":86400000}}}`,
	headers: { 'content-type': 'application/json' },
	reply: { reply: ID },
};
const results: Exchange = {
	method: 'POST',
	path: '/public_api/v1/xql/get_query_results',
	body: `{"request_data":{"query_id":"${ID}","pending_flag":true,"limit":50,"format":"json"}}`,
	reply: {
		reply: {
			status: 'SUCCESS',
			number_of_results: 1,
			query_cost: { tenant_id_1: 0.0015 },
			remaining_quota: 4.9984,
			results: { data: [row] },
		},
	},
};
const allResults: Exchange = {
	...results,
	body: `{"request_data":{"query_id":"${ID}","pending_flag":true,"format":"json"}}`,
};
const pending = { ...results, reply: { reply: { status: 'PENDING' } } };
const stream: Exchange = {
	method: 'POST',
	path: '/public_api/v1/xql/get_query_results_stream',
	body: '{"request_data":{"stream_id":"streamID","is_gzip_compressed":true}}',
	replyHeaders: { 'Content-Type': 'application/octet-stream' },
};
const streamed = (number_of_results?: number) => ({
	...allResults,
	reply: {
		reply: { status: 'SUCCESS', number_of_results, results: { stream_id: 'streamID' } },
	},
});
const rows = ['Käse', 'line\nbreak', 'last'].map((event_id) => ({ event_id }));
const lines = rows.map((each) => `${JSON.stringify(each)}\n`).join('');
const rowItems = rows.map((each) => ({ ...item, row: each }));
const compressed = gzipSync(lines);

const refused = (extra: unknown) => ({
	status: 500,
	reply: {
		reply: {
			err_code: 500,
			err_msg: 'An error occurred while processing XDR - XQL query',
			err_extra: extra,
		},
	},
});
/** Error body (9) of docs/api/cortex-xsiam.md, "Bodies of errors". */
const busy = refused({
	err_msg:
		'reached max allowed amount of parallel running queries. please wait for some queries to finish and submit your query again',
	query_cost: 0,
	remaining_quota: 5,
	total_daily_running_queries: 4,
	total_daily_concurrent_rejected_queries: 1,
});
const usedUp = refused({ err_msg: 'query quota exceeded', query_cost: 0, remaining_quota: 0 });
const quotaCall = {
	method: 'POST' as const,
	path: '/public_api/v1/xql/get_quota',
	body: '{"request_data":{}}',
};
const quota: Exchange = {
	...quotaCall,
	reply: { reply: { license_quota: 5, additional_purchased_quota: 1, used_quota: 6 } },
};

describeOperation(
	kit,
	'xql',
	'runQuery',
	published({
		cases: [
			{
				name: 'starts a query and gets its rows',
				parameters: { query: QUERY },
				exchanges: [start, results],
				items: [item],
				raw: [row],
			},
			{
				name: 'makes values of words at any depth, and of nothing else',
				parameters: { query: QUERY },
				exchanges: [
					start,
					{
						...results,
						reply: {
							reply: {
								status: 'SUCCESS',
								results: {
									data: [
										{
											a: 'TRUE',
											b: ['FALSE', { c: 'NULL', d: null }],
											e: 'null',
											f: ' NULL',
											g: 'NULLABLE',
											h: '',
											NULL: 'x',
										},
									],
								},
							},
						},
					},
				],
				items: [
					{
						...item,
						row: {
							a: true,
							b: [false, { c: null, d: null }],
							e: 'null',
							f: ' NULL',
							g: 'NULLABLE',
							h: '',
							NULL: 'x',
						},
					},
				],
			},
			{
				name: 'leaves words as they are where that is wanted',
				parameters: { query: QUERY, additionalFields: { keepWords: true } },
				exchanges: [start, results],
				items: [{ ...item, row }],
			},
			{
				name: 'rounds no whole number',
				parameters: { query: QUERY },
				exchanges: [
					start,
					{
						...results,
						reply: `{"reply":{"status":"SUCCESS","results":{"data":[{"at":133500000000000001,"ids":[-9007199254740993,7]}]}}}`,
					},
				],
				items: [{ ...item, row: { at: '133500000000000001', ids: ['-9007199254740993', 7] } }],
			},
			{
				name: 'rounds no whole number of a stream',
				parameters: { query: QUERY, returnAll: true },
				exchanges: [
					start,
					streamed(1),
					{ ...stream, reply: gzipSync('{"at":133500000000000001,"is":"TRUE"}\n') },
				],
				items: [{ ...item, row: { at: '133500000000000001', is: true } }],
			},
			...[
				['Latin-1', 'latin1', 'text/plain; charset=ISO-8859-1'] as const,
				['UTF-16 with its mark', 'utf16le', 'application/octet-stream'] as const,
			].map(([name, form, type]) => ({
				name: `reads a stream in ${name}`,
				parameters: { query: QUERY, returnAll: true },
				exchanges: [
					start,
					streamed(2),
					{
						...stream,
						replyHeaders: { 'Content-Type': type },
						reply: gzipSync(
							Buffer.from(
								`${form === 'latin1' ? '' : '\ufeff'}{"at":"Zürich"}\n{"at":"Köln"}\n`,
								form,
							),
						),
					},
				],
				items: [
					{ ...item, row: { at: 'Zürich' } },
					{ ...item, row: { at: 'Köln' } },
				],
			})),
			{
				name: 'waits for the end of the query',
				parameters: { query: ` ${QUERY}\n`, timeFrame: 'last', length: 2, unit: 'days' },
				exchanges: [
					{
						...start,
						body: `{"request_data":{"query":"${QUERY}","timeframe":{"relativeTime":172800000}}}`,
					},
					pending,
					pending,
					results,
				],
				items: [item],
			},
			{
				name: 'takes two times, and tenants',
				parameters: {
					query: QUERY,
					timeFrame: 'between',
					from: '2020-08-31T21:00:00Z',
					to: 1599080399000,
					limit: 1,
					additionalFields: { tenants: 't1, t2' },
				},
				exchanges: [
					{
						...start,
						body: `{"request_data":{"query":"${QUERY}","tenants":["t1","t2"],"timeframe":{"from":1598907600000,"to":1599080399000}}}`,
					},
					{
						...results,
						body: `{"request_data":{"query_id":"${ID}","pending_flag":true,"limit":1,"format":"json"}}`,
					},
				],
				items: [item],
			},
			{
				name: 'leaves the time frame to the query, and queries the child tenant of the item',
				parameters: {
					query: QUERY,
					timeFrame: 'tenant',
					length: 'x',
					from: 'x',
					options: { childTenantId: '9100000000001' },
				},
				exchanges: [
					{
						...start,
						body: `{"request_data":{"query":"${QUERY}","tenants":["9100000000001"]}}`,
					},
					results,
				],
				items: [item],
			},
			{
				name: 'has no items where nothing was found',
				parameters: { query: QUERY },
				exchanges: [
					start,
					{ ...results, reply: { reply: { status: 'SUCCESS', results: { data: [] } } } },
				],
				items: [],
			},
			{
				name: 'gives no more than wanted',
				parameters: { query: QUERY, limit: 1 },
				exchanges: [
					start,
					{
						...results,
						body: `{"request_data":{"query_id":"${ID}","pending_flag":true,"limit":1,"format":"json"}}`,
						reply: { reply: { status: 'SUCCESS', results: { data: [row, row] } } },
					},
				],
				items: [item],
			},
			{
				name: 'reads a compressed stream',
				parameters: { query: QUERY, returnAll: true },
				exchanges: [start, streamed(3), { ...stream, reply: compressed }],
				items: rowItems,
			},
			{
				name: 'reads a stream that was decompressed on the way',
				parameters: { query: QUERY, returnAll: true },
				exchanges: [
					start,
					streamed(3),
					{
						...stream,
						reply: compressed,
						replyHeaders: { ...stream.replyHeaders, 'Content-Encoding': 'gzip' },
					},
				],
				items: rowItems,
			},
			{
				name: 'reads a plain stream, empty lines, CRLF and no line break at its end',
				parameters: { query: QUERY, returnAll: true },
				exchanges: [
					start,
					streamed(),
					{ ...stream, reply: `\n${lines.replaceAll('}\n', '}\r\n')}\n`.trimEnd() },
				],
				items: rowItems,
			},
			{
				name: 'says when there are more rows than the tenant gave',
				parameters: { query: QUERY, returnAll: true },
				exchanges: [start, streamed(1_000_000), { ...stream, reply: compressed }],
				items: rowItems,
				hints: ['the query found 1000000 rows, but returned 3'],
			},
			{
				name: 'tries again where other queries run',
				parameters: { query: QUERY },
				exchanges: [{ ...start, ...busy }, { ...start, ...busy }, start, results],
				items: [item],
			},
		],
		refused: [
			['no query', { query: '={{ "" }}' }, "'Query' is required"],
			['no length', { length: '={{ "" }}' }, "'Length' must be a whole number"],
			['a length of none', { length: 0 }, "'Length' must be at least 1"],
			[
				'a unit that does not exist',
				{ unit: '={{ "weeks" }}' },
				"'Unit' must be one of minutes, hours, days",
			],
			[
				'a time frame that runs backwards',
				{ timeFrame: 'between', from: 1599080399000, to: 1598907600000 },
				"'To' must not be before From",
			],
			[
				'a time frame without an end',
				{ timeFrame: 'between', from: 1599080399000, to: '={{ "" }}' },
				"'To' must be a date and time",
			],
			[
				'no time to wait',
				{ additionalFields: { maxWait: 0 } },
				"'Max Wait Time' must be at least 1",
			],
		],
		failures: [
			{
				name: 'a row that nests 20,000 levels deep',
				exchanges: [
					start,
					{
						...results,
						reply: `{"reply":{"status":"SUCCESS","results":{"data":[{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}]}}}`,
					},
				],
				says: ["The server's answer is nested too deeply to be read", 'thousands of levels'],
			},
			{
				name: 'a query that cannot be carried out',
				exchanges: [start, { ...results, reply: { reply: { status: 'FAIL' } } }],
				says: [
					'Cortex XSIAM could not run the query; its status is FAIL',
					"the console's Query Builder",
					ID,
				],
			},
			{
				name: 'a status that the node does not know',
				exchanges: [start, { ...results, reply: { reply: { status: 'QUEUED' } } }],
				says: [
					"The node does not know the status that Cortex XSIAM gave for the query: 'QUEUED'",
					'It is not known whether the query goes on',
					ID,
				],
			},
			{
				name: 'a spent quota',
				exchanges: [{ ...start, ...usedUp }, quota],
				says: [
					'The daily quota of the tenant for XQL queries is used up',
					'Used today: 6 of 6 compute units',
					'query quota exceeded',
				],
			},
			{
				name: 'a spent quota of which no more is known',
				exchanges: [
					{ ...start, ...usedUp },
					{ ...quota, status: 403, reply: kit.refusal.reply },
				],
				says: ['The daily quota of the tenant for XQL queries is used up'],
			},
			{
				name: 'a query that is wrong',
				exchanges: [{ ...start, ...refused('Unknown field event_idd') }],
				says: ['Unknown field event_idd'],
			},
			{
				name: 'no ID in the answer',
				exchanges: [{ ...start, reply: { reply: { id: ID } } }],
				says: ['answered without the ID of the query'],
			},
			{
				name: 'no state in the answer',
				exchanges: [start, { ...results, reply: { reply: ID } }],
				says: ['answered without the state of the query'],
			},
			{
				name: 'no rows in the answer',
				exchanges: [start, { ...results, reply: { reply: { status: 'SUCCESS', results: {} } } }],
				says: ['answered without the rows of the query', ID],
			},
			{
				name: 'a compressed stream that breaks off',
				parameters: { query: QUERY, returnAll: true },
				exchanges: [
					start,
					streamed(3),
					{ ...stream, reply: compressed.subarray(0, compressed.length - 12) },
				],
				says: ['are incomplete or damaged', 'ends too early'],
			},
			{
				name: 'a stream with something else in it',
				parameters: { query: QUERY, returnAll: true },
				exchanges: [start, streamed(3), { ...stream, reply: `${lines}{"event_id":` }],
				says: ['are incomplete or damaged', 'Line 4 of them is not a JSON object'],
			},
			{
				name: 'a web page instead of a stream',
				parameters: { query: QUERY, returnAll: true },
				exchanges: [start, streamed(3), { ...stream, reply: '<html>\n<body>Log in' }],
				says: ['are incomplete or damaged', 'Line 1'],
			},
			{
				name: 'a stream that is refused with HTTP 200',
				parameters: { query: QUERY, returnAll: true },
				exchanges: [start, streamed(3), { ...stream, reply: refused('Stream expired').reply }],
				says: ['Stream expired'],
			},
			{
				name: 'a stream that is refused',
				parameters: { query: QUERY, returnAll: true },
				exchanges: [start, streamed(3), { ...stream, status: 403, reply: kit.refusal.reply }],
				says: ['Insufficient permissions for api key'],
			},
		],
	}),
);

describeOperation(
	kit,
	'xql',
	'getQuota',
	published({
		cases: [
			{
				...asRecorded('cortexXsiam', 'xql.getQuota', quotaCall),
				name: 'says what is used of the quota, and what runs',
				items: {
					vendor: 'cortexXsiam',
					type: 'xqlQuota',
					used: 0.25,
					licensed: 5,
					purchased: 1,
					evaluation: 2,
					queriesToday: 4,
					rejectedToday: 8,
					running: 1,
					mostRunningToday: 3,
					queries: { debee6b0c41f47_911_inv: { xql: 'dataset=xdr_data', duration: 61 } },
				},
			},
		],
		failures: [
			{
				name: 'no quota in the answer',
				exchanges: [{ ...quotaCall, reply: { reply: null } }],
				says: ['Cortex XSIAM answered without the quota'],
			},
		],
	}),
);
