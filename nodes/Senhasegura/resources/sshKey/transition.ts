import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { disableOrEnable, succeedIf, succeedIfInput } from '../shared/transition';
import { sshKeyField, sshKeyId } from './fields';
import { findKey, keyPath } from './sshKeyItem';

const input = z.object({ sshKeyId, additionalFields: succeedIfInput });

/**
 * What 'Enable' and 'Disable' take and do.
 *
 * @param alreadyCode The vendor's number for "it is so already" (docs/api/senhasegura.md, "Errors by
 * number").
 */
export function keyTransition(enabled: boolean, alreadyCode: number) {
	return {
		...(!enabled && { byPerson: { targets: ['sshKeyId'] } }),
		fields: [sshKeyField, succeedIf(enabled ? 'Already Enabled' : 'Already Disabled')],
		input,
		async run(api: SenhaseguraApi, values: z.output<typeof input>) {
			const { id } = await findKey(api, values.sshKeyId);
			return await disableOrEnable(api, {
				type: 'sshKey',
				id,
				enabled,
				path: keyPath(id),
				alreadyCodes: [alreadyCode],
				...values.additionalFields,
			});
		},
	};
}
