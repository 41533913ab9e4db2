import { switchEntry } from '../shared/safeEntry';
import { identifier, ownKeys } from '../shared/safeFields';
import { operation } from '../shared/operation';

/**
 * `POST mysafe/password/active/{identifier}`. Source: docs/api/senhasegura.md, "MySafe passwords".
 */
export const enable = operation({
	name: 'Enable',
	value: 'enable',
	action: 'Enable MySafe password',
	description: 'Enable a disabled password of MySafe',
	params: [ownKeys, identifier],
	async run(api, { identifier }) {
		return await switchEntry(api, 'password', 'safePassword', identifier, true);
	},
});
