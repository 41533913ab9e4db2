import type { Answer, Call, Route } from './call';
import type { SenhaseguraRelatedUser } from './entities';
import { Refusal } from './envelope';
import { text } from './input';
import { shownId } from './present';
import type { Context } from './state';

function shownUser(context: Context, { id, name, username }: SenhaseguraRelatedUser): object {
	return { id: shownId(context, id), name, username };
}

function namedUser({ context }: Call, id: string): SenhaseguraRelatedUser {
	const user = context.state.relatedUsers.find((one) => one.id === id && one.active);
	if (!user) throw new Refusal(400, 'User does not exist', 1005);
	return user;
}

function sentUsername({ sent }: Call): string {
	const username = text(sent.username);
	if (username !== '') return username;
	// 1001 has `error_code` 0, as the page prints it.
	const oddity = { flag: 0, detail: '' } as const;
	throw new Refusal(400, "Parameter 'username' was not informed!", 1001, oddity);
}

/** GET user/related, docs/api/senhasegura.md, "Related users". */
function listUsers({ context }: Call): Answer {
	const users = context.state.relatedUsers.filter((one) => one.active);
	return {
		status: 200,
		message: `${users.length} related users found`,
		entity: { relatedUsers: users.map((user) => shownUser(context, user)) },
	};
}

/** GET user/related/{id}: an object under the list's name, docs/api/senhasegura.md, "Related users". */
function getUser(call: Call): Answer {
	const user = namedUser(call, call.id);
	const relatedUsers = shownUser(call.context, user);
	return { status: 200, message: '', entity: { relatedUsers } };
}

/**
 * POST user/related: here, and only here, the id is a number; docs/api/senhasegura.md, "Related users".
 */
function postUser(call: Call): Answer {
	const { context, sent } = call;
	const { relatedUsers: users } = context.state;
	const username = sentUsername(call);
	const name = text(sent.name);
	const id = users.length + 1;
	users.push({ id: String(id), name, username, active: true });
	return {
		status: 200,
		message: 'Related user successfully registered!',
		entity: { relatedUsers: { id, name, username } },
	};
}

/**
 * PUT user/related/{id}, or without an id in the path, as in the Postman export;
 * docs/api/senhasegura.md, "Related users".
 */
function putUser(call: Call): Answer {
	const { context, id, sent } = call;
	const username = sentUsername(call);
	const user = namedUser(call, id || text(sent.id));
	user.username = username;
	user.name = text(sent.name) || user.name;
	return {
		status: 200,
		message: 'Related user successfully updated!',
		entity: { relatedUsers: shownUser(context, user) },
	};
}

/** DELETE user/related/{id} deactivates, docs/api/senhasegura.md, "Related users". */
function deactivateUser({ context, id }: Call): Answer {
	const user = context.state.relatedUsers.find((one) => one.id === id && one.active);
	const oddity = { flag: 0, detail: '' } as const;
	if (!user) throw new Refusal(400, 'Related user not found', 1005, oddity);
	user.active = false;
	return { status: 200, message: 'Related user successfully deactivated' };
}

const resource = 'Users';
const path = '/user/related';

export const relatedUserRoutes: Route[] = [
	{ method: 'GET', path, resource, answer: listUsers },
	{ method: 'POST', path, resource, answer: postUser },
	{ method: 'PUT', path, resource, answer: putUser },
	{ method: 'GET', path: `${path}/:id`, resource, answer: getUser },
	{ method: 'PUT', path: `${path}/:id`, resource, answer: putUser },
	{ method: 'DELETE', path: `${path}/:id`, resource, answer: deactivateUser },
];
