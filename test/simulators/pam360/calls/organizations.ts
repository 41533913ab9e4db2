import { demandRole } from '../access';
import { record } from '../audit';
import type { Call, Success } from '../call';
import { Failure } from '../failures';

/** @throws Failure where one of the ids is none of those that exist */
function demandKnown(name: string, ids: string[], known: Array<{ id: string }>): void {
	if (ids.every((id) => known.some((one) => one.id === id))) return;
	throw new Failure(`Invalid value for ${name}.`);
}

/**
 * POST /organizations/manage, docs/api/pam360.md, "Organizations": who may manage which organisations.
 */
export function manageOrganizations(call: Call): Success {
	const { input, settings, state } = call;
	if (!settings.mspEdition) throw new Failure('This operation is available in MSP edition only.');
	demandRole(call, 'manageUsers');
	const userIds = input.ids('userIds');
	const userGroupIds = input.ids('userGroupIds');
	const orgIds = input.ids('orgIds');
	if (userIds.length === 0) throw new Failure('userIds is missing.');
	demandKnown('userIds', userIds, state.users);
	demandKnown('userGroupIds', userGroupIds, state.userGroups);
	demandKnown('orgIds', orgIds, [...state.organizations.values()]);
	if (input.has('approvalAdminId')) {
		demandKnown('approvalAdminId', [input.text('approvalAdminId')], state.users);
	}
	const grant = input.word('managePermission', ['grant', 'revoke'], 'grant') === 'grant';
	const change = (ids: Set<string>, id: string) => (grant ? ids.add(id) : ids.delete(id));
	for (const organization of state.organizations.values()) {
		if (!orgIds.includes(organization.id)) continue;
		for (const id of userIds) change(organization.userIds, id);
		for (const id of userGroupIds) change(organization.userGroupIds, id);
	}
	record(call, 'User', `Organization Permission ${grant ? 'Granted' : 'Revoked'}`);
	return { message: 'Organization permissions updated successfully' };
}
