import type { SenhaseguraCredential, SenhaseguraKey } from './entities';
import { refuse } from './envelope';
import { byIdentifier } from './present';
import type { Call } from './call';
import type { SenhaseguraState } from './state';

/**
 * `username@hostname`; a username with an `@` in it is not found so (docs/api/senhasegura.md, "Reading
 * a credential").
 */
function byUserAndHost(state: SenhaseguraState, name: string) {
	const at = name.indexOf('@');
	if (at < 0) return undefined;
	const [username, hostname] = [name.slice(0, at), name.slice(at + 1)];
	return [...state.items.values()].find(
		(one) => one.kind === 'credential' && one.username === username && one.hostname === hostname,
	);
}

/**
 * What a path names by id, identifier or `username@hostname` (docs/api/senhasegura.md, "Addresses").
 */
export const pathItem = (state: SenhaseguraState, name: string) =>
	state.items.get(name) ?? byIdentifier(state, name) ?? byUserAndHost(state, name);

/** The credential that the path names, whatever its state. */
export function namedCredential({ context, id }: Call): SenhaseguraCredential {
	const item = pathItem(context.state, id);
	if (!item) throw refuse(1007);
	if (item.kind !== 'credential') throw refuse(1010);
	if (item.accessDenied) throw refuse(1009);
	return item;
}

/** The key that the path names by its id, whatever its state. */
export function namedKey({ context, id }: Call): SenhaseguraKey {
	const item = context.state.items.get(id);
	if (!item) throw refuse(1015);
	if (item.kind !== 'key') throw refuse(1016);
	if (item.accessDenied) throw refuse(1009);
	return item;
}
