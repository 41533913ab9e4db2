import { z } from 'zod';
import { textList } from '../../../shared/input';

/** IDs that the vendor wants as integers, several. */
export const numericIds = textList.transform((ids, context): number[] => {
	if (ids.every((id) => /^\d+$/.test(id) && Number.isSafeInteger(Number(id)))) {
		return ids.map(Number);
	}
	context.addIssue({ code: 'custom', message: 'must hold numbers only' });
	return z.NEVER;
});
