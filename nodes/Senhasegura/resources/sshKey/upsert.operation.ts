import { operation } from '../shared/operation';
import { key, requiredIdentifier } from './fields';
import { storeKey } from './store';

/** `POST pam/key` with an identifier. Source: docs/api/senhasegura.md, "Storing an SSH key". */
export const upsert = operation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update SSH key',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	issues: 'SSH key',
	byPerson: { targets: ['identifier'], guards: ['automaticChangeIsOff', 'replaceKeyPair'] },
	furtherTries: { are: 'resolved', by: 'its identifier' },
	params: [requiredIdentifier, key],
	async run(api, values, call) {
		const { result, outcome } = await storeKey(api, call, values, values.identifier, {
			looks: true,
		});
		const { created, ...item } = result.item;
		const changed = outcome?.created === true ? true : (outcome?.changed ?? null);
		const { vendor, type, id, identifier, ...rest } = item;
		return { ...result, item: { vendor, type, id, identifier, created, changed, ...rest } };
	},
});
