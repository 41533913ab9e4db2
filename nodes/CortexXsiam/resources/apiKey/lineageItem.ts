import type { IDataObject } from 'n8n-workflow';
import { liveOnes } from '../../api/lineages';
import type { Lineage, Member } from '../../api/lineages';
import { userComment } from '../../api/mark';
import { levelOf } from '../../api/schemas';
import type { ApiKeyRecord } from '../../api/schemas';
import { DAY_MS, epochTime } from '../../../shared/dates';
import type { Result } from '../../../shared/operation';
import { item } from '../shared/operation';
import { daysLeft } from './apiKeyItem';

/** Where the rotation of a lineage stands, as the tenant's list shows it. */
export interface LineageState {
	/** A live key expires within the days asked for, or all have expired. */
	due: boolean;
	/** More than one key is live, or none is. */
	unfinished: boolean;
	/** Since when it is unfinished, epoch milliseconds; undefined where nobody knows. */
	unfinishedSince?: number;
}

/**
 * @param now The server's time, epoch milliseconds.
 * @param days How many days before it expires a key is due.
 */
export function lineageState(lineage: Lineage, now: number, days: number): LineageState {
	const live = liveOnes(lineage);
	const isDue = ({ key: { expiration } }: Member) =>
		// One of which nobody knows when it expires may be the next.
		expiration === undefined || (expiration !== null && expiration <= now + days * DAY_MS);
	const unfinished = live.length !== 1;
	return {
		due: live.length === 0 || live.some(isDue),
		unfinished,
		unfinishedSince: unfinished ? sinceWhen(lineage, live) : undefined,
	};
}

/** Since the second of the live keys was made, or the last one expired. */
function sinceWhen({ members }: Lineage, live: Member[]): number | undefined {
	const times = (live.length > 0 ? live : members).map(({ key }) =>
		live.length > 0 ? key.creation_time : key.expiration,
	);
	const known = times.filter((time) => typeof time === 'number').sort((a, b) => a - b);
	return live.length > 0 ? known[1] : known.at(-1);
}

/** One item for all keys that replaced each other. */
export function lineageResult(
	lineage: Lineage,
	{ due, unfinished, unfinishedSince }: LineageState,
	now: number,
): Result {
	const live = liveOnes(lineage);
	const newest = (live.at(-1) ?? lineage.members.at(-1)) as Member;
	const soonest = live
		.map(({ key }) => key.expiration)
		.filter((time) => typeof time === 'number')
		.sort((a, b) => a - b)[0];
	const row = item('apiKeyLineage', {
		id: lineage.id,
		lineage: lineage.id,
		comment: userComment(newest.key.comment),
		roles: newest.key.roles ?? [],
		securityLevel: levelOf(newest.key),
		rotation: unfinished ? 'unfinished' : due ? 'due' : 'none',
		due,
		unfinished,
		unfinishedSince: epochTime(unfinishedSince),
		expiresAt: epochTime(soonest),
		daysLeft: soonest === undefined ? null : daysLeft({ expiration: soonest }, now),
		liveKeys: live.map(({ id, key }) => ({
			id,
			createdAt: epochTime(key.creation_time),
			expiresAt: epochTime(key.expiration),
			expired: key.expiration === undefined ? null : false,
		})),
		expiredKeys: lineage.members.filter((one) => !one.live).map(({ id }) => id),
		copies: lineage.copies,
	});
	return { item: row, raw: { keys: recordsOf(lineage) }, hints: untoldExpiry(live) };
}

/** What the user should know of keys of which the tenant does not tell when they expire. */
export function untoldExpiry(members: Member[]): string[] {
	const untold = members.filter(({ key }) => key.expiration === undefined).map(({ id }) => id);
	return untold.length === 0
		? []
		: [
				`The node cannot read the expiration dates of these keys: ${untold.join(', ')}. Check in the console whether they are due.`,
			];
}

/** `never` for a key that does not expire. */
export function expiryText({ expiration }: Pick<ApiKeyRecord, 'expiration'>): string {
	return expiration === null ? 'never' : (epochTime(expiration) ?? 'at an unknown time');
}

function recordsOf({ members }: Lineage): IDataObject[] {
	return members.map(({ key }: { key: ApiKeyRecord }) => key as unknown as IDataObject);
}
