import type { Call } from './call';
import type { Pam360Account, Pam360AuditRecord, Pam360Resource, Pam360User } from './state';

export function fullName({ firstName, lastName }: Pam360User): string {
	return `${firstName} ${lastName}`.trim();
}

interface Concerned {
	resource?: Pam360Resource;
	account?: Pam360Account;
	user?: Pam360User;
	reason?: string;
	ticketId?: string;
}

/**
 * Writes what a call has done, for GET /audit (docs/api/pam360.md, "Audit"). Only the record's shape is
 * known: the names of the operations are this server's own.
 */
export function record(
	{ state, user, request, now }: Call,
	type: Pam360AuditRecord['type'],
	operation: string,
	concerned: Concerned = {},
): void {
	const { resource, account, user: other, reason, ticketId } = concerned;
	const named = (one: { id: string; name: string }) => ({ id: one.id, name: one.name });
	state.audit.push({
		id: String(Number(state.audit.at(-1)?.id ?? 0) + 1),
		type,
		operation,
		time: Math.max(now(), state.audit.at(-1)?.time ?? 0),
		operatedBy: user.userName,
		ipAddress: request.ip,
		resource: resource ? named(resource) : null,
		account: account ? named(account) : null,
		user: other ? { userName: other.userName, fullName: fullName(other) } : null,
		reason: reason ?? '',
		ticketId: ticketId ?? '',
	});
}
