import { parseJson } from '../../shared/answer';
import { Failure } from '../../shared/failure';
import type { Reply } from '../../shared/transport';
import { READ, isEnvelope, readReply } from './envelope';

/** What an account of the type File Store, License Store or Key Store holds. */
export interface Pam360File {
	content: Buffer;
	/** As the server names it. */
	name: string | null;
	/** MIME type, as the server says. */
	type: string | null;
}

const WEB_PAGE = /^\s*<(!doctype|html|head|body)/i;

/** How an answer of `/restapi/json/v1` begins. */
const ENVELOPE = /^\s*\{\s*"operation"\s*:/;

/** How a family of calls answers where there is no file. */
interface Family {
	isAnswer(json: unknown): boolean;
	/** @throws Failure with PAM360's own text, unless the answer is a success */
	read(reply: Reply): { message: string };
}

/**
 * A file from an answer. Bytes come on success only, and what the server calls them proves nothing: a
 * failure is JSON, whatever its content type (docs/api/pam360.md, "Files of accounts").
 *
 * @throws Failure with PAM360's own text, or for what cannot be a file
 */
export function readFile(
	reply: Reply,
	family: Family = { isAnswer: isEnvelope, read: (reply) => readReply(reply, READ) },
): Pam360File {
	const { status, headers, text, bytes = Buffer.from(text) } = reply;
	const disposition = headers['content-disposition'];
	// An empty answer and a login page are no file, unless the server calls them one.
	const isNothing = disposition === undefined && (text.trim() === '' || WEB_PAGE.test(text));
	const json = parseJson(text);
	const isBroken = json === undefined && ENVELOPE.test(text);
	const isOther = status < 200 || status >= 300 || isNothing || isBroken;
	if (isOther || family.isAnswer(json)) {
		const { message } = family.read(reply);
		throw new Failure('PAM360 reported success but sent no file', {
			kind: 'unusable',
			description: `It said: ${message || 'nothing'}. Check that there is a file.`,
		});
	}
	const type = headers['content-type']?.split(';', 1)[0]?.trim();
	return { content: bytes, name: fileName(disposition), type: type || null };
}

/** The name in a Content-Disposition (RFC 6266), fit to be the name of a file in any place. */
function fileName(disposition = ''): string | null {
	const encoded = /filename\*\s*=\s*utf-8'[^']*'([^;]+)/i.exec(disposition)?.[1];
	const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))/i.exec(disposition);
	const quoted = plain?.[1]?.replace(/\\(.)/g, '$1');
	const name = decoded(encoded) ?? quoted ?? plain?.[2] ?? '';
	// The server's folders and control characters are nobody's business here.
	const clean = name.replace(/^.*[\\/]/s, '').replace(/\p{Cc}/gu, '');
	return clean.trim() || null;
}

function decoded(text: string | undefined): string | undefined {
	try {
		return text === undefined ? undefined : decodeURIComponent(text.trim());
	} catch {
		return undefined;
	}
}
