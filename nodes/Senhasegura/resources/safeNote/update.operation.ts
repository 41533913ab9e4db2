import { identifier, ownKeys, SHARING } from '../shared/safeFields';
import { operation } from '../shared/operation';
import { safeNotes } from './entries';
import { noteChanges } from './fields';

/** `PUT mysafe/note/update/{identifier}`. Source: docs/api/senhasegura.md, "MySafe notes". */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update MySafe note',
	description: 'Change a note of MySafe; what is not given stays as it is',
	byPerson: { targets: ['identifier', ...SHARING] },
	params: [ownKeys, identifier, noteChanges],
	async run(api, { identifier, updateFields }) {
		return await safeNotes.update(api, identifier, updateFields);
	},
});
