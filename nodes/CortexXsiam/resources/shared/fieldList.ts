import { z } from 'zod';
import type { IDataObject } from 'n8n-workflow';
import { recordList } from '../../api/schemas';
import { asObject } from '../../../shared/read';
import { readText } from '../../../shared/item';
import { first } from '../../../shared/paging';
import type { Result } from '../../../shared/operation';
import { item } from './operation';

/** A schema: a list, or one below `DATA` or `data` (docs/api/cortex-xsiam.md, "Cases" and "Issues"). */
export const fieldList = z
	.object({ reply: z.unknown() })
	.transform(({ reply }) => {
		const { DATA, data } = asObject(reply) ?? {};
		return Array.isArray(reply) ? reply : (DATA ?? data);
	})
	.pipe(recordList);

/**
 * The fields that cases or issues have, custom ones among them.
 *
 * @param type Of the items.
 */
export function fieldResults(
	fields: IDataObject[],
	type: 'caseField' | 'issueField',
	most: number,
): Result[] {
	return first(
		fields.map((record) => ({ item: fieldItem(record, type), raw: record })),
		most,
	);
}

function fieldItem(record: IDataObject, type: string): IDataObject {
	return item(type, {
		name: readText(record.field_name),
		label: readText(record.field_pretty_name),
		dataType: readText(record.data_type),
	});
}
