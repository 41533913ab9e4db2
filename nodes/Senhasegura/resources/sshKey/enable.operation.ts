import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { disableOrEnable, succeedIf, succeedIfInput } from '../shared/transition';
import { sshKeyField, sshKeyId } from './fields';
import { findKey, keyPath } from './sshKeyItem';

/** `PUT pam/key/{id}`. Source: senhasegura A2A, "PUT | Enable SSH key"; fact sheet 4.4. */
export const enable = operation({
	name: 'Enable',
	value: 'enable',
	action: 'Enable SSH key',
	description: 'Let a disabled SSH key be read and used again',
	fields: [sshKeyField, succeedIf('Already Enabled')],
	input: z.object({ sshKeyId, additionalFields: succeedIfInput }),
	async run(api: SenhaseguraApi, values) {
		const { id } = await findKey(api, values.sshKeyId);
		return await disableOrEnable(api, {
			type: 'sshKey',
			id,
			enabled: true,
			path: keyPath(id),
			alreadyCodes: [1045],
			...values.additionalFields,
		});
	},
});
