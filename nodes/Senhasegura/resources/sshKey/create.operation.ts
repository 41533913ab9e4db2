import { operation } from '../shared/operation';
import { keyWithIdentifier } from './fields';
import { storeKey } from './store';

/** `POST pam/key`. Source: docs/api/senhasegura.md, "Storing an SSH key". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create SSH key',
	description: 'Store an SSH key in the vault, or update the one with the same identifier',
	issues: 'SSH key',
	byPerson: { targets: ['identifier'] },
	furtherTries: { are: 'resolved', by: 'its identifier' },
	params: [keyWithIdentifier],
	async run(api, values, call) {
		const { result } = await storeKey(api, call, values, values.additionalFields.identifier);
		return result;
	},
});
