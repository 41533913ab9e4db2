import { operation } from '../shared/operation';
import { safeNotes } from './entries';

/**
 * `POST mysafe/note/active/{identifier}`. Source: docs/api/senhasegura.md, "MySafe notes".
 */
export const enable = operation({
	name: 'Enable',
	value: 'enable',
	action: 'Enable MySafe note',
	description: 'Enable a disabled note of MySafe',
	...safeNotes.switching(true),
});
