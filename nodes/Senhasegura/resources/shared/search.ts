import { z } from 'zod';
import { filters } from '../../../shared/description';
import { optionalText } from '../../../shared/input';
import { textFilter } from '../../../shared/textFilter';

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
	return textFilter({ displayName: 'Search', name: 'search', placeholder }, `A part of ${parts}`);
}

export const searchInput = z.object({ search: optionalText });
