import type { IDataObject } from 'n8n-workflow';
import { asId, asList, asText } from '../../../shared/fields';

/** Whether one of these fields holds the part that is wanted, in any case; all do where none is. */
export function containing(part: string | undefined, ...fields: unknown[]): boolean {
	if (part === undefined) return true;
	const wanted = part.toLowerCase();
	return fields.some((field) => asText(field)?.toLowerCase().includes(wanted));
}

/** The texts of a list that holds names with commas in them, or IDs that are numbers. */
export function listedTexts(value: unknown): string[] {
	return asList(value).flatMap((entry) => asId(entry) ?? []);
}

/** A list as a field of a request: each entry once, and undefined, which is left out, where it is empty. */
export function listOf(values: string[]): string[] | undefined {
	return values.length > 0 ? [...new Set(values)] : undefined;
}

/** The fields that have a value. */
export function defined(fields: Record<string, unknown>): IDataObject {
	return Object.fromEntries(
		Object.entries(fields).filter(([, value]) => value !== undefined),
	) as IDataObject;
}
