import type { CortexXsiamApi } from '../../api/client';
import { inputFailure } from '../../../shared/failure';
import { asText } from '../../../shared/read';
import type { Located } from '../../../shared/locator';
import { find, roles } from '../shared/directory';
import { roleParam, usersParam } from '../shared/fields';
import { operation } from '../shared/operation';
import { emails, setRole as setRoleOf } from './roleChange';

/**
 * `POST /public_api/v1/rbac/set_user_role`. Source: docs/api/cortex-xsiam.md, "Users and roles by the
 * older calls".
 */
export const setRole = operation({
	name: 'Set Role',
	value: 'setRole',
	action: 'Set role of users',
	description:
		"Give users a role in place of the one they have. A user who has it already counts as 'unchanged'.",
	byPerson: { targets: ['users', 'role'] },
	params: [
		usersParam('Who gets the role', emails, true),
		roleParam('The role that the users get. Account Admin cannot be assigned.'),
	],
	async run(api, { users, role }) {
		return await setRoleOf(api, users, await nameOf(api, role));
	},
});

/** This call wants the display name; an empty one would take the role away. */
async function nameOf(api: CortexXsiamApi, role: Located): Promise<string> {
	if (role.by === 'name') return role.value;
	const name = asText((await find(api, roles, role)).pretty_name);
	if (name !== null) return name;
	throw inputFailure(`The role '${role.value}' has no display name`, 'Choose another one.');
}
