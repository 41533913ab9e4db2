import { identifier, ownKeys, SHARING } from '../shared/safeFields';
import { operation } from '../shared/operation';
import { safePasswords } from './entries';
import { changes } from './fields';

/** `PUT mysafe/password/update/{identifier}`. Source: docs/api/senhasegura.md, "MySafe passwords". */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update MySafe password',
	description: 'Change an entry of MySafe; what is not given stays as it is',
	byPerson: { targets: ['identifier', ...SHARING] },
	params: [ownKeys, identifier, changes],
	async run(api, { identifier, updateFields }) {
		return await safePasswords.update(api, identifier, updateFields);
	},
});
