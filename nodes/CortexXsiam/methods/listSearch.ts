import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { CortexXsiamApi } from '../api/client';
import { userComment } from '../api/mark';
import type { ApiKeyRecord } from '../api/schemas';
import { searchList, searched } from '../../shared/editor';
import { cortexXsiam } from '../resources';
import { hasExpired } from '../resources/apiKey/apiKeyItem';

/** The tenant's API keys, found by ID, comment or role. */
export async function searchApiKeys(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchList(this, cortexXsiam, paginationToken, async (api: CortexXsiamApi, from) => {
		const { keys } = await api.listKeys();
		const entries = keys.map((key) => ({ name: nameOf(key, api.ownKeyId), value: key.id }));
		return searched(entries, filter, from);
	});
}

/** `4267: SIEM collector (Investigator), expired`. */
function nameOf(key: ApiKeyRecord, ownKeyId: string): string {
	const { id, comment, roles } = key;
	const named = `${id}: ${userComment(comment) ?? 'no comment'} (${roles?.join(', ') || 'no roles'})`;
	const remarks = [hasExpired(key) && 'expired', id === ownKeyId && 'used by this credential'];
	return [named, ...remarks].filter(Boolean).join(', ');
}
