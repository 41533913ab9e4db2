import { operation } from '../shared/operation';
import { safeNotes } from './entries';

/**
 * `POST mysafe/note/inactive/{identifier}`. Source: docs/api/senhasegura.md, "MySafe notes".
 */
export const disable = operation({
	name: 'Disable',
	value: 'disable',
	action: 'Disable MySafe note',
	description: 'Disable a note of MySafe: it can be enabled again',
	...safeNotes.switching(false),
});
