import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { usersField } from '../shared/fields';
import { emails, setRole } from './roleChange';

/**
 * `POST /public_api/v1/rbac/set_user_role`. Source: docs/api/cortex-xsiam.md, "Users and roles by the
 * older calls".
 */
export const removeRole = operation({
	name: 'Remove Role',
	value: 'removeRole',
	action: 'Remove role from users',
	description:
		"Take the directly assigned role away from users. What they may do through user groups stays. A user without a role counts as 'unchanged'.",
	byPerson: { targets: ['users'] },
	fields: [{ ...usersField('Who loses the role'), required: true }],
	input: z.object({ users: emails }),
	async run(api: CortexXsiamApi, { users }) {
		return await setRole(api, users, '');
	},
});
