import type { Key } from './key';

/** From what has to be looked at first to what can wait; the order of the report. */
export const RISKS = [
	'unfinishedRotation',
	'expired',
	'expiresSoon',
	'neverExpires',
	'neverRotated',
	'tooOld',
	'ageUnknown',
	'sharedComment',
] as const;

export type Risk = (typeof RISKS)[number];

/** What people read. */
export const RISK_LABELS: Record<Risk, string> = {
	unfinishedRotation: 'Rotation unfinished',
	expired: 'Expired',
	expiresSoon: 'Expires soon',
	neverExpires: 'Never expires',
	neverRotated: 'Never rotated',
	tooOld: 'Old',
	ageUnknown: 'Age unknown',
	sharedComment: 'Shared comment',
};

export interface Limits {
	/** A key that expires within so many days expires soon. */
	expiresSoonDays: number;
	/** A key of so many days is old. */
	oldAfterDays: number;
}

export interface JudgedKey extends Key {
	/** The first one is the gravest. */
	risks: Risk[];
}

/** Judges keys, each by itself and beside the others. */
export function judge(keys: Key[], limits: Limits): JudgedKey[] {
	const live = keys.filter((key) => !hasExpired(key));
	const inLineage = groupBy(live, lineageOf);
	// Keys that replaced each other bear one comment, and are one thing.
	const withComment = groupBy(live, commentOf);
	return keys.map((key) => {
		const unfinished =
			key.rotation === 'unfinished' ||
			(!hasExpired(key) && new Set(inLineage.get(lineageOf(key) ?? '')?.map(idOf)).size > 1);
		const isOld = key.ageDays !== null && key.ageDays >= limits.oldAfterDays;
		const isFirst = key.lineage !== null && key.lineage === key.id;
		const others = withComment.get(commentOf(key) ?? '') ?? [];
		const has: Record<Risk, boolean> = {
			unfinishedRotation: unfinished,
			expired: hasExpired(key),
			expiresSoon: !hasExpired(key) && isWithin(key.daysLeft, limits.expiresSoonDays),
			neverExpires: key.neverExpires === true,
			neverRotated: isOld && isFirst && key.rotation !== 'automatic',
			tooOld: isOld && !isFirst && key.rotation !== 'automatic',
			ageUnknown: key.ageDays === null,
			sharedComment: new Set(others.map((other) => lineageOf(other) ?? other.id)).size > 1,
		};
		return {
			...key,
			rotation: unfinished ? 'unfinished' : key.rotation,
			risks: RISKS.filter((risk) => has[risk]),
		};
	});
}

/** The gravest first, then what expires first, then the oldest; else as they came. */
export function byGravity(keys: JudgedKey[]): JudgedKey[] {
	const rank = ({ risks: [first] }: JudgedKey) =>
		first === undefined ? RISKS.length : RISKS.indexOf(first);
	return [...keys].sort(
		(a, b) =>
			rank(a) - rank(b) ||
			b.risks.length - a.risks.length ||
			(a.daysLeft ?? Infinity) - (b.daysLeft ?? Infinity) ||
			(b.ageDays ?? 0) - (a.ageDays ?? 0) ||
			a.item - b.item,
	);
}

function hasExpired({ daysLeft }: Key): boolean {
	return daysLeft !== null && daysLeft < 0;
}

function isWithin(days: number | null, limit: number): boolean {
	return days !== null && days <= limit;
}

/** Keys with one ID of which nobody knows the servers are no rotation. */
function idOf({ id, item }: Key): string | number {
	return id ?? item;
}

function lineageOf({ vendor, server, type, lineage }: Key): string | undefined {
	return lineage === null ? undefined : JSON.stringify([vendor, server, type, lineage]);
}

function commentOf({ vendor, server, comment }: Key): string | undefined {
	return comment === null ? undefined : JSON.stringify([vendor, server, comment.toLowerCase()]);
}

export function groupBy<Entry>(entries: Entry[], keyOf: (entry: Entry) => string | undefined) {
	const groups = new Map<string, Entry[]>();
	for (const entry of entries) {
		const key = keyOf(entry);
		if (key === undefined) continue;
		const group = groups.get(key);
		if (group) group.push(entry);
		else groups.set(key, [entry]);
	}
	return groups;
}
