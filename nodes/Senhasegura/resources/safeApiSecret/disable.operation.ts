import { operation } from '../shared/operation';
import { apiSecrets } from './entries';

/**
 * `POST mysafe/secretapi/inactive/{identifier}`. Source: docs/api/senhasegura.md, "MySafe API secrets".
 */
export const disable = operation({
	name: 'Disable',
	value: 'disable',
	action: 'Disable MySafe API secret',
	description: 'Disable an API secret of MySafe: it can be enabled again',
	...apiSecrets.switching(false),
});
