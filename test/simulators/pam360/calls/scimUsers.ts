import { record } from '../audit';
import type { Call, ScimSuccess } from '../call';
import { ScimFailure } from '../failures';
import { plainRecord } from '../input';
import { scimBody, scimFilter, scimList, scimUser } from '../scim';
import { newUser } from '../seed';
import { freshId, type Pam360User, userNameOf } from '../state';

const invalid = (name: string) => new ScimFailure(400, `${name} is not valid.`, 'invalidValue');

function text(name: string, value: unknown): string {
	if (typeof value !== 'string' || value === '') throw invalid(name);
	return value;
}

/** The first of a multi-valued attribute: an object with `value`, or the bare word. */
function firstValue(name: string, value: unknown): string {
	const first: unknown = Array.isArray(value) ? value[0] : undefined;
	return text(name, plainRecord(first)?.value ?? first);
}

/** What each attribute sets; PATCH names them so, and the others are built from them. */
const setters: Record<string, (call: Call, value: unknown) => Partial<Pam360User>> = {
	username: ({ state }, value) => {
		const userName = text('userName', value);
		if (state.users.some((one) => one.userName === userName)) {
			throw new ScimFailure(409, `User ${userName} already exists.`, 'uniqueness');
		}
		return { userName };
	},
	'name.givenname': (_call, value) => ({ firstName: text('givenName', value) }),
	'name.familyname': (_call, value) => ({ lastName: text('familyName', value) }),
	emails: (_call, value) => ({ email: firstValue('emails', value) }),
	roles: ({ state }, value) => {
		const role = firstValue('roles', value);
		if (!state.roles.has(role)) throw invalid('roles');
		return { role };
	},
	active: (_call, value) => {
		// Entra ID is known to send the words True and False.
		const word = String(value).toLowerCase();
		if (word !== 'true' && word !== 'false') throw invalid('active');
		return { locked: word === 'false' };
	},
};

/** Attributes of a body by the names of `setters`; names are below `name`, or at the top. */
function sentAttributes(body: Record<string, unknown>): Map<string, unknown> {
	const name = plainRecord(body.name) ?? {};
	const all: Array<[string, unknown]> = [
		['username', body.userName],
		['name.givenname', name.givenName ?? body.givenName],
		['name.familyname', name.familyName ?? body.familyName],
		['emails', body.emails],
		['roles', body.roles],
		['active', body.active],
	];
	return new Map(all.filter(([, value]) => value !== undefined));
}

function changesFor(call: Call, sent: Map<string, unknown>, user?: Pam360User) {
	const changes: Partial<Pam360User> = {};
	for (const [name, value] of sent) {
		if (name === 'username' && value === user?.userName) continue;
		Object.assign(changes, setters[name]?.(call, value));
	}
	return changes;
}

function demandAttributes(sent: Map<string, unknown>, names: string[]): void {
	const missing = names.find((name) => !sent.has(name));
	if (missing !== undefined) {
		throw new ScimFailure(400, `${missing} is required.`, 'invalidValue');
	}
}

function userOf({ params, state }: Call): Pam360User {
	const found = state.users.find(({ id }) => id === params.userId);
	if (!found) throw new ScimFailure(404, `User ${params.userId ?? ''} not found.`);
	return found;
}

function shown(call: Call, status: number, user: Pam360User): ScimSuccess {
	return { status, body: scimUser(call, user), location: `/scim/v2/Users/${user.id}` };
}

/** GET /scim/v2/Users/{userId}, docs/api/pam360.md, "SCIM". */
export const getScimUser = (call: Call): ScimSuccess => shown(call, 200, userOf(call));

/** GET /scim/v2/Users, docs/api/pam360.md, "SCIM". */
export function getScimUsers(call: Call): ScimSuccess {
	const matches = scimFilter<Pam360User>(call, {
		id: ({ id }) => id,
		username: ({ userName }) => userName,
		givenname: ({ firstName }) => firstName,
		familyname: ({ lastName }) => lastName,
		'name.givenname': ({ firstName }) => firstName,
		'name.familyname': ({ lastName }) => lastName,
		emails: ({ email }) => email,
		'emails.value': ({ email }) => email,
		active: ({ locked }) => String(!locked),
	});
	const users = call.state.users.filter(matches);
	return { status: 200, body: scimList(call, users, (user) => scimUser(call, user)) };
}

const names = ['name.givenname', 'name.familyname', 'emails'];

/** POST /scim/v2/Users, docs/api/pam360.md, "SCIM". */
export function createScimUser(call: Call): ScimSuccess {
	const sent = sentAttributes(scimBody(call));
	demandAttributes(sent, ['username', ...names, 'roles', 'active']);
	const { userName = '', ...changes } = changesFor(call, sent);
	const user = newUser(freshId(call.state), userName, changes);
	call.state.users.push(user);
	record(call, 'User', 'User Added', { user });
	return shown(call, 201, user);
}

/** PUT /scim/v2/Users/{userId}, docs/api/pam360.md, "SCIM". */
export function replaceScimUser(call: Call): ScimSuccess {
	const user = userOf(call);
	const sent = sentAttributes(scimBody(call));
	demandAttributes(sent, names);
	rename(call, user, changesFor(call, sent, user));
	return shown(call, 200, user);
}

/** Applies changes; tokens and what the user owns follow a new name. */
function rename(call: Call, user: Pam360User, changes: Partial<Pam360User>): void {
	const { state } = call;
	const before = user.userName;
	Object.assign(user, changes);
	record(call, 'User', 'User Modified', { user });
	if (user.userName === before) return;
	for (const token of state.tokens.values()) {
		if (userNameOf(token) !== before) continue;
		token.user = `${user.userName}${token.user.slice(before.length)}`;
	}
	for (const resource of state.resources) {
		for (const owned of [resource, ...resource.accounts.values()]) {
			if (owned.owner === before) owned.owner = user.userName;
		}
	}
}

/** The attributes that one operation of a PATCH sets, RFC 7644 section 3.5.2. */
function patched(operation: unknown): Map<string, unknown> {
	const { op, path, value } = plainRecord(operation) ?? {};
	const verb = typeof op === 'string' ? op.toLowerCase() : '';
	if (verb !== 'add' && verb !== 'replace') {
		throw new ScimFailure(400, 'Only add and replace are possible.', 'invalidValue');
	}
	if (path === undefined) return sentAttributes(plainRecord(value) ?? {});
	if (typeof path !== 'string') throw invalid('path');
	const plain = path.replace(/\[[^\]]*\](\.value)?$/u, '').toLowerCase();
	const name = ['givenname', 'familyname'].includes(plain) ? `name.${plain}` : plain;
	if (!Object.hasOwn(setters, name)) {
		throw new ScimFailure(400, `${path} cannot be changed.`, 'invalidPath');
	}
	const many = (name === 'emails' || name === 'roles') && !Array.isArray(value);
	return new Map([[name, many ? [value] : value]]);
}

/** PATCH /scim/v2/Users/{userId}, docs/api/pam360.md, "SCIM". */
export function patchScimUser(call: Call): ScimSuccess {
	const user = userOf(call);
	const { Operations: operations } = scimBody(call);
	if (!Array.isArray(operations) || operations.length === 0) throw invalid('Operations');
	const sent = new Map(operations.flatMap((one: unknown) => [...patched(one)]));
	rename(call, user, changesFor(call, sent, user));
	return shown(call, 200, user);
}
