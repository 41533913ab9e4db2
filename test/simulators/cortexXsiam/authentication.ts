import { createHash } from 'node:crypto';
import { type Asked, type Context, header } from './call';
import { forbidden, unauthorized } from './errors';
import { type Permission, withImplied } from './permissions';
import type { CortexXsiamKey } from './state';

/**
 * docs/api/cortex-xsiam.md, "Standard keys", "Advanced keys" and "Refused keys": whatever is wrong, the
 * answer is the same 401.
 */
export function authenticate(request: Asked, context: Context): CortexXsiamKey {
	const { settings, state, now } = context;
	const id = header(request, 'x-xdr-auth-id') ?? '';
	const sent = header(request, 'authorization');
	const key = /^\d{1,15}$/u.test(id) ? state.keys.get(Number(id)) : undefined;
	if (!key || sent === undefined) throw unauthorized();
	if (key.expiration !== null && key.expiration <= now()) throw unauthorized();

	if (key.securityLevel === 'standard') {
		if (sent !== key.secret) throw unauthorized();
		return key;
	}

	const timestamp = header(request, 'x-xdr-timestamp') ?? '';
	const nonce = header(request, 'x-xdr-nonce') ?? '';
	if (!/^\d{1,15}$/u.test(timestamp) || !/^[A-Za-z0-9]{64}$/u.test(nonce)) throw unauthorized();
	const digest = createHash('sha256')
		.update(key.secret + nonce + timestamp, 'utf8')
		.digest('hex');
	if (sent !== digest) throw unauthorized();
	if (Math.abs(now() - Number(timestamp)) > settings.timestampWindowMs) throw unauthorized();
	const used = `${key.id}:${nonce}`;
	if (settings.strictNonce && state.nonces.has(used)) throw unauthorized();
	state.nonces.add(used);
	return key;
}

function granted(key: CortexXsiamKey, { state }: Context): Set<Permission> {
	if (key.permissions) return withImplied(key.permissions);
	const roles = state.roles.filter((one) => key.roles.includes(one.pretty_name));
	return withImplied(roles.flatMap((one) => one.permissions));
}

/** docs/api/cortex-xsiam.md, "Status codes": 403 where the key's roles lack what the call wants. */
export function demand(
	permission: Permission | undefined,
	key: CortexXsiamKey,
	context: Context,
): void {
	if (permission && !granted(key, context).has(permission)) throw forbidden();
}
