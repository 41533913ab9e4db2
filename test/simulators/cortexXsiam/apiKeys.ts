import { DateTime } from 'luxon';
import { randomBytes } from 'node:crypto';
import { audit } from './audit';
import { type Call, header } from './call';
import { inputError } from './errors';
import {
	integers,
	isInteger,
	millisecondsOnly,
	oneOf,
	refuseUnknown,
	strings,
	writtenAsFloat,
} from './fields';
import { anyNumberOf, anyOf, filtersOf, moment, unsupported } from './filters';
import { cased, find, type Search, searchNames } from './search';
import type { CortexXsiamKey } from './state';

const weekMs = 7 * 86_400_000;

export const securityLevels = ['standard', 'advanced'] as const;

/**
 * A key as the vendor lists it; never with its secret (docs/api/cortex-xsiam.md, "Listing API keys").
 */
export const listed = (key: CortexXsiamKey) => ({
	id: key.id,
	creation_time: key.creationTime,
	created_by: key.createdBy,
	user_name: key.userName,
	roles: key.roles,
	security_level: key.securityLevel,
	comment: key.comment,
	expiration: key.expiration,
});

const search: Search<CortexXsiamKey> = {
	items: ({ context }) => context.state.keys.values(),
	filters: {
		id: anyNumberOf((key) => key.id),
		roles: anyOf((key) => key.roles, 'contains'),
		expiration: moment(
			(key) => key.expiration,
			(operator, { context }) => operator === 'gte' || context.settings.neverMatchesLte,
		),
	},
	filtersRequired: true,
	sorts: { expiration: (key) => key.expiration, roles: (key) => key.roles.join() },
	sort: { field: 'expiration', keyword: 'desc' },
	tie: (a, b) => b.id - a.id,
	maxPage: ({ context }) => context.settings.maxPage,
};

/** POST api_keys/get_api_keys, docs/api/cortex-xsiam.md, "Listing API keys". */
export function getApiKeys(call: Call): object {
	refuseUnknown(call.data, searchNames);
	const found = find(call, search);
	return { reply: cased(call.context.settings.listCasing, found.page.map(listed), found) };
}

/** 128 letters and digits. */
const newSecret = () => randomBytes(96).toString('base64').replace(/[+/]/gu, '0');

function expirationOf({ data, text }: Call, now: number): number {
	if (!('expiration' in data)) return now + weekMs;
	const { expiration } = data;
	if (!isInteger(expiration) || expiration <= 0 || writtenAsFloat(text, 'expiration')) {
		throw inputError(millisecondsOnly);
	}
	if (expiration <= now) throw inputError('Expiration must be in the future');
	if (expiration > DateTime.fromMillis(now, { zone: 'utc' }).plus({ months: 6 }).toMillis()) {
		throw inputError('Expiration can not be more than six months from now');
	}
	return expiration;
}

/**
 * POST api_keys/generate, docs/api/cortex-xsiam.md, "Generating an API key" and "What a simulator
 * assumes".
 */
export function generate(call: Call): object {
	const { context, data, key, request } = call;
	refuseUnknown(data, ['roles', 'security_level', 'expiration', 'comment']);
	const { roles, security_level: level, comment } = data;
	if (roles === undefined) throw inputError('roles param is missing');
	if (!strings(roles) || roles.length === 0) throw inputError('roles must be a list of role names');
	const { settings, state } = context;
	if (!roles.every((name) => state.roles.some((one) => one.pretty_name === name))) {
		throw inputError('Unknown custom roles');
	}
	if (level === undefined) throw inputError('security_level param is missing');
	if (!oneOf(securityLevels, level)) throw inputError('Invalid security_level');
	if (comment !== undefined && typeof comment !== 'string') {
		throw inputError('comment must be a string');
	}
	const now = context.now();
	const expiration = expirationOf(call, now);
	if (settings.keyLimit !== null && state.keys.size >= settings.keyLimit) {
		throw inputError('The maximum number of API keys has been reached');
	}

	const issued: CortexXsiamKey = {
		id: state.nextKeyId,
		secret: newSecret(),
		securityLevel: level,
		roles,
		comment: comment ?? null,
		expiration,
		creationTime: now,
		createdBy: 'N/A',
		userName: `Public API - ${key.id}`,
		childTenantId: header(request, 'x-child-tenant-id') ?? null,
	};
	state.nextKeyId += 1;
	state.keys.set(issued.id, issued);
	auditKey(call, issued.id, 'Create');
	return { reply: { id: issued.id, key: issued.secret } };
}

/** POST api_keys/delete, docs/api/cortex-xsiam.md, "Deleting API keys". */
export function deleteKeys(call: Call): object {
	const { data, context } = call;
	refuseUnknown(data, ['filters']);
	const filters = filtersOf(data);
	if (!filters) throw inputError('filters param is missing');
	const [filter] = filters;
	if (!filter || filters.length > 1) throw inputError('Exactly one filter is expected');
	if (filter.field !== 'id') throw inputError(`Invalid parameter names: ${filter.field}`);
	if (filter.operator !== 'in') throw unsupported(filter);
	if (!integers(filter.value) || filter.value.length === 0) {
		throw inputError('Value of id must be a list of integers');
	}
	const { keys, scopes } = context.state;
	const deleted = filter.value.filter((id) => keys.delete(id));
	for (const id of deleted) {
		scopes.delete(`api-key/${id}`);
		auditKey(call, id, 'Delete');
	}
	return { reply: { update_count: deleted.length } };
}

/** Records what was done with a key; the words after the entity are the simulator's own. */
export function auditKey(call: Call, id: number, subtype: 'Create' | 'Delete' | 'Edit'): void {
	const description = `${subtype} API key ${id}`;
	audit(call, { entity: 'API_KEY', subtype, description, objectId: String(id) });
}

/** Paths that look like the list of keys and are not, docs/api/cortex-xsiam.md, "Listing API keys". */
export function notOffered(): never {
	throw inputError('Unknown endpoint');
}
