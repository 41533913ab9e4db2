import { exactText, refuse } from '../../../shared/input';

/**
 * A secret that white space around it is no part of, such as a key. Empty, as the editor leaves it, is not
 * given; nothing but white space is a secret that went missing.
 */
export const optionalKeyText = exactText.transform(
	(text, context) =>
		text && (text.trim() || refuse(context, 'is empty', 'If none is meant, remove the field.')),
);

/** The same, and it must be there. */
export const requiredKeyText = optionalKeyText.transform(
	(text, context): string => text ?? refuse(context, 'is required'),
);
