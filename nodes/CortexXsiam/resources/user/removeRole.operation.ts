import { usersParam } from '../shared/fields';
import { operation } from '../shared/operation';
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
	params: [usersParam('Who loses the role', emails, true)],
	async run(api, { users }) {
		return await setRole(api, users, '');
	},
});
