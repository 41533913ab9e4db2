import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { demandSame } from '../../api/sameRecord';
import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { repeatableChange } from '../shared/changes';
import { idOf, sharingHints } from '../shared/safeEntry';
import { entryNumber, identifierField, ownKeys } from '../shared/safeFields';
import { noteChanges, noteFieldsToChange } from './fields';
import { storedNote, storedNoteFields, withOnlyNote } from './noteItem';

/** `PUT mysafe/note/update/{identifier}`. Source: docs/api/senhasegura.md, "MySafe notes". */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update MySafe note',
	description: 'Change a note of MySafe; what is not given stays as it is',
	fields: [ownKeys, identifierField, noteFieldsToChange],
	input: z.object({ identifier: entryNumber, updateFields: noteChanges }),
	async run(api: SenhaseguraApi, { identifier, updateFields: changes }) {
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
