import { param } from '../../../shared/param';
import { asText } from '../../../shared/read';
import type { Result } from '../../../shared/operation';
import { FILTERED_HERE } from '../../../shared/textFilter';
import { textList } from '../../../shared/input';

/** Narrows audit records down, after they were read. */
export const operationTypes = param(
	{
		displayName: 'Operation Types',
		name: 'operationTypes',
		type: 'string',
		default: '',
		placeholder: 'e.g. Password Retrieved, Password Changed',
		description: `These operations, as the audit trail in PAM360 names them, separated by commas, in upper or lower case. ${FILTERED_HERE}.`,
	},
	textList,
);

const plain = (text: string) => text.replace(/\s+/g, ' ').trim().toLowerCase();

/** @param wanted Names in upper or lower case; none for all. */
export function isOneOf({ item }: Result, wanted: string[]): boolean {
	const operation = plain(asText(item.operationType) ?? '');
	return wanted.length === 0 || wanted.some((name) => plain(name) === operation);
}
