import type { IDataObject } from 'n8n-workflow';
import { asRecord } from '../../shared/read';
import { ifLost } from '../../shared/lost';
import type { Change } from '../../shared/lost';
import { byOffset } from '../../shared/paging';
import type { Request, Transport } from '../../shared/transport';
import { formEncode } from '../../shared/url';
import { sendChange } from './dropped';
import { READ, readReply } from './envelope';
import type { Pam360Reply } from './envelope';
import { readFile } from './file';
import type { Pam360File } from './file';
import { inputData } from './inputData';
import type { DetailsKey } from './inputData';
import { countedRows } from './rows';
import { checkSubject } from './subject';
import type { Subject } from './subject';
import { REST_API } from './url';

/**
 * How many records to ask for at a time; the vendor names no limit of its own (docs/api/pam360.md,
 * "Lists, limits, TLS").
 */
export const PAGE = 500;

/** One call, as an operation says it. */
export interface Pam360Call {
	/** Below `/restapi/json/v1/`, variable parts percent-encoded. */
	path: string;
	/** The fields of INPUT_DATA; none where the call takes none. */
	details?: IDataObject;
	/** The inner key of INPUT_DATA; the server minds its case (docs/api/pam360.md, "INPUT_DATA"). */
	key?: DetailsKey;
	/** Plain query parameters, for the few calls that take these. */
	query?: Record<string, string>;
	/** What the call is about: an answer that is plainly about something else ends it. */
	subject?: Subject;
}

export interface Pam360Change extends Pam360Call, Change {
	method: 'POST' | 'PUT' | 'DELETE';
	mayHave: string;
	/**
	 * Whether `Failed` says that nothing was done: sharing, and a reset in PAM360 alone
	 * (docs/api/pam360.md, "What a failure says of the work").
	 */
	failsWhole?: boolean;
	/** Whether PAM360 works on another system for it, so that it can fail half-way. */
	reachesTarget?: boolean;
}

export interface Pam360List extends Pam360Call {
	/** The records in the answer's Details; undefined where nothing stands in their place. */
	rowsOf(details: unknown): unknown[] | undefined;
	idOf(row: IDataObject): string | null;
	/** What the list is of, for messages. */
	noun: string;
	/** How many records are wanted. */
	most: number;
	/** The offset of the first one; 0 where it is left out. */
	start?: number;
}

/** The calls below `/restapi/json/v1`: how they are sent, and what an answer to one is. */
export class Pam360Calls {
	/** @param server PAM360's address, without the path of a family of calls. */
	constructor(
		protected readonly transport: Transport,
		protected readonly server: string,
	) {}

	/**
	 * A call that changes nothing: a GET with its input in the query (docs/api/pam360.md, "INPUT_DATA").
	 *
	 * @throws Failure
	 */
	async read(call: Pam360Call): Promise<Pam360Reply> {
		const reply = readReply(await this.transport.send(this.request('GET', call, true)), READ);
		checkSubject(reply.details, call.subject, 'unusable');
		return reply;
	}

	/**
	 * The file of an account (docs/api/pam360.md, "Files of accounts").
	 *
	 * @throws Failure; also when PAM360 says in a file's place why there is none
	 */
	async download(call: Pam360Call): Promise<Pam360File> {
		return readFile(await this.transport.send(this.request('GET', call, true)));
	}

	/**
	 * A call that changes something. What may not be done twice is sent once: PAM360 offers little to
	 * look up what became of a call, so a lost answer ends the item.
	 *
	 * @throws Failure; of kind `lost` where nobody knows if the change was made
	 */
	async change(change: Pam360Change): Promise<Pam360Reply> {
		const { method, repeatable, failsWhole, reachesTarget, ...call } = change;
		const request = { ...this.request(method, call, repeatable), mayQuote: reachesTarget };
		return await sendChange(this.transport, this.server, request)
			.then((answer) => {
				const { repeated } = answer;
				const reply = readReply(answer, { repeated, failsWhole, reachesTarget });
				checkSubject(reply.details, call.subject, 'lost');
				return reply;
			})
			.catch(ifLost(change));
	}

	/**
	 * The records of a list, page by page (docs/api/pam360.md, "Lists, limits, TLS"). Offsets start from
	 * 0: that misses nothing where the server counts from 1, and a page repeats the last record of the one
	 * before it.
	 */
	async *list({
		rowsOf,
		idOf,
		noun,
		most,
		start,
		...call
	}: Pam360List): AsyncGenerator<IDataObject> {
		const fetch = async (from: number, size: number) => {
			const reply = await this.read(pageOf(call, from, size));
			const found = countedRows(rowsOf(reply.details), reply, `the ${noun}`, from);
			// What is no record counts in offsets all the same.
			const rows = found.map(asRecord);
			return { rows, ...(reply.totalRows !== undefined && { total: reply.totalRows }) };
		};
		const rows = byOffset({
			pageSize: PAGE,
			limit: most,
			start,
			fetch,
			idOf: (row: IDataObject) => idOf(row) ?? undefined,
			noun,
			// Whether the count is of those that were searched for is not documented.
			...(Object.keys({ ...call.details, ...call.query }).length === 0 && {
				onShort: (what: string) => this.transport.tell(what),
			}),
		});
		for await (const row of rows) {
			if (Object.keys(row).length > 0) yield row;
		}
	}

	private request(
		method: Request['method'],
		{ path, details, key = 'Details', query }: Pam360Call,
		repeatable: boolean,
	): Request {
		const input = details === undefined ? '' : inputData(details, key);
		const isRead = method === 'GET';
		const inUrl = [query && formEncode(query), isRead && input].filter(Boolean).join('&');
		const hasBody = !isRead && input !== '';
		return {
			method,
			url: `${this.server}${REST_API}/${path}${inUrl && `?${inUrl}`}`,
			...(hasBody && {
				headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
				body: input,
			}),
			repeatable,
		};
	}
}

/** STARTINDEX and LIMIT, where the call has its other input and in its letters. */
function pageOf(call: Pam360Call, from: number, size: number): Pam360Call {
	const { details, key, query } = call;
	if (query) {
		return { ...call, query: { ...query, STARTINDEX: String(from), LIMIT: String(size) } };
	}
	const page =
		key === 'details' ? { startIndex: from, limit: size } : { STARTINDEX: from, LIMIT: size };
	return { ...call, details: { ...details, ...page } };
}
