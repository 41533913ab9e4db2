import type { IDataObject } from 'n8n-workflow';
import { unexpectedAnswer } from '../../shared/answer';
import { asId, asNumber, asObjects } from '../../shared/fields';
import { byOffset } from '../../shared/paging';
import { pathSegment } from '../../shared/url';
import type { Reply } from '../../shared/transport';
import { demandSame } from './sameRecord';
import type { PlainCall, SenhaseguraApi } from './client';
import { readPlainReply } from './envelope';

/** The page size of the vendor's samples (docs/api/senhasegura.md, "SCIM"). */
const PAGE_SIZE = 25;

const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** One change of RFC 7644, 3.5.2. */
export interface PatchOperation {
	op: 'replace';
	path: string;
	value: unknown;
}

/** Documented below this one in every version (docs/api/senhasegura.md, "SCIM"). */
const PREFIX = '/iso';

async function send(
	api: SenhaseguraApi,
	method: PlainCall['method'],
	path: string,
	{ body, repeatable = true }: { body?: object; repeatable?: boolean } = {},
): Promise<Reply> {
	const content = body && { type: 'application/scim+json', text: JSON.stringify(body) };
	return await api.exchange({
		method,
		path: `scim/v2/${path}`,
		prefix: PREFIX,
		content,
		repeatable,
	});
}

function readPlain(reply: Reply): IDataObject {
	return readPlainReply(reply, { module: 'scim', prefix: PREFIX }).body as IDataObject;
}

/** @param asked The ID of the user that was asked for; a new one has none. */
function user(reply: Reply, asked?: string): IDataObject {
	const record = readPlain(reply);
	if (asId(record.id) === null) throw unexpectedAnswer(reply, 'senhasegura', 'the user');
	if (asked !== undefined) demandSame(record.id, asked, 'user');
	return record;
}

const userPath = (id: string) => `Users/${pathSegment(id)}`;

/** `GET Users/{id}`. */
export async function getScimUser(api: SenhaseguraApi, id: string): Promise<IDataObject> {
	return user(await send(api, 'GET', userPath(id)), id);
}

/** `GET Users`, page by page: `startIndex` begins with 1 (RFC 7644, 3.4.2.4). */
export function scimUsers(api: SenhaseguraApi, limit: number): AsyncGenerator<IDataObject> {
	return byOffset({
		pageSize: PAGE_SIZE,
		limit,
		noun: 'users',
		idOf: ({ id }: IDataObject) => asId(id) ?? undefined,
		fetch: async (from, size) => {
			const reply = await send(api, 'GET', `Users?startIndex=${from + 1}&count=${size}`);
			const page = readPlain(reply);
			const total = asNumber(page.totalResults) ?? undefined;
			// RFC 7644, 3.4.2: `Resources` may be absent where there are none.
			if (page.Resources === undefined && total !== 0) {
				throw unexpectedAnswer(reply, 'senhasegura', 'the users');
			}
			return { rows: asObjects(page.Resources), total };
		},
	});
}

/** `POST Users`. Sent once: the vendor documents nothing that keeps a user from being there twice. */
export async function createScimUser(
	api: SenhaseguraApi,
	fields: IDataObject,
): Promise<IDataObject> {
	const body = { schemas: [CORE_USER], ...fields };
	return user(await send(api, 'POST', 'Users', { body, repeatable: false }));
}

/** `PATCH Users/{id}`. */
export async function patchScimUser(
	api: SenhaseguraApi,
	id: string,
	operations: PatchOperation[],
): Promise<IDataObject> {
	const body = { schemas: [PATCH_OP], Operations: operations };
	const reply = await send(api, 'PATCH', userPath(id), { body });
	// RFC 7644, 3.5.2: 204 without content is a success, too.
	return reply.status === 204 ? await getScimUser(api, id) : user(reply, id);
}

/** `DELETE Users/{id}`; a user that only a repeated call no longer finds was deleted by the first. */
export async function deleteScimUser(api: SenhaseguraApi, id: string): Promise<void> {
	const reply = await send(api, 'DELETE', userPath(id));
	if (reply.repeated && reply.status === 404) return;
	if (reply.status !== 200 || reply.text.trim() !== '') readPlain(reply);
}
