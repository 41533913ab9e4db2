import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { isSelfEvident, parseJson, readJson, unexpectedAnswer } from '../../shared/answer';
import { Failure } from '../../shared/failure';
import { asNumber, asObject, asRecords, asText } from '../../shared/read';
import { ifLost } from '../../shared/lost';
import type { Change } from '../../shared/lost';
import { Memo } from '../../shared/memo';
import type { ApiSecrets } from '../../shared/operation';
import { byOffset } from '../../shared/paging';
import type { Reply, Request, Transport } from '../../shared/transport';
import { findError, otherWords, refusal } from './errors';
import type { Meaning } from './errors';
import { recordList, saysNo } from './schemas';
import { readSigningKey } from './signing';
import { xsiamBaseUrl } from './url';

/** The most records that one call returns (docs/api/cortex-xsiam.md, "Requests and answers"). */
export const PAGE = 100;

const VENDOR = 'Cortex XSIAM';

const inOnePiece = z.object({ data: recordList, metadata: z.unknown() });

const EMPTY_MEANS = "Check the credential's 'URL', and proxies between n8n and the tenant.";

export const UNRELIABLE_LIST =
	'The list is not reliable. Try again, and compare it with the console.';

const SAYS_NO = 'The answer says that it was not done, and not why. Look in the console.';

/** One call, as an operation says it. */
export interface XsiamCall<Schema extends z.ZodTypeAny> {
	/** Without one, POST. */
	method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Below the tenant's address, variable parts percent-encoded: `public_api/v1/system/get_tenant_info`. */
	path: string;
	/** What goes into `request_data`. */
	data?: object;
	/** What goes beside `request_data`. */
	beside?: object;
	/** The whole body, of a call that has no `request_data`. */
	plain?: object;
	/** Whether a success may come without a body. */
	silent?: boolean;
	/** What an answer must have to be one. */
	answer: Schema;
	/** What the answer has, for the message where it has not. */
	what: string;
	/** What refusals of this call mean, where the status does not say it for every call. */
	meanings?: Meaning[];
}

export interface XsiamAnswer<Value> {
	value: Value;
	/** The vendor's own answer. */
	body: IDataObject;
	reply: Reply;
}

/** A change of something. */
export interface XsiamChange<Schema extends z.ZodTypeAny> extends XsiamCall<Schema>, Change {
	/**
	 * Whether making the change twice does no more than making it once: setting, deleting. Only such a
	 * change is sent again when nobody knows what became of it.
	 */
	repeatable: boolean;
}

export interface XsiamList {
	path: string;
	filters: Filter[];
	sort?: { field: string; keyword: string };
	/** Further fields of `request_data`. */
	more?: object;
	/** Whether filters only are in `request_data`, and the rest beside it. */
	restBeside?: boolean;
	/** The field with the records, where it is not `data`. */
	rows?: string;
	/** What the list is of, for messages. */
	noun: string;
	/** How many records are wanted. */
	most: number;
	/** After how many pages a list counts as endless; without it, the frame's own. */
	mostPages?: number;
	/** Whether the tenant's count is held against the list even where filters may explain the difference. */
	isStrict?: boolean;
	idOf(row: IDataObject): string | null;
	/** Called where the tenant counts more than it gives; without it, the user gets a hint. */
	onShort?(what: string, counted: number): void;
}

export interface Filter {
	field: string;
	operator: string;
	value: unknown;
}

/** How calls are made to a tenant, whatever they are for. */
export class XsiamCalls implements ApiSecrets {
	readonly secrets: string[];

	/** The id of the key that the credential holds. */
	readonly ownKeyId: string;

	private readonly base: string;

	private readonly lookUps = new Memo<IDataObject[]>();

	/** @param childTenantId The child tenant to work in, in place of the credential's. */
	constructor(
		protected readonly transport: Transport,
		protected readonly credentials: ICredentialDataDecryptedObject,
		protected readonly childTenantId?: string,
	) {
		this.base = xsiamBaseUrl(credentials);
		const { id, key } = readSigningKey(credentials);
		this.ownKeyId = id;
		this.secrets = [key];
	}

	/**
	 * A call that changes nothing.
	 *
	 * @throws Failure
	 */
	async read<Schema extends z.ZodTypeAny>(
		call: XsiamCall<Schema>,
	): Promise<XsiamAnswer<z.output<Schema>>> {
		return await this.answered(call, { repeatable: true, isRead: true });
	}

	/**
	 * A call that changes something.
	 *
	 * @throws Failure; of kind `lost` where nobody knows if the change was made
	 */
	async change<Schema extends z.ZodTypeAny>(
		change: XsiamChange<Schema>,
	): Promise<XsiamAnswer<z.output<Schema>>> {
		return await this.answered(change, change).catch(ifLost(change));
	}

	/**
	 * The records of a list, page by page by `search_from` and `search_to` (docs/api/cortex-xsiam.md,
	 * "Requests and answers").
	 *
	 * @param onReply Told of each page.
	 */
	async *list(list: XsiamList, onReply?: (reply: Reply) => void): AsyncGenerator<IDataObject> {
		const { filters, sort, more, restBeside, rows: name = 'data', noun, idOf } = list;
		let isCounted = filters.length === 0 || list.isStrict === true;
		const fetch = async (from: number, size: number) => {
			const rest = { ...more, search_from: from, search_to: from + size, ...(sort && { sort }) };
			const reply = await this.sent(
				this.request({
					path: list.path,
					data: restBeside ? { filters } : { filters, ...rest },
					...(restBeside && { beside: rest }),
				}),
				true,
			);
			const json = this.readAnswer(reply);
			onReply?.(reply);
			const found = readRows(json, name);
			if (!found) throw unexpectedAnswer(reply, VENDOR, `a list of ${noun}`);
			// The count of all tells nothing of those that match.
			isCounted ||= found.matching !== undefined;
			return { ...found, isUnsure: !isCounted };
		};
		yield* byOffset({
			pageSize: PAGE,
			limit: list.most,
			mostPages: list.mostPages,
			fetch,
			idOf: (row: IDataObject) => idOf(row) ?? undefined,
			noun,
			countsAll: true,
			onShort: (what, counted) => {
				if (!isCounted) return;
				if (list.onShort) list.onShort(what, counted);
				else this.transport.tell(what);
			},
		});
	}

	/**
	 * The records of a list that comes in one piece, below `data` (docs/api/cortex-xsiam.md, "Roles,
	 * users, groups" and "The tenant").
	 *
	 * @param noun What the list is of, for messages.
	 * @throws Failure also where the tenant counts more than it gives
	 */
	async all(path: string, noun: string): Promise<IDataObject[]> {
		const what = `a list of ${noun}`;
		const { value } = await this.read({ method: 'GET', path, answer: inOnePiece, what });
		const total = asNumber(asObject(value.metadata)?.total_count) ?? 0;
		if (total > value.data.length) throw tooFew(total, value.data.length, noun);
		return value.data;
	}

	/** The same, read once in a run, to look things up in. */
	async directory(path: string, noun: string): Promise<IDataObject[]> {
		return await this.lookUps.get([path], async () => await this.all(path, noun));
	}

	/**
	 * A call that changes nothing and whose answer is no JSON document.
	 *
	 * @throws Failure for everything that is no success
	 */
	async bytes(
		call: Pick<XsiamCall<z.ZodTypeAny>, 'path' | 'data'>,
	): Promise<{ bytes: Buffer; contentType?: string }> {
		const reply = await this.sent(this.request(call), true);
		if (reply.status >= 300 || findError(parseJson(reply.text))) this.readAnswer(reply);
		const contentType = reply.headers['content-type'];
		return { bytes: reply.bytes ?? Buffer.from(reply.text), contentType };
	}

	/** Waits, but no longer than until the execution is cancelled. */
	async pause(milliseconds: number): Promise<void> {
		await this.transport.pause(milliseconds);
	}

	/**
	 * The child tenant that calls work in, for bodies that must name it (docs/api/cortex-xsiam.md, "Child
	 * tenants").
	 */
	get tenant(): string | undefined {
		return this.childTenantId ?? (asText(this.credentials.childTenantId)?.trim() || undefined);
	}

	/** What tells the tenant that calls work in from others: its address, and the child tenant. */
	get tenantName(): string {
		return [this.base, this.tenant].filter(Boolean).join(' ');
	}

	/** One request as it goes over the wire. */
	protected request(
		{
			method = 'POST',
			path,
			data,
			beside,
			plain,
		}: Omit<XsiamCall<z.ZodTypeAny>, 'answer' | 'what'>,
		repeatable = true,
	): Request {
		const body = plain ?? ((data ?? beside) && { request_data: data, ...beside });
		const hasBody = body !== undefined;
		return {
			method,
			url: `${this.base}/${path}`,
			headers: {
				...(hasBody && { 'Content-Type': 'application/json' }),
				...(this.childTenantId && { 'x-child-tenant-id': this.childTenantId }),
			},
			...(hasBody && { body: JSON.stringify(body) }),
			repeatable,
		};
	}

	/** Of what changes nothing, an attempt whose answer was lost has left nothing behind. */
	private async sent(request: Request, isRead: boolean): Promise<Reply> {
		const reply = await this.transport.send(request);
		return isRead ? { ...reply, repeated: false } : reply;
	}

	protected readAnswer(reply: Reply, meanings?: Meaning[], silent = false): unknown {
		if (silent && reply.status < 300 && reply.text.trim() === '') return {};
		const json = readUnlessRefused(reply);
		const error = findError(json, this.secrets);
		if (reply.status >= 400 || error) {
			throw refusal(reply, error ?? otherWords(reply.text, this.secrets), meanings);
		}
		return json;
	}

	private async answered<Schema extends z.ZodTypeAny>(
		call: XsiamCall<Schema>,
		{ repeatable, isRead = false }: { repeatable: boolean; isRead?: boolean },
	): Promise<XsiamAnswer<z.output<Schema>>> {
		const reply = await this.sent(this.request(call, repeatable), isRead);
		// "Done" with nothing to say (docs/api/cortex-xsiam.md, "Status codes"); a question wants an answer.
		const isDone = reply.status === 204 && !isRead;
		const json = isDone ? {} : this.readAnswer(reply, call.meanings, call.silent);
		const parsed = call.answer.safeParse(json);
		if (!parsed.success) {
			const failure = unexpectedAnswer(reply, VENDOR, call.what);
			throw saysNo(json) ? failure.with({ description: SAYS_NO }) : failure;
		}
		return { value: parsed.data as z.output<Schema>, body: asObject(json) ?? {}, reply };
	}
}

/**
 * The records are under a name of their own or `data`, in either case of letters
 * (docs/api/cortex-xsiam.md, "Requests and answers").
 */
function readRows(
	json: unknown,
	name: string,
): { rows: IDataObject[]; total?: number; matching?: number } | undefined {
	const reply = asObject(json)?.reply;
	const fields = lowerCased(asObject(reply) ?? { data: reply });
	const list = fields[name.toLowerCase()] ?? fields.data;
	const rows = Array.isArray(list) ? asRecords(list) : undefined;
	if (!rows) return undefined;
	const matching = asNumber(fields.filter_count) ?? undefined;
	return {
		rows,
		matching,
		total: matching ?? asNumber(fields.total_count) ?? undefined,
	};
}

/** As `demandCounted`, of a list that has no other page. */
function tooFew(count: number, given: number, noun: string): Failure {
	return new Failure(`${VENDOR} counts ${count} ${noun}, but returned ${given || 'none'}`, {
		kind: 'refused',
		description: UNRELIABLE_LIST,
	});
}

function lowerCased(object: IDataObject): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(object).map(([key, value]) => [key.toLowerCase(), value]),
	);
}

/** The JSON of an answer; an error without JSON still has a status that means something. */
function readUnlessRefused(reply: Reply): unknown {
	return isSelfEvident(reply) ? parseJson(reply.text) : readJson(reply, VENDOR, EMPTY_MEANS);
}
