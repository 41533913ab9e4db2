import type { IDataObject } from 'n8n-workflow';
import { DAY_MS } from '../../../shared/dates';
import { helperOf, isHelper, listedRotation, readMark } from '../shared/helperRecords';
import type { ListedHelpers, ListedRotation } from '../shared/helperRecords';
import { ageInDays, changedAt, identifierOf, isSshKey, listedItem } from '../shared/credentialList';
import { automaticChangeOf } from './automaticChange';

/** A key of the list, with what its helpers say of its rotation. */
export interface ListedKey {
	record: IDataObject;
	rotation: ListedRotation;
	/** In days; null where it is not known. */
	age: number | null;
	/** Whether a date of it lies in the future, so that it does not count. */
	isAhead: boolean;
	/** Whether it is a helper whose key the list does not have: somebody has renamed or removed that. */
	isOrphan: boolean;
}

/** The keys among records of the list. Helpers are left out, unless their key is not among them. */
export function listedKeys(
	records: IDataObject[],
	zone: string | undefined,
	now = Date.now(),
): ListedKey[] {
	const keys = records.filter(isSshKey);
	const owners = new Map<string, ListedHelpers>();
	const helpersOf = (identifier: string): ListedHelpers => {
		const folded = identifier.toLowerCase();
		const known = owners.get(folded) ?? {};
		owners.set(folded, known);
		return known;
	};
	for (const record of keys) {
		const helper = helperOf(identifierOf(record));
		if (helper) helpersOf(helper.identifier)[helper.role] = record;
	}
	const own = keys.filter((record) => !isHelper(record));
	const present = new Set(own.map((record) => identifierOf(record)?.toLowerCase()));
	const orphans = [...owners].filter(([identifier]) => !present.has(identifier));
	return [
		...own.map((record) => listedKey(record, helpersOf(identifierOf(record) ?? ''), zone, now)),
		...orphans.flatMap(([, helpers]) => {
			const record = helpers.next ?? helpers.previous;
			return record ? [{ ...listedKey(record, helpers, zone, now), isOrphan: true }] : [];
		}),
	];
}

function listedKey(
	record: IDataObject,
	helpers: ListedHelpers,
	zone: string | undefined,
	now: number,
): ListedKey {
	const changes = changesOf(record, helpers, zone);
	return {
		record,
		rotation: listedRotation(helpers),
		age: ageInDays(lastOf(changes, now), now),
		isAhead: changes.some((at) => at > now + DAY_MS),
		isOrphan: false,
	};
}

/**
 * When the pair of a key was changed, by all that tells it. Whether storing a pair moves the vault's own date is not
 * documented (docs/api/senhasegura.md, "Keys that the vault changes by itself"); the username of the
 * *previous* record says when a rotation was finished.
 *
 * @returns epoch milliseconds
 */
export function changesOf(
	record: IDataObject,
	{ previous }: ListedHelpers,
	zone: string | undefined,
): number[] {
	const rotated = readMark(previous?.username)?.at;
	return [changedAt(record, zone), rotated].filter((at) => at !== undefined);
}

/**
 * The last of these times. A clock that was ahead once must not make a key young for years: what lies in the
 * future tells nothing.
 *
 * @returns epoch milliseconds; undefined where nobody knows
 */
export function lastOf(changes: number[], now = Date.now()): number | undefined {
	const known = changes.filter((at) => at <= now + DAY_MS);
	return known.length > 0 ? Math.max(...known) : undefined;
}

/** The age at which a key is due where nobody names another. */
export const DUE_AFTER_DAYS = 90;

export type RotationState = 'due' | 'none' | 'unfinished';

/** @param days The age at which a key is due. */
export function rotationState(
	{ record, rotation, age, isOrphan }: ListedKey,
	days: number,
): RotationState {
	if (rotation.state === 'unfinished') return 'unfinished';
	// Keys that the vault rotates itself, or may rotate, are its own business.
	if (isOrphan || automaticChangeOf(record) !== 'off') return 'none';
	return age === null || age >= days ? 'due' : 'none';
}

/** @param days The age at which a key is due. */
export function listedKeyItem(key: ListedKey, zone: string | undefined, days: number): IDataObject {
	const { step, since } = key.rotation;
	return {
		...listedItem(key.record, 'sshKey', zone, key.age),
		rotation: rotationState(key, days),
		rotationStep: step,
		rotationSince: since === null ? null : new Date(since).toISOString(),
	};
}
