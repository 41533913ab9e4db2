import type { CortexXsiamApi } from '../api/client';
import { asId } from '../../shared/fields';
import type { Result } from '../../shared/operation';
import { apiKeyResult } from '../resources/apiKey/apiKeyItem';
import { collected } from './timed';

/** The tenant's own records of keys; one without an ID cannot be told from others. */
export async function keyRecords(api: CortexXsiamApi) {
	const records = await collected(api.keys({}));
	return records.filter(({ id }) => asId(id) !== null);
}

/** All keys, as triggers compare them from look to look. */
export async function allKeys(api: CortexXsiamApi): Promise<Array<{ id: string; result: Result }>> {
	const records = await keyRecords(api);
	return records.map((row) => ({ id: asId(row.id) as string, result: apiKeyResult(row) }));
}
