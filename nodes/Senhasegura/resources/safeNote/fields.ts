import { exactText, refuseNothing } from '../../../shared/input';
import { additionalFields, group, required, sentAs, updateFields } from '../../../shared/param';
import { entryName, newSharing, newTags, sharing, tags } from '../shared/safeFields';

/** The most characters of a note (docs/api/senhasegura.md, "MySafe notes"). */
const LONGEST_NOTE = 900;

const name = entryName.looking({
	placeholder: 'e.g. Code of the alarm',
	description: 'The name of the note, which its list shows',
});

const note = sentAs(
	'note',
	{
		displayName: 'Note',
		name: 'note',
		type: 'string',
		typeOptions: { password: true, rows: 4 },
		default: '',
		description: 'The text to keep, of at most 900 characters. It is sent to the vault only.',
	},
	exactText.refine(
		(text) => text === undefined || [...text].length <= LONGEST_NOTE,
		`must be at most ${LONGEST_NOTE} characters long`,
	),
);

/** A note, and the body that creates it. */
export const newNote = group(required(name), required(note), additionalFields(tags, sharing)).as(
	({ additionalFields: more, ...given }) => ({ name: given.name, body: { ...given, ...more } }),
);

/** The body of a change, which has nothing but what is given. */
export const noteChanges = updateFields(
	group(name, note, newTags, newSharing).check(refuseNothing),
);
