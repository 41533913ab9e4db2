import type { GenericValue, IDataObject } from 'n8n-workflow';
import { asObject } from '../../../shared/read';

/**
 * What the vendor's own client makes of these texts, at any depth (docs/api/cortex-xsiam.md, "Lookups
 * and datasets").
 */
const VALUES = new Map<unknown, GenericValue>([
	['NULL', null],
	['TRUE', true],
	['FALSE', false],
]);

/** A row in which the words that XQL writes for null, true and false are these values. */
export function withValues(row: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, valueOf(value)]));
}

function valueOf(value: unknown): IDataObject[string] {
	if (Array.isArray(value)) return value.map(valueOf) as GenericValue[];
	const object = asObject(value);
	if (object) return withValues(object);
	return VALUES.has(value) ? (VALUES.get(value) as GenericValue) : (value as GenericValue);
}
