import type { INodeProperties } from 'n8n-workflow';
import { asText } from './read';
import { optionalText } from './input';
import { param } from './param';

/** What a user is told of a filter that the vendor's call does not have. */
export const FILTERED_HERE = 'All are read, and then filtered by the node';

/**
 * A filter that the node applies to a text of each record.
 *
 * @param part What it is compared with, as it begins a sentence: `A part of the name`.
 */
export function textFilterParam<const Name extends string>(
	field: Pick<INodeProperties, 'displayName' | 'placeholder'> & { name: Name },
	part: string,
) {
	return param(
		{
			...field,
			type: 'string',
			default: '',
			description: `${part}, in upper or lower case. ${FILTERED_HERE}.`,
		},
		optionalText,
	);
}

const folded = (value: unknown) => (asText(value) ?? '').trim().toLowerCase();

/** Whether one of the texts has the wanted part, whatever the case; any has where none is wanted. */
export function hasPart(wanted: string | undefined, ...texts: unknown[]): boolean {
	return wanted === undefined || texts.some((text) => folded(text).includes(folded(wanted)));
}

/** Whether one of the texts is the wanted one, whatever the case; any is where none is wanted. */
export function isText(wanted: string | undefined, ...texts: unknown[]): boolean {
	return wanted === undefined || texts.some((text) => folded(text) === folded(wanted));
}
