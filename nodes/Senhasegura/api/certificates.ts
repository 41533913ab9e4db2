import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { Failure, inputFailure } from '../../shared/failure';
import { asId, asNumber, asObject, asRecords, asText, isSaid, recordsIn } from '../../shared/read';
import { unread } from '../../shared/item';
import type { Unread } from '../../shared/item';
import { byOffset, demandCounted } from '../../shared/paging';
import type { Query } from './calls';
import type { SenhaseguraApi } from './client';
import { Refusal } from './refusals';
import type { ApiPrefix } from './url';

/**
 * Certificate Manager. Its pages up to version 4.0 have other paths than the current ones, and nobody says
 * which release has which: so the credential says it, and the node never tries the other ones by itself
 * (docs/api/senhasegura.md, "Certificates").
 */
export type CertificateApi = 'current' | 'upTo40';

/** What there are lists of. */
export type CertificateList = 'certificates' | 'requests' | 'publications';

const PREFIX: Record<CertificateApi, ApiPrefix> = { current: '/api', upTo40: '/iso' };

const LISTS: Record<CertificateApi, Map<CertificateList, string>> = {
	current: new Map([
		['certificates', 'certificate/list'],
		['requests', 'certificate/request/list'],
		['publications', 'certificate/publish/list'],
	]),
	upTo40: new Map([
		['certificates', 'certificate/list'],
		['requests', 'certificate/request/list'],
		['publications', 'cert/publish'],
	]),
};

/** @throws Failure where the credential has something else than the two */
export function certificateApiOf({ certificateApi: chosen }: SenhaseguraApi): CertificateApi {
	if (chosen === undefined || chosen === '' || chosen === 'current') return 'current';
	if (chosen === 'upTo40') return chosen;
	throw inputFailure(
		"'Certificate API' in the credential is neither current nor upTo40",
		'Choose Current, or Up to Version 4.0 if the vault does not know the current addresses.',
	);
}

/** What all calls of the family have in common, in the API that the credential names. */
export function certificateFamily(api: SenhaseguraApi) {
	return {
		prefix: PREFIX[certificateApiOf(api)],
		since:
			"Certificates have other addresses in other versions: choose the other 'Certificate API' in the credential.",
		bare: true,
	};
}

/** What nobody has asked for: in every record, and as a request calls the same. */
const RECORD_SECRETS = new Set([
	...['password_key', 'password_revocation'],
	...['key_password', 'senha_revogacao', 'password_revogation'],
]);

/** Where a list stands, or the one record that was found: it differs by call and version. */
const RECORDS_KEYS = ['certificates', 'publications', 'data', 'certified'] as const;

/** The records of an answer, without their secrets; undefined where it has no list. */
export function certificateRecords(body: IDataObject): IDataObject[] | undefined {
	const key = RECORDS_KEYS.find((name) => body[name] !== undefined && body[name] !== null);
	const found = key === undefined ? undefined : body[key];
	const list = Array.isArray(found) ? found : recordsIn(found);
	const records = list && asRecords(list);
	return records?.map(withoutRecordSecrets);
}

const listAnswer = z
	.record(z.unknown())
	.transform((body) => ({
		records: certificateRecords(body as IDataObject),
		total: asNumber(body.total) ?? undefined,
	}))
	.refine(({ records }) => records !== undefined)
	.transform(({ records = [], total }) => ({ records, total }));

/**
 * A list without entries may be a refusal with one of these texts, as a whole: parts of them stand in others,
 * too, such as *There is no certificate manager license* (docs/api/senhasegura.md, "Certificates").
 */
const EMPTY =
	/^\s*(\d{3,4}:\s*)?((there (are|is) no|no) (certificates?|requests?|publications?)( with\b.*)?|could not find requests\b.*|n(ã|a)o h(á|a) (certificados|solicitações|requisições|publicações)( com\b.*)?)[.!\s]*$/is;

/** With which of HTTP's statuses; a refusal for what the user may do has others. */
const EMPTY_STATUS = new Set(['400', '404']);

/** No page says how many records a call gives at most. */
const PAGE_SIZE = 100;

/** The number of a record under any of the names that it has. */
export function idOfRecord(record: IDataObject): string | null {
	const { code_certificate: certificate, code_publishing: publishing } = record;
	return (
		asId(certificate) ??
		asId(publishing) ??
		asId(record.code_publication) ??
		asId(record.code_request)
	);
}

export interface CertificateListing {
	/** One record only. */
	id?: string;
	/** The vendor's own filters. */
	query?: Query;
	limit?: number;
}

/**
 * A list of the family, which is the one that has pages: by `offset` and `limit`.
 *
 * @throws Failure
 */
export async function* certificateList(
	api: SenhaseguraApi,
	list: CertificateList,
	{ id, query = {}, limit = Infinity }: CertificateListing = {},
): AsyncGenerator<IDataObject> {
	const path = LISTS[certificateApiOf(api)].get(list) ?? '';
	const noun = list === 'certificates' ? 'certificates' : `certificate ${list}`;
	// Whether the count is of those that were filtered is not documented.
	const isUnsure = id !== undefined || Object.values(query).some((value) => value !== undefined);
	const onShort = (what: string) => api.tell(what);
	const page = async (at: string, paging: Query) => {
		const read = api.read({
			...certificateFamily(api),
			path: at,
			query: { ...query, ...paging },
			answer: listAnswer,
			what: `the ${noun}`,
		});
		const { records, total } = await read.then(
			({ value }) => value,
			(failure: Failure) => {
				if (failure instanceof Refusal && isEmptyList(failure)) {
					return { records: [], total: undefined };
				}
				throw failure;
			},
		);
		return { rows: records, total, isUnsure };
	};
	if (id !== undefined) {
		const found = await page(`${path}/${id}`, {});
		demandCounted(found, { noun, onShort });
		yield* found.rows.slice(0, limit);
		return;
	}
	yield* byOffset({
		pageSize: PAGE_SIZE,
		limit,
		fetch: async (from, size) => await page(path, { offset: String(from), limit: String(size) }),
		idOf: (record) => idOfRecord(record) ?? undefined,
		noun,
		onShort,
	});
}

function isEmptyList({ code, said }: Refusal): boolean {
	return EMPTY_STATUS.has(code ?? '') && EMPTY.test(said);
}

/** The record that an answer to a change is about, without its secrets: in a list, or bare. */
export function changedRecord(body: IDataObject): IDataObject {
	const [first] = certificateRecords(body) ?? [];
	return first ?? withoutRecordSecrets(asObject(body) ?? {});
}

const SUCCESS = /\b(success\w*|sucesso|ok|created|criad[ao])\b/i;
/** Of what was created or is well, too: the request for an approval. */
const NOT_YET = /\bnot\b|não|approv|aprova|pend(ing|ente)|\bawait|\bwait|aguard/i;

/**
 * For `itemOf`: whether what was asked for was done, which may want an approval first. An answer without
 * words says so by its status; one with other words than those of a success leaves it open.
 */
export function toldDone(body: IDataObject): true | Unread {
	const told = asObject(body.response)?.message ?? body.message;
	const words = asText(told) ?? '';
	return SUCCESS.test(words) && !NOT_YET.test(words) ? true : (unread(told) ?? true);
}

/** What stands in an answer where its record belongs, and is none. */
export function oddRecord(body: IDataObject): unknown {
	return certificateRecords(body) ? undefined : RECORDS_KEYS.map((key) => body[key]).find(isSaid);
}

/** An answer, or a record of one, without what nobody has asked for, wherever it stands. */
export function withoutRecordSecrets(body: IDataObject): IDataObject {
	const entries = Object.entries(body).map(([name, value]) => [
		name,
		RECORD_SECRETS.has(name) ? null : hiddenIn(value),
	]);
	return Object.fromEntries(entries) as IDataObject;
}

function hiddenIn(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(hiddenIn);
	const object = asObject(value);
	return object ? withoutRecordSecrets(object) : value;
}
