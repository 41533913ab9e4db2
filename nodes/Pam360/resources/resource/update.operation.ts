import { updateFields } from '../../../shared/param';
import { item, operation } from '../shared/operation';
import { resource } from '../shared/pickers';
import { SAFEGUARDS, changeFields } from './fields';

/** `PUT /resources/{RESOURCEID}`. Source: docs/api/pam360.md, "Changing a resource". */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update resource',
	description: 'Change fields of a resource; others stay as they are',
	byPerson: { targets: ['ownerName', 'recordResourceUrl', ...SAFEGUARDS] },
	params: [resource, updateFields(changeFields)],
	async run(api, { resourceId, updateFields: details }) {
		const id = await api.ids.resource(resourceId);
		const reply = await api.change({
			method: 'PUT',
			path: `resources/${id}`,
			subject: { resourceId: id },
			details,
			repeatable: true,
			mayHave: 'The resource may have been changed',
		});
		return {
			item: item('resource', { id, updated: true }),
			raw: reply.body,
		};
	},
});
