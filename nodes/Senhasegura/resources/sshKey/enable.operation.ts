import { operation } from '../shared/operation';
import { keyTransition } from './transition';

/** `PUT pam/key/{id}`. Source: docs/api/senhasegura.md, "Disabling and enabling an SSH key". */
export const enable = operation({
	name: 'Enable',
	value: 'enable',
	action: 'Enable SSH key',
	description: 'Let a disabled SSH key be read and used again',
	...keyTransition(true, 1045),
});
