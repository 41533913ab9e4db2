import { Failure } from '../../shared/failure';

/** For `catch` of what is read before anything is issued: a lost answer leaves nothing behind then. */
export function nothingIssuedYet(thrown: unknown): never {
	throw thrown instanceof Failure && thrown.kind === 'lost'
		? thrown.with({ kind: 'refused' })
		: thrown;
}
