import { sendOnce } from '../../../shared/sendOnce';
import { creation } from '../shared/changes';
import { sharingHints } from '../shared/safeEntry';
import { ownKeys } from '../shared/safeFields';
import { operation } from '../shared/operation';
import { newNote } from './fields';
import { storedNote, storedNoteFields, withOnlyNote } from './noteItem';

/** `POST mysafe/note`. Source: docs/api/senhasegura.md, "MySafe notes". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create MySafe note',
	description: 'Keep a short text in MySafe',
	issues: 'MySafe note',
	furtherTries: { are: 'refused' },
	params: [ownKeys, newNote],
	async run(api, { name, body: entry }, call) {
		const send = async () =>
			await creation(
				api.change({
					method: 'POST',
					path: 'mysafe/note',
					body: entry,
					answer: storedNote,
					what: 'the note',
					repeatable: false,
				}),
				`The note may have been made all the same: look for '${name}' with 'Get Many' before you try again.`,
			);
		const { value, body } = await sendOnce(call, `The note '${name}' may have been made`, send);
		const item = storedNoteFields(value);
		return {
			item,
			raw: { ...body, note_entity: withOnlyNote(value) },
			hints: sharingHints(item),
		};
	},
});
