import { operation } from '../shared/operation';
import { safePasswords } from './entries';

/**
 * `POST mysafe/password/inactive/{identifier}`. Source: docs/api/senhasegura.md, "MySafe passwords".
 */
export const disable = operation({
	name: 'Disable',
	value: 'disable',
	action: 'Disable MySafe password',
	description: 'Disable a password of MySafe: it can be enabled again',
	...safePasswords.switching(false),
});
