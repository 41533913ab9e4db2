import type { IDataObject } from 'n8n-workflow';
import { isClosed } from '../../api/apiKeyErrors';
import type { CortexXsiamApi } from '../../api/client';
import { asText } from '../../../shared/read';
import { roles } from '../shared/directory';

/** As role IDs are written, and names hardly ever. */
const LIKE_ID = /^[a-z0-9_]+$/;

/**
 * The display names of roles, which is what the calls on keys take (docs/api/cortex-xsiam.md,
 * "Generating an API key"), where some were given by their IDs; each once. The list of roles is read
 * only where one may be an ID. A key that may not see it can give names only.
 *
 * @throws Failure
 */
export async function roleNamesOf(api: CortexXsiamApi, given: string[]): Promise<string[]> {
	if (!given.some((role) => LIKE_ID.test(role))) return [...new Set(given)];
	const records = await api.directory(roles.path, roles.many).catch((failure: unknown) => {
		if (isClosed(failure)) return [] as IDataObject[];
		throw failure;
	});
	const nameOf = (role: string) => {
		if (records.some((record) => record[roles.name] === role)) return role;
		const record = records.find(({ [roles.id]: id }) => id === role);
		return asText(record?.[roles.name]) ?? role;
	};
	return [...new Set(given.map(nameOf))];
}
