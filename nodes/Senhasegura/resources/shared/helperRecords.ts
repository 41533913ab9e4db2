import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { asText } from '../../../shared/read';
import { identifierOf, isSshKey } from './credentialList';

/**
 * The two records that a rotation keeps beside an SSH key: one for the pair that comes next, one for the
 * pair that was there before. The list tells neither a pair nor whether a record is enabled, so their
 * usernames say what a reader of the list has to know. A username is written together with the pair; it
 * is never taken for a proof of what the vault holds.
 */
export const HELPER_ROLES = ['next', 'previous'] as const;

export type HelperRole = (typeof HELPER_ROLES)[number];

const SUFFIX = /^(.+)\.n8n-(next|previous)$/i;

export const helperIdentifier = (identifier: string, role: HelperRole) =>
	`${identifier}.n8n-${role}`;

/** Which key an identifier is a helper of, and which one; undefined for any other identifier. */
export function helperOf(
	identifier: string | null,
): { identifier: string; role: HelperRole } | undefined {
	const [, base, role] = SUFFIX.exec(identifier ?? '') ?? [];
	if (base === undefined || role === undefined) return undefined;
	return { identifier: base, role: role.toLowerCase() as HelperRole };
}

export function isHelper(record: IDataObject): boolean {
	return helperOf(identifierOf(record)) !== undefined;
}

/** The SSH keys that people know of, among records of the list. */
export function sshKeysOf(records: IDataObject[]): IDataObject[] {
	return records.filter((record) => isSshKey(record) && !isHelper(record));
}

/**
 * - `new`: holds the present pair for a moment: a vault that takes it for the key itself loses none.
 * - `next`: holds the pair that comes next.
 * - `previous`: holds the pair that was there before.
 * - `ending`: a *next* record that is not in use; the former key was seen gone, and is being disabled.
 * - `done`: the same, and the former key is disabled.
 */
export type MarkState = 'new' | 'next' | 'previous' | 'ending' | 'done';

/** What the username of a helper says. */
export interface Mark {
	state: MarkState;
	/** Of the key that the helper belongs to: no two keys of a device have helpers of one name. */
	id: string;
	/** When the username was written, in epoch milliseconds on n8n's clock. */
	at: number;
	/**
	 * Of a *previous* record the beginning of its pair's digest. Of a *next* record the digest of the
	 * *previous* record's username as it was when that key's removal from all hosts had been seen: as long
	 * as the two differ, nobody has seen it. `NOTHING` where there was none.
	 */
	refers: string;
}

export const NOTHING = '00000000';

const MARK = /^n8n-(new|next|previous|ending|done)-(\d+)-(\d{8}T\d{9}Z)-([0-9a-f]{8})$/i;

export function markText({ state, id, at, refers }: Mark): string {
	return `n8n-${state}-${id}-${stamp(at)}-${refers}`;
}

/** @returns undefined for a username that is none, or was changed by somebody */
export function readMark(username: unknown): Mark | undefined {
	const [, state, id, written, refers] = MARK.exec(asText(username)?.trim() ?? '') ?? [];
	const at = written === undefined ? undefined : readStamp(written);
	if (state === undefined || id === undefined || refers === undefined || at === undefined) {
		return undefined;
	}
	return { state: state.toLowerCase() as MarkState, id, at, refers: refers.toLowerCase() };
}

/** A digest that is short enough for a username, of a username or of a pair's wire form. */
export function shortDigest(of: string | Buffer): string {
	const text = typeof of === 'string' ? of.trim().toLowerCase() : of;
	return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** `20260131T050000123Z`. */
export function stamp(at: number): string {
	return new Date(at).toISOString().replace(/[-:.]/g, '');
}

const STAMP = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/i;

/** @returns epoch milliseconds, or undefined for what is no stamp */
export function readStamp(text: string): number | undefined {
	const at = Date.parse(text.replace(STAMP, '$1-$2-$3T$4:$5:$6.$7Z'));
	return STAMP.test(text) && Number.isFinite(at) ? at : undefined;
}

export type RotationStep = 'install' | 'remove';

/** Where the rotation of a key stands, as far as the list tells. */
export interface ListedRotation {
	state: 'none' | 'unfinished';
	/** What is to be done on the hosts; null where somebody has changed a helper's username. */
	step: RotationStep | null;
	/** Since when, in epoch milliseconds; null where that cannot be told. */
	since: number | null;
}

const NONE: ListedRotation = { state: 'none', step: null, since: null };

/** The helpers of a key as the list has them. */
export type ListedHelpers = Partial<Record<HelperRole, IDataObject>>;

export function listedRotation({ next, previous }: ListedHelpers): ListedRotation {
	const nextMark = next && readMark(next.username);
	if (previous && nextMark?.refers !== shortDigest(asText(previous.username) ?? '')) {
		const since = readMark(previous.username)?.at ?? null;
		return { state: 'unfinished', step: since === null ? null : 'remove', since };
	}
	if (!next) return NONE;
	if (!nextMark) return { state: 'unfinished', step: null, since: null };
	const { state, at: since } = nextMark;
	if (state === 'done') return NONE;
	return { state: 'unfinished', step: state === 'ending' ? 'remove' : 'install', since };
}
