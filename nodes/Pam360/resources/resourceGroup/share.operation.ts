import { operation } from '../shared/operation';
import { nameOf, resourceGroup } from '../shared/pickers';
import { share as shareWith, sharing } from '../shared/share';

/** `PUT /resourcegroup/share`. Source: docs/api/pam360.md, "Resource groups". */
export const share = operation({
	name: 'Share',
	value: 'share',
	action: 'Share resource group',
	description:
		'Give a user or a user group access to all resources of a resource group, or take it back',
	byPerson: { targets: ['resourceGroupId', 'userId', 'userGroupId', 'accessType'] },
	params: [resourceGroup, sharing],
	async run(api, { resourceGroupId: group, holder, accessType }) {
		const groupId = await api.ids.resourceGroup(group);
		return await shareWith(api, {
			holder,
			accessType,
			noun: 'resource group',
			item: { type: 'resourceGroup', id: groupId, name: nameOf(group) },
			call: ({ kind, id }) => ({
				path: 'resourcegroup/share',
				// In camel case, and all the same below `Details`.
				details: {
					resourceGroupIds: [groupId],
					[kind === 'user' ? 'userIds' : 'userGroupIds']: [id],
					accessType,
				},
			}),
		});
	},
});
