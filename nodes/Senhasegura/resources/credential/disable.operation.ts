import { disableOrEnable, succeedIf } from '../shared/transition';
import { operation } from '../shared/operation';
import { credentialPath } from './credentialItem';
import { credential } from './fields';

/** `DELETE pam/credential/{id}`. Source: docs/api/senhasegura.md, "Disabling, enabling, releasing". */
export const disable = operation({
	name: 'Disable',
	value: 'disable',
	action: 'Disable credential',
	description: 'Keep a credential from being read and used, until it is enabled again',
	byPerson: { targets: ['credentialId'] },
	params: [credential, succeedIf('Already Disabled')],
	async run(api, { credentialId: { value }, additionalFields }) {
		return await disableOrEnable(api, {
			type: 'credential',
			id: value,
			enabled: false,
			path: credentialPath(value),
			alreadyCodes: [1008],
			...additionalFields,
		});
	},
});
