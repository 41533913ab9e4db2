import { Failure } from '../../../shared/failure';

/**
 * A change that does no harm when it is made again. Where its answer is lost or cannot be used, the
 * failure says that it may have been made.
 *
 * @throws Failure
 */
export async function repeatableChange<Value>(call: Promise<Value>): Promise<Value> {
	return await call.catch((thrown: unknown) => {
		const mayBeMade =
			thrown instanceof Failure && (thrown.kind === 'lost' || thrown.kind === 'unusable');
		throw mayBeMade
			? thrown.plus('The change may have been made anyway; making it again does no harm.')
			: thrown;
	});
}

/**
 * A creation whose lost answer nothing can make up for: the failure says what may exist.
 *
 * @param advice Whole sentences: what to look for before trying again.
 * @throws Failure
 */
export async function creation<Value>(call: Promise<Value>, advice: string): Promise<Value> {
	return await call.catch((thrown: unknown) => {
		const isLost = thrown instanceof Failure && thrown.kind === 'lost';
		// Nothing declared: a run that n8n repeats by itself would create a second one.
		throw isLost ? thrown.with({ declared: undefined }).plus(advice) : thrown;
	});
}
