import { z } from 'zod';
import type { IDataObject } from 'n8n-workflow';
import type { CortexXsiamApi } from '../../api/client';
import type { Meaning } from '../../api/errors';
import { Failure } from '../../../shared/failure';
import { asNumber, asObject } from '../../../shared/read';
import { backOff } from '../../../shared/wait';
import { rowsOf } from './rows';

export interface Query {
	query: string;
	tenants?: string[];
	timeframe?: { from: number; to: number } | { relativeTime: number };
}

/** How long a query may take, from before its start to its results. */
export class Deadline {
	private readonly end: number;

	constructor(private readonly seconds: number) {
		this.end = Date.now() + seconds * 1000;
	}

	/**
	 * Waits before the next try, longer each time.
	 *
	 * @throws Failure when the time is over
	 */
	async wait(api: CortexXsiamApi, attempt: number, late: (seconds: number) => Failure) {
		const left = this.end - Date.now();
		if (left <= 0) throw late(this.seconds);
		await api.pause(Math.min(backOff(attempt), LONGEST_PAUSE_MS, left));
	}
}

const LONGEST_PAUSE_MS = 10_000;

/**
 * Nothing was started, since others run (docs/api/cortex-xsiam.md, "Bodies of errors" and "Limits").
 */
const BUSY: Meaning = {
	when: ({ extra }) => /parallel running queries/i.test(extra),
	message: 'Cortex XSIAM is running as many XQL queries as it can',
	description: 'A tenant runs at most four at a time, for all users and keys together.',
	declared: { cause: 'rate-limited' },
};

/**
 * Nothing was started, since the quota of the day is spent (docs/api/cortex-xsiam.md, "Limits" and "XQL
 * queries").
 */
const USED_UP: Meaning = {
	when: ({ extra }) => /quota/i.test(extra),
	message: 'The daily quota of the tenant for XQL queries is used up',
	description:
		'It counts the compute units of all users and keys. Narrow queries down to use fewer units, or ask Palo Alto Networks for more.',
};

const started = z.object({ reply: z.string().min(1) });

/**
 * `POST xql/start_xql_query`, once; a query that is refused because others run is tried again
 * (docs/api/cortex-xsiam.md, "XQL queries").
 *
 * @returns the ID of the query
 */
export async function startQuery(
	api: CortexXsiamApi,
	query: Query,
	deadline: Deadline,
): Promise<string> {
	for (let attempt = 1; ; attempt++) {
		const outcome = await start(api, query).catch(onlyBusy);
		if (!(outcome instanceof Failure)) return outcome.value.reply;
		await deadline.wait(api, attempt, (seconds) =>
			outcome.plus(`The node tried to start the query for ${seconds} seconds.`),
		);
	}
}

async function start(api: CortexXsiamApi, query: Query) {
	const starting = api.change({
		path: 'public_api/v1/xql/start_xql_query',
		data: query,
		answer: started,
		what: 'the ID of the query',
		repeatable: false,
		meanings: [BUSY, USED_UP],
		mayHave: 'The query may have been started',
		find: 'If it runs, it counts towards the quota',
	});
	return await starting.catch(async (failure: unknown) => {
		throw await withQuota(api, failure);
	});
}

function onlyBusy(failure: unknown): Failure {
	if (failure instanceof Failure && failure.message === BUSY.message) return failure;
	throw failure;
}

const quota = z.object({ reply: z.record(z.unknown()) });

/** `POST xql/get_quota`: how much of the day's quota is used. */
export async function quotaOf(api: CortexXsiamApi) {
	return await api.read({
		path: 'public_api/v1/xql/get_quota',
		data: {},
		answer: quota,
		what: 'the quota',
	});
}

/** Says how much of the quota is left where that is what a query was refused for. */
async function withQuota(api: CortexXsiamApi, failure: unknown): Promise<unknown> {
	if (!(failure instanceof Failure) || failure.message !== USED_UP.message) return failure;
	const answer = await quotaOf(api).catch(() => undefined);
	const {
		used_quota: used,
		license_quota: licensed,
		additional_purchased_quota: more,
	} = answer?.value.reply ?? {};
	const total = asNumber(licensed);
	if (asNumber(used) === null || total === null) return failure;
	return failure.plus(
		`Used today: ${asNumber(used)} of ${total + (asNumber(more) ?? 0)} compute units.`,
	);
}

const results = z.object({
	reply: z
		.object({ status: z.string(), results: z.record(z.unknown()).nullish().catch(null) })
		.passthrough(),
});

interface QueryResults {
	/** How many rows the tenant says there are, where it does. */
	told: number | null;
	rows: AsyncIterable<IDataObject> | Iterable<IDataObject>;
}

/**
 * `POST xql/get_query_results` until the query has ended, and `xql/get_query_results_stream` where
 * there are more than 1,000 rows (docs/api/cortex-xsiam.md, "XQL queries").
 *
 * @param limit How many rows are wanted; `Infinity` for all.
 */
export async function resultsOf(
	api: CortexXsiamApi,
	id: string,
	limit: number,
	deadline: Deadline,
): Promise<QueryResults> {
	for (let attempt = 1; ; attempt++) {
		const { value } = await api.read({
			path: 'public_api/v1/xql/get_query_results',
			data: {
				query_id: id,
				pending_flag: true,
				...(limit !== Infinity && { limit }),
				format: 'json',
			},
			answer: results,
			what: 'the state of the query',
		});
		const { status, number_of_results: told, results: found } = value.reply;
		if (status === 'PENDING') {
			await deadline.wait(api, attempt, (seconds) => tooLate(id, seconds));
			continue;
		}
		if (status !== 'SUCCESS') throw status === 'FAIL' ? notEnded(id) : notKnown(id, status);
		const rows = await readRows(api, found);
		if (!rows) throw withoutRows(id);
		return { told: asNumber(told), rows };
	}
}

async function readRows(api: CortexXsiamApi, found: Record<string, unknown> | null | undefined) {
	if (Array.isArray(found?.data)) return found.data.map((row) => asObject(row) ?? { value: row });
	if (typeof found?.stream_id !== 'string') return undefined;
	const { bytes, contentType } = await api.bytes({
		path: 'public_api/v1/xql/get_query_results_stream',
		data: { stream_id: found.stream_id, is_gzip_compressed: true },
	});
	return rowsOf(bytes, contentType);
}

function tooLate(id: string, seconds: number): Failure {
	return new Failure(`The query did not end within ${seconds} seconds`, {
		kind: 'unusable',
		description: `It goes on in Cortex XSIAM as ${id} and counts towards the quota. Raise 'Max Wait Time', or narrow the query down.`,
	});
}

function notKnown(id: string, status: string): Failure {
	return new Failure(
		`The node does not know the status that Cortex XSIAM gave for the query: '${status}'`,
		{
			kind: 'unusable',
			description: `It is not known whether the query goes on and counts towards the quota. Look for it in the console's Query Center. Its ID is ${id}.`,
		},
	);
}

function notEnded(id: string): Failure {
	return new Failure('Cortex XSIAM could not run the query; its status is FAIL', {
		kind: 'refused',
		description: `The API gives no reason. Run the query in the console's Query Builder, which marks what is wrong. The ID of the query is ${id}.`,
	});
}

function withoutRows(id: string): Failure {
	return new Failure('Cortex XSIAM answered without the rows of the query', {
		kind: 'unusable',
		description: `The query ended. Its ID is ${id}.`,
	});
}
