import { operation } from '../../../shared/operation';
import { keyTransition } from './transition';

/** `PUT pam/key/{id}`. Source: senhasegura A2A, "PUT | Enable SSH key"; fact sheet 4.4. */
export const enable = operation({
	name: 'Enable',
	value: 'enable',
	action: 'Enable SSH key',
	description: 'Let a disabled SSH key be read and used again',
	...keyTransition(true, 1045),
});
