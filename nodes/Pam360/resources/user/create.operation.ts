import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { exactText } from '../shared/wire';
import { additionalFields } from '../../../shared/description';
import { added, choice, flag, ifGiven, optionalText, requiredText } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { sendOnce } from '../../../shared/sendOnce';
import {
	active,
	emails,
	firstName,
	lastName,
	lookedUp,
	roles,
	someTexts,
	userName,
} from './fields';
import { USER_TYPES, scimUser, userResult } from './userItem';

/** `POST /scim/v2/Users`. Source: docs/api/pam360.md, "SCIM". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create user',
	description: 'Create a user of PAM360 (SCIM)',
	issues: 'user',
	furtherTries: { are: 'refused', unlike: 'a user of the same name' },
	fields: [
		userName,
		{ ...firstName, required: true },
		{ ...lastName, required: true },
		{ ...emails, required: true },
		{ ...roles, required: true },
		active,
		additionalFields(
			{
				displayName: 'Domain',
				name: 'domain',
				type: 'string',
				default: '',
				placeholder: 'e.g. EXAMPLE',
				description: 'The domain that the user belongs to',
			},
			{
				displayName: 'Password',
				name: 'password',
				type: 'string',
				typeOptions: { password: true },
				default: '',
				description: 'The password with which a local user logs in',
			},
			{
				displayName: 'User Type',
				name: 'userType',
				type: 'options',
				options: [
					{ name: 'Active Directory', value: 'activeDirectory' },
					{ name: 'LDAP', value: 'ldap' },
					{ name: 'Local', value: 'local' },
					{ name: 'Microsoft Entra ID', value: 'entraId' },
				],
				default: 'local',
				description: 'Where the user comes from',
			},
		),
	],
	input: z.object({
		userName: requiredText,
		firstName: requiredText,
		lastName: requiredText,
		email: someTexts,
		roles: someTexts,
		active: flag,
		additionalFields: added({
			domain: optionalText,
			password: exactText,
			userType: ifGiven(choice(USER_TYPES)),
		}).default({}),
	}),
	async run(api: Pam360Api, { email, additionalFields: more, ...user }, call: Call) {
		const send = async () =>
			await api.scim
				.create(scimUser({ ...user, emails: email, ...more }))
				.catch(lookedUp(api, user.userName));
		return userResult(await sendOnce(call, 'The user may have been created', send));
	},
});
