import type { Call } from './call';
import { Failure } from './failures';
import type { Pam360Shares, Pam360User } from './state';

const accessTypes = ['view', 'modify', 'fullaccess', 'revoke'] as const;

export type AccessWish = (typeof accessTypes)[number];

export function sentAccess({ input }: Call, name: string): AccessWish {
	input.required(name);
	return input.word(name, accessTypes, 'view');
}

export function userWith({ state }: Call, id: string): Pam360User {
	const user = state.users.find((one) => one.id === id);
	if (!user) throw new Failure('No such user found');
	return user;
}

export function demandUserGroup({ state }: Call, id: string): void {
	if (!state.userGroups.some((one) => one.id === id)) throw new Failure('No such user group found');
}

/** Shares with the holder of an ID, or takes that back. */
export function setShare(
	shares: Pam360Shares[keyof Pam360Shares],
	id: string,
	accessType: AccessWish,
): void {
	if (accessType === 'revoke') shares.delete(id);
	else shares.set(id, accessType);
}

/**
 * ACCESSTYPE and USERID, or USERGROUPID in its place, applied (docs/api/pam360.md, "Sharing a resource"
 * and "Sharing an account").
 */
export function applyShare(
	call: Call,
	{ shares, groupShares }: Pam360Shares,
): { with: Pam360User | undefined; accessType: AccessWish } {
	const { input } = call;
	const accessType = sentAccess(call, 'ACCESSTYPE');
	if (!input.has('USERGROUPID')) {
		const user = userWith(call, input.required('USERID'));
		setShare(shares, user.id, accessType);
		return { with: user, accessType };
	}
	if (input.has('USERID')) throw new Failure('USERID and USERGROUPID exclude each other.');
	const id = input.text('USERGROUPID');
	demandUserGroup(call, id);
	setShare(groupShares, id, accessType);
	return { with: undefined, accessType };
}
