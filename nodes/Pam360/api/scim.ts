import type { IDataObject } from 'n8n-workflow';
import { unexpectedAnswer } from '../../shared/answer';
import { asObject, asText } from '../../shared/read';
import { ifLost } from '../../shared/lost';
import type { SentOnce } from '../../shared/sendOnce';
import { isRefusal } from '../../shared/outcome';
import {
	SCIM_JSON,
	isScimError,
	scimChanged,
	scimPage,
	scimPatch,
	scimUsers,
} from '../../shared/scim';
import type { Reply, Request, Transport } from '../../shared/transport';
import { formEncode, pathSegment } from '../../shared/url';
import { sendChange } from './dropped';
import { READ, readBody, readReply, withoutResult } from './envelope';
import type { CallFacts } from './envelope';
import { refusal } from './refusals';
import { demandSame } from './sameRecord';
import { SCIM_API } from './url';

/** How many users to ask for at a time; the vendor names no limit. */
const PAGE = 200;

interface ScimList {
	/** `<attribute> <operator> "<value>"`. */
	filter?: string;
	/** How many users are wanted. */
	most: number;
}

/** The calls below `/scim/v2` (docs/api/pam360.md, "SCIM"): plain JSON after RFC 7643 and 7644. */
export class Pam360Scim {
	constructor(
		private readonly transport: Transport,
		private readonly server: string,
	) {}

	/** @throws Failure */
	async user(id: string): Promise<IDataObject> {
		return userOf(await this.transport.send(this.request('GET', { id })), id, 'unusable', READ);
	}

	/** The users, page by page. */
	users({ filter, most }: ScimList): AsyncGenerator<IDataObject> {
		return scimUsers({
			pageSize: PAGE,
			limit: most,
			onShort: (what) => this.transport.tell(what),
			read: async (page) => {
				const query = { ...(filter !== undefined && { filter }), ...page };
				const reply = await this.transport.send(this.request('GET', { query }));
				const read = scimPage(readBody(checked(reply, READ), READ));
				if (!read) throw unexpectedAnswer(reply, 'PAM360', 'the list of users');
				return read;
			},
		});
	}

	/** @throws Failure; of kind `lost` where nobody knows if the user was created */
	async create(user: IDataObject, change: SentOnce): Promise<IDataObject> {
		return await sendChange(this.transport, this.server, this.request('POST', { body: user }))
			.then((reply) => resourceOf(reply))
			.catch(ifLost(change));
	}

	/**
	 * Replaces attributes of a user and leaves the others alone.
	 *
	 * @param attributes Values by the attributes' paths, such as `name.givenName`.
	 * @returns the user as it is now
	 */
	async update(id: string, attributes: IDataObject): Promise<IDataObject> {
		const body = scimPatch(attributes);
		const request = this.request('PATCH', { id, body });
		const sending = sendChange(this.transport, this.server, request).then((reply) =>
			reply.status === 204 ? undefined : userOf(reply, id, 'lost', { repeated: reply.repeated }),
		);
		return await scimChanged(sending, async () => await this.user(id));
	}

	private request(
		method: Request['method'],
		parts: { id?: string; query?: Record<string, string>; body?: IDataObject },
	): Request {
		const { id, query, body } = parts;
		const path = ['Users', ...(id === undefined ? [] : [pathSegment(id)])].join('/');
		return {
			method,
			url: `${this.server}${SCIM_API}/${path}${query ? `?${formEncode(query)}` : ''}`,
			headers: {
				Accept: `${SCIM_JSON}, application/json`,
				...(body && { 'Content-Type': SCIM_JSON }),
			},
			...(body && { body: JSON.stringify(body) }),
			repeatable: method !== 'POST',
		};
	}
}

/**
 * Lets a success pass.
 *
 * @throws Failure with the detail of an Error resource (RFC 7644, 3.12), or what the envelope of the
 * other families says
 */
function checked(reply: Reply, facts?: CallFacts): Reply {
	const { status } = reply;
	if (status === 204) return reply;
	const body = asObject(readBody(reply, facts));
	if (body?.operation !== undefined) readReply(reply, facts);
	if (status < 300) return reply;
	const said = isScimError(body) ? 'failed' : 'other';
	// What is not in SCIM's form need not be PAM360's own.
	if (said === 'other' && !isRefusal(status, false)) {
		throw withoutResult(reply, "a reason in SCIM's form", facts);
	}
	const message = asText(body?.detail) ?? asText(body?.scimType) ?? '';
	const refused = refusal({ said, message, status, ...facts });
	throw refused.with({
		description: [refused.description, ADVICE[status]].filter(Boolean).join(' '),
	});
}

const ADVICE: Record<number, string> = {
	403: 'SCIM must be enabled in PAM360, and the role of the API user must allow it.',
	404: 'SCIM must be enabled in PAM360.',
};

function resourceOf(reply: Reply, facts?: CallFacts): IDataObject {
	const body = asObject(readBody(checked(reply, facts)));
	if (asText(body?.id) === null) throw unexpectedAnswer(reply, 'PAM360', 'the user');
	return body as IDataObject;
}

/** The user that was asked for, and no other. */
function userOf(
	reply: Reply,
	id: string,
	kind: 'unusable' | 'lost',
	facts?: CallFacts,
): IDataObject {
	const user = resourceOf(reply, facts);
	demandSame(user.id, id, 'user', kind);
	return user;
}
