import { Failure } from '../../shared/failure';
import { otherId } from '../../shared/fields';

const DIGITS = /^\d+$/;

/**
 * Refuses a record that is plainly that of something else. An ID that is missing, or of another kind
 * than the one that was asked for, says nothing.
 *
 * @param told What the record has for what was asked for.
 * @param noun What was asked for, for the message.
 * @throws Failure of kind `unusable`
 */
export function refuseAnother(told: unknown, asked: string, noun: string): void {
	const id = otherId(told, asked);
	if (id === undefined || DIGITS.test(id) !== DIGITS.test(asked)) return;
	throw new Failure(
		`senhasegura answered with another ${noun} than the one asked for (${id} instead of ${asked})`,
		{
			kind: 'unusable',
			description:
				'Nothing of that record leaves the node. Look at both in the vault, and at proxies in between, which may have mixed up two answers.',
		},
	);
}
