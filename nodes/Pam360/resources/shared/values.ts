import type { IDataObject } from 'n8n-workflow';
import { serverTime } from '../../api/dates';
import { asList, asObject, asText } from '../../../shared/fields';

/** A text of a record; PAM360 writes `N/A` or `-` where there is nothing to say. */
export function recordText(value: unknown): string | null {
	const text = asText(value);
	return text === null || /^\s*(N\/A|-)\s*$/i.test(text) ? null : text;
}

/**
 * A date of a record as two fields of an item: `<name>`, with offset where the credential names the
 * server's zone, and `<name>ServerTime`, the local time.
 */
export function dateFields(name: string, value: unknown, zone: string | undefined): IDataObject {
	const { time, serverTime: local } = serverTime(value, zone);
	return { [name]: time, [`${name}ServerTime`]: local };
}

const PASSWORD_FIELD = /^password$/i;

/** Custom fields of a record (fact sheet 4.1); the value of one that holds a password stays out. */
export function customFieldsOf(record: IDataObject): IDataObject[] {
	return asList(record['CUSTOM FIELD']).flatMap((entry) => {
		const field = asObject(entry);
		if (!field) return [];
		return [
			{
				label: asText(field.CUSTOMFIELDLABEL),
				value: isSecret(field) ? null : asText(field.CUSTOMFIELDVALUE),
				type: asText(field.CUSTOMFIELDTYPE),
				column: asText(field.CUSTOMFIELDCOLUMNNAME),
			},
		];
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
