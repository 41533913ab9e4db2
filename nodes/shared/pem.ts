const BLOCK = /(-----BEGIN ([A-Z0-9 ]+)-----)([A-Za-z0-9+/=\s]+)(-----END \2-----)/g;

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** @returns undefined where the text is no base64, white space aside */
export function foldBase64(text: string): string | undefined {
	const folded = text.replace(/\s+/g, '');
	return BASE64.test(folded) ? folded : undefined;
}

/**
 * PEM text with its line breaks back: pasted into a one-line field they become spaces, or nothing; from
 * JSON or an environment variable they come as `\\n`.
 *
 * @param width Columns of base64: 64 in PEM (RFC 7468), 70 in OpenSSH's own format.
 * @returns undefined when there is no complete block
 */
export function foldPem(text: string, width = 64): string | undefined {
	const blocks = [...text.replaceAll('\\r', '').replaceAll('\\n', '\n').matchAll(BLOCK)];
	if (blocks.length === 0) return undefined;
	const folded = blocks.map(([, begin, , body, end]) => {
		const lines = (body ?? '').replace(/\s+/g, '').match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
		return [begin, ...lines, end].join('\n');
	});
	return `${folded.join('\n')}\n`;
}
