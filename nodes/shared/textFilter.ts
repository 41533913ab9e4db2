import type { INodeProperties } from 'n8n-workflow';
import { asText } from './fields';

/** What a user is told of a filter that the vendor's call does not have. */
export const FILTERED_HERE = 'All are read, and the node filters them';

type Field = Pick<INodeProperties, 'displayName' | 'name' | 'placeholder'>;

/**
 * The parameter of a filter that the node applies to a text of each record.
 *
 * @param part What it is compared with, as it begins a sentence: `A part of the name`.
 */
export function textFilter(field: Field, part: string): INodeProperties {
	return {
		...field,
		type: 'string',
		default: '',
		description: `${part}, in upper or lower case. ${FILTERED_HERE}.`,
	};
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
