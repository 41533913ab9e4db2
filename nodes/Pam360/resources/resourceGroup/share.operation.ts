import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { operation } from '../../../shared/operation';
import { nameOf, picked, resourceGroupPicker } from '../shared/pickers';
import { shareFields, shareInput, share as shareWith, toHolder } from '../shared/share';

/** `PUT /resourcegroup/share`. Source: docs/api/pam360.md, "Resource groups". */
export const share = operation({
	name: 'Share',
	value: 'share',
	action: 'Share resource group',
	description:
		'Give a user or a user group access to all resources of a resource group, or take it back',
	fields: [resourceGroupPicker, ...shareFields],
	input: z.object({ resourceGroupId: picked, ...shareInput }).transform(toHolder),
	async run(api: Pam360Api, { resourceGroupId: group, holder, accessType }) {
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
