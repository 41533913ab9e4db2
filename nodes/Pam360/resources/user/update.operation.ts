import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { pickedUser } from '../shared/pickers';
import { updateFields } from '../../../shared/description';
import { flag, ifGiven, optionalText, refuseEmptyUpdate, textList } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import { active, emails, firstName, lastName, roles, userField, userName } from './fields';
import { scimUserOf } from './scimUser';
import { attributesOf, userResult } from './userItem';

const given = textList.transform((list) => (list.length > 0 ? list : undefined));

/**
 * `PATCH /scim/v2/Users/{userId}`. Source: PAM360 help, "SCIM API"; RFC 7644, 3.5.2;
 * docs/api/pam360.md, "SCIM".
 */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update user',
	description: 'Change attributes of a user of PAM360 and leave the others as they are (SCIM)',
	fields: [
		userField,
		updateFields(
			active,
			emails,
			firstName,
			lastName,
			{
				...roles,
				description: 'Names of roles in PAM360, which take the place of the present ones',
			},
			{ ...userName, required: undefined, displayName: 'New User Name' },
		),
	],
	input: z.object({
		userId: pickedUser,
		updateFields: z
			.object({
				userName: optionalText,
				firstName: optionalText,
				lastName: optionalText,
				email: given,
				roles: given,
				active: ifGiven(flag),
			})
			.default({})
			.transform(({ email, ...user }, context) => {
				const attributes = attributesOf({ ...user, emails: email });
				if (Object.keys(attributes).length > 0) return attributes;
				return refuseEmptyUpdate(context);
			}),
	}),
	async run(api: Pam360Api, { userId, updateFields: attributes }) {
		if (userId.by === 'name') await scimUserOf(api, userId);
		return userResult(await api.scim.update(await api.ids.user(userId), attributes));
	},
});
