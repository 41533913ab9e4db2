import { filters } from '../../../shared/param';
import { textFilterParam } from '../../../shared/textFilter';

/**
 * The filter of a list that the vault gives whole.
 *
 * @param parts What is searched, as it completes "A part of".
 */
export function searchFilter(placeholder: string, parts: string) {
	return filters(searchField(placeholder, parts));
}

/** The same among other filters. */
export function searchField(placeholder: string, parts: string) {
	return textFilterParam(
		{ displayName: 'Search', name: 'search', placeholder },
		`A part of ${parts}`,
	);
}
