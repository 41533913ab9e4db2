import type { Failure as DeclaredFailure } from 'n8n-workflow';
import { parseExactJson } from './exactJson';
import { Failure, quoteVendor } from './failure';
import { isGateway, isIntercepted, isRefusal, isTrouble, troubleOf } from './outcome';
import type { Reply } from './request';
import { parseUrl } from './url';

const WEB_PAGE = /^\s*<(!doctype|html|head|body|\?xml)/i;

/** Whether an answer is a page for people, which no API gives. */
export function isWebPage(text: string): boolean {
	return WEB_PAGE.test(text);
}

/** These mean the same whether the vendor or something in front of it answers. */
const SELF_EVIDENT = new Set([401, 404, 413, 429]);

/** Whether an answer's status alone means something, so that its form does not matter. */
export function isSelfEvident({ status, text }: Pick<Reply, 'status' | 'text'>): boolean {
	const isClientError = status >= 400 && status < 500 && !isIntercepted(status);
	return isClientError && (!isWebPage(text) || SELF_EVIDENT.has(status));
}

/** What became of a call when its answer cannot be read, and so is not the vendor's own. */
function failureKind(status: number): 'refused' | 'lost' {
	return isRefusal(status, false) ? 'refused' : 'lost';
}

/** What n8n may conclude from the status of an answer that cannot be read. */
function declaredOf(status: number): DeclaredFailure | undefined {
	if (status === 429) return { cause: 'rate-limited' };
	if (isGateway(status)) return { cause: 'temporarily-unavailable' };
	return undefined;
}

/**
 * An answer's JSON, whatever its content type.
 *
 * @param vendor The vendor's name, for messages.
 * @param emptyMeans Sentences on what a vendor's empty answer usually means.
 * @throws Failure for a redirect, an empty body, a web page and everything else that is no JSON
 */
export function readJson(reply: Reply, vendor: string, emptyMeans: string): unknown {
	const { status, headers, text } = reply;
	const fail = (message: string, description: string) =>
		new Failure(message, {
			kind: failureKind(status),
			description:
				isTrouble(status) || isIntercepted(status) ? troubleOf(status, vendor) : description,
			code: String(status),
			declared: declaredOf(status),
		});

	if (status >= 300 && status < 400 && status !== 304) {
		throw fail(
			`${vendor} redirected the request to ${redirectTarget(headers.location)}`,
			"Redirects are not followed, because the secret would go along. If the API has moved there, enter the final address as 'URL' in the credential. If it is a login page, a proxy or network in front of the API asks for a login: ask the people who run it to let n8n through. A load balancer may also send there because the server behind it has failed: then try again later.",
		);
	}
	if (text.trim() === '') {
		throw fail(`${vendor} answered with an empty body (HTTP ${status})`, emptyMeans);
	}
	const json = parseJson(text);
	if (json !== undefined) return json;
	if (isWebPage(text)) {
		throw fail(
			`${vendor} answered with a web page instead of JSON (HTTP ${status})`,
			status < 400
				? "A proxy or a login page stands between n8n and the API. Check the credential's 'URL' and its port."
				: `A web page does not come from ${vendor}'s API, but from a proxy or firewall in front of it, or from another server. Check the credential's 'URL', and ask those who run the network.`,
		);
	}
	throw fail(
		`${vendor} answered with something that is not JSON (HTTP ${status})`,
		"Something between n8n and the API may have answered, or changed the answer. Check that the credential's 'URL' is the address of the API, and check proxies in between.",
	);
}

/** A text's JSON, with whole numbers too long for a double as text; undefined where it is none. */
export function parseJson(text: string): unknown {
	try {
		// A byte order mark is white space to `trim` and an error to `parse`.
		return parseExactJson(text.trim());
	} catch {
		return undefined;
	}
}

function redirectTarget(location: string | undefined): string {
	if (!location) return 'an address that it does not name';
	return parseUrl(location)?.origin ?? quoteVendor(location.replace(/[?#].*$/s, ''));
}

/** An answer that is JSON but not of the vendor's form. */
export function unexpectedAnswer(reply: Reply, vendor: string, missing: string): Failure {
	return new Failure(`${vendor} answered without ${missing} (HTTP ${reply.status})`, {
		kind: failureKind(reply.status),
		code: String(reply.status),
		description:
			reply.status >= 400
				? troubleOf(reply.status, vendor)
				: `Check that the credential's 'URL' is the address of ${vendor}'s API.`,
		declared: declaredOf(reply.status),
	});
}
