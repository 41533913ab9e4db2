import { disableOrEnable, succeedIf } from '../shared/transition';
import { operation } from '../shared/operation';
import { credentialIdOf, credentialPath } from './credentialItem';
import { credential } from './fields';

/** `PUT pam/credential/{id}`. Source: docs/api/senhasegura.md, "Disabling, enabling, releasing". */
export const enable = operation({
	name: 'Enable',
	value: 'enable',
	action: 'Enable credential',
	description: 'Let a disabled credential be read and used again',
	byPerson: { targets: ['credentialId'] },
	params: [credential, succeedIf('Already Enabled')],
	async run(api, { credentialId, additionalFields }) {
		const id = await credentialIdOf(api, credentialId);
		return await disableOrEnable(api, {
			type: 'credential',
			id,
			enabled: true,
			path: credentialPath(id),
			alreadyCodes: [1043],
			...additionalFields,
		});
	},
});
