import type { INodeProperties } from 'n8n-workflow';

/** A collection of optional fields, sorted by name as n8n wants them. */
export function collection(
	displayName: string,
	name: string,
	placeholder: string,
	fields: INodeProperties[],
): INodeProperties {
	return {
		displayName,
		name,
		type: 'collection',
		placeholder,
		default: {},
		options: [...fields].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

/**
 * The collection with some of its fields there from the start, empty, so that nobody overlooks them.
 *
 * @param names Of fields for which empty means the same as absent.
 */
export function preset(fields: INodeProperties, names: string[]): INodeProperties {
	const inner = (fields.options ?? []) as INodeProperties[];
	const chosen = inner.filter(({ name }) => names.includes(name));
	return {
		...fields,
		default: Object.fromEntries(chosen.map((field) => [field.name, field.default])),
	};
}
