import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { readZone } from '../../shared/dates';
import type { Failure } from '../../shared/failure';
import { asObject } from '../../shared/fields';
import type { ApiSecrets, RunSettings } from '../../shared/operation';
import { byOffset } from '../../shared/paging';
import { Transport } from '../../shared/transport';
import type { Caller, Request } from '../../shared/transport';
import { formEncode } from '../../shared/url';
import { readReply } from './envelope';
import type { Pam360Reply } from './envelope';
import { inputData } from './inputData';
import type { DetailsKey } from './inputData';
import { REST_API, pam360BaseUrl } from './url';

const CREDENTIAL_TYPE = 'pam360Api';

/** How many records to ask for at a time; the vendor names no limit of its own (fact sheet 1.9). */
const PAGE = 500;

/** One call, as an operation says it. */
export interface Pam360Call {
	/** Below `/restapi/json/v1/`, variable parts percent-encoded. */
	path: string;
	/** The fields of INPUT_DATA; none where the call takes none. */
	details?: IDataObject;
	/** The inner key of INPUT_DATA; the server minds its case (fact sheet 1.4). */
	key?: DetailsKey;
	/** Plain query parameters, for the few calls that take these. */
	query?: Record<string, string>;
}

export interface Pam360Change extends Pam360Call {
	method: 'POST' | 'PUT' | 'DELETE';
	/** Whether making the change twice does no more than making it once. */
	repeatable: boolean;
	/** What a lost answer may mean: `The account may have been created`. */
	mayHave: string;
}

export interface Pam360List extends Pam360Call {
	/** The records in the answer's Details. */
	rowsOf(details: unknown): unknown[];
	idOf(row: IDataObject): string | null;
	/** What the list is of, for messages. */
	noun: string;
	/** How many records are wanted. */
	most: number;
}

/** PAM360's REST API, for all items of a run. */
export class Pam360Api implements ApiSecrets {
	/** The server's IANA zone, where the credential names it. */
	readonly serverTimeZone: string | undefined;

	readonly secrets: string[];

	private readonly base: string;

	constructor(
		private readonly transport: Transport,
		credentials: ICredentialDataDecryptedObject,
	) {
		this.base = pam360BaseUrl(credentials) + REST_API;
		this.serverTimeZone = readZone(credentials.serverTimeZone);
		this.secrets = [credentials.authToken, credentials.clientKey].map((secret) =>
			String(secret ?? '').trim(),
		);
	}

	static async connect(caller: Caller, settings: RunSettings): Promise<Pam360Api> {
		const credentials = await caller.getCredentials(CREDENTIAL_TYPE);
		const transport = new Transport(caller, {
			credentialType: CREDENTIAL_TYPE,
			credentials,
			...settings,
		});
		return new Pam360Api(transport, credentials);
	}

	/**
	 * A call that changes nothing: a GET with its input in the query (fact sheet 1.4).
	 *
	 * @throws Failure
	 */
	async read(call: Pam360Call): Promise<Pam360Reply> {
		return readReply(await this.transport.send(this.request('GET', call, true)));
	}

	/**
	 * A call that changes something. What may not be done twice is sent once: PAM360 offers little to
	 * look up what became of a call, so a lost answer ends the item.
	 *
	 * @throws Failure; of kind `lost` where nobody knows if the change was made
	 */
	async change({ method, repeatable, mayHave, ...call }: Pam360Change): Promise<Pam360Reply> {
		return await this.transport
			.send(this.request(method, call, repeatable))
			.then(readReply)
			.catch((failure: Failure) => {
				throw failure.kind === 'lost' ? mayBeDone(failure, mayHave, repeatable) : failure;
			});
	}

	/** The records of a list, page by page with STARTINDEX and LIMIT (fact sheet 1.9). */
	async *list({ rowsOf, idOf, noun, most, ...call }: Pam360List): AsyncGenerator<IDataObject> {
		const isCamelCase = call.key === 'details';
		const fetch = async (from: number, size: number) => {
			const page = isCamelCase
				? { startIndex: from, limit: size }
				: { STARTINDEX: from, LIMIT: size };
			const reply = await this.read({ ...call, details: { ...call.details, ...page } });
			const rows = rowsOf(reply.details).map((row) => asObject(row) ?? {});
			return { rows, ...(reply.totalRows !== undefined && { total: reply.totalRows }) };
		};
		yield* byOffset({
			pageSize: PAGE,
			limit: most,
			fetch,
			idOf: (row: IDataObject) => idOf(row) ?? undefined,
			noun,
		});
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
			url: `${this.base}/${path}${inUrl && `?${inUrl}`}`,
			...(hasBody && {
				headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
				body: input,
			}),
			repeatable,
		};
	}
}

/** Nothing declared: a run that n8n repeats by itself would do it another time. */
function mayBeDone(failure: Failure, mayHave: string, repeatable: boolean): Failure {
	const why = repeatable
		? 'Look in PAM360, or run the node again: doing it twice does no harm.'
		: 'PAM360 has no call to look it up, and the request was not repeated.';
	return failure.with({ declared: undefined }).plus(`${mayHave} all the same: ${why}`);
}
