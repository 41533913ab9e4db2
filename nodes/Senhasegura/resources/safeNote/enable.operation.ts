import { switchEntry } from '../shared/safeEntry';
import { identifier, ownKeys } from '../shared/safeFields';
import { operation } from '../shared/operation';

/**
 * `POST mysafe/note/active/{identifier}`. Source: docs/api/senhasegura.md, "MySafe notes".
 */
export const enable = operation({
	name: 'Enable',
	value: 'enable',
	action: 'Enable MySafe note',
	description: 'Enable a disabled note of MySafe',
	params: [ownKeys, identifier],
	async run(api, { identifier }) {
		return await switchEntry(api, 'note', 'safeNote', identifier, true);
	},
});
