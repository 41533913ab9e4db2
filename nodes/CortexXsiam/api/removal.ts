import { sleep } from 'n8n-workflow';
import { Failure } from '../../shared/failure';
import { NotInTime } from '../../shared/tooMany';

/** What deleting a key for certain needs of the API. */
export interface KeyRemoval {
	readonly ownKeyId: string;
	/** @returns how many were deleted */
	deleteKeys(ids: string[]): Promise<number>;
	/** @returns those of the ids that the tenant has */
	existingKeys(ids: string[]): Promise<string[]>;
	/** The same calls, made even where the execution is cancelled. */
	evenIfCancelled(): KeyRemoval;
}

export interface Removal {
	/** `there`: nothing was done. `unknown`: nobody knows. */
	fate: 'gone' | 'there' | 'unknown';
	/** Why it is not gone, where the vendor said it. */
	failure?: Failure;
}

/** A server that was still at work when the connection broke gets this long to finish. */
const LOOKED_UP_AFTER_MS = 1_000;

/** Deletes a key, and looks what became of it where the answer does not tell. */
export async function removeKey(calls: KeyRemoval, id: string): Promise<Removal> {
	const deleted = await calls.deleteKeys([id]).catch(asFailure);
	if (typeof deleted === 'number' && deleted > 0) return { fate: 'gone' };
	const failure = typeof deleted === 'number' ? undefined : deleted;
	const isOpen = failure?.kind === 'lost';
	// Nothing was sent.
	if (failure instanceof NotInTime) return { fate: 'there', failure };
	if (isOpen) await sleep(LOOKED_UP_AFTER_MS);
	const left = await calls.evenIfCancelled().existingKeys([id]).catch(asFailure);
	if (Array.isArray(left)) {
		if (!left.includes(id)) return { fate: 'gone' };
		// One that may still be deleted must not be counted on.
		return { fate: isOpen ? 'unknown' : 'there', failure };
	}
	return { fate: 'unknown', failure: failure ?? left };
}

/**
 * Takes back a key that was just issued, even where the execution is cancelled.
 *
 * @returns whether it is gone
 */
export async function takeBack(calls: KeyRemoval, id: string): Promise<boolean> {
	const { fate } = await removeKey(calls.evenIfCancelled(), id);
	return fate === 'gone';
}

/** The text of an error that is no `Failure` may hold a secret, so that it is not shown. */
function asFailure(thrown: unknown): Failure {
	return thrown instanceof Failure
		? thrown
		: new Failure('The answer could not be processed', { kind: 'lost' });
}
