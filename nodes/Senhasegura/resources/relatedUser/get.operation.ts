import { z } from 'zod';
import { refuseAnother } from '../../api/asked';
import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { relatedUserField, relatedUserId } from './fields';
import { oneRelatedUser, relatedUserItem } from './relatedUserItem';

/** `GET user/related/{id}`. Source: docs/api/senhasegura.md, "Related users". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get related user',
	description: 'Get a related user',
	fields: [relatedUserField],
	input: z.object({ relatedUserId }),
	async run(api: SenhaseguraApi, { relatedUserId: id }) {
		const { value, body } = await api.read({
			path: `user/related/${id}`,
			answer: oneRelatedUser,
			what: 'the related user',
		});
		refuseAnother(value.id, id, 'related user');
		return { item: relatedUserItem(value), raw: body };
	},
});
