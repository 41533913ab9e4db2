import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { createScimUser } from '../../api/scim';
import { additionalFields } from '../../../shared/description';
import { flag, requiredText, textList } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { sendOnce } from '../../../shared/sendOnce';
import { creation } from '../shared/changes';
import {
	accessGroups,
	active,
	email,
	emailAddress,
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
	fields: [
		{ ...username, required: true },
		{ ...fullName, required: true },
		{ ...email, required: true },
		{ ...externalId, required: true },
		additionalFields(accessGroups, active, roles),
	],
	input: z.object({
		username: requiredText,
		name: requiredText,
		email: emailAddress,
		externalId: requiredText,
		additionalFields: z.object({
			accessGroups: textList,
			active: flag.optional(),
			roles: textList,
		}),
	}),
	async run(api: SenhaseguraApi, input, call: Call) {
		const { active: isActive, roles: given, accessGroups: groups } = input.additionalFields;
		const send = async () =>
			await creation(
				createScimUser(api, {
					userName: input.username,
					externalId: input.externalId,
					name: { formatted: input.name },
					emails: [{ value: input.email }],
					...(isActive !== undefined && { active: isActive }),
					...(given.length > 0 && { entitlements: entries(given) }),
					...(groups.length > 0 && { groups: entries(groups) }),
				}),
				`The user may have been created all the same: look for '${input.username}' with 'Get Many' before you try again.`,
			);
		const mayHave = `The user '${input.username}' may have been created`;
		return userResult(await sendOnce(call, mayHave, send));
	},
});
