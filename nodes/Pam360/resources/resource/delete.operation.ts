import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { operation } from '../../../shared/operation';
import { picked, resourcePicker } from '../shared/pickers';

/**
 * `DELETE /resources/{RESOURCEID}`. Source: docs/api/pam360.md, "Deleting a resource".
 */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete resource',
	description: 'Delete a resource and all its accounts, with the passwords that they hold',
	byPerson: { targets: ['resourceId'] },
	fields: [resourcePicker],
	input: z.object({ resourceId: picked }),
	async run(api: Pam360Api, { resourceId }) {
		const id = await api.ids.resource(resourceId);
		const reply = await api.change({
			method: 'DELETE',
			path: `resources/${id}`,
			about: { resourceId: id },
			repeatable: true,
			mayHave: 'The resource may have been deleted',
		});
		return {
			item: { vendor: 'pam360', type: 'resource', id, deleted: true },
			raw: reply.body,
		};
	},
});
