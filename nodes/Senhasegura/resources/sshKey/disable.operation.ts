import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { disableOrEnable, succeedIf, succeedIfInput } from '../shared/transition';
import { sshKeyField, sshKeyId } from './fields';
import { findKey, keyPath } from './sshKeyItem';

/** `DELETE pam/key/{id}`. Source: senhasegura A2A, "DEL | Disable SSH key"; fact sheet 4.4. */
export const disable = operation({
	name: 'Disable',
	value: 'disable',
	action: 'Disable SSH key',
	description: 'Keep an SSH key from being read and used, until it is enabled again',
	fields: [sshKeyField, succeedIf('Already Disabled')],
	input: z.object({ sshKeyId, additionalFields: succeedIfInput }),
	async run(api: SenhaseguraApi, values) {
		const { id } = await findKey(api, values.sshKeyId);
		return await disableOrEnable(api, {
			type: 'sshKey',
			id,
			enabled: false,
			path: keyPath(id),
			alreadyCodes: [1017],
			...values.additionalFields,
		});
	},
});
