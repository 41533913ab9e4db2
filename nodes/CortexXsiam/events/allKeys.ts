import type { IDataObject } from 'n8n-workflow';
import { withoutOwnKey } from '../api/apiKeys';
import type { CortexXsiamApi } from '../api/client';
import { asId } from '../../shared/read';
import type { Result } from '../../shared/operation';
import type { Look, Memory } from '../../shared/trigger';
import { apiKeyResult } from '../resources/apiKey/apiKeyItem';
import { collected } from './timed';

/** The tenant's own records of keys; one without an ID cannot be told from others. */
export async function keyRecords(api: CortexXsiamApi): Promise<IDataObject[]> {
	const records = await collected(api.keys({}));
	return records.filter(({ id }) => asId(id) !== null);
}

/** Keys as triggers compare them from look to look. */
export function known(records: IDataObject[]): Array<{ id: string; result: Result }> {
	return records.map((row) => ({ id: asId(row.id) as string, result: apiKeyResult(row) }));
}

/**
 * A look at all keys. A list in which the credential's own key was before, and now is not, although it
 * was read with that key, is not believed: what it lacks would be reported as deleted, or again later.
 *
 * @throws Failure where the list is not believed; what is remembered stays then
 */
export async function lookAtKeys(
	api: CortexXsiamApi,
	memory: Memory | undefined,
	compare: (records: IDataObject[]) => Look,
): Promise<Look> {
	const records = await keyRecords(api);
	const isListed = records.some(({ id }) => asId(id) === api.ownKeyId);
	if (!isListed && api.hasOwnKey && memory?.ownKey === api.ownKeyId) throw withoutOwnKey();
	const look = compare(records);
	return { ...look, memory: { ...look.memory, ownKey: isListed ? api.ownKeyId : null } };
}
