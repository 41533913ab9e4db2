import { z } from 'zod';
import { optionalText, refuse } from '../../../shared/input';

/**
 * An identifier within `nullIfAdded`. Empty is none, as the vendor has it; an expression that came out as
 * nothing is refused, because another record would be stored then.
 *
 * @param meaning What leaving it out means, as a sentence.
 */
export function optionalIdentifier(meaning: string) {
	return z
		.unknown()
		.superRefine((value, context) => {
			if (value === null) {
				refuse(context, 'is empty', `${meaning} If that is meant, remove the field.`);
			}
		})
		.pipe(optionalText);
}
