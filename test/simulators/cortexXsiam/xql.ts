import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Streamed, type Call, type Context } from './call';
import { inputError, VendorError } from './errors';
import { fields, isInteger, isText, oneOf, refuseUnknown, strings } from './fields';
import type { CortexXsiamQuery } from './state';

/**
 * Rows that an answer holds at most; more are fetched as a stream (docs/api/cortex-xsiam.md, "XQL
 * queries").
 */
const inlineRows = 1_000;

/** What every query costs, compute units. */
const queryCost = 0.0015;

/** What is left of the day's compute units, as a sum of tens of thousandths. */
const remaining = ({ settings, state }: Context): number =>
	Number((settings.xqlQuota - state.xqlQueries.size * queryCost).toFixed(4));

const running = ({ state }: Context): CortexXsiamQuery[] =>
	[...state.xqlQueries.values()].filter((query) => query.pendingPolls > 0);

/** Shape (9) of docs/api/cortex-xsiam.md, "Bodies of errors". */
function quotaRefusal(context: Context, told: string): VendorError {
	const details = {
		query_cost: 0,
		remaining_quota: remaining(context),
		total_daily_running_queries: context.state.xqlQueries.size,
		total_daily_concurrent_rejected_queries: context.state.xqlRejected,
	};
	const message = 'An error occurred while processing XDR - XQL query';
	return new VendorError(500, message, told, { shape: 'extraObject', details });
}

function checkTimeframe(value: unknown): void {
	if (value === undefined) return;
	const timeframe = fields(value);
	if (!timeframe) throw inputError('Invalid timeframe');
	refuseUnknown(timeframe, ['from', 'to', 'relativeTime']);
	const { from, to, relativeTime } = timeframe;
	const relative = isInteger(relativeTime) && from === undefined && to === undefined;
	const absolute = isInteger(from) && isInteger(to) && from <= to && relativeTime === undefined;
	if (!relative && !absolute) throw inputError('Invalid timeframe');
}

/** POST xql/start_xql_query, docs/api/cortex-xsiam.md, "XQL queries": the answer is the id alone. */
export function startQuery({ context, data }: Call): object {
	const { settings, state } = context;
	refuseUnknown(data, ['query', 'tenants', 'timeframe']);
	const { query, tenants = [] } = data;
	if (!isText(query) || query === '') throw inputError('query param is missing');
	if (!strings(tenants)) throw inputError('tenants must be a list of strings');
	const foreign = tenants.find((tenant) => !state.childTenants.has(tenant));
	if (foreign !== undefined) throw inputError(`Unknown tenant ${foreign}`);
	checkTimeframe(data.timeframe);
	if (running(context).length >= settings.xqlParallel) {
		state.xqlRejected += 1;
		throw quotaRefusal(
			context,
			'reached max allowed amount of parallel running queries. ' +
				'please wait for some queries to finish and submit your query again',
		);
	}
	if (remaining(context) < queryCost) {
		throw quotaRefusal(context, 'the daily query quota has been reached');
	}
	const id = `${randomBytes(7).toString('hex')}_${state.xqlQueries.size + 1}_inv`;
	state.xqlQueries.set(id, {
		id,
		query,
		startedAt: context.now(),
		pendingPolls: settings.xqlPendingPolls,
		rows: [...state.xqlRows],
	});
	return { reply: id };
}

const cell = (value: unknown): string => {
	if (value === null || value === undefined) return '';
	const text = isText(value) ? value : JSON.stringify(value);
	return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

function csv(rows: Array<Record<string, unknown>>): string {
	const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	const lines = rows.map((row) => names.map((name) => cell(row[name])));
	return [names.map(cell), ...lines].map((line) => line.join(',')).join('\n');
}

/** POST xql/get_query_results, docs/api/cortex-xsiam.md, "XQL queries". */
export function getQueryResults({ context, data }: Call): object {
	const { settings, state } = context;
	refuseUnknown(data, ['query_id', 'pending_flag', 'limit', 'format']);
	const { query_id: id, pending_flag: pending = true, limit, format = 'json' } = data;
	if (!isText(id)) throw inputError('query_id param is missing');
	if (typeof pending !== 'boolean') throw inputError('pending_flag must be a boolean');
	if (limit !== undefined && (!isInteger(limit) || limit < 1)) throw inputError('Invalid limit');
	if (!oneOf(['json', 'csv'] as const, format)) throw inputError('Invalid format');
	const query = state.xqlQueries.get(id);
	if (!query) throw inputError(`Query ${id} does not exist`);
	// Without the flag the vendor answers once the query has ended.
	if (!pending) query.pendingPolls = 0;
	if (query.pendingPolls > 0) {
		query.pendingPolls -= 1;
		return { reply: { status: 'PENDING' } };
	}
	const cost = { query_cost: { tenant_id_1: queryCost }, remaining_quota: remaining(context) };
	if (settings.xqlFails) return { reply: { status: 'FAIL', ...cost } };
	const streamed = query.rows.length > inlineRows && (limit ?? Infinity) > inlineRows;
	const rows = streamed ? query.rows : query.rows.slice(0, limit);
	const inline = format === 'csv' ? csv(rows) : rows;
	return {
		reply: {
			status: 'SUCCESS',
			// Missing on some tenants.
			number_of_results: settings.xqlOmitsCount ? undefined : rows.length,
			...cost,
			results: streamed ? { stream_id: `${id}_stream` } : { data: inline },
		},
	};
}

/**
 * POST xql/get_query_results_stream, docs/api/cortex-xsiam.md, "XQL queries": one JSON object a line
 * (inferred).
 */
export function getQueryResultsStream({ context, data }: Call): Streamed {
	refuseUnknown(data, ['stream_id', 'is_gzip_compressed']);
	const { stream_id: id, is_gzip_compressed: compressed = false } = data;
	if (!isText(id)) throw inputError('stream_id param is missing');
	if (typeof compressed !== 'boolean') throw inputError('is_gzip_compressed must be a boolean');
	const query = context.state.xqlQueries.get(id.replace(/_stream$/u, ''));
	if (!query || !id.endsWith('_stream')) throw inputError(`Stream ${id} does not exist`);
	const lines = query.rows.map((row) => `${JSON.stringify(row)}\n`).join('');
	const { xqlStreamEncoding: encoding, xqlStreamBreaks: breaks } = context.settings;
	const headers: Record<string, string> = {};
	if (compressed && encoding === 'header') headers['content-encoding'] = 'gzip';
	return new Streamed(compressed ? gzipSync(lines) : Buffer.from(lines), headers, breaks);
}

/** POST xql/get_quota, docs/api/cortex-xsiam.md, "XQL queries". */
export function getQuota({ context }: Call): object {
	const { settings, state } = context;
	const now = context.now();
	const active = running(context).map(({ id, query, startedAt }) => [
		id,
		{ xql: query, duration: Math.round((now - startedAt) / 1_000) },
	]);
	return {
		reply: {
			license_quota: settings.xqlQuota,
			additional_purchased_quota: 0,
			used_quota: Number((settings.xqlQuota - remaining(context)).toFixed(4)),
			eval_quota: 0,
			total_daily_running_queries: state.xqlQueries.size,
			total_daily_concurrent_rejected_queries: state.xqlRejected,
			current_concurrent_active_queries: Object.fromEntries(active) as object,
			current_concurrent_active_queries_count: active.length,
			max_daily_concurrent_active_query_count: settings.xqlParallel,
		},
	};
}
