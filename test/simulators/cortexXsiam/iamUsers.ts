import { audit } from './audit';
import { type Call, type Context, inPath } from './call';
import { iamInvalid } from './errors';
import { type Fields, isText, refuseUnknownProperties, strings } from './fields';
import type { CortexXsiamUser } from './state';

/**
 * `place`: documented are numbers in the list and strings for a single user (docs/api/cortex-xsiam.md,
 * "Users").
 */
function groupId(id: string, place: 'list' | 'single', { settings }: Context): number | string {
	const mixed = place === 'list' ? 'number' : 'string';
	const wanted = settings.userGroupIds === 'mixed' ? mixed : settings.userGroupIds;
	return wanted === 'number' && /^\d+$/u.test(id) ? Number(id) : id;
}

function shown(user: CortexXsiamUser, place: 'list' | 'single', context: Context): object {
	return {
		...user,
		scope: undefined,
		groups: context.state.userGroups
			.filter((one) => user.user_email !== undefined && one.users.includes(user.user_email))
			.map(({ group_id, group_name }) => ({
				group_id: groupId(group_id, place, context),
				group_name,
			})),
	};
}

/** GET /platform/iam/v1/user, docs/api/cortex-xsiam.md, "Users". */
export function listUsers({ context }: Call): object {
	const data = context.state.users.map((user) => shown(user, 'list', context));
	return { data, metadata: { total_count: data.length } };
}

function userInPath(call: Call): CortexXsiamUser {
	const email = inPath(call, 'user_email');
	const user = call.context.state.users.find((one) => one.user_email === email);
	if (!user) throw iamInvalid(`Could not find user ${email}`);
	return user;
}

/** GET /platform/iam/v1/user/{user_email}, docs/api/cortex-xsiam.md, "Users". */
export const getUser = (call: Call): object => ({
	data: shown(userInPath(call), 'single', call.context),
});

/** Texts of a user; an empty one changes nothing. */
const texts = ['user_first_name', 'user_last_name', 'phone_number', 'status'] as const;

/** The fields of a body that change something; an empty role or list of groups does: it clears. */
function changesIn(data: Fields): Fields {
	refuseUnknownProperties(data, [...texts, 'role_id', 'is_hidden', 'user_groups']);
	const changes = Object.entries(data).filter(
		([name, value]) => value !== null && !(value === '' && name !== 'role_id'),
	);
	if (changes.length === 0) {
		throw iamInvalid('No update performed. All fields are null or empty.');
	}
	return Object.fromEntries(changes);
}

/** PATCH /platform/iam/v1/user/{user_email}, docs/api/cortex-xsiam.md, "Users". */
export function patchUser(call: Call): object {
	const { context, data } = call;
	const { state } = context;
	const user = userInPath(call);
	const changes = changesIn(data);
	const { role_id: roleId, is_hidden: hidden, user_groups: groups } = changes;
	const odd = [...texts, 'role_id'].find((name) => name in changes && !isText(changes[name]));
	if (odd) throw iamInvalid(`Invalid ${odd}`);
	if (hidden !== undefined && typeof hidden !== 'boolean') throw iamInvalid('Invalid is_hidden');
	const role = state.roles.find((one) => one.role_id === roleId);
	if (isText(roleId) && roleId !== '' && !role) throw iamInvalid(`Invalid role_id: ${roleId}`);
	if (groups !== undefined && !strings(groups)) throw iamInvalid('Invalid user_groups');
	const unknown = groups?.find((id) => !state.userGroups.some((one) => one.group_id === id));
	if (unknown !== undefined) throw iamInvalid(`Invalid user_groups: ${unknown}`);

	for (const name of texts) {
		const value = changes[name];
		if (isText(value)) user[name] = value;
	}
	if (roleId !== undefined) user.role_name = role?.pretty_name ?? '';
	if (hidden !== undefined) user.is_hidden = hidden;
	const email = user.user_email ?? '';
	if (groups) joinExactly(email, groups, context);
	const description = `Update user ${email}`;
	audit(call, { entity: 'PERMISSIONS', subtype: 'User', description, objectId: email });
	return { data: { message: 'User updated successfully' } };
}

/** Makes a user a member of these groups and of no others. */
function joinExactly(email: string, ids: string[], { state }: Context): void {
	for (const group of state.userGroups) {
		const others = group.users.filter((one) => one !== email);
		group.users = ids.includes(group.group_id) ? [...others, email] : others;
	}
}
