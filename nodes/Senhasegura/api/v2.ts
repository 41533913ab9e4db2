import type { IDataObject } from 'n8n-workflow';
import { unexpectedAnswer } from '../../shared/answer';
import { asId, asObject, asRecords } from '../../shared/read';
import type { Reply } from '../../shared/transport';
import { demandSame } from './sameRecord';
import { queryString } from './calls';
import type { Query } from './calls';
import type { SenhaseguraApi } from './client';
import { readPlainReply } from './envelope';

/**
 * API v2, from version 4.2.2 on, below `/api` only; read only as far as documented
 * (docs/api/senhasegura.md, "API v2").
 */
const CREDENTIALS = 'v2/pam/credentials';
const PREFIX = '/api';
const SINCE =
	"API v2 needs version 4.2.2 or later; for older versions use the resource 'Credential'.";

async function read(api: SenhaseguraApi, path: string, query: Query): Promise<Reply> {
	return await api.exchange({
		method: 'GET',
		path: path + queryString(query),
		prefix: PREFIX,
		repeatable: true,
	});
}

/**
 * `GET v2/pam/credentials/{id}`. Takes no custody and never returns the password.
 *
 * @param fields What to return, such as `credential.username`; all there is where it is empty.
 */
export async function getCredentialV2(
	api: SenhaseguraApi,
	id: string,
	fields: string[],
): Promise<IDataObject> {
	const query = { fields: fields.length > 0 ? fields.join(',') : undefined };
	const reply = await read(api, `${CREDENTIALS}/${id}`, query);
	const body = readBody(reply);
	const found = isCredential(body) ? body : asObject(body.data);
	if (!found || !isCredential(found)) {
		throw unexpectedAnswer(reply, 'senhasegura', 'the credential');
	}
	demandSame(idOfCredentialV2(found as IDataObject), id, 'credential');
	return found as IDataObject;
}

/**
 * `GET v2/pam/credentials`: the first page. How further ones are asked for is not documented, nor is
 * the name of the list.
 */
export async function firstCredentialsV2(
	api: SenhaseguraApi,
	filters: Query,
): Promise<IDataObject[]> {
	const reply = await read(api, CREDENTIALS, filters);
	const body = readBody(reply);
	const lists = Object.values(body).filter((value) => Array.isArray(value));
	const [list = []] = lists;
	const records = lists.length === 1 ? asRecords(list) : undefined;
	if (!records) throw unexpectedAnswer(reply, 'senhasegura', 'one list of credentials');
	return records;
}

function readBody(reply: Reply): Record<string, unknown> {
	return readPlainReply(reply, { module: 'v2', prefix: PREFIX, since: SINCE, isAnyForm: true })
		.body;
}

function isCredential(record: Record<string, unknown>): boolean {
	return asObject(record.credential) !== null || asObject(record.device) !== null;
}

/** The ID of a credential; where exactly it stands is not documented. */
export function idOfCredentialV2(record: IDataObject): string | null {
	return asId(record.id) ?? asId(asObject(record.credential)?.id);
}
