import { operation } from '../shared/operation';
import { keyWithIdentifier } from './fields';
import { storeKey } from './store';

/** `POST pam/key`. Source: docs/api/senhasegura.md, "Storing an SSH key". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create SSH key',
	description:
		'Store an SSH key in the vault. With the identifier of an existing key, that one is updated: a provided pair replaces its pair at once, and a generated one does so only where that is asked for.',
	issues: 'SSH key',
	byPerson: { targets: ['identifier'], guards: ['automaticChangeIsOff', 'replaceKeyPair'] },
	furtherTries: { are: 'resolved', by: 'its identifier' },
	params: [keyWithIdentifier],
	async run(api, values, call) {
		const { result } = await storeKey(api, call, values, values.additionalFields.identifier);
		return result;
	},
});
