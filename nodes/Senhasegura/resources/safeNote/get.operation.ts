import { identifier, ownKeys } from '../shared/safeFields';
import { operation } from '../shared/operation';
import { safeNotes } from './entries';

/** `GET mysafe/note/{identifier}`. Source: docs/api/senhasegura.md, "MySafe notes". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get MySafe note',
	description: 'Read the text of a note from MySafe',
	secretPaths: safeNotes.secretPaths,
	params: [ownKeys, identifier],
	async run(api, { identifier }) {
		return await safeNotes.get(api, identifier, 'note', 'the text of the note');
	},
});
