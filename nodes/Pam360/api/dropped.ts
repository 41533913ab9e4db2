import { Failure } from '../../shared/failure';
import type { Reply, Request, Transport } from '../../shared/transport';
import { inputData } from './inputData';
import { failureKind } from './outcomes';
import { REST_API } from './url';

/** What PAM360's empty answer usually means (docs/api/pam360.md, "API users"). */
export const DROPS =
	"PAM360 sends an empty answer when it cannot resolve the host name that is set for the API user. In PAM360's user settings, enter a host name that the PAM360 server can resolve, or turn the host check off.";

/**
 * Sends a change. An empty answer alone says nothing of it. PAM360 gives one to every call of an API
 * user whose host it cannot resolve: where a read comes back empty as well, nothing was done
 * (docs/api/pam360.md, "What a failure says of the work").
 *
 * @param server PAM360's address, without the path of a family of calls.
 * @throws Failure where PAM360 drops the calls of this user, and what the transport throws
 */
export async function sendChange(
	transport: Transport,
	server: string,
	request: Request,
): Promise<Reply> {
	const reply = await transport.send(request);
	if (reply.repeated || !isEmpty(reply)) return reply;
	const read = await transport.send(anyRead(server)).catch(() => undefined);
	if (!read || !isEmpty(read)) return reply;
	throw new Failure('PAM360 sends this API user empty answers (HTTP 200)', {
		kind: failureKind({ status: reply.status, isDropped: true }),
		code: String(reply.status),
		description: `${DROPS} A call that only reads got the same empty answer, so nothing was done.`,
		declared: { cause: 'credential-invalid' },
	});
}

/** "No content" is an answer of SCIM. */
function isEmpty({ status, text }: Reply): boolean {
	return status >= 200 && status < 300 && status !== 204 && text.trim() === '';
}

/** `GET /resources`, of one (docs/api/pam360.md, "Listing resources"). */
function anyRead(server: string): Request {
	const input = inputData({ STARTINDEX: 0, LIMIT: 1 }, 'Details');
	return { method: 'GET', url: `${server}${REST_API}/resources?${input}`, repeatable: true };
}
