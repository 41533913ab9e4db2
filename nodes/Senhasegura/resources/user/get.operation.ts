import { getScimUser } from '../../api/scim';
import { operation } from '../shared/operation';
import { user } from './fields';
import { userResult } from './userItem';

/** `GET /iso/scim/v2/Users/{id}`. Source: docs/api/senhasegura.md, "SCIM". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get user',
	description: 'Get a user of the vault through SCIM',
	params: [user],
	async run(api, { userId: id }) {
		return userResult(await getScimUser(api, id));
	},
});
