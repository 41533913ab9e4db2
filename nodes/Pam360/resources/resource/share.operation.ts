import { operation } from '../shared/operation';
import { nameOf, resource } from '../shared/pickers';
import { shareCall, share as shareWith, sharing } from '../shared/share';

/** `PUT /resources/{RESOURCEID}/share`. Source: docs/api/pam360.md, "Sharing a resource". */
export const share = operation({
	name: 'Share',
	value: 'share',
	action: 'Share resource',
	description:
		'Give a user or a user group access to a resource and all its accounts, or take it back',
	byPerson: { targets: ['resourceId', 'userId', 'userGroupId', 'accessType'] },
	params: [resource, sharing],
	async run(api, { resourceId, holder, accessType }) {
		const id = await api.ids.resource(resourceId);
		return await shareWith(api, {
			holder,
			accessType,
			noun: 'resource',
			item: { type: 'resource', id, name: nameOf(resourceId) },
			call: shareCall(`resources/${id}`, accessType),
		});
	},
});
