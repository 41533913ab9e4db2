import { GRACE_MS, isOlder } from '../../api/lineages';
import type { KeyList, Member } from '../../api/lineages';
import { HOUR_MS } from '../../../shared/dates';
import type { Kept } from './rotationOutcome';
import type { Sight } from './rotationSight';

/** Of a key that the same run would revoke, if it were no dry one. */
export const DRY_RUN = 'a dry run revokes nothing';

/** How the reason begins where nobody knows if the key is gone. */
export const UNKNOWN_FATE = 'it is not known whether it was revoked';

const untoldAge = (which: string) => `the tenant does not say when ${which} was created`;
const UNTOLD_AGE = untoldAge('it');

/** What a run knows besides what it sees. */
interface Known {
	/** How old the stored key must be before those made earlier are revoked, in milliseconds. */
	overlapMs: number;
	/** Of the key that the credential uses. */
	ownKeyId: string;
	/** By ID, the keys that this run could not revoke, and why. */
	stuck: ReadonlyMap<string, string>;
}

/**
 * What stands against revoking a key; nothing where it is provably of this lineage, old enough, and
 * not the one that the credential uses. One that was made before the stored one also waits until
 * that is as old as the user wants.
 */
export function obstacleTo(
	one: Member,
	{ stored, now, list }: Sight,
	{ overlapMs, ownKeyId, stuck }: Known,
): Kept | undefined {
	const { id, age } = one;
	const why = stuck.get(id) ?? reasonToKeep(one, list, ownKeyId);
	if (why !== undefined || age === undefined) return { id, why: why ?? UNTOLD_AGE };
	const isOld = stored !== undefined && isOlder(one, stored);
	if (isOld && overlapMs > 0 && stored.age === undefined) {
		return { id, why: untoldAge(`${stored.id}, which replaced it,`) };
	}
	const grace = GRACE_MS - age;
	const overlap = isOld ? overlapMs - (stored.age ?? overlapMs) : 0;
	if (grace <= 0 && overlap <= 0) return undefined;
	return {
		id,
		why:
			overlap > grace
				? `${stored?.id}, which replaced it, must be ${overlapMs / HOUR_MS} hours old first`
				: 'no key is revoked before it is 12 hours old',
		until: now + Math.max(grace, overlap),
	};
}

function reasonToKeep(
	{ id, age, ambiguous }: Member,
	{ clock }: KeyList,
	ownKeyId: string,
): string | undefined {
	if (ambiguous) return 'another key has the same mark; find out which of them is in use';
	if (age === undefined) return UNTOLD_AGE;
	if (!clock.isTold) return 'the server does not send its time, so its age is not certain';
	// In a child tenant it may be another key with the same number: nobody can tell.
	return id === ownKeyId
		? 'it has the ID of the key that the credential of this node uses'
		: undefined;
}
