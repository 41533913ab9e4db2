import { liveOnes } from '../../api/lineages';
import type { KeyList, Lineage, Member } from '../../api/lineages';
import type { Proof } from '../../api/proof';
import { epochTime } from '../../../shared/dates';
import { Failure } from '../../../shared/failure';
import type { Stored } from './rotationWish';

/** What a store answered counts as read by this run for so long. */
export const FRESH_MS = 60 * 60_000;

/** A clock that is ahead of this one by more than this makes an old read look fresh. */
const CLOCKS_APART_MS = 5 * 60_000;

/** What a run of a rotation has just seen. */
export interface Sight {
	list: KeyList;
	/** The server's time at least, epoch milliseconds. */
	now: number;
	lineage: Lineage;
	proof: Proof;
	/** The key of the lineage that the store opens. */
	stored?: Member;
}

/** The live keys of a lineage beside the one that the store opens. */
export function othersOf({ lineage, stored }: Sight): Member[] {
	return liveOnes(lineage).filter((one) => one !== stored);
}

/** Why nothing is issued or deleted by what the store answered: it was at another time. */
export function staleRead(stored: Stored | undefined, isRetry: boolean): string | undefined {
	// What the credential holds is read by each execution.
	if (!stored) return undefined;
	if (isRetry) {
		return 'This execution is a retry of an earlier one, and has its data: what the store answered then may no longer be true.';
	}
	const age = Date.now() - stored.readAt;
	const times = `'Read At' is ${epochTime(stored.readAt)}, and now it is ${epochTime(Date.now())}`;
	if (age >= FRESH_MS)
		return `${times}: what a store answered is used for less than 60 minutes only.`;
	return age < -CLOCKS_APART_MS ? `${times}: nothing can have been read in the future.` : undefined;
}

/** Of a store that opens a key outside the lineage. */
export function outsider(
	{ id, isListed }: Extract<Proof, { opens: 'outsider' }>,
	lineage: Lineage,
): Failure {
	const ids = liveOnes(lineage)
		.map((one) => one.id)
		.join(', ');
	return new Failure(
		`'Stored Secret' opens the API key ${id}, which is not one of the lineage ${lineage.id}`,
		{
			kind: 'refused',
			description: `Its live keys are ${ids || 'none'}. Nothing was issued and nothing revoked. ${isListed ? '' : `The tenant's list of keys lacks ${id}, so the list may be late or not whole: run again. `}Either the wrong entry of the store was read, or the key ${id} was put there by somebody: check which one its users need.`,
		},
	);
}
