import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { pickedUser } from '../shared/pickers';
import { operation } from '../../../shared/operation';
import { userField } from './fields';
import { scimUserOf } from './scimUser';
import { userResult } from './userItem';

/** `GET /scim/v2/Users/{userId}`. Source: docs/api/pam360.md, "SCIM". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get user',
	description: 'Get a user of PAM360 (SCIM)',
	fields: [userField],
	input: z.object({ userId: pickedUser }),
	async run(api: Pam360Api, { userId }) {
		return userResult(await scimUserOf(api, userId));
	},
});
