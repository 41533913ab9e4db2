import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { disableOrEnable, succeedIf, succeedIfInput } from '../shared/transition';
import { credentialPath } from './credentialItem';
import { credentialField, credentialReference } from './fields';

/** `DELETE pam/credential/{id}`. Source: docs/api/senhasegura.md, "Disabling, enabling, releasing". */
export const disable = operation({
	name: 'Disable',
	value: 'disable',
	action: 'Disable credential',
	description: 'Keep a credential from being read and used, until it is enabled again',
	byPerson: { targets: ['credentialId'] },
	fields: [credentialField, succeedIf('Already Disabled')],
	input: z.object({ credentialId: credentialReference, additionalFields: succeedIfInput }),
	async run(api: SenhaseguraApi, { credentialId: { value }, additionalFields }) {
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
