import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { getScimUser } from '../../api/scim';
import { operation } from '../../../shared/operation';
import { userField, userId } from './fields';
import { userResult } from './userItem';

/** `GET /iso/scim/v2/Users/{id}`. Source: docs/api/senhasegura.md, "SCIM". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get user',
	description: 'Get a user of the vault through SCIM',
	fields: [userField],
	input: z.object({ userId }),
	async run(api: SenhaseguraApi, { userId: id }) {
		return userResult(await getScimUser(api, id));
	},
});
