import { switchEntry } from '../shared/safeEntry';
import { identifier, ownKeys } from '../shared/safeFields';
import { operation } from '../shared/operation';

/**
 * `POST mysafe/secretapi/inactive/{identifier}`. Source: docs/api/senhasegura.md, "MySafe API secrets".
 */
export const disable = operation({
	name: 'Disable',
	value: 'disable',
	action: 'Disable MySafe API secret',
	description: 'Disable an API secret of MySafe: it can be enabled again',
	byPerson: { targets: ['identifier'] },
	params: [ownKeys, identifier],
	async run(api, { identifier }) {
		return await switchEntry(api, 'secretapi', 'safeApiSecret', identifier, false);
	},
});
