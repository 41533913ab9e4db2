import { ownKeys, SHARING } from '../shared/safeFields';
import { operation } from '../shared/operation';
import { safeNotes } from './entries';
import { newNote } from './fields';

/** `POST mysafe/note`. Source: docs/api/senhasegura.md, "MySafe notes". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create MySafe note',
	description: 'Keep a short text in MySafe',
	issues: 'MySafe note',
	furtherTries: { are: 'refused' },
	byPerson: { targets: SHARING },
	params: [ownKeys, newNote],
	async run(api, { name, body }, call) {
		return await safeNotes.create(api, name, body, call);
	},
});
