import type { Call, Success } from '../call';
import { listing } from '../envelope';
import { pageOf } from '../lists';
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
