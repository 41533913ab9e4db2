import { createHash, randomBytes } from 'node:crypto';

/**
 * What the node writes at the end of a key's comment when it issues it, and never edits. By its nonce
 * the key of one request is known for certain, whenever it turns up; by the rest, what it belongs to.
 *
 * - `[n8n 4267 1K7XQ2MA0B3ZT]`: a successor in the lineage whose first key is 4267.
 * - `[n8n call 5R0C2Y8QH1MW 1K7XQ2MA0B3ZT]`: a key by itself, issued for one call of a node, or for
 *   one idempotency key.
 */
export type KeyMark = { nonce: string; issuedAt: number } & (
	{ kind: 'lineage'; first: string } | { kind: 'call'; call: string }
);

/** What a mark is to say; its nonce is made when it is written. */
export type MarkFor = { kind: 'lineage'; first: string } | { kind: 'call'; call: string };

/** Crockford's base 32: no letter can be taken for a digit. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_LENGTH = 7;
const RANDOM_LENGTH = 6;
const CALL_LENGTH = 12;

const MARK =
	/\[n8n (?:(?<first>\d{1,15})|call (?<call>[0-9A-HJKMNP-TV-Z]{12})) (?<nonce>[0-9A-HJKMNP-TV-Z]{13})\]$/;

/**
 * A new mark.
 *
 * @param now The server's time, epoch milliseconds; a key that bears the mark and was made at another
 * time bears a copy.
 */
export function newMark(purpose: MarkFor, now: number): KeyMark {
	const seconds = Math.floor(now / 1000);
	const nonce = inBase32(BigInt(seconds), TIME_LENGTH) + randomText(RANDOM_LENGTH);
	return { ...purpose, nonce, issuedAt: seconds * 1000 };
}

/** What names a call, or an idempotency key, in a mark; two texts meet once in 2^60. */
export function callHash(...parts: string[]): string {
	const digest = createHash('sha256').update(JSON.stringify(parts), 'utf8').digest();
	return inBase32(digest.readBigUInt64BE() >> 4n, CALL_LENGTH);
}

/** The mark as it stands in a comment. */
export function markInComment(mark: KeyMark): string {
	const what = mark.kind === 'lineage' ? mark.first : `call ${mark.call}`;
	return `[n8n ${what} ${mark.nonce}]`;
}

/** A comment with a mark; the user's part is kept whole. */
export function withMark(comment: string | undefined, mark: KeyMark): string {
	return [comment, markInComment(mark)].filter(Boolean).join(' ');
}

/** The mark at the end of a comment, if there is one. */
export function markOf(comment: string | null | undefined): KeyMark | undefined {
	const found = MARK.exec(comment?.trim() ?? '')?.groups;
	const { nonce, first, call } = found ?? {};
	if (nonce === undefined) return undefined;
	const seconds = [...nonce.slice(0, TIME_LENGTH)].reduce(
		(sum, digit) => sum * 32 + DIGITS.indexOf(digit),
		0,
	);
	const known = { nonce, issuedAt: seconds * 1000 };
	if (first !== undefined) return { ...known, kind: 'lineage', first };
	return call === undefined ? undefined : { ...known, kind: 'call', call };
}

/** A comment without the mark at its end: what a person wrote; null where nothing is left. */
export function userComment(comment: string | null | undefined): string | null {
	return comment?.trim().replace(MARK, '').trim() || null;
}

function inBase32(value: bigint, length: number): string {
	let text = '';
	for (let rest = value; text.length < length; rest >>= 5n) {
		text = DIGITS.charAt(Number(rest & 31n)) + text;
	}
	return text;
}

function randomText(length: number): string {
	return [...randomBytes(length)].map((byte) => DIGITS.charAt(byte & 31)).join('');
}
