import { createScimUser } from '../../api/scim';
import { additionalFields, required } from '../../../shared/param';
import { sendOnce } from '../../../shared/sendOnce';
import { operation } from '../shared/operation';
import {
	accessGroups,
	active,
	email,
	entries,
	externalId,
	fullName,
	roles,
	username,
} from './fields';
import { userResult } from './userItem';

/** `POST /iso/scim/v2/Users`. Source: docs/api/senhasegura.md, "SCIM". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create user',
	description: 'Create a user of the vault through SCIM',
	issues: 'user',
	furtherTries: { are: 'refused' },
	byPerson: { targets: ['email', 'roles', 'accessGroups'] },
	params: [
		required(username),
		required(fullName),
		required(email),
		required(externalId),
		additionalFields(accessGroups, active, roles),
	],
	async run(api, input, call) {
		const { active: isActive, roles: given, accessGroups: groups } = input.additionalFields;
		const mayHave = `The user '${input.username}' may have been created`;
		const fields = {
			userName: input.username,
			externalId: input.externalId,
			name: { formatted: input.name },
			emails: [{ value: input.email }],
			...(isActive !== undefined && { active: isActive }),
			...(given && given.length > 0 && { entitlements: entries(given) }),
			...(groups && groups.length > 0 && { groups: entries(groups) }),
		};
		const find = "Look for the user with 'User: Get Many'";
		return userResult(
			await sendOnce(call, { mayHave, find }, async (change) => {
				return await createScimUser(api, fields, change);
			}),
		);
	},
});
