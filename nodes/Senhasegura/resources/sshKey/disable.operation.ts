import { operation } from '../../../shared/operation';
import { keyTransition } from './transition';

/** `DELETE pam/key/{id}`. Source: senhasegura A2A, "DEL | Disable SSH key"; fact sheet 4.4. */
export const disable = operation({
	name: 'Disable',
	value: 'disable',
	action: 'Disable SSH key',
	description: 'Keep an SSH key from being read and used, until it is enabled again',
	...keyTransition(false, 1017),
});
