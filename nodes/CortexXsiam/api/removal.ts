import { Failure } from '../../shared/failure';

/** What deleting a key for certain needs of the API. */
export interface KeyRemoval {
	readonly ownKeyId: string;
	/** @returns how many were deleted */
	deleteKeys(ids: string[]): Promise<number>;
	/** @returns those of the ids that the tenant has */
	existingKeys(ids: string[]): Promise<string[]>;
}

export interface Removal {
	/** `there`: nothing was done. `unknown`: nobody knows. */
	fate: 'gone' | 'there' | 'unknown';
	/** Why it is not gone, where the vendor said it. */
	failure?: Failure;
}

/** Deletes a key, and looks what became of it where the answer does not tell. */
export async function removeKey(calls: KeyRemoval, id: string): Promise<Removal> {
	const deleted = await calls.deleteKeys([id]).catch(asFailure);
	if (typeof deleted === 'number' && deleted > 0) return { fate: 'gone' };
	const failure = typeof deleted === 'number' ? undefined : deleted;
	const left = await calls.existingKeys([id]).catch(asFailure);
	if (Array.isArray(left)) {
		return left.includes(id) ? { fate: 'there', failure } : { fate: 'gone' };
	}
	// A key that is not accepted any more is the one that was to go.
	if (id === calls.ownKeyId && left.code === '401') return { fate: 'gone' };
	return { fate: 'unknown', failure: failure ?? left };
}

/** Whether a key that was just issued is gone again for certain. */
export async function deletedAgain(calls: KeyRemoval, id: string): Promise<boolean> {
	const { fate } = await removeKey(calls, id);
	return fate === 'gone';
}

/** What is thrown beside failures says nothing that could be shown. */
function asFailure(thrown: unknown): Failure {
	return thrown instanceof Failure
		? thrown
		: new Failure('The answer could not be processed', { kind: 'lost' });
}
