import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { relatedUserField, relatedUserId } from './fields';
import { readRelatedUser, relatedUserItem } from './relatedUserItem';

/** `GET user/related/{id}`. Source: docs/api/senhasegura.md, "Related users". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get related user',
	description: 'Get a related user',
	fields: [relatedUserField],
	input: z.object({ relatedUserId }),
	async run(api: SenhaseguraApi, { relatedUserId: id }) {
		const { value, body } = await readRelatedUser(api, id);
		return { item: relatedUserItem(value), raw: body };
	},
});
