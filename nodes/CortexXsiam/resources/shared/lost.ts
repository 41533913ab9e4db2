import { Failure } from '../../../shared/failure';

/**
 * For `catch` of a call that must not be made twice and that nothing can be looked up of: adds what
 * may be there where the answer was lost.
 *
 * @param sentence What may be there, and where to look.
 */
export function ifLost(sentence: string): (failure: unknown) => never {
	return (failure) => {
		throw failure instanceof Failure && failure.kind === 'lost' ? failure.plus(sentence) : failure;
	};
}
