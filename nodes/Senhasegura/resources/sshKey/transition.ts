import type { ValuesOf } from '../../../shared/param';
import type { SenhaseguraApi } from '../../api/client';
import { disableOrEnable, succeedIf } from '../shared/transition';
import { sshKey } from './fields';
import { findKey, keyPath } from './sshKeyItem';

/**
 * What 'Enable' and 'Disable' take and do.
 *
 * @param alreadyCode The vendor's number for "it is so already" (docs/api/senhasegura.md, "Errors by
 * number").
 */
export function keyTransition(enabled: boolean, alreadyCode: number) {
	const params = [sshKey, succeedIf(enabled ? 'Already Enabled' : 'Already Disabled')] as const;
	return {
		byPerson: { targets: ['sshKeyId'] },
		params,
		async run(api: SenhaseguraApi, values: ValuesOf<typeof params>) {
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
