import { ownKeys, SHARING } from '../shared/safeFields';
import { operation } from '../shared/operation';
import { safePasswords } from './entries';
import { entry } from './fields';

/** `POST mysafe/password`. Source: docs/api/senhasegura.md, "MySafe passwords". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create MySafe password',
	description: 'Keep a password in MySafe',
	issues: 'MySafe password',
	furtherTries: { are: 'refused' },
	byPerson: { targets: SHARING },
	params: [ownKeys, entry],
	async run(api, { name, body }, call) {
		return await safePasswords.create(api, name, body, call);
	},
});
