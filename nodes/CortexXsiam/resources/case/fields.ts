import { locatedId } from '../../../shared/locator';
import { picker } from '../../../shared/param';
import { caseList } from './lists';

/**
 * Picks one case.
 *
 * @param description What it is picked for.
 */
export function caseParam(description: string) {
	return picker(
		{
			displayName: 'Case',
			name: 'case',
			description: `${description}; the list shows the newest ones`,
			list: caseList,
			id: {
				regex: '^[0-9]+$',
				errorMessage: 'The ID of a case is a number',
				placeholder: 'e.g. 123',
			},
		},
		locatedId(/^\d+$/, 'must be the number of a case'),
	);
}
