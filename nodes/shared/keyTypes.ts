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

/** A key that was read, with its server: its ID is one of that server, and another may have the same. */
export function withServer(result: Result, server: string): Result {
	return { ...result, item: { ...result.item, server } };
}
