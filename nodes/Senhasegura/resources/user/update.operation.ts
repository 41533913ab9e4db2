import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { patchScimUser } from '../../api/scim';
import { updateFields } from '../../../shared/description';
import { flag, ifGiven, optionalText, refuseEmptyUpdate, textList } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import { repeatableChange } from '../shared/changes';
import {
	accessGroups,
	active,
	email,
	emailAddress,
	entries,
	externalId,
	fullName,
	roles,
	userField,
	userId,
	username,
} from './fields';
import { userResult } from './userItem';

const changes = z
	.object({
		accessGroups: textList.nullish(),
		active: flag.optional(),
		email: ifGiven(emailAddress),
		externalId: optionalText,
		name: optionalText,
		roles: textList.nullish(),
		username: optionalText,
	})
	.transform((given): IDataObject => {
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
	})
	.superRefine((attributes, context) => {
		if (Object.keys(attributes).length === 0) {
			refuseEmptyUpdate(context);
		}
	});

/** `PATCH /iso/scim/v2/Users/{id}`. Source: docs/api/senhasegura.md, "SCIM"; RFC 7644. */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update user',
	description: 'Change a user of the vault through SCIM; what is not given stays as it is',
	fields: [
		userField,
		updateFields(
			{
				...accessGroups,
				description:
					'All access groups that the user has from now on, separated by commas. Empty takes all away.',
			},
			{ ...active, description: 'Whether the user can log in' },
			email,
			externalId,
			fullName,
			{
				...roles,
				description:
					'All roles that the user has from now on, separated by commas. Empty takes all away.',
			},
			username,
		),
	],
	input: z.object({ userId, updateFields: changes }),
	async run(api: SenhaseguraApi, { userId: id, updateFields: attributes }) {
		return userResult(await repeatableChange(patchScimUser(api, id, attributes)));
	},
});
