import type { IDataObject } from 'n8n-workflow';

/**
 * Readers for the fields of a vendor's record. A field that is absent, empty or oddly typed is null:
 * it never breaks an item.
 */

/** A text that is not empty; numbers and booleans as text. */
export function asText(value: unknown): string | null {
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** An ID, which vendors write as number or as text. */
export function asId(value: unknown): string | null {
	return typeof value === 'boolean' ? null : (asText(value)?.trim() ?? null);
}

/** A number, or a text that is one; none that a double cannot hold, which would be another one. */
export function asNumber(value: unknown): number | null {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number)) return null;
	return typeof value === 'string' && isRounded(value, number) ? null : number;
}

function isRounded(text: string, number: number): boolean {
	return /^\s*[-+]?\d+\s*$/.test(text) && !Number.isSafeInteger(number);
}

const TRUE = new Set(['true', '1', 'yes', 'y']);
const FALSE = new Set(['false', '0', 'no', 'n']);

/** A boolean, or one of the texts and numbers that stand for one. */
export function asBoolean(value: unknown): boolean | null {
	if (typeof value === 'boolean') return value;
	const text = asText(value)?.trim().toLowerCase() ?? '';
	if (TRUE.has(text)) return true;
	return FALSE.has(text) ? false : null;
}

/** A list; a single value that stands where a list belongs is a list of one. */
export function asList(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	return value === null || value === undefined || value === '' ? [] : [value];
}

/** The texts of a list; a text with commas is taken apart. */
export function asTexts(value: unknown): string[] {
	const entries = typeof value === 'string' ? value.split(',') : asList(value);
	return entries.flatMap((entry) => asText(entry)?.trim() ?? []);
}

export function asObject(value: unknown): IDataObject | null {
	const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
	return isObject ? (value as IDataObject) : null;
}

/** Whether a value says something at all; languages without types write nothing as an empty list. */
export function isSaid(value: unknown): boolean {
	if (typeof value === 'string') return value.trim() !== '';
	if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
	return value !== undefined && value !== null;
}

/** Where an entry of a list stands that is no record. */
export const NO_RECORD = 'notARecord';

/** An entry of a list as a record, whatever it is: nothing that a vendor says is left out. */
export function asRecord(entry: unknown): IDataObject {
	return asObject(entry) ?? (isSaid(entry) ? ({ [NO_RECORD]: entry } as IDataObject) : {});
}

/**
 * The entries of a list as records.
 *
 * @returns undefined for a list that says something, and has no record: it is no list of records
 */
export function asRecords(list: unknown[]): IDataObject[] | undefined {
	const said = list.filter(isSaid);
	if (said.length > 0 && !said.some(asObject)) return undefined;
	return list.map(asRecord);
}

/**
 * What stands where a list of records belongs: a list, a map of records, as some servers write a list of
 * several, or a single record, as others write a list of one. A text is an entry that is no record.
 *
 * @returns undefined for nothing, and for an empty map, which are no word on there being no records
 */
export function recordsIn(value: unknown): unknown[] | undefined {
	if (Array.isArray(value)) return value;
	if (asText(value) !== null) return [value];
	const object = asObject(value) ?? {};
	const values = Object.values(object);
	if (values.length === 0) return undefined;
	return values.every((entry) => asObject(entry) !== null) ? values : [object];
}
