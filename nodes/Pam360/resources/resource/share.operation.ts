import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { operation } from '../../../shared/operation';
import { nameOf, picked, resourcePicker } from '../shared/pickers';
import { share as shareWith, shareFields, shareInput } from '../shared/share';

/** `PUT /resources/{RESOURCEID}/share`. Source: docs/api/pam360.md, "Sharing a resource". */
export const share = operation({
	name: 'Share',
	value: 'share',
	action: 'Share resource',
	description: 'Give a user access to a resource and all its accounts, or take it back',
	fields: [resourcePicker, ...shareFields],
	input: z.object({ resourceId: picked, ...shareInput }),
	async run(api: Pam360Api, { resourceId, userId: user, accessType }) {
		const id = await api.ids.resource(resourceId);
		const item = { type: 'resource', id, name: nameOf(resourceId) };
		return await shareWith(api, { path: `resources/${id}`, user, accessType, item });
	},
});
