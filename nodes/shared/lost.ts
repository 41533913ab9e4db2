import { Failure } from './failure';

/** What is told of a change where nobody knows what became of it. */
export interface Change {
	/** What it may have done, as a sentence without its period: `The account may have been created`. */
	mayHave?: string;
	/** Whether making the change twice does no more than making it once: never taken for granted. */
	repeatable: boolean;
	/** Where to find out, if it must not be made twice: a sentence without its period. */
	find?: string;
}

/**
 * For `catch` on a change: a failure after which it may have been made says so. Of what must not be made
 * twice nothing is declared: a run that n8n repeats by itself would make it another time.
 */
export function ifLost({
	mayHave = 'The change may have been made',
	repeatable,
	find = 'Look in the console before you run the node again',
}: Change): (failure: unknown) => never {
	const advice = repeatable
		? 'Running the node again does no harm.'
		: `The node did not send the request again. ${find}.`;
	return (failure) => {
		const isOpen =
			failure instanceof Failure && (failure.kind === 'lost' || failure.kind === 'unusable');
		if (!isOpen) throw failure;
		throw (repeatable ? failure : failure.with({ declared: undefined })).plus(
			`${mayHave} anyway. ${advice}`,
		);
	};
}
