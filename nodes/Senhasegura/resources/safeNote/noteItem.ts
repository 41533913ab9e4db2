import type { IDataObject } from 'n8n-workflow';
import { confirmed } from '../../api/envelope';
import { itemOf } from '../../../shared/item';
import {
	entryList,
	namedFields,
	oneEntry,
	rightFields,
	sharedFields,
	storedFields,
	tagFields,
	withOnly,
} from '../shared/safeEntry';

/** Where an answer holds the text. */
export const SECRETS = ['note_entity.note'];

export const oneNote = oneEntry('note_entity');

export const storedNote = confirmed.pipe(oneNote);

export const allNotes = entryList('note_on_list');

/** What is told of a note without its text. */
export function noteFields(entry: IDataObject): IDataObject {
	return itemOf({
		...namedFields(entry, 'safeNote'),
		...tagFields(entry),
		...sharedFields(entry),
	});
}

/** A note of the list. */
export function listedNote(entry: IDataObject): IDataObject {
	return itemOf({
		...namedFields(entry, 'safeNote'),
		...tagFields(entry),
		...rightFields(entry),
	});
}

/** A note that was stored. */
export function storedNoteFields(entry: IDataObject): IDataObject {
	return { ...noteFields(entry), ...storedFields(entry) };
}

/** The vendor's record, with its text only where that was asked for. */
export function withOnlyNote(entry: IDataObject, secret: { note?: string } = {}): IDataObject {
	return withOnly(entry, ['note'], secret);
}
