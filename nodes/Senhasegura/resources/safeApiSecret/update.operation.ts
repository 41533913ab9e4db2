import { identifier, ownKeys, SHARING } from '../shared/safeFields';
import { operation } from '../shared/operation';
import { apiSecrets } from './entries';
import { changes } from './fields';

/**
 * `PUT mysafe/secretapi/update/{identifier}`. Source: docs/api/senhasegura.md, "MySafe API secrets".
 */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update MySafe API secret',
	description: 'Change an API secret of MySafe; what is not given stays as it is',
	byPerson: { targets: ['identifier', ...SHARING] },
	params: [ownKeys, identifier, changes],
	async run(api, { identifier, updateFields }) {
		return await apiSecrets.update(api, identifier, updateFields);
	},
});
