import type { IDataObject } from 'n8n-workflow';
import { parseJson, unexpectedAnswer } from '../../shared/answer';
import type { Failure } from '../../shared/failure';
import { ifLost } from '../../shared/lost';
import { asBoolean, asId, isSaid } from '../../shared/read';
import {
	SCIM_JSON,
	SCIM_USER,
	isScimError,
	scimChanged,
	scimPage,
	scimPatch,
	scimUsers,
} from '../../shared/scim';
import type { SentOnce } from '../../shared/sendOnce';
import { pathSegment } from '../../shared/url';
import type { Reply } from '../../shared/transport';
import { demandSame } from './sameRecord';
import type { PlainCall } from './calls';
import type { SenhaseguraApi } from './client';
import { CONFIRMATION, readPlainReply } from './envelope';

/** The page size of the vendor's samples (docs/api/senhasegura.md, "SCIM"). */
const PAGE_SIZE = 25;

/** All versions of the documentation have SCIM below this path (docs/api/senhasegura.md, "SCIM"). */
const PREFIX = '/iso';

async function send(
	api: SenhaseguraApi,
	method: PlainCall['method'],
	path: string,
	{ body, repeatable = true }: { body?: object; repeatable?: boolean } = {},
): Promise<Reply> {
	const content = body && { type: SCIM_JSON, text: JSON.stringify(body) };
	return await api.exchange({
		method,
		path: `scim/v2/${path}`,
		prefix: PREFIX,
		content,
		repeatable,
	});
}

function readPlain(reply: Reply): IDataObject {
	try {
		return readPlainReply(reply, { module: 'scim', prefix: PREFIX }).body as IDataObject;
	} catch (failure) {
		// That a later attempt was refused does not undo the first.
		throw reply.repeated ? (failure as Failure).with({ kind: 'lost' }) : failure;
	}
}

/**
 * @param asked The ID of the user that was asked for; a new one has none.
 * @param kind As of `demandSame`.
 */
function user(reply: Reply, asked?: string, kind?: 'lost'): IDataObject {
	const record = readPlain(reply);
	if (asId(record.id) === null) throw unexpectedAnswer(reply, 'senhasegura', 'the user');
	if (asked !== undefined) demandSame(record.id, asked, 'user', kind);
	return record;
}

const userPath = (id: string) => `Users/${pathSegment(id)}`;

/** `GET Users/{id}`. */
export async function getScimUser(api: SenhaseguraApi, id: string): Promise<IDataObject> {
	return user(await send(api, 'GET', userPath(id)), id);
}

/** `GET Users`, page by page. */
export function vaultUsers(api: SenhaseguraApi, limit: number): AsyncGenerator<IDataObject> {
	return scimUsers({
		pageSize: PAGE_SIZE,
		limit,
		onShort: (what) => api.tell(what),
		read: async ({ startIndex, count }) => {
			const reply = await send(api, 'GET', `Users?startIndex=${startIndex}&count=${count}`);
			const read = scimPage(readPlain(reply));
			if (!read) throw unexpectedAnswer(reply, 'senhasegura', 'the users');
			return read;
		},
	});
}

/** `POST Users`. Sent once: the vendor documents nothing that keeps a user from being there twice. */
export async function createScimUser(
	api: SenhaseguraApi,
	fields: IDataObject,
	change: SentOnce,
): Promise<IDataObject> {
	const body = { schemas: [SCIM_USER], ...fields };
	return await send(api, 'POST', 'Users', { body, repeatable: false })
		.then((reply) => user(reply))
		.catch(ifLost(change));
}

/**
 * `PATCH Users/{id}`.
 *
 * @param attributes Values by the attributes' paths.
 */
export async function patchScimUser(
	api: SenhaseguraApi,
	id: string,
	attributes: IDataObject,
): Promise<IDataObject> {
	const body = scimPatch(attributes);
	const sending = send(api, 'PATCH', userPath(id), { body }).then((reply) =>
		reply.status === 204 ? undefined : user(reply, id, 'lost'),
	);
	return await scimChanged(sending, async () => await getScimUser(api, id));
}

/** `DELETE Users/{id}`; a user that only a repeated call no longer finds was deleted by the first. */
export async function deleteScimUser(api: SenhaseguraApi, id: string): Promise<void> {
	await send(api, 'DELETE', userPath(id))
		.then(demandDeleted)
		.catch(ifLost({ repeatable: true }));
}

function demandDeleted(reply: Reply): void {
	const isNotFound = reply.status === 404 && isScimError(parseJson(reply.text));
	if (reply.repeated && isNotFound) return;
	if (reply.status === 200 && reply.text.trim() === '') return;
	const { error, detail } = readPlain(reply);
	if (isSaid(detail) || (isSaid(error) && asBoolean(error) !== false)) {
		throw unexpectedAnswer(reply, 'senhasegura', CONFIRMATION);
	}
}
