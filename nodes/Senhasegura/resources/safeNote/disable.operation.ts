import { switchEntry } from '../shared/safeEntry';
import { identifier, ownKeys } from '../shared/safeFields';
import { operation } from '../shared/operation';

/**
 * `POST mysafe/note/inactive/{identifier}`. Source: docs/api/senhasegura.md, "MySafe notes".
 */
export const disable = operation({
	name: 'Disable',
	value: 'disable',
	action: 'Disable MySafe note',
	description: 'Disable a note of MySafe: it can be enabled again',
	byPerson: { targets: ['identifier'] },
	params: [ownKeys, identifier],
	async run(api, { identifier }) {
		return await switchEntry(api, 'note', 'safeNote', identifier, false);
	},
});
