import { Failure } from './failure';

/** What a charset other than UTF-8 is called in a content type, in quotation marks of either kind or none. */
const CHARSET = /;\s*charset\s*=\s*["']?([^\s;"']+)/i;

/** What stands where bytes could not be read. */
const UNREADABLE = '\ufffd';

/**
 * The text of a body: in the Unicode form that its byte order mark tells, else in the charset that its
 * content type names; UTF-8 without either, as JSON has it (RFC 8259, 8.1). What cannot be read becomes
 * U+FFFD.
 */
export function decode(bytes: Buffer, contentType = ''): string {
	const unicode = markedForm(bytes);
	if (unicode !== undefined) return withoutMark(new TextDecoder(unicode).decode(bytes));
	const utf8 = bytes.toString('utf8');
	const decoder = namedBy(contentType);
	// Of the forms of Unicode the label is no better proof than the bytes.
	if (!decoder || decoder.encoding.startsWith('utf-')) {
		const wide = wideForm(bytes);
		return wide === undefined ? utf8 : new TextDecoder(wide).decode(bytes);
	}
	if (decoder.encoding !== WINDOWS) return decoder.decode(bytes);
	// Servers and proxies put the label of Latin-1 on what is UTF-8. Bytes beyond ASCII that happen to be
	// UTF-8 as well are next to impossible in Latin-1.
	return isUtf8BeyondAscii(utf8, bytes) ? utf8 : fromWindows(bytes);
}

/** Whether a body that begins like this is read piece by piece as UTF-8. */
export function isUtf8(bytes: Uint8Array, contentType = ''): boolean {
	if ((markedForm(bytes) ?? wideForm(bytes) ?? 'utf-8') !== 'utf-8') return false;
	return (namedBy(contentType)?.encoding ?? 'utf-').startsWith('utf-');
}

/** The form of Unicode that a byte order mark tells, which counts for more than a label (WHATWG Encoding, 6). */
function markedForm(bytes: Uint8Array): string | undefined {
	const [first, second, third] = bytes;
	if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
	if (first === 0xfe && second === 0xff) return 'utf-16be';
	return first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
}

/** JSON begins with two ASCII characters: a zero among their bytes is that of UTF-16 (RFC 4627, 3). */
function wideForm(bytes: Uint8Array): string | undefined {
	if (bytes.length === 0 || bytes.length % 2 !== 0) return undefined;
	const [first, second] = bytes;
	if (first === 0 && second !== 0) return 'utf-16be';
	return first !== 0 && second === 0 ? 'utf-16le' : undefined;
}

function isUtf8BeyondAscii(text: string, bytes: Buffer): boolean {
	return text.length < bytes.length && !text.includes(UNREADABLE);
}

function namedBy(contentType: string) {
	const label = CHARSET.exec(contentType)?.[1];
	try {
		return label === undefined ? undefined : new TextDecoder(label);
	} catch {
		// Nobody knows this charset.
		return undefined;
	}
}

/** What the labels of Latin-1 mean as well (WHATWG Encoding, 4.2). */
const WINDOWS = 'windows-1252';

/** What windows-1252 has in the place of Latin-1's control characters, 0x80 to 0x9F. */
const BEYOND_LATIN_1 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Node.js 20 and 22 read windows-1252 as if it were Latin-1. */
function fromWindows(bytes: Buffer): string {
	return bytes
		.toString('latin1')
		.replace(/[\x80-\x9f]/g, (control) => BEYOND_LATIN_1[control.charCodeAt(0) - 0x80] as string);
}

function withoutMark(text: string): string {
	return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/**
 * A secret that was read from an answer.
 *
 * @param what It is, at the beginning of a sentence: `The password`.
 * @throws Failure where it cannot have been read right
 */
export function readable(secret: string, what: string): string {
	if (!secret.includes(UNREADABLE)) return secret;
	throw new Failure(`${what} in the answer cannot be read`, {
		kind: 'unusable',
		description:
			"It has the sign that stands for what could not be read (U+FFFD): its bytes do not fit the charset that the answer names, or the server keeps it like that already. Check the 'Content-Type' that the server, or a proxy in front of it, sends: the charset should be UTF-8. If that is so, store the secret anew.",
	});
}
