import type { Lineage, Member } from '../../api/lineages';
import type { Proof } from '../../api/proof';
import type { Failure } from '../../../shared/failure';
import type { Successor } from './successor';

/** Where the rotation of a lineage stands. */
export type Status =
	/** A new key was issued, and is to be stored now. */
	| 'rotated'
	/** The same, if this were not a dry run. */
	| 'planned'
	/** The store opens a key that is not due: keys that it replaced are revoked, or wait. */
	| 'resumed'
	/** The same, with nothing left to revoke. */
	| 'nothingToDo'
	/** Another run may be about to store a key. */
	| 'inProgress'
	/** There are too many live keys to issue another one. */
	| 'blocked'
	/** Nobody can say what the store opens. */
	| 'unclear'
	/** What the store answered is too old, or of an earlier execution. */
	| 'staleRead'
	/** A key may exist that nobody has. */
	| 'unknown'
	/** Finish: the key that the store opens is the only one left. */
	| 'finished'
	/** Finish: other keys are too young to be revoked. */
	| 'waiting'
	/** Finish: the store opens no key of the lineage, or holds nothing. */
	| 'notProved'
	/** Finish: the store opens the key that is to be replaced. */
	| 'dueKeyStored';

/** Other keys of a lineage that stay for now, and why. */
export interface Kept {
	id: string;
	why: string;
	/** From when on a run may revoke it, epoch milliseconds; undefined where none may. */
	until?: number;
}

/** What a run found and did. */
export interface Outcome {
	status: Status;
	lineage: Lineage;
	/** What the store was seen to open; undefined where it was not asked. */
	proof?: Proof;
	/** The key that the outcome is about: the new one, the stored one, the one under way. */
	key?: Member;
	/** The key that is to be replaced. */
	due?: Member;
	issued?: Successor;
	/** Ids of the keys that this run revoked. */
	deleted: string[];
	kept: Kept[];
	/** What else there is to say, in sentences. */
	remarks: string[];
	/** Of what nobody knows if it exists. */
	failure?: Failure;
	/** Ids of the keys that an earlier try of this call had left behind, of the deleted ones. */
	deletedOfEarlierTry: string[];
}
