import { createHash } from 'node:crypto';

/**
 * What a public key made by a rotation says of itself, as the last word of its comment: of which key of
 * the vault it is a generation, and when it was made. On a host it tells a line that a rotation left
 * behind from everybody else's lines.
 *
 * @param stamp `20260131T050000123Z`.
 */
export function lineageTag(lineage: string, stamp: string): string {
	return `n8n-${lineage}-${stamp}`;
}

const TAG = /(?:^|\s)n8n-([0-9a-f]{10})-(\d{8}T\d{9}Z)$/;

/** @returns undefined for a comment without a tag */
export function readTag(comment: string): { lineage: string; stamp: string } | undefined {
	const [, lineage, stamp] = TAG.exec(comment.trim()) ?? [];
	return lineage === undefined || stamp === undefined ? undefined : { lineage, stamp };
}

/** The same for all generations of a key, and no other: IDs alone are the same in every vault. */
export function lineageOf(id: string, identifier: string): string {
	const text = `${id} ${identifier.toLowerCase()}`;
	return createHash('sha256').update(text).digest('hex').slice(0, 10);
}

/** A comment of which nothing is left but what a shell takes for plain characters. */
export function plainComment(comment: string): string {
	return comment.replace(/[^A-Za-z0-9@._ -]+/g, '-').trim();
}

/** The comment of a new generation: that of the one before, with a tag of its own. */
export function taggedComment(comment: string, tag: string): string {
	const owner = plainComment(comment.trim().replace(TAG, ''));
	return [owner, tag].filter((part) => part !== '').join(' ');
}
