import { randomUUID } from 'node:crypto';
import { demandRole } from '../access';
import { record } from '../audit';
import { type Call, idParam, queryParam, type Success } from '../call';
import { readDate } from '../dates';
import { Failure } from '../failures';
import { newUser } from '../seed';
import { freshId, type Pam360State, type Pam360User, userNameOf } from '../state';

const day = 24 * 3_600_000;

function sentRole({ input, state }: Call): string {
	const id = input.text('ROLEID');
	const name = input.text('ROLE') || 'Password User';
	const found = [...state.roles].find(([role, one]) => (id === '' ? role === name : one.id === id));
	if (!found) throw new Failure('No such role found');
	return found[0];
}

function sentExpiry({ input, settings }: Call): string | null {
	const date = input.text('EXPIRYDATE');
	if (date === '' || date === 'NeverExpires') return null;
	readDate(settings, 'EXPIRYDATE', date, 'day');
	return date;
}

/** HOSTCHECK needs HOSTNAME; older servers know HOSTNAME alone. */
function sentHost({ input }: Call): string | null {
	const check = input.boolean('HOSTCHECK');
	if (check === false) return null;
	return check ? input.required('HOSTNAME') : input.text('HOSTNAME') || null;
}

/** Everything that was sent of a user, checked. */
function sentUser(call: Call): Omit<Pam360User, 'id'> {
	const { input, state } = call;
	const [firstName = '', lastName = '', userName = '', email = ''] = [
		'FIRSTNAME',
		'LASTNAME',
		'USERNAME',
		'EMAIL',
	].map((name) => input.required(name));
	demandFreeUserName(state, userName);
	if (!email.includes('@')) throw new Failure('Invalid value for EMAIL.');
	return {
		userName,
		firstName,
		lastName,
		email,
		role: sentRole(call),
		superAdministrator: input.boolean('ISSUPERADMIN') ?? false,
		apiUser: input.boolean('ISAPIUSER') ?? true,
		locked: false,
		department: input.text('DEPARTMENT'),
		location: input.text('LOCATION'),
		expiryDate: sentExpiry(call),
		hostName: sentHost(call),
	};
}

function demandFreeUserName({ users }: Pam360State, userName: string): void {
	if (users.some((user) => user.userName === userName)) {
		throw new Failure(`User ${userName} already exists.`);
	}
}

/**
 * POST /user, docs/api/pam360.md, "Creating API users": the token is good for nothing but being
 * regenerated (docs/api/pam360.md, "API users").
 */
export function createUser(call: Call): Success {
	const { input, settings, state, now } = call;
	demandRole(call, 'manageUsers');
	const fields = sentUser(call);
	for (const flag of ['RESTAPIACCESS', 'SDKACCESS']) input.boolean(flag);
	const days = input.has('TOKENVALIDITYDAYS') ? input.integer('TOKENVALIDITYDAYS', 1, 1) : null;
	const groupName = input.text('USERGROUPNAME');
	const group = state.userGroups.find(({ name }) => name === groupName);
	if (groupName !== '' && !group) throw new Failure('No such user group found');

	const user = newUser(freshId(state), fields.userName, fields);
	state.users.push(user);
	group?.userIds.add(user.id);
	const token = user.apiUser ? randomUUID().toUpperCase() : undefined;
	if (token !== undefined) {
		state.tokens.set(token, {
			user: `${user.userName}@${user.hostName ?? 'localhost'}`,
			expiresAt: days === null ? null : now() + days * day,
			mustRegenerate: true,
		});
	}
	record(call, 'User', 'User Added', { user });
	return {
		message: `User ${user.userName} has been added successfully`,
		details: {
			[settings.createdUserIdKey]: user.id,
			...(token !== undefined && { AUTHTOKEN: token }),
		},
	};
}

function userNamed(call: Call): Pam360User {
	const userName = queryParam(call, 'USERNAME');
	const user = call.state.users.find((one) => one.userName === userName);
	if (!user) throw new Failure('No such user found');
	return user;
}

/** GET /user/getUserId, docs/api/pam360.md, "Other calls for users". */
export function getUserId(call: Call): Success {
	return { message: 'User ID fetched successfully', details: { USERID: userNamed(call).id } };
}

/** GET /user/getUserGroupId, docs/api/pam360.md, "Other calls for users". */
export function getUserGroupId(call: Call): Success {
	const name = queryParam(call, 'USERGROUPNAME');
	const group = call.state.userGroups.find((one) => one.name === name);
	if (!group) throw new Failure('No such user group found');
	return { message: 'User group ID fetched successfully', details: { USERGROUPID: group.id } };
}

function setLock(call: Call, locked: boolean): Success {
	demandRole(call, 'manageUsers');
	const user = userNamed(call);
	user.locked = locked;
	record(call, 'User', locked ? 'User Locked' : 'User Unlocked', { user });
	return { message: `User ${locked ? 'locked' : 'unlocked'} successfully` };
}

/**
 * PUT /user/lock, docs/api/pam360.md, "Other calls for users": from now on the user's tokens do not
 * work.
 */
export const lockUser = (call: Call): Success => setLock(call, true);

/** PUT /user/unlock, docs/api/pam360.md, "Other calls for users". */
export const unlockUser = (call: Call): Success => setLock(call, false);

/**
 * DELETE /user/{USERID}, docs/api/pam360.md, "Other calls for users": the user's tokens and shares go,
 * too.
 */
export function deleteUser(call: Call): Success {
	const { state } = call;
	demandRole(call, 'manageUsers');
	const id = idParam(call, 'USERID');
	const user = state.users.find((one) => one.id === id);
	if (!user) throw new Failure('No such user found');
	state.users.splice(state.users.indexOf(user), 1);
	for (const [text, token] of state.tokens) {
		if (userNameOf(token) === user.userName) state.tokens.delete(text);
	}
	for (const { userIds } of state.userGroups) userIds.delete(id);
	for (const { shares } of state.resourceGroups) shares.delete(id);
	for (const { shares, accounts } of state.resources) {
		shares.delete(id);
		for (const account of accounts.values()) account.shares.delete(id);
	}
	record(call, 'User', 'User Deleted', { user });
	return { message: 'User deleted successfully' };
}
