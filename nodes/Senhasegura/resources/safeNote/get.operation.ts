import { demandSame } from '../../api/sameRecord';
import { idOf } from '../shared/safeEntry';
import { identifier, ownKeys } from '../shared/safeFields';
import { secretValue } from '../shared/secretValue';
import { operation } from '../shared/operation';
import { noteFields, oneNote, SECRETS, withOnlyNote } from './noteItem';

/** `GET mysafe/note/{identifier}`. Source: docs/api/senhasegura.md, "MySafe notes". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get MySafe note',
	description: 'Read the text of a note from MySafe',
	secretPaths: SECRETS,
	params: [ownKeys, identifier],
	async run(api, { identifier }) {
		const { value, body, hints } = await api.read({
			path: `mysafe/note/${identifier}`,
			answer: oneNote,
			secrets: SECRETS,
			what: 'the note',
		});
		demandSame(idOf(value), identifier, 'note');
		const secret = secretValue(value.note, 'the text of the note');
		return {
			item: { ...noteFields(value), secret },
			raw: { ...body, note_entity: withOnlyNote(value, { note: secret }) },
			hints,
		};
	},
});
