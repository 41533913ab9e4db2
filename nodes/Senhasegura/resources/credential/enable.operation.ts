import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { disableOrEnable, succeedIf, succeedIfInput } from '../shared/transition';
import { credentialIdOf, credentialPath } from './credentialItem';
import { credentialField, credentialReference } from './fields';

/** `PUT pam/credential/{id}`. Source: docs/api/senhasegura.md, "Disabling, enabling, releasing". */
export const enable = operation({
	name: 'Enable',
	value: 'enable',
	action: 'Enable credential',
	description: 'Let a disabled credential be read and used again',
	fields: [credentialField, succeedIf('Already Enabled')],
	input: z.object({ credentialId: credentialReference, additionalFields: succeedIfInput }),
	async run(api: SenhaseguraApi, { credentialId, additionalFields }) {
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
