import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { updateFields } from '../../../shared/description';
import { operation } from '../../../shared/operation';
import { picked, resourcePicker } from '../shared/pickers';
import { fieldsOf, wireUpdate } from '../shared/wire';
import { changeFields } from './fields';

/** `PUT /resources/{RESOURCEID}`. Source: docs/api/pam360.md, "Changing a resource". */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update resource',
	description: 'Change fields of a resource; others stay as they are',
	fields: [resourcePicker, updateFields(...fieldsOf(changeFields))],
	input: z.object({ resourceId: picked, updateFields: wireUpdate(changeFields) }),
	async run(api: Pam360Api, { resourceId, updateFields: details }) {
		const id = await api.ids.resource(resourceId);
		const reply = await api.change({
			method: 'PUT',
			path: `resources/${id}`,
			about: { resourceId: id },
			details,
			repeatable: true,
			mayHave: 'The resource may have been changed',
		});
		return {
			item: { vendor: 'pam360', type: 'resource', id, updated: true },
			raw: reply.body,
		};
	},
});
