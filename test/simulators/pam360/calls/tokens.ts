import { randomUUID } from 'node:crypto';
import { record } from '../audit';
import type { Call, Success } from '../call';

/**
 * PUT /user/regenerateAuthtoken, docs/api/pam360.md, "Auth tokens": from now on only the new token
 * works.
 */
export function regenerateAuthtoken(call: Call): Success {
	const { settings, state, token, user } = call;
	const known = state.tokens.get(token);
	const fresh = randomUUID().toUpperCase();
	state.tokens.delete(token);
	state.tokens.set(fresh, {
		user: known?.user ?? user.userName,
		expiresAt: known?.expiresAt ?? null,
	});
	record(call, 'User', 'Authtoken Regenerated', { user });
	return {
		message: 'Authtoken regenerated successfully.',
		status: settings.regenerateStatus,
		withStatusCode: true,
		details: { AUTHTOKEN: fresh },
	};
}
