import { createHmac, randomBytes } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { inputFailure } from '../../shared/failure';
import { applyTls, bindToServer } from '../../shared/tls';
import type { SignableRequest } from '../../shared/tls';
import { headerValue, parseUrl, percentEncode } from '../../shared/url';
import { senhaseguraBaseUrl } from './url';

export interface OAuth1Keys {
	consumerKey: string;
	consumerSecret: string;
	token: string;
	tokenSecret: string;
}

type Parameter = [name: string, value: string];

/**
 * The base string of RFC 5849, 3.4.1: what client and server both build and compare by signature.
 *
 * @param url As it is sent, its query included.
 * @param parameters Those of the protocol, and those of a form-encoded body.
 */
export function signatureBaseString(method: string, url: URL, parameters: Parameter[]): string {
	// 3.4.1.3.2: sorted after encoding, by name and then by value, in byte order.
	const normalized = [...url.searchParams, ...parameters]
		.map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
		.sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
		.map((pair) => pair.join('='))
		.join('&');
	// 3.4.1.2: URL has put scheme and host in lower case and dropped the default port.
	return [method.toUpperCase(), `${url.protocol}//${url.host}${url.pathname}`, normalized]
		.map(percentEncode)
		.join('&');
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The `Authorization` header of a two-legged request with a fixed token (docs/api/senhasegura.md,
 * "OAuth 1.0").
 *
 * @param body The parameters of a form-encoded body; JSON bodies are not signed.
 * @param now Epoch milliseconds.
 * @param nonce Fresh for each attempt.
 */
export function oAuth1Header(
	keys: OAuth1Keys,
	{ method, url, body = [] }: { method: string; url: URL; body?: Parameter[] },
	now = Date.now(),
	nonce = randomBytes(16).toString('hex'),
): string {
	const protocol: Parameter[] = [
		['oauth_consumer_key', keys.consumerKey],
		['oauth_nonce', nonce],
		['oauth_signature_method', 'HMAC-SHA1'],
		['oauth_timestamp', String(Math.floor(now / 1000))],
		['oauth_token', keys.token],
		['oauth_version', '1.0'],
	];
	const key = `${percentEncode(keys.consumerSecret)}&${percentEncode(keys.tokenSecret)}`;
	const signature = createHmac('sha1', key)
		.update(signatureBaseString(method, url, [...body, ...protocol]))
		.digest('base64');
	const fields = [...protocol, ['oauth_signature', signature] as Parameter];
	return `OAuth ${fields.map(([name, value]) => `${name}="${percentEncode(value)}"`).join(', ')}`;
}

/** The keys in a credential. */
export function readOAuth1Keys(credentials: ICredentialDataDecryptedObject): OAuth1Keys {
	const read = (field: string, name: keyof OAuth1Keys) => {
		const value = headerValue(field, credentials[name]);
		if (value === '') {
			throw inputFailure(
				`'${field}' is empty in the credential`,
				'All four values are shown on the View screen of the authorization.',
			);
		}
		return value;
	};
	return {
		consumerKey: read('Consumer Key', 'consumerKey'),
		consumerSecret: read('Consumer Secret', 'consumerSecret'),
		token: read('Token', 'token'),
		tokenSecret: read('Token Secret', 'tokenSecret'),
	};
}

/** How n8n's older request helper is told the form of lists; the newer one has `arrayFormat`. */
type OAuth1Request = Omit<SignableRequest, 'form'> & {
	form?: Record<string, unknown> | string;
	useQuerystring?: boolean;
	qsStringifyOptions?: { arrayFormat?: string };
};

/**
 * Signs a request by OAuth 1.0.
 *
 * The signature covers the query, so it is moved into the URL: what is signed is then what is sent,
 * however the HTTP client would have written it.
 */
export function signSenhaseguraRequest(
	credentials: ICredentialDataDecryptedObject,
	request: OAuth1Request,
): IHttpRequestOptions {
	bindToServer(senhaseguraBaseUrl(credentials), request as SignableRequest);
	const url = requestUrl(request);
	for (const [name, value] of flatten(request.qs ?? {}, arrayFormatOf(request))) {
		url.search += `${url.search === '' ? '?' : '&'}${percentEncode(name)}=${percentEncode(value)}`;
	}
	delete request.qs;
	delete request.baseURL;
	delete request.uri;
	request.url = url.href;
	const method = request.method ?? 'GET';
	request.headers = {
		...request.headers,
		...refererHeader(credentials),
		Authorization: oAuth1Header(readOAuth1Keys(credentials), {
			method,
			url,
			body: formParameters(request),
		}),
	};
	applyTls(credentials, request as SignableRequest);
	return request as IHttpRequestOptions;
}

/**
 * `Referer`, where the authorization is limited to certain ones (docs/api/senhasegura.md,
 * "Authorizations").
 */
export function refererHeader({ referer }: ICredentialDataDecryptedObject): Record<string, string> {
	const value = headerValue('Referer', asciiUrl(String(referer ?? '').trim()));
	return value === '' ? {} : { Referer: value };
}

/** An address in other letters has a form in ASCII, which is the one that goes into headers (RFC 3986, 3490). */
function asciiUrl(text: string): string {
	const url = /[^\0-\x7f]/.test(text) ? parseUrl(text) : undefined;
	if (!url) return text;
	return text.endsWith('/') ? url.href : url.href.replace(/\/$/, '');
}

function requestUrl({ baseURL = '', uri, url }: OAuth1Request): URL {
	return new URL(baseURL + (uri ?? url));
}

function arrayFormatOf(request: OAuth1Request): string | undefined {
	const { arrayFormat, qsStringifyOptions, useQuerystring } = request;
	return qsStringifyOptions?.arrayFormat ?? arrayFormat ?? (useQuerystring ? 'repeat' : undefined);
}

const FORM = /^application\/x-www-form-urlencoded\s*(;|$)/i;

/** The parameters of a form-encoded body, decoded (RFC 5849, 3.4.1.3.1). */
function formParameters(request: OAuth1Request): Parameter[] {
	const { headers = {}, body, form } = request;
	if (form !== undefined) return parametersOf(form);
	if (body instanceof URLSearchParams) return [...body];
	const contentType = Object.entries(headers).find(
		([name]) => name.toLowerCase() === 'content-type',
	)?.[1];
	if (!FORM.test(String(contentType))) return [];
	if (Buffer.isBuffer(body)) return parametersOf(body.toString());
	const parameters = parametersOf((body ?? {}) as Record<string, unknown> | string);
	// n8n's two request helpers write nested values in different ways.
	if (body && typeof body === 'object') request.body = new URLSearchParams(parameters).toString();
	return parameters;
}

function parametersOf(form: Record<string, unknown> | string): Parameter[] {
	return typeof form === 'string' ? [...new URLSearchParams(form)] : flatten(form);
}

/** Nested values as single parameters, named as n8n's HTTP client names them. */
function flatten(values: object, arrayFormat = 'indices'): Parameter[] {
	const walk = (name: string, value: unknown): Parameter[] => {
		if (value === undefined) return [];
		if (value === null || typeof value !== 'object') return [[name, String(value ?? '')]];
		if (value instanceof Date) return [[name, value.toISOString()]];
		if (Array.isArray(value) && arrayFormat === 'comma') return [[name, value.join(',')]];
		return Object.entries(value).flatMap(([key, entry]) => {
			const suffix =
				!Array.isArray(value) || arrayFormat === 'indices'
					? `[${key}]`
					: arrayFormat === 'brackets'
						? '[]'
						: '';
			return walk(`${name}${suffix}`, entry);
		});
	};
	return Object.entries(values).flatMap(([name, value]) => walk(name, value));
}
