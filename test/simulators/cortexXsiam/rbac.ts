import { audit } from './audit';
import type { Call } from './call';
import { inputError } from './errors';
import { refuseUnknown, strings } from './fields';
import type { CortexXsiamRole } from './state';

/** POST rbac/get_users, docs/api/cortex-xsiam.md, "Users and roles by the older calls": a bare list. */
export function getUsers({ context }: Call): object {
	const { userGroups, users } = context.state;
	const reply = users.map((user) => ({
		...user,
		phone_number: undefined,
		status: undefined,
		is_hidden: undefined,
		groups: userGroups
			.filter((one) => user.user_email !== undefined && one.users.includes(user.user_email))
			.map((one) => one.group_name),
	}));
	return { reply };
}

/**
 * A list of names that must be given (docs/api/cortex-xsiam.md, "Users and roles by the older calls").
 */
function namesIn({ data }: Call, name: string): string[] {
	const value = data[name];
	if (value === undefined) throw inputError(`${name} param is missing`);
	refuseUnknown(data, [name]);
	if (!strings(value)) throw inputError(`${name} must be a list of strings`);
	return value;
}

/**
 * POST rbac/get_roles, docs/api/cortex-xsiam.md, "Users and roles by the older calls": an array of
 * arrays.
 */
export function getRoles(call: Call): object {
	const { settings, state } = call.context;
	const wanted = namesIn(call, 'role_names');
	const shown = (role: CortexXsiamRole) => ({
		pretty_name: role.pretty_name,
		permissions: role.permissions,
		insert_time: role.created_ts,
		update_time: null,
		created_by: role.created_by,
		description: role.description,
		groups: state.userGroups
			.filter((one) => one.role_id === role.role_id)
			.map((one) => one.group_name),
		users: state.users
			.filter((one) => one.role_name === role.pretty_name)
			.map((one) => one.user_email),
	});
	const found = state.roles.filter((one) => wanted.includes(one.pretty_name)).map(shown);
	return { reply: settings.nestedRoles ? found.map((role) => [role]) : found };
}

/**
 * POST rbac/get_user_group, docs/api/cortex-xsiam.md, "Users and roles by the older calls":
 * `pretty_name` is that of the role.
 */
export function getUserGroup(call: Call): object {
	const { settings, state } = call.context;
	const wanted = namesIn(call, 'group_names');
	const found = state.userGroups
		.filter((one) => wanted.includes(one.group_name))
		.map((one) => ({
			group_name: one.group_name,
			description: one.description,
			pretty_name: state.roles.find((role) => role.role_id === one.role_id)?.pretty_name ?? null,
			insert_time: one.created_ts,
			update_time: one.updated_ts,
			user_email: one.users,
			source: 'Custom',
		}));
	return { reply: settings.userGroupsIn === 'reply' ? found : { data: found } };
}

/**
 * POST rbac/set_user_role, docs/api/cortex-xsiam.md, "Users and roles by the older calls": an empty
 * name takes the role away.
 */
export function setUserRole(call: Call): object {
	const { context, data } = call;
	const { settings, state } = context;
	refuseUnknown(data, ['user_emails', 'role_name']);
	const { user_emails: emails, role_name: name } = data;
	if (emails === undefined) throw inputError('user_emails param is missing');
	if (!strings(emails) || emails.length === 0) {
		throw inputError('user_emails must be a list of strings');
	}
	if (name === undefined) throw inputError('role_name param is missing');
	if (typeof name !== 'string') throw inputError('role_name must be a string');
	if (name === 'Account Admin') throw inputError('Can not update users to Account Admin role.');
	if (name !== '' && !state.roles.some((one) => one.pretty_name === name)) {
		throw inputError(`Role ${name} does not exist`);
	}
	const changed = state.users.filter(
		(one) => emails.includes(one.user_email ?? '') && (one.role_name ?? '') !== name,
	);
	for (const user of changed) {
		user.role_name = name;
		const email = user.user_email ?? '';
		const description = name === '' ? `Remove role of ${email}` : `Set role of ${email} to ${name}`;
		audit(call, { entity: 'PERMISSIONS', subtype: 'User', description, objectId: email });
	}
	const count = changed.length;
	return { reply: { update_count: settings.updateCountAs === 'string' ? String(count) : count } };
}
