import { operation } from '../shared/operation';
import { user } from '../shared/pickers';
import { scimUserOf } from './scimUser';
import { userResult } from '../shared/userItem';

/** `GET /scim/v2/Users/{userId}`. Source: docs/api/pam360.md, "SCIM". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get user',
	description: 'Get a user of PAM360 (SCIM)',
	params: [user],
	async run(api, { userId }) {
		return userResult(await scimUserOf(api, userId));
	},
});
