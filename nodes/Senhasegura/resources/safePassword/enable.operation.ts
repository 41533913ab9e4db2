import { operation } from '../shared/operation';
import { safePasswords } from './entries';

/**
 * `POST mysafe/password/active/{identifier}`. Source: docs/api/senhasegura.md, "MySafe passwords".
 */
export const enable = operation({
	name: 'Enable',
	value: 'enable',
	action: 'Enable MySafe password',
	description: 'Enable a disabled password of MySafe',
	...safePasswords.switching(true),
});
