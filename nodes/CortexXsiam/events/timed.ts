import type { IDataObject } from 'n8n-workflow';
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
	const time = Date.parse(String(result.item[field]));
	return { id: String(result.item.id), time: Number.isNaN(time) ? unknown : time, result };
}
