import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { repeatableChange } from '../shared/changes';
import { succeedIf, succeedIfInput } from '../shared/transition';
import { relatedUserField, relatedUserId } from './fields';

/** 1005: Related user not found. */
const NOT_FOUND = 1005;

/** `DELETE user/related/{id}`. Source: docs/api/senhasegura.md, "Related users". */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete related user',
	description: 'Remove a related user. The vault deactivates the record.',
	byPerson: { targets: ['relatedUserId'] },
	fields: [relatedUserField, succeedIf('Already Deleted')],
	input: z.object({
		relatedUserId,
		additionalFields: succeedIfInput,
	}),
	async run(api: SenhaseguraApi, { relatedUserId: id, additionalFields: more }) {
		const { changed, body } = await repeatableChange(
			api.settle({
				method: 'DELETE',
				path: `user/related/${id}`,
				alreadyCodes: [NOT_FOUND],
				succeedIfAlready: more.succeedIfAlready,
			}),
		);
		const item = { vendor: 'senhasegura', type: 'relatedUser', id, deleted: true, changed };
		return { item, raw: body };
	},
});
