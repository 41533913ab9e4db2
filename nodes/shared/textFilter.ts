import type { INodeProperties } from 'n8n-workflow';
import { asText } from './fields';
import { optionalText } from './input';
import { param } from './param';

/** What a user is told of a filter that the vendor's call does not have. */
export const FILTERED_HERE = 'All are read, and the node filters them';

type Field = Pick<INodeProperties, 'displayName' | 'name' | 'placeholder'>;

/**
 * The parameter of a filter that the node applies to a text of each record.
 *
 * @param part What it is compared with, as it begins a sentence: `A part of the name`.
 */
export function textFilter(field: Field, part: string): INodeProperties {
	return { ...field, ...textOf(part) };
}

/** The same, with what it takes. */
export function textFilterParam<const Name extends string>(
	{ displayName, name, placeholder }: Field & { name: Name },
	part: string,
) {
	return param({ displayName, name, placeholder, ...textOf(part) }, optionalText);
}

function textOf(part: string) {
	return {
		type: 'string' as const,
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
