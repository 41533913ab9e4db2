import { createHash } from 'node:crypto';

/**
 * What the comment of a key ends with that was issued under an idempotency key. Its text does not show
 * the key itself, which may hold anything; two of them meet once in 2^48.
 */
export function markerOf(idempotencyKey: string): string {
	const hash = createHash('sha256').update(idempotencyKey, 'utf8').digest('hex');
	return `[n8n:${hash.slice(0, 12)}]`;
}

export function withMarker(comment: string | undefined, marker: string): string {
	return [comment, marker].filter(Boolean).join(' ');
}
