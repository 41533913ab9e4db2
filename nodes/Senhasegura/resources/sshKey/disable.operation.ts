import { operation } from '../shared/operation';
import { keyTransition } from './transition';

/** `DELETE pam/key/{id}`. Source: docs/api/senhasegura.md, "Disabling and enabling an SSH key". */
export const disable = operation({
	name: 'Disable',
	value: 'disable',
	action: 'Disable SSH key',
	description: 'Keep an SSH key from being read and used, until it is enabled again',
	...keyTransition(false, 1017),
});
