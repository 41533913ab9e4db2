import type { IDataObject } from 'n8n-workflow';
import { asId, asObject } from '../../../shared/read';
import { itemOf, readId, readList, readText } from '../../../shared/item';

/** The texts of a list that holds names with commas in them, or IDs that are numbers; for `itemOf`. */
export function listedTexts(value: unknown) {
	return readList(asId, value);
}

/** The user groups that a record names, each with its ID; for `itemOf`. */
export function listedGroups(value: unknown) {
	return readList((entry) => {
		const { group_id: id, group_name: name } = asObject(entry) ?? {};
		// Of an entry with neither nothing is understood.
		if (id === undefined && name === undefined) return null;
		return itemOf({ id: readId(id), name: readText(name) });
	}, value);
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
