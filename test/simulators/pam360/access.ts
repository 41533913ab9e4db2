import { type Call, idParam } from './call';
import { Failure } from './failures';
import type { Input } from './input';
import type { Pam360AccessType, Pam360Account, Pam360Resource } from './state';

const order: readonly Pam360AccessType[] = ['view', 'modify', 'fullaccess'];

/**
 * @throws Failure where the role of the caller has not the permission (docs/api/pam360.md, "API users")
 */
export function demandRole(
	{ state, user }: Call,
	permission: 'manageUsers' | 'manageResources',
): void {
	if (user.superAdministrator || state.roles.get(user.role)?.[permission]) return;
	throw new Failure('You are not authorized to perform this operation.');
}

/** The caller's right on a resource, or on one of its accounts, as a rank in `order`; -1: none. */
function rank({ state, user }: Call, resource: Pam360Resource, account?: Pam360Account): number {
	if (user.superAdministrator || resource.owner === user.userName) return 2;
	if (account?.owner === user.userName) return 2;
	const groups = state.resourceGroups.filter(({ resourceIds }) => resourceIds.has(resource.id));
	const userGroups = state.userGroups.filter(({ userIds }) => userIds.has(user.id));
	const shares = [resource, ...(account ? [account] : []), ...groups].flatMap((shared) => [
		shared.shares.get(user.id),
		...userGroups.map(({ id }) => shared.groupShares.get(id)),
	]);
	return Math.max(...shares.map((share) => (share ? order.indexOf(share) : -1)));
}

/** The accounts of a resource that the caller may see. */
export function visibleAccounts(call: Call, resource: Pam360Resource): Pam360Account[] {
	const accounts = [...resource.accounts.values()];
	if (rank(call, resource) >= 0) return accounts;
	return accounts.filter((account) => rank(call, resource, account) >= 0);
}

function isVisible(call: Call, resource: Pam360Resource): boolean {
	if (resource.organization !== (call.orgName ?? call.state.ownOrganization)) return false;
	return rank(call, resource) >= 0 || visibleAccounts(call, resource).length > 0;
}

/** What is not shared with the caller is invisible (docs/api/pam360.md, "API users"). */
export function visibleResources(call: Call): Pam360Resource[] {
	return call.state.resources.filter((resource) => isVisible(call, resource));
}

export function resourceById(call: Call, id: string): Pam360Resource | undefined {
	const found = call.state.resources.find((resource) => resource.id === id);
	return found && isVisible(call, found) ? found : undefined;
}

export function resourceByName(call: Call, name: string): Pam360Resource | undefined {
	return call.state.resources.find(
		(resource) => resource.name === name && isVisible(call, resource),
	);
}

function demand(right: Pam360AccessType, has: number): void {
	if (has < order.indexOf(right)) {
		throw new Failure('You do not have the permission to perform this operation.');
	}
}

/** The resource in the path. */
export function resourceOf(call: Call, right: Pam360AccessType = 'view'): Pam360Resource {
	const resource = resourceById(call, idParam(call, 'RESOURCEID'));
	if (!resource) throw new Failure('No such resource found');
	if (right !== 'view') demand(right, rank(call, resource));
	return resource;
}

export interface Place {
	resource: Pam360Resource;
	account: Pam360Account;
}

/**
 * An account of a resource, by ids; the failure's text is the vendor's (docs/api/pam360.md, "Resetting
 * a password").
 */
export function accountAt(
	call: Call,
	resourceId: string,
	accountId: string,
	right: Pam360AccessType = 'view',
): Place {
	const resource = resourceById(call, resourceId);
	const account = resource?.accounts.get(accountId);
	const has = resource && account ? rank(call, resource, account) : -1;
	if (!resource || !account || has < 0) throw new Failure('No such account found');
	demand(right, has);
	return { resource, account };
}

/** The account in the path. */
export function accountOf(call: Call, right: Pam360AccessType = 'view'): Place {
	return accountAt(call, idParam(call, 'RESOURCEID'), idParam(call, 'ACCOUNTID'), right);
}

/** The account in a path that does not name its resource. */
export function accountAlone(call: Call): Place {
	const id = idParam(call, 'ACCOUNTID');
	const resource = call.state.resources.find(({ accounts }) => accounts.has(id));
	return accountAt(call, resource?.id ?? '', id);
}

export function hasApproval({ state, user, now }: Call, account: Pam360Account): boolean {
	return state.accessRequests.some(
		({ accountId, userId, status, start, end }) =>
			accountId === account.id &&
			userId === user.id &&
			status === 'APPROVED' &&
			start <= now() &&
			now() < (end ?? Infinity),
	);
}

/**
 * Why the password is out of reach, `undefined` where it is not. The texts are inferred
 * (docs/api/pam360.md, "Not found"); empty strings count as absent (docs/api/pam360.md, "Reading a
 * password").
 */
export function obstacle(call: Call, account: Pam360Account, input: Input): string | undefined {
	if (account.approvalRequired && !hasApproval(call, account)) {
		return 'Password access request is required to retrieve the password.';
	}
	if (account.reasonRequired && input.text('REASON').trim() === '') {
		return 'Reason is required to retrieve the password.';
	}
	if (account.ticketRequired && !input.has('TICKETID')) {
		return 'Ticket ID is required to retrieve the password.';
	}
	return undefined;
}

/** @throws Failure where the password is out of reach, or TICKETID is no number */
export function demandReason(call: Call, account: Pam360Account): void {
	call.input.integer('TICKETID', 0);
	const reason = obstacle(call, account, call.input);
	if (reason !== undefined) throw new Failure(reason);
}
