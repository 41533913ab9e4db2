import type { Failure } from '../../shared/failure';

interface Change {
	/** What a lost answer may mean: `The account may have been created`. */
	mayHave: string;
	/** Whether making the change twice does no more than making it once. */
	repeatable: boolean;
	/** Where to find out, if anywhere: `Look for it with Resource: Get Many`. */
	find?: string;
}

/**
 * For `catch` on a change: a failure after which nobody knows what became of it says so. Nothing is
 * declared of it then: a run that n8n repeats by itself would make the change another time.
 */
export function unlessLost({ mayHave, repeatable, find }: Change) {
	const once = find ?? 'PAM360 has no call to look it up: look in its console';
	const advice = repeatable
		? `${mayHave} anyway. Look in PAM360, or run the node again: doing it twice does no harm.`
		: `${mayHave} anyway. The node did not send the request again. ${once}.`;
	return (failure: Failure): never => {
		if (failure.kind !== 'lost') throw failure;
		throw failure.with({ declared: undefined }).plus(advice);
	};
}
