import type { Answer, Call, Route } from './call';
import type { SenhaseguraSafeItem } from './entities';
import { Refusal } from './envelope';
import { type Fields, fields, isOn, text } from './input';
import { shownBoolean, shownSecret } from './present';
import type { Context } from './state';

/**
 * One kind of MySafe entry under the vendor's names, as its pages show them (docs/api/senhasegura.md,
 * "MySafe passwords", "MySafe API secrets" and "MySafe notes").
 */
interface Kind {
	path: 'password' | 'note' | 'secretapi';
	/** Where an entry stands that was read. */
	entity: string;
	/** Where it stands after a creation or a change. */
	stored: string;
	/** Where the entries of the list stand. */
	list: string;
	title: string;
	required: string[];
	/** What the list tells. */
	listed: string[];
	/** What is told after a creation or a change; a name behind a colon is what it is called there. */
	told: string[];
	/** What a reading tells beside that. */
	read: string[];
	secret: string[];
	messages: Record<'created' | 'updated' | 'disabled' | 'enabled' | 'inactive', string>;
	/** Under which name a reading shows the users that an entry is shared with. */
	userName: 'username' | 'name';
}

const kinds: Kind[] = [
	{
		// api-post-create-password, api-get-list-all-passwords, api-get-list-a-password-by-identifier.
		path: 'password',
		entity: 'password_entity',
		stored: 'password_entity',
		list: 'password_on_list',
		title: 'Password',
		required: ['name', 'username', 'password'],
		listed: ['name', 'url', 'username', 'tags'],
		told: ['name', 'username', 'url', 'notes:note', 'tags'],
		read: ['name', 'url', 'username', 'notes', 'tags'],
		secret: ['password', 'secret_key'],
		messages: {
			created: 'Password successfully registered',
			updated: 'Password successfully updated',
			disabled: 'Password successfully deactivated',
			enabled: 'Password successfully activated',
			inactive: 'Inactive password',
		},
		userName: 'username',
	},
	{
		// api-post-create-note, api-put-update-note, api-get-list-all-notes, api-get-list-a-note.
		path: 'note',
		entity: 'note_entity',
		stored: 'note_entity',
		list: 'note_on_list',
		title: 'Note',
		required: ['name', 'note'],
		listed: ['name', 'tags'],
		told: ['name', 'tags'],
		read: ['name', 'tags'],
		secret: ['note'],
		messages: {
			created: 'Note successfully registered',
			updated: 'Note successfully update',
			disabled: 'Note successfully deactivated',
			enabled: 'Note successfully activated',
			inactive: 'Inactive note',
		},
		userName: 'name',
	},
	{
		// api-post-create-api-secret, api-get-list-all-api-secrets, api-get-list-an-api-secret.
		path: 'secretapi',
		entity: 'api_secret_entity',
		stored: 'api_entity',
		list: 'api_secret_on_list',
		title: 'Api secret',
		required: ['name', 'url', 'client_id'],
		listed: ['name'],
		told: [
			'name',
			'url',
			'client_secret',
			'client_id',
			'identifier_code',
			'method',
			'tags',
			'notes',
		],
		read: ['name', 'url', 'client_id', 'identifier_code', 'method', 'tags', 'notes'],
		secret: ['client_secret'],
		messages: {
			created: 'Api secret successfully registered',
			updated: 'Api secret updated successfully',
			disabled: 'Api secret successfully deactivated',
			enabled: 'Api secret activated successfully',
			inactive: 'Inactive Api secret',
		},
		userName: 'name',
	},
];

/**
 * Every sample has `can_edit`; without it an entry is for viewing (docs/api/senhasegura.md, "MySafe
 * passwords").
 */
function sharedWith(context: Context, list: unknown, from: 'username' | 'name', as = from) {
	const entries: unknown[] = Array.isArray(list) ? list : [];
	return entries.map((entry) => {
		const sent = fields(entry) ?? {};
		return { [as]: text(sent[from]), can_edit: shownBoolean(context, isOn(sent.can_edit)) };
	});
}

function valuesOf(item: SenhaseguraSafeItem, names: string[]): Fields {
	return Object.fromEntries(
		names.map((name) => {
			const [own = name, told = own] = name.split(':');
			return [told, text(item.fields[own])];
		}),
	);
}

/**
 * The answer to a creation or a change: of passwords and notes it has no secrets
 * (docs/api/senhasegura.md, "MySafe passwords" and "MySafe notes").
 */
function stored({ context }: Call, { stored: key, told }: Kind, item: SenhaseguraSafeItem): object {
	return {
		[key]: {
			identifier: item.identifier,
			...valuesOf(item, told),
			users_allowed: sharedWith(context, item.fields.users_allowed, 'username'),
			groups_allowed: sharedWith(context, item.fields.groups_allowed, 'name'),
			shared_error: [],
		},
	};
}

/** 1005 goes before 1006, which is inferred (docs/api/senhasegura.md, "MySafe passwords"). */
function named({ context, id }: Call, { path, title }: Kind): SenhaseguraSafeItem {
	if (!/^\d+$/u.test(id)) throw new Refusal(400, 'Unexpected identifier type', 1010);
	const item = context.state.mySafe[path].find((one) => one.identifier === id);
	if (!item) throw new Refusal(400, `${title} not found`, 1005);
	if (item.accessDenied) throw new Refusal(400, 'User does not have access', 1006);
	return item;
}

function checkRequired(kind: Kind, item: Fields): void {
	for (const name of kind.required) {
		if (text(item[name]) === '') {
			throw new Refusal(400, `Parameter '${name}' was not informed!`, 1001);
		}
	}
}

/**
 * The user's own name for an API secret is unique; the longest note has 900 characters
 * (docs/api/senhasegura.md, "MySafe API secrets" and "MySafe notes").
 */
function checkLimits({ context }: Call, { path }: Kind, item: Fields, own?: SenhaseguraSafeItem) {
	if (path === 'note' && [...text(item.note)].length > 900) {
		throw new Refusal(400, 'Parameter note limited to 900 characters', 1001);
	}
	const code = path === 'secretapi' ? text(item.identifier_code) : '';
	const others = context.state.mySafe.secretapi.filter((one) => one !== own);
	if (code !== '' && others.some((one) => text(one.fields.identifier_code) === code)) {
		throw new Refusal(400, 'Identifier already found in another API key of this user', 1001);
	}
}

/**
 * GET: docs/api/senhasegura.md, "MySafe passwords", "MySafe API secrets" and "MySafe notes". What is
 * disabled is inferred not to be listed; of the queries only the code of API secrets is looked at, and
 * taken for the whole of it.
 */
function list({ context, sent }: Call, kind: Kind): Answer {
	const code = kind.path === 'secretapi' ? text(sent.identifier_code) : '';
	const items = context.state.mySafe[kind.path].filter(
		(one) =>
			one.active && !one.accessDenied && (code === '' || text(one.fields.identifier_code) === code),
	);
	return {
		status: 200,
		message: '',
		entity: {
			[kind.list]: items.map((item) => ({
				identifier: item.identifier,
				...valuesOf(item, kind.listed),
				need_justify: '0',
				need_approval: '0',
				can_view: shownBoolean(context, true),
				can_write: shownBoolean(context, true),
			})),
		},
	};
}

/**
 * GET /{identifier}: docs/api/senhasegura.md, "MySafe passwords", "MySafe API secrets" and "MySafe
 * notes".
 */
function get(call: Call, kind: Kind): Answer {
	const { context } = call;
	const item = named(call, kind);
	if (!item.active) throw new Refusal(400, kind.messages.inactive, 1009);
	const secrets = kind.secret.map((name) => {
		const value = text(item.fields[name]);
		return [name, value === '' ? null : shownSecret(context, value)];
	});
	const shown = {
		identifier: item.identifier,
		...valuesOf(item, kind.read),
		...(Object.fromEntries(secrets) as Fields),
		...(kind.path === 'password' && { token: null }),
		users_allowed: sharedWith(context, item.fields.users_allowed, 'username', kind.userName),
		groups_allowed: sharedWith(context, item.fields.groups_allowed, 'name'),
	};
	return { status: 200, message: 'Success', entity: { [kind.entity]: shown } };
}

/** POST: docs/api/senhasegura.md, "MySafe passwords", "MySafe API secrets" and "MySafe notes". */
function create(call: Call, kind: Kind): Answer {
	const { context, sent } = call;
	checkRequired(kind, sent);
	checkLimits(call, kind, sent);
	const items = context.state.mySafe[kind.path];
	const identifier = String(items.length + 1);
	const item = { identifier, active: true, accessDenied: false, fields: { ...sent } };
	items.push(item);
	return { status: 201, message: kind.messages.created, entity: stored(call, kind, item) };
}

/**
 * PUT /update/{identifier}: what is not sent is kept, and an empty list ends the sharing
 * (docs/api/senhasegura.md, "MySafe passwords").
 */
function update(call: Call, kind: Kind): Answer {
	const item = named(call, kind);
	const changed = { ...item.fields, ...call.sent };
	checkRequired(kind, changed);
	checkLimits(call, kind, changed, item);
	item.fields = changed;
	return { status: 200, message: kind.messages.updated, entity: stored(call, kind, item) };
}

/**
 * POST /inactive|active/{identifier}: doing it again is no error (docs/api/senhasegura.md, "MySafe
 * passwords").
 */
function switched(active: boolean) {
	return (call: Call, kind: Kind): Answer => {
		const item = named(call, kind);
		const { enabled, disabled } = kind.messages;
		const done = active ? 'activated' : 'deactivated';
		const isSo = item.active === active;
		item.active = active;
		const message = isSo ? `${kind.title} has already been ${done}` : active ? enabled : disabled;
		return { status: 200, message };
	};
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
	return [
		route('GET', '', list),
		route('POST', '', create),
		route('GET', '/:id', get),
		route('PUT', '/update/:id', update),
		route('POST', '/inactive/:id', switched(false)),
		route('POST', '/active/:id', switched(true)),
	];
}

export const mySafeRoutes: Route[] = kinds.flatMap(routesOf);
