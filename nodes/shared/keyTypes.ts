import type { Result } from './operation';

/** Types of items that are keys; a lineage stands for the live keys in it. */
export const KEY_TYPES = new Set<unknown>([
	'account',
	'agentKey',
	'apiKey',
	'apiKeyLineage',
	'authToken',
	'certificate',
	'credential',
	'password',
	'sshKey',
]);

/** What was read, a key with its server: its ID is one of that server, and another may have the same. */
export function withServer(result: Result, server: string | undefined): Result {
	if (server === undefined || !KEY_TYPES.has(result.item.type)) return result;
	return { ...result, item: { ...result.item, server } };
}
