import { switchEntry } from '../shared/safeEntry';
import { identifier, ownKeys } from '../shared/safeFields';
import { operation } from '../shared/operation';

/**
 * `POST mysafe/password/inactive/{identifier}`. Source: docs/api/senhasegura.md, "MySafe passwords".
 */
export const disable = operation({
	name: 'Disable',
	value: 'disable',
	action: 'Disable MySafe password',
	description: 'Disable a password of MySafe: it can be enabled again',
	byPerson: { targets: ['identifier'] },
	params: [ownKeys, identifier],
	async run(api, { identifier }) {
		return await switchEntry(api, 'password', 'safePassword', identifier, false);
	},
});
