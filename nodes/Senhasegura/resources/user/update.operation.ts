import type { IDataObject } from 'n8n-workflow';
import { patchScimUser } from '../../api/scim';
import { group, updateFields } from '../../../shared/param';
import { refuseNothing } from '../../../shared/input';
import { operation } from '../shared/operation';
import {
	accessGroups,
	active,
	email,
	entries,
	externalId,
	fullName,
	roles,
	user,
	username,
} from './fields';
import { userResult } from './userItem';

const changes = group(
	accessGroups.looking({
		description:
			'All access groups that the user has from now on, separated by commas. If this is empty, all are taken away.',
	}),
	active,
	email,
	externalId,
	fullName,
	roles.looking({
		description:
			'All roles that the user has from now on, separated by commas. If this is empty, all are taken away.',
	}),
	username,
).as((given, context): IDataObject => {
	refuseNothing(given, context);
	const values: Array<[path: string, value: unknown]> = [
		['userName', given.username],
		['externalId', given.externalId],
		['name.formatted', given.name],
		['emails', given.email && entries([given.email])],
		['active', given.active],
		['entitlements', given.roles && entries(given.roles)],
		['groups', given.accessGroups && entries(given.accessGroups)],
	];
	return Object.fromEntries(
		values.filter(([, value]) => value !== undefined && value !== null),
	) as IDataObject;
});

/** `PATCH /iso/scim/v2/Users/{id}`. Source: docs/api/senhasegura.md, "SCIM"; RFC 7644. */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update user',
	description: 'Change a user of the vault through SCIM; what is not given stays as it is',
	byPerson: { targets: ['userId', 'email', 'active', 'roles', 'accessGroups'] },
	params: [user, updateFields(changes)],
	async run(api, { userId: id, updateFields: attributes }) {
		return userResult(await patchScimUser(api, id, attributes));
	},
});
