import { Failure } from './failure';

/** What a text tells the user to change. */
export type Topic = 'options' | 'pace' | 'parameters';

const insteadOf = new Map<string, { topic: Topic; instead: string }>();

/**
 * A sentence of a failure's description that names what only some places have: a credential's form and a list
 * in the editor have no options, and nobody gave parameters for what they send.
 *
 * @param instead What is said where there is none of it.
 */
export function advice(topic: Topic, text: string, instead: string): string {
	insteadOf.set(text, { topic, instead });
	return text;
}

/** A failure in the words of a place. @param has What the user can change there. */
export function inPlace(thrown: unknown, ...has: Topic[]): unknown {
	if (!(thrown instanceof Failure) || !thrown.description) return thrown;
	let { description } = thrown;
	for (const [text, { topic, instead }] of insteadOf) {
		if (!has.includes(topic)) description = description.replace(text, () => instead).trim();
	}
	return thrown.with({ description });
}
