import type { Call } from './call';
import { Failure } from './failures';
import type { Pam360AccessType, Pam360User } from './state';

const accessTypes = ['view', 'modify', 'fullaccess', 'revoke'] as const;

/**
 * ACCESSTYPE and USERID, applied (docs/api/pam360.md, "Sharing a resource" and "Sharing an account").
 */
export function applyShare(
	{ input, state }: Call,
	shares: Map<string, Pam360AccessType>,
): { with: Pam360User; accessType: (typeof accessTypes)[number] } {
	input.required('ACCESSTYPE');
	const accessType = input.word('ACCESSTYPE', accessTypes, 'view');
	const id = input.required('USERID');
	const user = state.users.find((one) => one.id === id);
	if (!user) throw new Failure('No such user found');
	if (accessType === 'revoke') shares.delete(user.id);
	else shares.set(user.id, accessType);
	return { with: user, accessType };
}
