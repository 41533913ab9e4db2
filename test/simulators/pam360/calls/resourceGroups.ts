import { demandRole } from '../access';
import { record } from '../audit';
import { type Call, idParam, type Success } from '../call';
import { listing } from '../envelope';
import { Failure } from '../failures';
import { pageOf } from '../lists';
import { demandUserGroup, sentAccess, setShare, userWith } from '../shares';
import type { Pam360ResourceGroup } from '../state';

const columns: Record<string, (group: Pam360ResourceGroup) => string> = {
	resourceGroupName: ({ name }) => name,
	resourceGroupDescription: ({ description }) => description,
	ownerId: ({ ownerId }) => ownerId,
};

/**
 * GET /resourcegroup, docs/api/pam360.md, "Resource groups": camelCase, `details`; the shape of an item
 * is inferred.
 */
export function getResourceGroups(call: Call): Success {
	const { input, settings, state } = call;
	const type = input.word('searchType', ['static', 'dynamic', 'all'], 'all');
	const column = input.word('searchColumn', ['all', ...Object.keys(columns)], 'all');
	const read = column === 'all' ? Object.values(columns) : [columns[column]];
	const wanted = input.text('searchValue').toLowerCase();
	const found = state.resourceGroups.filter(
		(group) =>
			(type === 'all' || group.type === type) &&
			read.some((one) => one?.(group).toLowerCase().includes(wanted)),
	);
	const page = pageOf(call, found, input, { start: 'startIndex', limit: 'limit' });
	const rows = page.map((group) => ({
		resourceGroupId: group.id,
		resourceGroupName: group.name,
		resourceGroupDescription: group.description,
		ownerId: group.ownerId,
		resourceGroupType: group.type,
	}));
	return {
		...listing(settings, 'Resource groups fetched successfully', rows, found.length),
		detailsKey: settings.resourceGroupsKey,
	};
}

function groupWith({ state }: Call, id: string): Pam360ResourceGroup {
	const group = state.resourceGroups.find((one) => one.id === id);
	if (!group) throw new Failure('No such resource group found');
	return group;
}

/**
 * GET /resources/{RESOURCEID}/associatedGroups, docs/api/pam360.md, "Resource groups": of a group the one
 * known client reads the ID.
 */
export function getAssociatedGroups(call: Call): Success {
	const { state } = call;
	const id = idParam(call, 'RESOURCEID');
	if (!state.resources.some((resource) => resource.id === id)) {
		throw new Failure('No such resource found');
	}
	const groups = state.resourceGroups.filter(({ resourceIds }) => resourceIds.has(id));
	return {
		message: 'Associated groups fetched successfully',
		details: { 'ASSOCIATED GROUPS': groups.map((group) => ({ 'GROUP ID': group.id })) },
	};
}

/**
 * POST /resourcegroup/{groupId}/associateResources, docs/api/pam360.md, "Resource groups": the IDs are
 * numbers, as the one known client sends them.
 */
export function associateResources(call: Call): Success {
	const { input, state } = call;
	demandRole(call, 'manageResources');
	const group = groupWith(call, idParam(call, 'groupId'));
	if (group.type !== 'static') throw new Failure('Resources cannot be added to a dynamic group.');
	const ids = input.list('RESOURCEIDS') ?? [];
	if (ids.length === 0) throw new Failure('RESOURCEIDS is missing.');
	if (!ids.every(Number.isInteger)) throw new Failure('Invalid value for RESOURCEIDS.');
	const found = ids.map((id) => state.resources.find((resource) => resource.id === String(id)));
	if (found.includes(undefined)) throw new Failure('No such resource found');
	for (const id of ids) group.resourceIds.add(String(id));
	record(call, 'Resource', 'Resource Group Modified');
	return { message: 'Resources associated successfully' };
}

/**
 * PUT /resourcegroup/share, docs/api/pam360.md, "Resource groups": `userIds` or `userGroupIds`, of texts.
 */
export function shareResourceGroup(call: Call): Success {
	const { input } = call;
	demandRole(call, 'manageResources');
	const accessType = sentAccess(call, 'accessType');
	const groups = input.ids('resourceGroupIds').map((id) => groupWith(call, id));
	if (groups.length === 0) throw new Failure('resourceGroupIds is missing.');
	const users = input.ids('userIds').map((id) => userWith(call, id));
	const userGroups = input.ids('userGroupIds');
	for (const id of userGroups) demandUserGroup(call, id);
	if (users.length > 0 === userGroups.length > 0) {
		throw new Failure('Either userIds or userGroupIds must be sent.');
	}
	for (const { shares, groupShares } of groups) {
		for (const { id } of users) setShare(shares, id, accessType);
		for (const id of userGroups) setShare(groupShares, id, accessType);
	}
	record(call, 'Resource', 'Resource Group Shared');
	return { message: 'Resource group share updated successfully' };
}
