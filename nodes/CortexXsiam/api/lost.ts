import { Failure } from '../../shared/failure';

/** Whoever gave up waiting cannot know whether the server still works on it. */
export function mayBeAtWork({ code }: Failure): boolean {
	return /^(ETIMEDOUT|ECONNABORTED|ERR_CANCELED|502|503|504)$/.test(code ?? '');
}

/** For `catch` of what is read before anything is issued: a lost answer leaves nothing behind then. */
export function nothingIssuedYet(thrown: unknown): never {
	throw thrown instanceof Failure && thrown.kind === 'lost'
		? thrown.with({ kind: 'refused' })
		: thrown;
}
