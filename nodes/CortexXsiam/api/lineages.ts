import { HOUR_MS, epochTime } from '../../shared/dates';
import { Failure } from '../../shared/failure';
import { markOf, withMark } from './mark';
import type { KeyMark } from './mark';
import type { ApiKeyRecord } from './schemas';

/** No key is deleted before: it may have left the process that made it, and a write be under way. */
export const GRACE_MS = 12 * HOUR_MS;

/** How far a key's creation may lie from the time in its mark before the mark counts as a copy. */
const COPY_BEFORE_MS = 300_000;
const COPY_AFTER_MS = GRACE_MS;

/** How far a server's clock may be behind where it does not tell its time. */
const UNTOLD_CLOCK_MS = 300_000;

/** The server's clock, as the `Date` header of an answer tells it. */
export class ServerClock {
	private constructor(
		/** Of n8n's clock, in milliseconds; 0 where the server did not tell its time. */
		readonly ahead: number,
		/** Whether the server told its time; else this is n8n's, and proves the age of no key. */
		readonly isTold: boolean,
	) {}

	/** @param date The header, which has whole seconds, at the moment of its arrival. */
	static read(date: string | undefined): ServerClock {
		const told = date ? Date.parse(date) : Number.NaN;
		return Number.isNaN(told)
			? new ServerClock(0, false)
			: new ServerClock(told - Date.now(), true);
	}

	/** The server's time as far as is known, epoch milliseconds. */
	now(): number {
		return Date.now() + this.ahead;
	}

	/** A time that the server's clock has reached by now, epoch milliseconds. */
	atLeast(): number {
		return this.now() - (this.isTold ? 0 : UNTOLD_CLOCK_MS);
	}
}

/** All keys of a tenant at one moment. */
export interface KeyList {
	keys: ApiKeyRecord[];
	clock: ServerClock;
	/** What there is to say where live keys may be missing; only of a list that was read for that. */
	short?: string;
}

/** A key as one of a lineage. */
export interface Member {
	id: string;
	key: ApiKeyRecord;
	mark?: KeyMark;
	/** Whether it has not expired. */
	live: boolean;
	/** How old it is at least, in milliseconds; undefined where the tenant does not tell. */
	age?: number;
	/**
	 * Whether another key bears the mark that makes it one of the lineage, so that nobody can tell which
	 * one is which.
	 */
	ambiguous: boolean;
}

/** The keys that replaced each other, from the first one on. */
export interface Lineage {
	/** The id of the first key, whether it is still there or not. */
	id: string;
	/** Oldest first, expired ones included. */
	members: Member[];
	/** Ids of keys whose comments end with a copy of one of its marks; never counted or deleted. */
	copies: string[];
}

/** The lineages of a list of keys, by the ids of their first keys. */
export function lineagesOf({ keys, clock }: KeyList): Map<string, Lineage> {
	const now = clock.atLeast();
	// A gateway whose clock is ahead would make a young key old: by both clocks it can only be younger.
	const aged = Math.min(now, Date.now());
	const lineages = new Map<string, Lineage>();
	const lineage = (id: string): Lineage => {
		const known = lineages.get(id) ?? { id, members: [], copies: [] };
		lineages.set(id, known);
		return known;
	};
	const bearers = countBearers(keys);
	for (const key of keys) {
		const mark = markOf(key.comment);
		const isCopy = mark !== undefined && bearsCopy(key, mark);
		const own = isCopy ? undefined : mark;
		if (isCopy && mark.kind === 'lineage') lineage(mark.first).copies.push(key.id);
		lineage(own?.kind === 'lineage' ? own.first : key.id).members.push({
			id: key.id,
			key,
			...(own && { mark: own }),
			live: isLive(key, now),
			age: typeof key.creation_time === 'number' ? aged - key.creation_time : undefined,
			// The first key is known by its ID, whatever its comment says.
			ambiguous: own?.kind === 'lineage' && (bearers.get(own.nonce) ?? 0) > 1,
		});
	}
	for (const [id, one] of lineages) {
		// Only copies of its marks are left.
		if (one.members.length === 0) lineages.delete(id);
		one.members.sort((a, b) => (isOlder(a, b) ? -1 : 1));
	}
	return lineages;
}

/** The lineage that a key belongs to. */
export function lineageWith(lineages: Map<string, Lineage>, id: string): Lineage | undefined {
	return [...lineages.values()].find(({ members }) => members.some((one) => one.id === id));
}

export function liveOnes({ members }: Lineage): Member[] {
	return members.filter(({ live }) => live);
}

/** Whether a key works by its date. */
export function isLive({ expiration }: Pick<ApiKeyRecord, 'expiration'>, now: number): boolean {
	return (expiration ?? Infinity) > now;
}

/** Whether a key was made at a time at which its mark was not. */
export function bearsCopy(
	{ creation_time: created }: { creation_time?: number | null },
	{ issuedAt }: KeyMark,
): boolean {
	if (typeof created !== 'number') return false;
	return created < issuedAt - COPY_BEFORE_MS || created > issuedAt + COPY_AFTER_MS;
}

/**
 * Why later runs would not know a key that was issued just now, as the tenant lists it.
 *
 * @param comment What was sent before the mark.
 * @param where What the user has to change it in.
 */
export function notAsSent(
	key: ApiKeyRecord,
	mark: KeyMark,
	comment: string | undefined,
	where: string,
): Failure | undefined {
	const { id, comment: kept, creation_time: created } = key;
	const sent = withMark(comment, mark);
	if (kept?.trim() !== sent) {
		return new Failure(`The comment of the new API key ${id} is not what was sent`, {
			kind: 'refused',
			description: `It was to be '${sent}', and is '${kept ?? ''}'. Later runs find the key by the mark at its end. Shorten ${where}, or write it more plainly, so that the tenant keeps it as it is.`,
		});
	}
	if (!bearsCopy(key, mark)) return undefined;
	return new Failure(`The new API key ${id} was made at another time than its mark says`, {
		kind: 'refused',
		description: `Cortex XSIAM says ${epochTime(created)}, and its mark ${epochTime(mark.issuedAt)}: the next run would take it for a copy. Correct the clocks of n8n's machine and of proxies in front of the tenant.`,
	});
}

/** Whether a key was made before another one. */
export function isOlder(a: Member, b: Member): boolean {
	const times = [a.key.creation_time, b.key.creation_time];
	const [one, other] = times;
	if (typeof one === 'number' && typeof other === 'number' && one !== other) return one < other;
	return Number(a.id) < Number(b.id);
}

function countBearers(keys: ApiKeyRecord[]): Map<string, number> {
	const bearers = new Map<string, number>();
	for (const key of keys) {
		const mark = markOf(key.comment);
		if (!mark || bearsCopy(key, mark)) continue;
		bearers.set(mark.nonce, (bearers.get(mark.nonce) ?? 0) + 1);
	}
	return bearers;
}
