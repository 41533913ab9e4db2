import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import type { Refused } from '../kit/operation';
import { kit } from './kit';
import { published } from './published';

const XQL = '/public_api/v1/xql';
const post = (path: string, data: object, reply: unknown): Exchange => ({
	method: 'POST',
	path,
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify({ request_data: data }),
	reply: reply as object,
});

/** The sample of the vendor's contract, "Add Dataset". */
const schema = {
	uid: 'text',
	zipcode: 'number',
	is_admin: 'bool',
	birthday: 'datetime',
};
const columns = {
	column: Object.entries(schema).map(([name, type]) => ({ name, type })),
};

describeOperation(
	kit,
	'dataset',
	'create',
	published({
		cases: [
			{
				name: 'creates one, whose answer stands bare',
				mayHave: "The dataset 'users' may have been created",
				parameters: { dataset: 'users', columns },
				exchanges: [
					post(
						`${XQL}/add_dataset`,
						{ dataset_name: 'users', dataset_type: 'lookup', dataset_schema: schema },
						{ dataset_name: 'users' },
					),
				],
				items: { vendor: 'cortexXsiam', type: 'dataset', name: 'users', columns: schema },
			},
			{
				name: 'takes an answer within reply',
				parameters: { dataset: 'users', columns: { column: [{ name: 'uid', type: 'text' }] } },
				exchanges: [
					post(
						`${XQL}/add_dataset`,
						{ dataset_name: 'users', dataset_type: 'lookup', dataset_schema: { uid: 'text' } },
						{ reply: { dataset_name: 'users' } },
					),
				],
				items: {
					vendor: 'cortexXsiam',
					type: 'dataset',
					name: 'users',
					columns: { uid: 'text' },
				},
			},
		],
		refused: [
			['no name', { dataset: ' ' }, "'Dataset Name' is required"],
			['no columns', { columns: {} }, "'Columns' is required"],
			[
				'a column twice',
				{
					columns: {
						column: [
							{ name: 'uid', type: 'text' },
							{ name: 'uid', type: 'number' },
						],
					},
				},
				"'Columns' has a column twice",
			],
		],
		failures: [
			{
				name: 'an answer that does not tell the name',
				exchanges: [
					post(
						`${XQL}/add_dataset`,
						{ dataset_name: 'users', dataset_type: 'lookup', dataset_schema: schema },
						{},
					),
				],
				says: ['Cortex XSIAM answered without the name of the new dataset'],
			},
			{
				name: 'a gateway that gives up, after which nothing is sent again',
				exchanges: [
					{
						...post(
							`${XQL}/add_dataset`,
							{ dataset_name: 'users', dataset_type: 'lookup', dataset_schema: schema },
							'',
						),
						status: 504,
					},
				],
				says: [/The dataset '\w+' may have been created anyway/],
			},
		],
	}),
);

/** The sample of the vendor's contract, "Get all datasets"; the second is made after it. */
const system = {
	'Dataset Name': 'xdr_data',
	Type: 'SYSTEM',
	'Log Update Type': 'LOGS',
	'Last Updated': null,
	'Total Days Stored': null,
	'Hot Range': { from: 1715299200000, to: 1716595200000 },
	'Cold Range': {},
	'Total Size Stored': null,
	'Average Daily Size': null,
	'Total Events': null,
	'Average Event Size': null,
	TTL: null,
	'Default Query Target': 'FALSE',
};
const keys = {
	...system,
	'Dataset Name': 'api_keys',
	Type: 'LOOKUP',
	'Hot Range': {},
	'Total Events': 2,
	'Last Updated': 'last week',
};
const systemItem = {
	vendor: 'cortexXsiam',
	type: 'dataset',
	name: 'xdr_data',
	datasetType: 'SYSTEM',
	logUpdateType: 'LOGS',
	lastUpdatedAt: null,
	daysStored: null,
	// date -u -d @1715299200
	hotFrom: '2024-05-10T00:00:00.000Z',
	hotTo: '2024-05-25T00:00:00.000Z',
	coldFrom: null,
	coldTo: null,
	sizeBytes: null,
	dailySizeBytes: null,
	eventCount: null,
	eventSizeBytes: null,
	timeToLive: null,
	isDefaultQueryTarget: false,
};
const keysItem = {
	...systemItem,
	name: 'api_keys',
	datasetType: 'LOOKUP',
	hotFrom: null,
	hotTo: null,
	eventCount: 2,
	lastUpdatedAtText: 'last week',
};
const unreadTime = ["'lastUpdatedAt' came in a form that the node does not understand"];
const datasets = post(`${XQL}/get_datasets`, {}, { reply: [system, keys] });

describeOperation(
	kit,
	'dataset',
	'getAll',
	published({
		cases: [
			{
				name: 'lists them',
				parameters: { returnAll: true },
				exchanges: [datasets],
				items: [systemItem, keysItem],
				raw: [system, keys],
				hints: unreadTime,
			},
			{
				name: 'finds them by a part of the name and their type',
				parameters: { filters: { name: 'KEY', type: 'lookup' } },
				exchanges: [datasets],
				items: [keysItem],
				hints: unreadTime,
			},
			{
				name: 'takes the names of the schema',
				parameters: { limit: 1 },
				exchanges: [
					post(
						`${XQL}/get_datasets`,
						{},
						{
							reply: [
								{
									dataset_name: 'xdr_data',
									type: 'System',
									hot_range: { from: 1715299200000, to: 1716595200000 },
									default_query_target: true,
								},
								{ dataset_name: 'other' },
							],
						},
					),
				],
				items: [
					{
						...systemItem,
						datasetType: 'System',
						logUpdateType: null,
						isDefaultQueryTarget: true,
					},
				],
			},
		],
		failures: [
			{
				name: 'no list in the answer',
				exchanges: [post(`${XQL}/get_datasets`, {}, { reply: {} })],
				says: ['Cortex XSIAM answered without a list of datasets'],
			},
		],
	}),
);

/** The sample of the vendor's contract, "Get data from a lookup dataset". */
const rows = ['uid5', 'uid6'].map((uid) => ({
	uid,
	salary: 5.1,
	zipcode: 70005,
	birthday: 386418165000,
	is_admin: true,
	username: 'username5',
	_insert_time: 1718807765000,
	_update_time: 1718807765000,
	_collector_name: 'Console',
	_collector_type: 'Console',
}));
const rowItems = rows.map((row) => ({
	vendor: 'cortexXsiam',
	type: 'datasetRow',
	dataset: 'users',
	row,
}));
const getData = (data: object, reply: object) => post(`${XQL}/lookups/get_data`, data, reply);

describeOperation(
	kit,
	'dataset',
	'getRows',
	published({
		cases: [
			{
				name: 'reads all',
				parameters: { dataset: 'users', returnAll: true, additionalFields: { match: '{}' } },
				exchanges: [
					getData(
						{ dataset_name: 'users' },
						{ reply: { data: rows, 'filter count': 2, 'total count': 10 } },
					),
				],
				items: rowItems,
				raw: rows,
			},
			{
				name: 'reads those that match, of an answer as the schema has it',
				parameters: {
					dataset: 'users',
					limit: 1,
					additionalFields: { match: { uid: 'uid5', zipcode: 70005 } },
				},
				exchanges: [
					getData(
						{ dataset_name: 'users', filters: [{ uid: 'uid5', zipcode: 70005 }], limit: 1 },
						{ data: rows.slice(0, 1), filter_count: 2, total_count: 10 },
					),
				],
				items: rowItems.slice(0, 1),
			},
			{
				name: 'says that there are more than one call gives',
				parameters: { dataset: 'users', returnAll: true },
				exchanges: [
					getData(
						{ dataset_name: 'users' },
						{ reply: { data: rows, 'filter count': 10001, 'total count': 10001 } },
					),
				],
				items: rowItems,
				hints: ['Cortex XSIAM says that 10001 rows match, but returned 2'],
			},
			{
				name: 'gives nothing where nothing matches',
				parameters: { dataset: 'users', additionalFields: { match: '[{"uid":"x"}]' } },
				exchanges: [
					getData(
						{ dataset_name: 'users', filters: [{ uid: 'x' }], limit: 50 },
						{ reply: { data: [], 'filter count': 0, 'total count': 10 } },
					),
				],
				items: [],
			},
		],
		refused: [
			[
				'a match that is no object',
				{ additionalFields: { match: '="uid5"' } },
				"'Match' must be a JSON object with columns, or a list of these",
			],
			[
				'an object without columns among others',
				{ additionalFields: { match: '[{"uid":"x"},{}]' } },
				"'Match' must be a JSON object with columns, or a list of these",
			],
			[
				'a column whose expression came to nothing',
				{ additionalFields: { match: '={{ { uid: $json.nothing, zipcode: "1" } }}' } },
				"'Match' has no value for uid",
			],
		],
		failures: [
			{
				name: 'rows that are counted and not there',
				exchanges: [
					getData(
						{ dataset_name: 'users' },
						{ reply: { data: [], 'filter count': 2, 'total count': 10 } },
					),
				],
				says: ['Cortex XSIAM says that 2 rows match, but returned none'],
			},
			{
				name: 'no rows in the answer',
				exchanges: [getData({ dataset_name: 'users' }, { reply: {} })],
				says: ['Cortex XSIAM answered without the rows of the dataset'],
			},
		],
	}),
);

/** The sample of the vendor's contract, "Add or update data in a lookup dataset". */
const people = [
	{ uid: '123abc', username: 'john', zipcode: 58672, salary: 5.1, is_admin: false },
	{ uid: '124abc', username: 'jane', zipcode: 58642, salary: 5000000, is_admin: true },
];
const addData = (data: object, reply: object, status?: number): Exchange => ({
	...post(`${XQL}/lookups/add_data`, data, reply),
	...(status !== undefined && { status }),
});
const upserted = { dataset_name: 'users', key_fields: ['uid', 'username'], data: people };
const upsert = { dataset: 'users', rows: people, keyColumns: 'uid, username' };
const upsertItem = {
	vendor: 'cortexXsiam',
	type: 'datasetRows',
	dataset: 'users',
	added: 1,
	updated: 1,
	skipped: 0,
};

describeOperation(
	kit,
	'dataset',
	'upsertRows',
	published({
		cases: [
			{
				name: 'adds and updates by the key columns',
				parameters: upsert,
				exchanges: [addData(upserted, { added: 1, updated: 1, skipped: 0 })],
				items: upsertItem,
			},
			{
				name: 'adds one without key columns, given as JSON text',
				mayHave: 'The rows may have been stored',
				parameters: { dataset: 'users', rows: JSON.stringify(people[0]) },
				exchanges: [
					addData(
						{ dataset_name: 'users', data: [people[0]] },
						{ reply: { added: 1, updated: 0, skipped: 0 } },
					),
				],
				items: { ...upsertItem, updated: 0 },
			},
			{
				name: 'keeps a count that it does not understand',
				parameters: upsert,
				exchanges: [addData(upserted, { added: 'one', updated: 1 })],
				items: { ...upsertItem, added: null, addedText: 'one', skipped: null },
				hints: ["'added' came in a form that the node does not understand"],
			},
		],
		refused: [
			['no rows', { rows: '[]' }, "'Rows' is empty"],
			[
				'a column that came to nothing, which would be emptied',
				{ rows: '={{ [{ uid: "1", zipcode: "2" }, { uid: "3", zipcode: $json.nothing }] }}' },
				"'Rows' has no value for zipcode",
			],
			['something that is no row', { rows: '[1]' }, "'Rows' must be a JSON object with columns"],
			[
				'a row without its key',
				{ rows: [people[0], { ...people[1], uid: null }] },
				"'Rows' has no value of a key column in row 2",
			],
			[
				'rows with different columns, of which the tenant would empty some',
				{ rows: [people[0], { uid: '124abc', username: 'jane' }] },
				"'Rows' has rows with different columns",
			],
		],
		failures: [
			{
				name: 'an answer without counts',
				exchanges: [addData(upserted, {})],
				says: [
					'Cortex XSIAM answered without the number of stored rows',
					'The rows may have been stored anyway',
				],
			},
		],
	}),
);

const removeData = (reply: object): Exchange =>
	post(
		`${XQL}/lookups/remove_data`,
		{ dataset_name: 'users', filters: [{ uid: '123', username: 'john' }, { uid: '124' }] },
		reply,
	);
const removal = {
	dataset: 'users',
	match: '[{"uid":"123","username":"john"},{"uid":"124"}]',
};

describeOperation(
	kit,
	'dataset',
	'removeRows',
	published({
		cases: [
			{
				name: 'removes those that match',
				parameters: removal,
				exchanges: [removeData({ deleted: 2 })],
				items: { vendor: 'cortexXsiam', type: 'datasetRows', dataset: 'users', removed: 2 },
			},
			{
				name: 'says that nothing was removed',
				parameters: removal,
				exchanges: [removeData({ reply: { deleted: 0 } })],
				items: { vendor: 'cortexXsiam', type: 'datasetRows', dataset: 'users', removed: 0 },
				hints: ["removes nothing if one of the objects in 'Match' matches no row"],
			},
		],
		refused: [
			['a match of everything', { match: '{}' }, "'Match' must be a JSON object with columns"],
			[
				'a match of everything among others',
				{ match: '[{"uid":"1"},{}]' },
				"'Match' must be a JSON object with columns",
			],
			// In JSON nothing would be left of these: an object that matches every row.
			...[
				'{ uid: $json.nothing }',
				'[{ uid: "1" }, { uid: undefined }]',
				'{ uid: NaN }',
				// JSON has null for these: rows without a value would match.
				'{ uid: 1 / 0 }',
				'{ uid: new Date("soon") }',
			].map((match): Refused => [
				`a match of what came to nothing: ${match}`,
				{ match: `={{ ${match} }}` },
				"'Match' has no value for uid",
			]),
		],
		failures: [
			{
				name: 'an answer without the number',
				exchanges: [removeData({})],
				says: ['Cortex XSIAM answered without the number of removed rows'],
			},
		],
	}),
);

const remove = (data: object): Exchange => post('/public_api/v2/xql/delete_dataset', data, '');

describeOperation(
	kit,
	'dataset',
	'delete',
	published({
		cases: [
			{
				name: 'deletes one, of an answer without a body',
				parameters: { dataset: 'users' },
				exchanges: [remove({ dataset_name: 'users' })],
				items: { vendor: 'cortexXsiam', type: 'dataset', name: 'users', deleted: true },
				raw: {},
			},
			{
				name: 'deletes one that others depend on',
				parameters: { dataset: 'users', additionalFields: { force: true } },
				exchanges: [{ ...remove({ dataset_name: 'users', force: true }), reply: { reply: true } }],
				items: { vendor: 'cortexXsiam', type: 'dataset', name: 'users', deleted: true },
			},
		],
		refused: [['no name', { dataset: '={{ "" }}' }, "'Dataset Name' is required"]],
	}),
);
