import { operation } from '../shared/operation';
import { apiSecrets } from './entries';

/**
 * `POST mysafe/secretapi/active/{identifier}`. Source: docs/api/senhasegura.md, "MySafe API secrets".
 */
export const enable = operation({
	name: 'Enable',
	value: 'enable',
	action: 'Enable MySafe API secret',
	description: 'Enable a disabled API secret of MySafe',
	...apiSecrets.switching(true),
});
