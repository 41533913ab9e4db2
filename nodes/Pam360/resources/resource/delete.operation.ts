import { item, operation } from '../shared/operation';
import { resource } from '../shared/pickers';

/**
 * `DELETE /resources/{RESOURCEID}`. Source: docs/api/pam360.md, "Deleting a resource".
 */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete resource',
	description: 'Delete a resource and all its accounts, with the passwords that they hold',
	byPerson: { targets: ['resourceId'] },
	params: [resource],
	async run(api, { resourceId }) {
		const id = await api.ids.resource(resourceId);
		const reply = await api.change({
			method: 'DELETE',
			path: `resources/${id}`,
			subject: { resourceId: id },
			repeatable: true,
			mayHave: 'The resource may have been deleted',
		});
		return {
			item: item('resource', { id, deleted: true }),
			raw: reply.body,
		};
	},
});
