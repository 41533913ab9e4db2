import { createHmac, timingSafeEqual } from 'node:crypto';

/** A request as a server sees it, for RFC 5849 section 3.2. */
export interface SignedRequest {
	method: string;
	/** `https` or `http`. */
	scheme: string;
	/** The Host header: name and, where sent, port. */
	host: string;
	/** The request target as sent: path and query, percent-encoding untouched. */
	target: string;
	authorization: string;
	contentType: string;
	body: string;
}

export interface OAuth1Secrets {
	consumerSecret: string;
	tokenSecret: string;
}

/** The protocol parameters of an Authorization header, decoded. */
export type ProtocolParameters = Map<string, string>;

type Pair = [name: string, value: string];

/** RFC 5849 section 3.6: everything but ALPHA, DIGIT, `-`, `.`, `_`, `~` as upper-case %XX. */
export function percentEncode(text: string): string {
	return [...Buffer.from(text, 'utf8')]
		.map((byte) => {
			const character = String.fromCharCode(byte);
			if (/[A-Za-z0-9\-._~]/u.test(character)) return character;
			return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
		})
		.join('');
}

/**
 * RFC 5849 section 3.5.1. `undefined` where the header is not of scheme OAuth, is malformed, or
 * names a parameter twice.
 */
export function parseAuthorization(header: string): ProtocolParameters | undefined {
	const scheme = /^OAuth\s+/iu.exec(header);
	if (!scheme) return undefined;
	const parameters: ProtocolParameters = new Map();
	for (const part of header.slice(scheme[0].length).split(',')) {
		const pair = /^\s*([^=\s]+)="([^"]*)"\s*$/u.exec(part);
		if (!pair) return undefined;
		let name: string;
		let value: string;
		try {
			name = decodeURIComponent(pair[1] ?? '');
			value = decodeURIComponent(pair[2] ?? '');
		} catch {
			return undefined;
		}
		if (parameters.has(name)) return undefined;
		parameters.set(name, value);
	}
	return parameters;
}

/** RFC 5849 section 3.4.1.2: lower case, no default port, no query. */
function baseUri({ scheme, host, target }: SignedRequest): string {
	const plainScheme = scheme.toLowerCase();
	const defaultPort = plainScheme === 'https' ? ':443' : ':80';
	const plainHost = host.toLowerCase();
	const authority = plainHost.endsWith(defaultPort)
		? plainHost.slice(0, -defaultPort.length)
		: plainHost;
	return `${plainScheme}://${authority}${target.split('?', 1)[0] ?? ''}`;
}

/** RFC 5849 section 3.4.1.3.1: query, header without realm and signature, form body. */
function requestParameters(request: SignedRequest, header: ProtocolParameters): Pair[] {
	const question = request.target.indexOf('?');
	const query = question < 0 ? '' : request.target.slice(question + 1);
	const form = /^application\/x-www-form-urlencoded\s*(;|$)/iu.test(request.contentType);
	const protocol = [...header].filter(
		([name]) => name.toLowerCase() !== 'realm' && name !== 'oauth_signature',
	);
	return [
		...new URLSearchParams(query),
		...protocol,
		...(form ? new URLSearchParams(request.body) : []),
	];
}

const byteOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** RFC 5849 section 3.4.1.3.2. */
function normalized(parameters: Pair[]): string {
	return parameters
		.map(([name, value]): Pair => [percentEncode(name), percentEncode(value)])
		.sort(
			([aName, aValue], [bName, bValue]) => byteOrder(aName, bName) || byteOrder(aValue, bValue),
		)
		.map((pair) => pair.join('='))
		.join('&');
}

/** RFC 5849 section 3.4.1.1. */
export function signatureBaseString(request: SignedRequest, header: ProtocolParameters): string {
	return [
		request.method.toUpperCase(),
		baseUri(request),
		normalized(requestParameters(request, header)),
	]
		.map(percentEncode)
		.join('&');
}

/** RFC 5849 section 3.4.2. */
export function hmacSha1(
	baseString: string,
	{ consumerSecret, tokenSecret }: OAuth1Secrets,
): Buffer {
	const key = `${percentEncode(consumerSecret)}&${percentEncode(tokenSecret)}`;
	return createHmac('sha1', key).update(baseString).digest();
}

/** Whether the header's `oauth_signature` is the HMAC-SHA1 of this request. */
export function signatureMatches(
	request: SignedRequest,
	header: ProtocolParameters,
	secrets: OAuth1Secrets,
): boolean {
	const wanted = Buffer.from(
		hmacSha1(signatureBaseString(request, header), secrets).toString('base64'),
	);
	// As text: Node would decode base64 without its padding, and with other characters, too.
	const sent = Buffer.from(header.get('oauth_signature') ?? '');
	return sent.length === wanted.length && timingSafeEqual(sent, wanted);
}
