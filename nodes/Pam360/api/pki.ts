import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { parseJson } from '../../shared/answer';
import { asNumber, asObject, asRecord, asText, isSaid, recordsIn } from '../../shared/read';
import { ifLost } from '../../shared/lost';
import type { SentOnce } from '../../shared/sendOnce';
import type { Reply, Request, Transport } from '../../shared/transport';
import { sendChange } from './dropped';
import { READ, demandSuccess, readBody, withoutResult } from './envelope';
import type { CallFacts } from './envelope';
import { readFile } from './file';
import type { Pam360File } from './file';
import { fileWithin } from './fileInJson';
import { inputData } from './inputData';
import { wholeRows } from './rows';
import { PKI_API } from './url';

/** One call of the family of SSH keys and certificates (docs/api/pam360.md, "Certificates"). */
export interface PkiCall {
	/** Its name, which is the last part of its address: `getAllSSHKeys`. */
	call: string;
	/** The fields of INPUT_DATA; none where the call takes none. */
	details?: IDataObject;
}

export type PkiChange = PkiCall & SentOnce;

export interface PkiUpload extends PkiCall, SentOnce {
	part: {
		name: string;
		fileName: string;
		/** MIME type. */
		type: string;
		content: string;
	};
}

export interface PkiReply {
	/** The whole answer, as it came. */
	body: IDataObject;
	message: string;
}

/** The calls below `/api/pki/restapi`, inherited from Key Manager Plus. */
export class Pam360Pki {
	constructor(
		private readonly transport: Transport,
		private readonly server: string,
	) {}

	/**
	 * A call that changes nothing.
	 *
	 * @throws Failure
	 */
	async read(call: PkiCall): Promise<PkiReply> {
		return readPkiReply(await this.transport.send(this.request('GET', call)), READ);
	}

	/**
	 * The same for a call that answers with a file.
	 *
	 * @throws Failure; also where JSON came in place of the file
	 */
	async download(call: PkiCall): Promise<Pam360File> {
		const reply = await this.transport.send(this.request('GET', call));
		// Neither a certificate nor a key store is JSON, but some servers put one into it.
		const content = fileWithin(parseJson(reply.text));
		const file = readFile(reply, {
			isAnswer: (json) => json !== undefined && content === undefined,
			read: (answer) => readPkiReply(answer, READ),
		});
		return content === undefined ? file : { ...file, content, type: null };
	}

	/**
	 * A call that makes something. It is sent once.
	 *
	 * @throws Failure; of kind `lost` where nobody knows if it was made
	 */
	async create(change: PkiChange): Promise<PkiReply> {
		return await this.send(this.request('POST', change), change);
	}

	/**
	 * The same, with a file as a part of a form; the fields stand in the query then.
	 *
	 * @throws Failure; of kind `lost` where nobody knows if it was made
	 */
	async upload({ part, ...change }: PkiUpload): Promise<PkiReply> {
		// A boundary that no file holds by chance; the same file always gets the same one.
		const digest = createHash('sha256').update(part.content, 'utf8').digest('hex');
		const boundary = `----n8n${digest.slice(0, 32)}`;
		const body = [
			`--${boundary}`,
			`Content-Disposition: form-data; name="${part.name}"; filename="${part.fileName.replace(/["\\\p{Cc}]/gu, '_')}"`,
			`Content-Type: ${part.type}`,
			'',
			part.content,
			`--${boundary}--`,
			'',
		].join('\r\n');
		const request: Request = {
			method: 'POST',
			url: this.request('GET', change).url,
			headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
			body,
			repeatable: false,
		};
		return await this.send(request, change);
	}

	private async send(request: Request, change: PkiChange): Promise<PkiReply> {
		return await sendChange(this.transport, this.server, request)
			.then((reply) => readPkiReply(reply))
			.catch(ifLost(change));
	}

	private request(method: 'GET' | 'POST', { call, details }: PkiCall): Request {
		const url = `${this.server}${PKI_API}/${call}`;
		const input = details === undefined ? '' : inputData(details, 'Details');
		if (method === 'GET') {
			return { method, url: input === '' ? url : `${url}?${input}`, repeatable: true };
		}
		return {
			method,
			url,
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: input,
			repeatable: false,
		};
	}
}

/**
 * Reads an answer of this family: no `operation` around it, the status spelled in several ways, below
 * `result` or beside it (docs/api/pam360.md, "The envelope of the key and certificate calls"). Refused
 * tokens are told in the envelope of the others.
 *
 * @throws Failure with PAM360's own text; of kind `lost` where nobody knows what became of the call
 */
export function readPkiReply(reply: Reply, facts: CallFacts = {}): PkiReply {
	const body = asObject(readBody(reply, facts));
	const outcome = body && outcomeOf(body, reply.status);
	if (!body || !outcome) throw withoutResult(reply, 'the result of the operation', facts);
	demandSuccess(reply.status, { ...outcome, ...facts });
	return { body, message: outcome.message };
}

interface Outcome {
	name?: string;
	status: string;
	message: string;
	statusCode?: string;
}

function outcomeOf(body: IDataObject, httpStatus: number): Outcome | undefined {
	const { error, operation } = body;
	if (error !== undefined) {
		const told = asObject(error);
		const message = asText(told?.message) ?? asText(error) ?? '';
		// With a status of HTTP many servers have a mere text, and PAM360 is not known to.
		return { status: told || httpStatus < 400 ? 'Failed' : '', message };
	}
	const around = asObject(operation) ?? body;
	const result = asObject(around.result) ?? around;
	const status = asText(result.status ?? result.Status ?? result.STATUS);
	if (status === null) return undefined;
	const message = asText(result.message ?? result.Message ?? result.MESSAGE) ?? '';
	const statusCode = asText(result.statusCode) ?? undefined;
	return { name: asText(around.name) ?? undefined, status, message, statusCode };
}

/**
 * The records of a list, which each call keeps under a key of its own, and some servers under
 * `details`, where a single record may stand for a list of one.
 *
 * @param key The call's own key.
 * @param what The records, for messages: `the SSH keys`.
 * @param most How many are wanted.
 * @param isWanted Which ones.
 * @throws Failure where records are counted but not there, or where nothing says that there are none
 */
export function pkiRows(
	{ body, message }: PkiReply,
	key: string,
	what: string,
	most = Infinity,
	isWanted: (record: IDataObject) => boolean = () => true,
): IDataObject[] {
	const known = [body[key], body.details, body.Details].map(recordsIn);
	const rows = [...known, ...Object.values(body).filter(Array.isArray)].find(
		(list) => list !== undefined,
	);
	const counted = { totalRows: asNumber(body.totalRows) ?? undefined, message };
	const isMeant = (row: unknown) => isWanted(asRecord(row));
	return wholeRows(rows as unknown[] | undefined, counted, what, most, isMeant)
		.map(asRecord)
		.filter((row) => Object.keys(row).length > 0);
}

/**
 * The records that stand beside `name` and `result`, each under its number (docs/api/pam360.md,
 * "Certificates").
 */
export function numberedRows({ body }: PkiReply): Array<{ id: string; row: IDataObject }> {
	const numbered = Object.entries(body).filter(([id, row]) => /^\d+$/.test(id) && isSaid(row));
	if (!numbered.some(([, row]) => asObject(row))) return [];
	return numbered.map(([id, row]) => ({ id, row: asRecord(row) }));
}

/** The first record in an answer, wherever it is, for calls whose answers no source shows. */
export function recordIn({ body }: PkiReply): IDataObject | null {
	const values: unknown[] = Object.entries(body)
		.filter(([key]) => key !== 'result')
		.flatMap(([, value]) => value as unknown);
	return values.map(asObject).find((record) => record !== null) ?? null;
}

/**
 * What an answer says, wherever it stands: beside the result, in it, or below a key of its own. For
 * calls of which no source shows where that is.
 */
export function answered(reply: PkiReply): IDataObject {
	const { body } = reply;
	return { ...body, ...asObject(body.result), ...recordIn(reply) };
}
