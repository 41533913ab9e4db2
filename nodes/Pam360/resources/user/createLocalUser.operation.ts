import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { recordOf } from '../../api/envelope';
import { fieldNamed } from '../shared/spelling';
import { fieldsOf, requiredSecret, wireField, wireInput } from '../shared/wire';
import { additionalFields } from '../../../shared/description';
import { asId } from '../../../shared/fields';
import { requiredText } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { sendOnce } from '../../../shared/sendOnce';
import { email, firstName, lastName, lookedUp, userFields, userName } from './fields';

const optional = [
	...userFields,
	wireField('POLICY', {
		displayName: 'Password Policy',
		name: 'policy',
		type: 'string',
		default: '',
		placeholder: 'e.g. Strong',
		description: "The name of the policy for the user's password",
	}),
];

const MAY_HAVE = 'The user may have been created';

/** `POST /user` with `ISAPIUSER` false. Source: docs/api/pam360.md, "Creating API users". */
export const createLocalUser = operation({
	name: 'Create Local User',
	value: 'createLocalUser',
	action: 'Create local user',
	description: 'Create a user who logs in to PAM360 with a password, without SCIM',
	issues: 'user',
	furtherTries: { are: 'refused', unlike: 'a user of the same name' },
	fields: [
		userName,
		{ ...firstName, required: true },
		{ ...lastName, required: true },
		{ ...email, required: true },
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The password with which the user logs in, white space at its ends included',
		},
		additionalFields(...fieldsOf(optional)),
	],
	input: z.object({
		userName: requiredText,
		firstName: requiredText,
		lastName: requiredText,
		email: requiredText,
		password: requiredSecret,
		additionalFields: wireInput(optional),
	}),
	async run(api: Pam360Api, { password, additionalFields: more, ...user }, call: Call) {
		const send = async () =>
			await api
				.change({
					method: 'POST',
					path: 'user',
					details: {
						FIRSTNAME: user.firstName,
						LASTNAME: user.lastName,
						USERNAME: user.userName,
						EMAIL: user.email,
						PASSWORD: password,
						...more,
						ISAPIUSER: false,
					},
					repeatable: false,
					mayHave: MAY_HAVE,
					find: 'It asked PAM360 for a user of this name instead',
				})
				.catch(lookedUp(api, user.userName));
		const reply = await sendOnce(call, MAY_HAVE, send);
		// Clients read the result only. The user is there whatever becomes of the look-up.
		const id =
			asId(fieldNamed(recordOf(reply.details), 'USER ID')) ??
			(await api.ids.user({ by: 'name', value: user.userName }).catch(() => null));
		return {
			item: { vendor: 'pam360', type: 'user', id, ...user, created: true },
			raw: reply.body,
			...(id === null && {
				hints: [`The user '${user.userName}' was created, but PAM360 did not tell its ID.`],
			}),
		};
	},
});
