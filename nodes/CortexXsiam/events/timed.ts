import type { IDataObject } from 'n8n-workflow';
import { asId } from '../../shared/read';
import type { Result } from '../../shared/operation';

/** All records of a list. */
export async function collected(rows: AsyncIterable<IDataObject>): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	for await (const row of rows) records.push(row);
	return records;
}

/**
 * A result with the time that it is known by.
 *
 * @param unknown Epoch milliseconds for a record that does not tell its time.
 */
export function timed(result: Result, field: string, unknown: number) {
	const { item, raw } = result;
	const time = Date.parse(String(item[field]));
	const isUntimed = Number.isNaN(time);
	// Records whose IDs cannot be read are told apart by all that they say.
	const id = asId(item.id) ?? JSON.stringify(raw);
	return { id, time: isUntimed ? unknown : time, isUntimed, result };
}
