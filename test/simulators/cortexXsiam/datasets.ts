import type { Call } from './call';
import { inputError } from './errors';
import { type Fields, fields, isInteger, isText, oneOf, refuseUnknown, strings } from './fields';
import type { CortexXsiamDataset } from './state';

/** Of columns (docs/api/cortex-xsiam.md, "Lookups and datasets"). */
const types = ['text', 'number', 'bool', 'datetime'] as const;

/** How many rows get_data gives at most (docs/api/cortex-xsiam.md, "Lookups and datasets"). */
const mostRows = 10_000;

function nameIn({ data }: Call): string {
	const { dataset_name: name } = data;
	if (!isText(name) || name === '') throw inputError('dataset_name param is missing');
	return name;
}

/** What a refusal says is made up: no source shows one of these calls. */
function lookup(call: Call): CortexXsiamDataset {
	const name = nameIn(call);
	const dataset = call.context.state.datasets.get(name);
	if (!dataset) throw inputError(`Dataset ${name} does not exist`);
	return dataset;
}

/** POST xql/add_dataset, docs/api/cortex-xsiam.md, "Lookups and datasets": the answer is bare. */
export function addDataset(call: Call): object {
	const { context, data } = call;
	refuseUnknown(data, ['dataset_name', 'dataset_type', 'dataset_schema']);
	const name = nameIn(call);
	const schema = fields(data.dataset_schema);
	if (data.dataset_type !== 'lookup') throw inputError('dataset_type must be lookup');
	if (!schema || Object.values(schema).some((type) => !oneOf(types, type))) {
		throw inputError('Invalid dataset_schema');
	}
	if (context.state.datasets.has(name)) throw inputError(`Dataset ${name} already exists`);
	context.state.datasets.set(name, { schema: schema as CortexXsiamDataset['schema'], rows: [] });
	return { dataset_name: name };
}

/**
 * POST v2/xql/delete_dataset, docs/api/cortex-xsiam.md, "Lookups and datasets": 200, of which no source
 * shows a body.
 */
export function deleteDataset(call: Call): undefined {
	refuseUnknown(call.data, ['dataset_name', 'force']);
	lookup(call);
	call.context.state.datasets.delete(nameIn(call));
}

/**
 * POST xql/get_datasets, docs/api/cortex-xsiam.md, "Lookups and datasets": names and values as in the
 * contract's sample, or as in its schema.
 */
export function getDatasets({ context }: Call): object {
	const own = [...context.state.datasets].map(([name, { rows }]) => ({
		'Dataset Name': name,
		Type: 'LOOKUP',
		'Log Update Type': 'STATE',
		'Last Updated': context.now(),
		'Total Days Stored': null,
		'Hot Range': {},
		'Cold Range': {},
		'Total Size Stored': null,
		'Average Daily Size': null,
		'Total Events': rows.length,
		'Average Event Size': null,
		TTL: null,
		'Default Query Target': 'FALSE',
	}));
	const system = {
		'Dataset Name': 'xdr_data',
		Type: 'SYSTEM',
		'Log Update Type': 'LOGS',
		'Last Updated': null,
		'Total Days Stored': null,
		'Hot Range': { from: 1_715_299_200_000, to: 1_716_595_200_000 },
		'Cold Range': {},
		'Total Size Stored': null,
		'Average Daily Size': null,
		'Total Events': null,
		'Average Event Size': null,
		TTL: null,
		'Default Query Target': 'FALSE',
	};
	const all: Fields[] = [system, ...own];
	if (context.settings.datasetForm === 'sample') return { reply: all };
	return { reply: all.map(schemaForm) };
}

function schemaForm(sample: Fields): Fields {
	const named = Object.entries(sample).map(([name, value]) => [
		name.replaceAll(' ', '_').toLowerCase(),
		name === 'Default Query Target' ? value === 'TRUE' : value,
	]);
	return Object.fromEntries(named) as Fields;
}

/**
 * As a column of its type holds it: times come back as epoch milliseconds (docs/api/cortex-xsiam.md,
 * "Lookups and datasets"; the sample).
 */
function stored(type: string | undefined, value: unknown): unknown {
	if (value === null) return null;
	if (type === 'datetime') {
		const [, day = '', month = '', rest = ''] =
			/^(\d{2})-(\d{2})-(\d{4}T.*)$/u.exec(`${value as string}`) ?? [];
		const text = day === '' ? value : `${rest.slice(0, 4)}-${month}-${day}${rest.slice(4)}`;
		const time = typeof text === 'number' ? text : Date.parse(`${text as string}`);
		if (Number.isNaN(time)) throw inputError('Invalid datetime');
		return time;
	}
	const isRight =
		{ text: 'string', number: 'number', bool: 'boolean' }[type ?? ''] === typeof value;
	if (!isRight) throw inputError('A value is not of the type of its column');
	return value;
}

const matches = (row: Fields, filter: Fields) =>
	Object.entries(filter).every(([name, value]) => String(row[name]) === String(value));

/**
 * POST xql/lookups/add_data, docs/api/cortex-xsiam.md, "Lookups and datasets": with key_fields a row
 * that is there is updated, and a column that another row of the call has is emptied in those that lack
 * it.
 */
export function addData(call: Call): object {
	const { context, data } = call;
	refuseUnknown(data, ['dataset_name', 'data', 'key_fields']);
	const { schema, rows } = lookup(call);
	const { data: sent, key_fields: keys = [] } = data;
	if (!strings(keys)) throw inputError('key_fields must be a list of strings');
	const given = Array.isArray(sent) ? sent.map(fields) : [undefined];
	if (given.length === 0 || given.includes(undefined)) throw inputError('data must be a list');
	const written = given as Fields[];
	const columns = [...new Set(written.flatMap((row) => Object.keys(row)))];
	if (columns.some((name) => !(name in schema))) throw inputError('A column does not exist');
	const counts = { added: 0, updated: 0, skipped: 0 };
	const now = context.now();
	for (const row of written) {
		if (keys.some((name) => (row[name] ?? null) === null)) {
			throw inputError('key_fields are mandatory in data entries');
		}
		const values = Object.fromEntries(
			columns.map((name) => [name, stored(schema[name], row[name] ?? null)]),
		);
		const key = Object.fromEntries(keys.map((name) => [name, values[name]]));
		const known = keys.length > 0 ? rows.find((one) => matches(one, key)) : undefined;
		if (known) {
			Object.assign(known, values, { _update_time: now });
			counts.updated += 1;
			continue;
		}
		rows.push({
			...Object.fromEntries(Object.keys(schema).map((name) => [name, null])),
			...values,
			_insert_time: now,
			_update_time: now,
			_collector_name: 'Public API',
			_collector_type: 'Public API',
		});
		counts.added += 1;
	}
	return counts;
}

function filtersIn({ filters }: Fields): Fields[] | undefined {
	if (filters === undefined) return undefined;
	const list = Array.isArray(filters) ? filters.map(fields) : [undefined];
	if (list.includes(undefined)) throw inputError('filters must be a list');
	return list as Fields[];
}

/**
 * POST xql/lookups/get_data, docs/api/cortex-xsiam.md, "Lookups and datasets": as in the contract's
 * sample, or bare as in its schema.
 */
export function getData(call: Call): object {
	const { context, data } = call;
	refuseUnknown(data, ['dataset_name', 'filters', 'limit']);
	const { rows } = lookup(call);
	const filters = filtersIn(data);
	const { limit = mostRows } = data;
	if (!isInteger(limit) || limit < 1) throw inputError('Invalid limit');
	const found = filters
		? rows.filter((row) => filters.some((filter) => matches(row, filter)))
		: rows;
	const page = found.slice(0, Math.min(limit, mostRows));
	return context.settings.datasetForm === 'sample'
		? { reply: { data: page, 'filter count': found.length, 'total count': rows.length } }
		: { data: page, filter_count: found.length, total_count: rows.length };
}

/**
 * POST xql/lookups/remove_data, docs/api/cortex-xsiam.md, "Lookups and datasets": nothing is removed
 * where one filter matches nothing.
 */
export function removeData(call: Call): object {
	refuseUnknown(call.data, ['dataset_name', 'filters']);
	const dataset = lookup(call);
	const filters = filtersIn(call.data);
	if (!filters || filters.length === 0) throw inputError('filters param is missing');
	const all = filters.map((filter) => dataset.rows.filter((row) => matches(row, filter)));
	const gone = new Set(all.some((rows) => rows.length === 0) ? [] : all.flat());
	dataset.rows = dataset.rows.filter((row) => !gone.has(row));
	return { deleted: gone.size };
}
