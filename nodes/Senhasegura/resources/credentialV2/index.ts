import { resource } from '../shared/operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

/** Credentials as API v2 shows them: filtered by the vault, never with a password. */
export const credentialV2 = resource({
	name: 'Credential (API V2)',
	value: 'credentialV2',
	operations: [getAll, get],
});
