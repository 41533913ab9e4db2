import type { IDataObject } from 'n8n-workflow';
import { vaultUsers } from '../../api/scim';
import { asObject } from '../../../shared/read';
import { labelOf, vaultList } from '../shared/lists';

/** Users of the vault, through SCIM. */
export const userList = vaultList(
	'searchUsers',
	async (api) => {
		const users: IDataObject[] = [];
		for await (const user of vaultUsers(api, Infinity)) users.push(user);
		return users;
	},
	({ userName, name }) => labelOf(userName, asObject(name)?.formatted),
);
