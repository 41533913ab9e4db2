import type { IDataObject } from 'n8n-workflow';
import { serverTime } from '../../api/dates';
import { asObject, asText } from '../../../shared/read';
import {
	Unread,
	itemOf,
	readBoolean,
	readId,
	readList,
	readNumber,
	readText,
	unread,
} from '../../../shared/item';

/**
 * What a record says; PAM360 writes `N/A` or `-` where there is nothing to say (docs/api/pam360.md,
 * "The envelope").
 */
export function said(value: unknown): unknown {
	return typeof value === 'string' && /^\s*(N\/A|-)\s*$/i.test(value) ? null : value;
}

/** Readers of a record's values, for `itemOf`. */
export const recordText = (value: unknown) => readText(said(value));
export const recordId = (value: unknown) => readId(said(value));
export const recordNumber = (value: unknown) => readNumber(said(value));
export const recordBoolean = (value: unknown) => readBoolean(said(value));

/**
 * What was read, or what is known from elsewhere where the record does not say it. What it says in a form
 * that is not understood stays beside it.
 */
export function orElse<Value>(
	read: Value | Unread | null,
	known: Value | null | undefined,
): Value | Unread | null {
	return read instanceof Unread ? new Unread(read.text, known ?? null) : (read ?? known ?? null);
}

/**
 * A date of a record as two fields for `itemOf`: `<name>`, with offset where the credential names the
 * server's zone, and `<name>ServerTime`, the local time.
 */
export function dateFields(
	name: string,
	value: unknown,
	zone: string | undefined,
): Record<string, unknown> {
	const date = serverTime(value, zone);
	return {
		[name]: date ? date.time : unread(said(value)),
		[`${name}ServerTime`]: date?.serverTime ?? null,
	};
}

const PASSWORD_FIELD = /^password$/i;

/**
 * Custom fields of a record (docs/api/pam360.md, "Listing accounts"); the value of one that holds a
 * password stays out.
 */
export function customFieldsOf(record: IDataObject) {
	const { 'CUSTOM FIELD': fields } = record;
	return readList(customField, withoutSecretFields({ fields }).fields);
}

function customField(entry: unknown): IDataObject | null {
	const field = asObject(entry) ?? {};
	// Of an entry without one of its keys nothing is understood.
	if (!Object.keys(field).some((key) => key.startsWith('CUSTOMFIELD'))) return null;
	return itemOf({
		label: readText(field.CUSTOMFIELDLABEL),
		value: readText(field.CUSTOMFIELDVALUE),
		type: readText(field.CUSTOMFIELDTYPE),
		column: readText(field.CUSTOMFIELDCOLUMNNAME),
	});
}

/** A record or answer of the vendor, without what custom fields of the type Password hold in it. */
export function withoutSecretFields(answer: IDataObject): IDataObject {
	const clean = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(clean);
		const record = asObject(value);
		if (!record) return value;
		const entries = Object.entries(record).map(([key, entry]) => [key, clean(entry)]);
		const copy = Object.fromEntries(entries) as IDataObject;
		return isSecret(record) ? { ...copy, CUSTOMFIELDVALUE: null } : copy;
	};
	return clean(answer) as IDataObject;
}

function isSecret(field: IDataObject): boolean {
	if (!('CUSTOMFIELDVALUE' in field)) return false;
	const column = asText(field.CUSTOMFIELDCOLUMNNAME) ?? '';
	return (
		PASSWORD_FIELD.test(asText(field.CUSTOMFIELDTYPE) ?? '') || column.startsWith('COLUMN_SCHAR')
	);
}
