import { switchEntry } from '../shared/safeEntry';
import { identifier, ownKeys } from '../shared/safeFields';
import { operation } from '../shared/operation';

/**
 * `POST mysafe/secretapi/active/{identifier}`. Source: docs/api/senhasegura.md, "MySafe API secrets".
 */
export const enable = operation({
	name: 'Enable',
	value: 'enable',
	action: 'Enable MySafe API secret',
	description: 'Enable a disabled API secret of MySafe',
	params: [ownKeys, identifier],
	async run(api, { identifier }) {
		return await switchEntry(api, 'secretapi', 'safeApiSecret', identifier, true);
	},
});
