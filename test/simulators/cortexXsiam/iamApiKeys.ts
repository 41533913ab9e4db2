import { auditKey, listed, securityLevels } from './apiKeys';
import { type Call, inPath } from './call';
import { iamInvalid } from './errors';
import { oneOf, refuseUnknownProperties, strings } from './fields';
import type { CortexXsiamKey } from './state';

function keyInPath(call: Call, missing: (id: string) => string): CortexXsiamKey {
	const id = inPath(call, 'id');
	const key = /^\d{1,15}$/u.test(id) ? call.context.state.keys.get(Number(id)) : undefined;
	if (!key) throw iamInvalid(missing(id));
	return key;
}

/**
 * GET /platform/iam/v1/api-key/{id}, docs/api/cortex-xsiam.md, "Reading and changing one API key": with
 * display names of roles.
 */
export function getKey(call: Call): object {
	const missing = (id: string) => `Api Key fetch failed: api_key_id does not exist, id=${id}.`;
	return { data: listed(keyInPath(call, missing)) };
}

/**
 * PUT /platform/iam/v1/api-key/{id}, docs/api/cortex-xsiam.md, "Reading and changing one API key": a
 * replace, with role ids.
 */
export function putKey(call: Call): object {
	const { context, data } = call;
	const target = keyInPath(call, () => 'Invalid api_key_id');
	refuseUnknownProperties(data, ['roles', 'security_level', 'comment']);
	const { roles, security_level: level, comment = null } = data;
	if (!strings(roles) || roles.length === 0) throw iamInvalid('roles is missing');
	const named = roles.map((id) => context.state.roles.find((one) => one.role_id === id));
	if (named.includes(undefined)) throw iamInvalid('Invalid role ids');
	if (!oneOf(securityLevels, level)) throw iamInvalid('Invalid security_level');
	if (comment !== null && typeof comment !== 'string') throw iamInvalid('Invalid comment');
	target.roles = named.flatMap((one) => (one ? [one.pretty_name] : []));
	target.securityLevel = level;
	target.comment = comment;
	auditKey(call, target.id, 'Edit');
	return { data: { message: 'API key updated successfully' } };
}
