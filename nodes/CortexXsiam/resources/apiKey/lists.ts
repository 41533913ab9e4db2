import type { CortexXsiamApi } from '../../api/client';
import { userComment } from '../../api/mark';
import type { ApiKeyRecord } from '../../api/schemas';
import { epochTime } from '../../../shared/dates';
import { optionList, searchList, searched } from '../../../shared/editor';
import { hasExpired } from './apiKeyItem';

/** The tenant's API keys, found by ID, comment or role. */
export const apiKeyList = searchList({
	name: 'searchApiKeys',
	async load(api: CortexXsiamApi, { filter, from }) {
		const { keys } = await api.listKeys();
		const entries = keys.map((key) => ({ name: nameOf(key, api.ownKeyId), value: key.id }));
		return searched(entries, filter, from);
	},
});

/**
 * `4267, expires 2026-12-31: SIEM collector (Investigator)`. The editor cuts long names off at the end, so
 * that what must not be missed comes first.
 */
function nameOf(key: ApiKeyRecord, ownKeyId: string): string {
	const { id, comment, roles } = key;
	const remarks = [id, id === ownKeyId && 'used by this credential', expiryOf(key)];
	const what = `${userComment(comment) ?? 'no comment'} (${roles?.join(', ') || 'no roles'})`;
	return `${remarks.filter(Boolean).join(', ')}: ${what}`;
}

function expiryOf(key: ApiKeyRecord): string {
	const { expiration } = key;
	if (expiration === undefined) return 'expiry unknown';
	if (expiration === null) return 'never expires';
	const day = epochTime(expiration)?.slice(0, 10);
	return `${hasExpired(key) ? 'expired' : 'expires'} ${day}`;
}

/**
 * The tenant's roles by display name, which is what the API wants (docs/api/cortex-xsiam.md,
 * "Generating an API key").
 */
export const roleNameOptions = optionList({
	name: 'getRoles',
	// A key that may issue keys need not be one that may see roles.
	wayOut: 'Turn the field into an expression and give their display names, separated by commas',
	async load(api: CortexXsiamApi) {
		const { names, isWhole } = await api.roleNames();
		return {
			entries: names.map((name) => ({ name, value: name })),
			...(!isWhole && {
				note: 'Only roles that users have: this key may not list others. Give them in an expression',
			}),
		};
	},
});
