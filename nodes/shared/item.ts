import type { IDataObject } from 'n8n-workflow';
import { NO_RECORD, asBoolean, asId, asList, asNumber, asObject, asText, isSaid } from './read';

/**
 * Normalised items. What a vendor says in a form that is not understood is never dropped: the field is
 * null, and a field beside it that is called after it, with `Text` at the end, has what the vendor wrote.
 */

/** What a vendor said in a form that is not understood. */
export class Unread {
	/**
	 * @param text As the vendor wrote it; JSON where it was no text.
	 * @param value What could be read all the same.
	 */
	constructor(
		readonly text: string,
		readonly value: unknown = null,
	) {}
}

/** Where what was not understood stands: beside `expiresAt` in `expiresAtText`. */
const BESIDE = 'Text';

/** An item, with a field more for each value that was not understood. */
export function itemOf(fields: Record<string, unknown>): IDataObject {
	const entries = Object.entries(fields).flatMap(([name, value]) =>
		value instanceof Unread
			? [
					[name, value.value],
					[`${name}${BESIDE}`, value.text],
				]
			: [[name, value]],
	);
	return Object.fromEntries(entries) as IDataObject;
}

/** The item of a result. That of an entry that is no record has what came in its place. */
export function simplified({ item, raw }: { item: IDataObject; raw: IDataObject }): IDataObject {
	const record = unread(raw[NO_RECORD]);
	return record ? { ...item, ...itemOf({ record }) } : item;
}

/**
 * For `itemOf`, where fields of an item stand in a part of the record: a field of this name with what came
 * in place of an object, and none where an object or nothing came.
 */
export function oddPart(name: string, part: unknown): Record<string, unknown> {
	const odd = asObject(part) ? null : unread(part);
	return odd ? { [name]: odd } : {};
}

/** For a vendor to make its items by: a name such as `apiKey`, and the fields, as `itemOf` takes them. */
export function itemsOf(vendor: string) {
	return (type: string, fields: Record<string, unknown>): IDataObject =>
		itemOf({ vendor, type, ...fields });
}

/** The fields of an item that were not understood, or not all of what they hold. */
export function unreadFields(item: IDataObject): string[] {
	return Object.keys(item).filter((name) => `${name}${BESIDE}` in item);
}

/** What the user should know of an item with such fields. */
export function unreadHints(item: IDataObject): string[] {
	return unreadFields(item).map((name) =>
		item[name] === null
			? `'${name}' came in a form that the node does not understand: it is null, and what came is in '${name}${BESIDE}'.`
			: `A part of '${name}' came in a form that the node does not understand: all that came is in '${name}${BESIDE}'.`,
	);
}

/**
 * Reads a value for `itemOf`.
 *
 * @param reader Gives null or undefined for what it does not understand.
 * @returns null where the vendor said nothing
 */
export function readWith<Value>(
	reader: (value: unknown) => Value | null | undefined,
	value: unknown,
): Value | Unread | null {
	const read = reader(value) ?? null;
	return read === null && isSaid(value) ? new Unread(written(value)) : read;
}

/** As the vendor wrote it. */
function written(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/** For `itemOf`: a value that no reader has understood; null where the vendor said nothing. */
export function unread(value: unknown): Unread | null {
	return readWith<never>(() => null, value) as Unread | null;
}

export const readText = (value: unknown) => readWith(asText, value);
export const readId = (value: unknown) => readWith(asId, value);
export const readNumber = (value: unknown) => readWith(asNumber, value);
export const readBoolean = (value: unknown) => readWith(asBoolean, value);
export const readObject = (value: unknown) => readWith(asObject, value);

/**
 * Reads a list for `itemOf`; a single value that stands where a list belongs is a list of one.
 *
 * @param reader Of an entry; gives null or undefined for what it does not understand.
 * @param absent What stands for a list that the vendor said nothing of.
 */
export function readList<Entry, Absent = never>(
	reader: (value: unknown) => Entry | null | undefined,
	value: unknown,
	absent?: Absent,
): Entry[] | Absent | Unread {
	if (absent !== undefined && (value === undefined || value === null)) return absent;
	const said = asList(value).filter(isSaid);
	const read = said.flatMap((entry) => reader(entry) ?? []);
	const isWhole = read.length >= said.length && !read.some(hasUnread);
	return isWhole ? read : new Unread(written(value), read);
}

/** Whether an entry is an item of its own that was not understood in full. */
function hasUnread(entry: unknown): boolean {
	const item = asObject(entry);
	return item !== null && unreadFields(item).length > 0;
}

/** The texts of a list; a text with commas is taken apart. */
export function readTexts<Absent = never>(value: unknown, absent?: Absent) {
	const entries = typeof value === 'string' ? value.split(',') : value;
	return readList((entry) => asText(entry)?.trim(), entries, absent);
}
