import { z } from 'zod';
import { filters } from '../../../shared/description';
import { asText } from '../../../shared/fields';
import { optionalText } from '../../../shared/input';

/**
 * The filter of a list that the vault gives whole.
 *
 * @param parts What is searched, as it completes "A part of".
 * @param whole What the vault gives, as it completes "the vault gives".
 */
export function searchFilter(placeholder: string, parts: string, whole: string) {
	return filters({
		displayName: 'Search',
		name: 'search',
		type: 'string',
		default: '',
		placeholder,
		description: `A part of ${parts}. The node applies it: the vault gives ${whole}.`,
	});
}

export const searchInput = z.object({ search: optionalText });

/** Whether one of the texts has the wanted part, whatever the case. */
export function hasPart(texts: unknown[], search = ''): boolean {
	const wanted = search.toLowerCase();
	return texts.some((text) => (asText(text) ?? '').toLowerCase().includes(wanted));
}
