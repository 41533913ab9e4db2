import type { SenhaseguraApi } from '../../api/client';
import { additionalFields } from '../../../shared/description';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { placeFields } from '../shared/place';
import { checkProvided, identifierField, keyInput, moreFields, pairFields } from './fields';
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
	fields: [...placeFields, ...pairFields, additionalFields(identifierField, ...moreFields)],
	input: keyInput({}).superRefine(checkProvided),
	async run(api: SenhaseguraApi, values, call: Call) {
		const { result } = await storeKey(api, call, values, values.additionalFields.identifier);
		return result;
	},
});
