import { SafeEntries } from '../shared/safeEntries';
import { tagFields } from '../shared/safeEntry';

/** Notes (docs/api/senhasegura.md, "MySafe notes"). */
export const safeNotes = new SafeEntries({
	path: 'note',
	type: 'safeNote',
	noun: 'note',
	entity: 'note_entity',
	list: ['note_on_list'],
	secrets: ['note'],
	fields: tagFields,
});
