import type { Answer, Call, Route } from './call';
import type { SenhaseguraSafeItem } from './entities';
import { Refusal } from './envelope';
import { type Fields, fields, isOn, text } from './input';
import { newIdentifier, shownBoolean, shownId, shownSecret } from './present';
import type { Context } from './state';

/** One kind of MySafe entry; the vendor's names (fact sheet 12). */
interface Kind {
	path: 'password' | 'note' | 'secretapi';
	/** Payload key; `note_entity` is inferred. */
	entity: string;
	title: string;
	required: string[];
	plain: string[];
	secret: string[];
}

const kinds: Kind[] = [
	{
		path: 'password',
		entity: 'password_entity',
		title: 'Password',
		required: ['name', 'username', 'password'],
		plain: ['name', 'username', 'url', 'notes', 'tags'],
		secret: ['password', 'secret_key'],
	},
	{
		path: 'note',
		entity: 'note_entity',
		title: 'Note',
		required: ['name', 'note'],
		plain: ['name', 'tags'],
		secret: ['note'],
	},
	{
		path: 'secretapi',
		entity: 'api_secret_entity',
		title: 'Api secret',
		required: ['name'],
		plain: ['name', 'username', 'url', 'client_id', 'method', 'notes', 'tags'],
		secret: ['password', 'client_secret'],
	},
];

/** `can_edit` goes in, `can_write` comes out (fact sheet 12). */
function shownAllowed(context: Context, list: unknown, name: 'username' | 'name'): object[] {
	const entries: unknown[] = Array.isArray(list) ? list : [];
	return entries.map((entry) => {
		const { can_edit: canEdit, ...rest } = fields(entry) ?? {};
		return { [name]: text(rest[name]), can_write: shownBoolean(context, isOn(canEdit)) };
	});
}

function shown(context: Context, { plain, secret }: Kind, item: SenhaseguraSafeItem): Fields {
	const value = (name: string) => text(item.fields[name]);
	return {
		id: shownId(context, item.id),
		identifier: item.identifier,
		...Object.fromEntries(plain.map((name) => [name, value(name)])),
		...Object.fromEntries(secret.map((name) => [name, shownSecret(context, value(name))])),
		users_allowed: shownAllowed(context, item.fields.users_allowed, 'username'),
		groups_allowed: shownAllowed(context, item.fields.groups_allowed, 'name'),
	};
}

function named({ context, id }: Call, { path, title }: Kind): SenhaseguraSafeItem {
	const items = context.state.mySafe[path];
	const item = items.find((one) => one.id === id) ?? items.find((one) => one.identifier === id);
	if (!item?.active) throw new Refusal(400, `${title} not found`);
	return item;
}

function checkRequired(kind: Kind, item: Fields): void {
	for (const name of kind.required) {
		if (text(item[name]) === '') throw new Refusal(400, `Parameter '${name}' was not informed!`);
	}
}

function list({ context }: Call, kind: Kind): Answer {
	const items = context.state.mySafe[kind.path].filter((one) => one.active);
	return {
		status: 200,
		message: `${items.length} items found`,
		entity: { [kind.entity]: items.map((item) => shown(context, kind, item)) },
	};
}

function get(call: Call, kind: Kind): Answer {
	const item = named(call, kind);
	return {
		status: 200,
		message: `${kind.title} ${item.id}`,
		entity: { [kind.entity]: shown(call.context, kind, item) },
	};
}

function create({ context, sent }: Call, kind: Kind): Answer {
	checkRequired(kind, sent);
	const items = context.state.mySafe[kind.path];
	const identifier = text(sent.identifier ?? sent.identifier_code) || newIdentifier(context);
	const item = { id: String(items.length + 1), identifier, active: true, fields: { ...sent } };
	items.push(item);
	return {
		status: 201,
		message: `${kind.title} successfully registered`,
		entity: { [kind.entity]: shown(context, kind, item) },
	};
}

function update(call: Call, kind: Kind): Answer {
	const item = named(call, kind);
	const changed = { ...item.fields, ...call.sent };
	checkRequired(kind, changed);
	item.fields = changed;
	return {
		status: 200,
		message: `${kind.title} successfully updated`,
		entity: { [kind.entity]: shown(call.context, kind, item) },
	};
}

function inactivate(call: Call, kind: Kind): Answer {
	named(call, kind).active = false;
	return { status: 200, message: `${kind.title} successfully inactivated` };
}

function routesOf(kind: Kind): Route[] {
	const resource = 'MySafe';
	const path = `/mysafe/${kind.path}`;
	const route = (
		method: Route['method'],
		below: string,
		answer: (call: Call, kind: Kind) => Answer,
	): Route => ({
		method,
		path: path + below,
		resource,
		answer: (call) => answer(call, kind),
	});
	const routes = [
		route('GET', '', list),
		route('POST', '', create),
		route('GET', '/:id', get),
		route('PUT', '/update/:id', update),
	];
	return kind.path === 'note' ? [...routes, route('POST', '/inactive/:id', inactivate)] : routes;
}

export const mySafeRoutes: Route[] = kinds.flatMap(routesOf);
