import type { IDataObject } from 'n8n-workflow';
import { demandSame } from '../../api/sameRecord';
import { repeatableChange } from '../shared/changes';
import { idOf, sharingHints } from '../shared/safeEntry';
import { identifier, ownKeys } from '../shared/safeFields';
import { operation } from '../shared/operation';
import { noteChanges } from './fields';
import { storedNote, storedNoteFields, withOnlyNote } from './noteItem';

/** `PUT mysafe/note/update/{identifier}`. Source: docs/api/senhasegura.md, "MySafe notes". */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update MySafe note',
	description: 'Change a note of MySafe; what is not given stays as it is',
	params: [ownKeys, identifier, noteChanges],
	async run(api, { identifier, updateFields: changes }) {
		const call = api.change({
			method: 'PUT',
			path: `mysafe/note/update/${identifier}`,
			body: changes,
			answer: storedNote,
			what: 'the note',
			repeatable: true,
		});
		const { value, body } = await repeatableChange(
			call.then((answer) => {
				demandSame(idOf(answer.value), identifier, 'note', 'lost');
				return answer;
			}),
		);
		const item: IDataObject = { ...storedNoteFields(value), id: identifier };
		return {
			item,
			raw: { ...body, note_entity: withOnlyNote(value) },
			hints: sharingHints(item),
		};
	},
});
