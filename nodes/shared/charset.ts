import { Failure } from './failure';

/** What a charset other than UTF-8 is called in a content type. */
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]+)/i;

/** What stands where bytes could not be read. */
const UNREADABLE = '\ufffd';

/**
 * The text of a body, in the charset that its content type names; UTF-8 without one, as JSON has it
 * (RFC 8259, 8.1). What cannot be read becomes U+FFFD.
 */
export function decode(bytes: Buffer, contentType = ''): string {
	const utf8 = bytes.toString('utf8');
	const decoder = decoderFor(CHARSET.exec(contentType)?.[1]);
	if (!decoder || decoder.encoding === 'utf-8') return withoutMark(utf8);
	// Servers and proxies put the label of Latin-1 on what is UTF-8. Bytes beyond ASCII that happen to be
	// UTF-8 as well are next to impossible in Latin-1.
	if (decoder.encoding === 'windows-1252' && isUtf8BeyondAscii(utf8, bytes))
		return withoutMark(utf8);
	return decoder.decode(bytes);
}

function isUtf8BeyondAscii(text: string, bytes: Buffer): boolean {
	return text.length < bytes.length && !text.includes(UNREADABLE);
}

function decoderFor(label: string | undefined) {
	try {
		return label === undefined ? undefined : new TextDecoder(label);
	} catch {
		// Nobody knows this charset.
		return undefined;
	}
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
			"It holds bytes that are no text in the charset of the answer, so that it would come out wrong. Check which charset the server, and proxies before it, name in 'Content-Type': it should be UTF-8.",
	});
}
