import { createHash, randomUUID } from 'node:crypto';
import type { Call, PlainAnswer, Route } from './call';
import type { SenhaseguraCredential } from './entities';
import { PlainRefusal } from './envelope';
import { commaList, type Fields, fields, header, isOn, queryOf, text } from './input';
import { deviceAt } from './present';
import type { Context } from './state';

const minuteMs = 60_000;

type Headers = Record<string, string>;

/** The shape of an error was not seen (docs/api/senhasegura.md, "Not found"). */
function refuse(status: number, message: string, headers: Headers): PlainRefusal {
	return new PlainRefusal(status, { error: { status, message } }, headers);
}

/** Counts the call; every answer tells its request and what is left of the minute. */
function admit({ now, settings, state }: Context): Headers {
	const { v2RateLimit: limit } = settings;
	const minute = Math.floor(now() / minuteMs);
	if (state.v2Calls.minute !== minute) state.v2Calls = { minute, count: 0 };
	state.v2Calls.count += 1;
	const left = limit - state.v2Calls.count;
	const headers = {
		'x-request-id': randomUUID(),
		'x-ratelimit-limit': String(limit),
		'x-ratelimit-remaining': String(Math.max(0, left)),
		'x-ratelimit-reset': String((minute + 1) * 60),
	};
	if (left < 0) throw refuse(429, 'Too many requests', headers);
	return headers;
}

/** With an ETag; 304 where the caller has it already. */
function tagged({ request }: Call, headers: Headers, plain: object): PlainAnswer {
	const etag = `"${createHash('sha1').update(JSON.stringify(plain)).digest('hex')}"`;
	const all = { ...headers, etag };
	if (header(request, 'if-none-match') === etag) return { status: 304, plain: null, headers: all };
	return { status: 200, plain, headers: all };
}

function shownParent({ state }: Context, { parentId }: SenhaseguraCredential): object | null {
	const parent = parentId === null ? undefined : state.items.get(parentId);
	return parent ? { id: Number(parent.id), username: parent.username } : null;
}

/** One credential as docs/api/senhasegura.md, "API v2" lists its fields; never its password. */
function shown(context: Context, item: SenhaseguraCredential): Fields & { credential: Fields } {
	const device = deviceAt(context.state, item.hostname, item.ip);
	return {
		id: Number(item.id),
		credential: {
			username: item.username,
			active: item.active,
			password_type: item.type,
			parent_credential: shownParent(context, item),
			tags: commaList(item.tags),
			criticality: text(item.additionalSettings.criticality).toLowerCase() || null,
			user_credential_owner: text(item.additionalSettings.user_credential_owner) || null,
			last_used_at: item.view,
			additional_information: item.additional || null,
			password_policy: null,
		},
		device: {
			id: Number(device?.id ?? 0),
			name: item.hostname,
			domain_name: device?.domain || null,
		},
		jit: { credential_enabled: isOn(item.jitSettings.jit) },
		reconciliation: { credential_enabled: isOn(item.executionSettings.status) },
	};
}

function valueAt(item: Fields, path: string): unknown {
	const [group = '', name = ''] = path.split('.');
	return fields(item[group])?.[name];
}

const criticalities = ['low', 'medium', 'high', 'critical'];

/** Filters by equality; those with values of their own are checked (422). */
const filters = new Map<string, (value: string) => boolean>([
	['credential.username', () => true],
	['credential.active', (value) => ['true', 'false'].includes(value)],
	['device_id', (value) => /^[1-9]\d{0,9}$/u.test(value) && Number(value) < 2 ** 31],
	['device.name', () => true],
	['device.domain_name', () => true],
	['credential.tags', () => true],
	['credential.criticality', (value) => criticalities.includes(value)],
	['credential.user_credential_owner', () => true],
	['jit.credential_enabled', (value) => ['true', 'false'].includes(value)],
	['reconciliation.credential_enabled', (value) => ['true', 'false'].includes(value)],
]);

/** Repeated tags are all wanted, tags with commas between are alternatives. */
function matches(item: Fields, name: string, value: string): boolean {
	if (name === 'device_id') return String(valueAt(item, 'device.id')) === value;
	const actual = valueAt(item, name);
	if (Array.isArray(actual)) return commaList(value).some((one) => actual.includes(one));
	return (typeof actual === 'boolean' ? String(actual) : text(actual)) === value;
}

function visible(context: Context): SenhaseguraCredential[] {
	return [...context.state.items.values()].filter(
		(one): one is SenhaseguraCredential => one.kind === 'credential' && !one.accessDenied,
	);
}

/**
 * GET v2/pam/credentials; how it is paged was not seen, so it is not (docs/api/senhasegura.md, "API
 * v2").
 */
function listCredentials(call: Call): PlainAnswer {
	const { context, request } = call;
	const headers = admit(context);
	const wanted = [...queryOf(request)];
	for (const [name, value] of wanted) {
		if (!filters.get(name)?.(value)) throw refuse(422, `Invalid filter: ${name}`, headers);
	}
	const found = visible(context)
		.map((item) => shown(context, item))
		.filter((item) => wanted.every(([name, value]) => matches(item, name, value)));
	return tagged(call, headers, { [context.settings.v2ListKey]: found });
}

const sensitive = ['credential.password', 'credential.content', 'credential.secret_key'];

/** Only the fields that are named, as `group.field` with commas between. */
function projected(item: Fields, wanted: string, headers: Headers): Fields {
	const result: Fields = {};
	for (const path of commaList(wanted)) {
		if (sensitive.includes(path)) throw refuse(403, `Sensitive field: ${path}`, headers);
		const value = valueAt(item, path);
		if (value === undefined) throw refuse(422, `Unknown field: ${path}`, headers);
		const [group = '', name = ''] = path.split('.');
		result[group] = { ...fields(result[group]), [name]: value };
	}
	return result;
}

/** GET v2/pam/credentials/{id}, with `fields` projected; docs/api/senhasegura.md, "API v2". */
function getCredential(call: Call): PlainAnswer {
	const { context, id, sent } = call;
	const headers = admit(context);
	const found = visible(context).find((one) => one.id === id);
	if (!found) throw refuse(404, 'Credential not found', headers);
	const item = shown(context, found);
	const wanted = text(sent.fields);
	return tagged(call, headers, wanted === '' ? item : projected(item, wanted, headers));
}

const resource = 'PAM Core';
const prefix = '/api';
const path = '/v2/pam/credentials';

export const v2Routes: Route[] = [
	{ method: 'GET', path, prefix, resource, answer: listCredentials },
	{ method: 'GET', path: `${path}/:id`, prefix, resource, answer: getCredential },
];
