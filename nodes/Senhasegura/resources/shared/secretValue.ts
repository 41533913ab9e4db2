import { asText } from '../../../shared/read';
import { Failure } from '../../../shared/failure';

/**
 * A secret value as an answer has it.
 *
 * @param what Whose value it is, for the message.
 * @throws Failure where there is none
 */
export function secretValue(value: unknown, what: string): string {
	const text = asText(value);
	if (text !== null) return text;
	throw new Failure(`senhasegura answered without ${what}`, {
		kind: 'unusable',
		description: 'The record exists, but has no value. Look at it in the vault.',
	});
}
