import { inputFailure } from './failure';

const LOCAL_HOST = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a URL's host can only be this machine. */
export function isLocalHost(hostname: string): boolean {
	return LOCAL_HOST.test(hostname.toLowerCase());
}

/**
 * Reads the address that a user typed or pasted into a credential.
 *
 * @param typed With or without scheme, white space and trailing slashes.
 * @param allowPlainHttp Whether the user insists on http to a host other than the local one.
 * @returns the URL without user, query and fragment
 * @throws Failure when it is no address of a web server, or would send secrets in the clear
 */
export function readBaseUrl(typed: unknown, allowPlainHttp = false): URL {
	const text = typeof typed === 'string' ? typed.trim() : '';
	if (text === '') {
		throw inputFailure("'URL' is empty in the credential", 'Enter the address of the server.');
	}
	const url = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
	if (!url || !['http:', 'https:'].includes(url.protocol)) {
		throw inputFailure(
			"'URL' in the credential is not an http or https address",
			'Enter it in the form https://server.example.com, with the port if there is one.',
		);
	}
	if (url.username !== '' || url.password !== '') {
		throw inputFailure(
			"'URL' in the credential holds a username or password",
			'Enter the address only; the credential has fields of its own for secrets.',
		);
	}
	if (url.protocol === 'http:' && !allowPlainHttp && !isLocalHost(url.hostname)) {
		throw inputFailure(
			"'URL' in the credential is plain http, which would send the secret unencrypted",
			"Use https, or turn on 'Allow Plain HTTP' in the credential if the connection is protected by other means.",
		);
	}
	url.search = '';
	url.hash = '';
	return url;
}

/** A text as a URL. (In Node 20, `URL.canParse` begins to refuse `ü` and the like once it is hot.) */
export function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

/** The URL's text without the slashes at its end. */
export function withoutTrailingSlash(url: URL): string {
	return url.href.replace(/\/+$/, '');
}

/** For people and tables: an address without its scheme, and what the server is divided into. */
export function serverName(address: string, part?: string): string {
	return [address.replace(/^https?:\/\//, ''), part].filter(Boolean).join(' ');
}

/**
 * One value as one path segment: every character but RFC 3986's unreserved ones is encoded, so that
 * an id or name can neither leave its segment nor change the query.
 *
 * @throws Failure for an empty segment, `.` and `..`, which name another resource
 */
export function pathSegment(value: string): string {
	if (value === '' || value === '.' || value === '..') {
		throw inputFailure(`'${value}' cannot be part of a URL`, 'Enter an id or a name.');
	}
	return percentEncode(value);
}

/** RFC 3986 percent-encoding of everything but unreserved characters, upper-case hex. */
export function percentEncode(value: string): string {
	// The way through a buffer replaces half a surrogate pair, which encodeURIComponent throws at.
	return encodeURIComponent(Buffer.from(value).toString()).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

/** `application/x-www-form-urlencoded`, with `%20` for a space, which every form parser reads. */
export function formEncode(fields: Record<string, string>): string {
	return Object.entries(fields)
		.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
		.join('&');
}

/** How a text is put into a header: the first is for what has a place there, the others for every text. */
export const HEADER_ENCODINGS = ['latin1', 'utf8', 'percent'] as const;

export type HeaderEncoding = (typeof HEADER_ENCODINGS)[number];

interface HeaderText {
	encoding?: HeaderEncoding;
	/** What to do about a character that has no place in a header; of a text that is no secret. */
	advice?: string;
}

const LINE_BREAK = /[\r\n\u2028\u2029]/;

/** Beside the tab; also the one beyond ASCII that ends lines. */
const CONTROL = /[^\P{Cc}\t\x80-\x9f]/u;

/**
 * A value for a request header.
 *
 * @param field The credential field that it comes from, for the message.
 * @throws Failure for line breaks and other characters that a header cannot carry
 */
export function headerValue(
	field: string,
	value: unknown,
	{ encoding = 'latin1', advice }: HeaderText = {},
): string {
	const text = String(value ?? '').trim();
	const refuse = (what: string, hint: string) =>
		inputFailure(`'${field}' in the credential holds ${what}`, hint);
	if (LINE_BREAK.test(text)) {
		throw refuse('a line break', 'Copy the value again without line breaks.');
	}
	const control = CONTROL.exec(text)?.[0];
	if (control !== undefined) {
		throw refuse(`a control character (${codePoint(control)})`, 'Copy the value again without it.');
	}
	if (encoding === 'utf8') return Buffer.from(text).toString('latin1');
	if (encoding === 'percent') return percentEncode(text);
	// RFC 9110, 5.5: visible ASCII, space and tab; Latin-1 is obsolete but accepted by Node and servers.
	const foreign = /[^\t\x20-\x7e\x80-\xff]/u.exec(text)?.[0];
	if (foreign === undefined) return text;
	const which = advice === undefined ? codePoint(foreign) : `${foreign} (${codePoint(foreign)})`;
	throw refuse(
		`a character that an HTTP header cannot carry: ${which}`,
		advice ??
			'It may be a typographic quotation mark, a dash or an invisible character that was copied along. Copy the value again from where it was shown.',
	);
}

function codePoint(character: string): string {
	return `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;
}
