import type { IDataObject } from 'n8n-workflow';
import type { SenhaseguraApi } from '../../api/client';
import { Failure } from '../../../shared/failure';
import type { Located } from '../../../shared/locator';
import { lineageOf, readTag } from '../../sshKeys/lineage';
import { helperIdentifier, helperOf, shortDigest, stamp } from '../shared/helperRecords';
import type { ListedHelpers } from '../shared/helperRecords';
import { identifierOf, idsOf, listedName, recentCredentials } from '../shared/credentialList';
import { devicesOf, distinct } from './devices';
import type { LinkedDevice } from './devices';
import { commentOf, isWhole, deviceAddressOf, readHelper, readRecord, samePair } from './keyRecord';
import type { Helper, KeyRecord, Pair } from './keyRecord';
import { locateKey } from './sshKeyItem';

/** A key of the list that can be rotated. */
export interface RotatedKey {
	id: string;
	identifier: string;
	/** Its record in the list. */
	listed: IDataObject;
	/** Its helpers, as far as the list has them: it may leave out those that are disabled. */
	helpers: ListedHelpers;
}

/** A key with what the vault holds of it: the pair in use, and those in its helpers. */
export interface Rotation extends RotatedKey {
	present: KeyRecord;
	next: Helper | undefined;
	previous: Helper | undefined;
	/** All devices of the key: its own, and the further ones. */
	hosts: LinkedDevice[];
}

/**
 * Finds a key and its helpers in the list.
 *
 * @param list Where it was just read.
 * @throws Failure where the key cannot be rotated
 */
export async function findRotated(
	api: SenhaseguraApi,
	wanted: Located,
	list?: IDataObject[],
): Promise<RotatedKey> {
	const records = list ?? (await recentCredentials(api));
	const { id, listed } = locateKey(records, wanted);
	const identifier = identifierOf(listed);
	if (identifier === null) throw withoutIdentifier(listedName(listed));
	const helper = helperOf(identifier);
	if (helper) throw isAHelper(identifier, helper.identifier);
	theOnlyOne(records, identifier);
	return {
		id,
		identifier,
		listed,
		helpers: {
			next: theOnlyOne(records, helperIdentifier(identifier, 'next')),
			previous: theOnlyOne(records, helperIdentifier(identifier, 'previous')),
		},
	};
}

/** The record with an identifier; the vault may mind its case or not. */
function theOnlyOne(records: IDataObject[], identifier: string): IDataObject | undefined {
	const folded = identifier.toLowerCase();
	const called = records.filter((record) => identifierOf(record)?.toLowerCase() === folded);
	const ids = idsOf(called);
	if (ids.length <= 1) return called[0];
	throw new Failure(
		`The SSH key cannot be rotated, because more than one item has the identifier '${identifier}': ${ids.join(', ')}`,
		{
			kind: 'refused',
			description:
				'The vault updates a key by its identifier, and could replace the other one. Give each of them its own identifier in the vault; upper and lower case do not count as different.',
		},
	);
}

function withoutIdentifier(name: string): Failure {
	return new Failure(`The SSH key ${name} has no identifier, so it cannot be rotated`, {
		kind: 'refused',
		description:
			'The vault updates a key by its identifier only, and keys that were stored without one before version 3.33 have none. Store a new key with an identifier, and disable this one.',
	});
}

function isAHelper(identifier: string, key: string): Failure {
	return new Failure(`'SSH Key' names ${identifier}, which is a helper record of a rotation`, {
		kind: 'refused',
		description: `Choose the key that it belongs to, ${key}. If the list has no such key, somebody has renamed, disabled or removed it: look at both in the vault, since hosts may accept the pair of the helper.`,
	});
}

/**
 * Reads the records of a key. The present one comes last: what the others hold is compared with it, and a
 * run that finishes a rotation writes the others first.
 *
 * @throws Failure where a record cannot be read, or a device of the key is not understood
 */
export async function lookAt(api: SenhaseguraApi, key: RotatedKey): Promise<Rotation> {
	const previous = await readHelper(api, key.helpers.previous);
	const next = await readHelper(api, key.helpers.next);
	const present = await readRecord(api, key.id);
	const { record } = present.read;
	return {
		...key,
		previous,
		next,
		present,
		hosts: distinct([deviceAddressOf(record, key.listed), ...devicesOf(record)]),
	};
}

/** What a rotation needs, by what the vault holds. */
export type Action =
	/** The former pair is kept, since its line may be on hosts. */
	| { do: 'remove'; pair: Pair }
	/** The next pair is there, and hosts have to learn it. */
	| { do: 'install'; pair: Pair }
	/** A write that came late has brought the former pair back, and hosts may accept the *next* one only. */
	| { do: 'putBack'; pair: Pair }
	/** The same, where the *next* record is disabled: nobody knows yet what it holds. */
	| { do: 'showNext' }
	/** What the *next* record holds must never be handed out. */
	| { do: 'retireNext'; why: string }
	/** The former pair was disabled before anybody had seen its line gone. */
	| { do: 'enablePrevious' }
	/** The former pair is the present one: a run ended before it wrote the present one. */
	| { do: 'retirePrevious' }
	/** Nothing is in use, and the list does not say so. */
	| { do: 'close' }
	| { do: 'start' };

/**
 * By comparing pairs, never by age: a run may have ended between any two writes.
 *
 * @param isShown Whether it was looked at already what a disabled *next* record holds.
 */
export function nextAction(rotation: Rotation, isShown = false): Action {
	const { present, next, previous } = rotation;
	const former = previous?.record?.pair;
	if (former && !samePair(former, present.pair)) return { do: 'remove', pair: former };
	const coming = next?.record?.pair;
	const why = coming && whyUnfit(coming, rotation);
	if (coming && why !== undefined) {
		return isSuccessor(coming, rotation)
			? { do: 'putBack', pair: coming }
			: { do: 'retireNext', why };
	}
	if (next && !coming && !isShown && isFormer(present.pair, previous)) return { do: 'showNext' };
	if (!isRemovalSeen(rotation)) return { do: 'enablePrevious' };
	if (coming) return { do: 'install', pair: coming };
	if (former) return { do: 'retirePrevious' };
	return isListedAsClosed(rotation) ? { do: 'start' } : { do: 'close' };
}

/**
 * Why a pair in the *next* record must never be handed out, installed or promoted: a key that was there
 * before would come back into use. It can come from a write that arrived late.
 *
 * @returns undefined where it may
 */
export function whyUnfit(
	pair: Pair,
	{ present, next, previous }: Pick<Rotation, 'present' | 'next' | 'previous'>,
): string | undefined {
	if (samePair(pair, present.pair)) return 'it holds the present pair';
	if (isFormer(pair, previous)) return 'it holds the pair that was there before';
	if (next?.mark !== undefined && next.mark.state !== 'next') {
		return 'its username says that it is not in use';
	}
	if (!isWhole(pair)) return 'its private key cannot be read';
	return isOlder(pair, present.pair) ? 'its pair was made before the present one' : undefined;
}

/** Whether a pair is the one that the *previous* record has, or had when it was disabled. */
function isFormer(pair: Pair, previous: Helper | undefined): boolean {
	if (previous?.record) return samePair(pair, previous.record.pair);
	return previous?.mark?.refers === shortDigest(pair.blob);
}

/**
 * Whether a pair has replaced the present one before. Only of a rotation of this very key that is known:
 * where somebody has stored a pair of their own, what was there before must not come back.
 */
function isSuccessor(pair: Pair, { id, identifier, present, previous, next }: Rotation): boolean {
	const comment = commentOf(pair);
	const lineage = readTag(comment)?.lineage;
	return (
		isFormer(present.pair, previous) &&
		!samePair(pair, present.pair) &&
		// Where the vault keeps no comment, the mark of its record tells whose it is.
		(lineage === lineageOf(id, identifier) || (comment === '' && next?.mark?.id === id)) &&
		!isOlder(pair, present.pair) &&
		isWhole(pair)
	);
}

/**
 * Whether a rotation made one pair before another: the list may not show the record that tells what was
 * there before.
 */
function isOlder(pair: Pair, present: Pair): boolean {
	const coming = readTag(commentOf(pair));
	const made = readTag(commentOf(present));
	if (!coming || !made || coming.lineage !== made.lineage) return false;
	// A clock that was wrong when the present pair was made must not end all rotations.
	return coming.stamp <= made.stamp && made.stamp <= stamp(Date.now());
}

/** Whether the former key was seen gone from all hosts, or there is none. */
export function isRemovalSeen({ present, next, previous }: Rotation): boolean {
	if (!previous || next?.mark?.refers === shortDigest(previous.username ?? '')) return true;
	return isFormer(present.pair, previous);
}

/** Whether the list says that nothing is in use. */
function isListedAsClosed({ next, previous }: Rotation): boolean {
	if (previous && next?.mark?.refers !== shortDigest(previous.username ?? '')) return false;
	return next === undefined || next.mark?.state === 'done';
}
