import { recordOf } from '../../api/envelope';
import { passwordPolicy } from '../shared/commonFields';
import { fieldNamed } from '../shared/spelling';
import { item, operation } from '../shared/operation';
import { orElse } from '../shared/recordValues';
import { readId } from '../../../shared/item';
import { additionalFields, group, param } from '../../../shared/param';
import { createUser, newUser, userFields } from './fields';

const further = group(
	userFields,
	passwordPolicy('POLICY').looking({
		description: "The name of the policy for the user's password",
	}),
);

/** `POST /user` with `ISAPIUSER` false. Source: docs/api/pam360.md, "Creating API users". */
export const createLocalUser = operation({
	name: 'Create Local User',
	value: 'createLocalUser',
	action: 'Create local user',
	description: 'Create a user who logs in to PAM360 with a password, without SCIM',
	issues: 'user',
	furtherTries: { are: 'refused', unlike: 'a user of the same name' },
	byPerson: { targets: ['email', 'secondaryEmail', 'role', 'roleId', 'userGroup'] },
	params: [
		newUser,
		param({
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The password with which the user logs in, white space at its ends included',
		}),
		additionalFields(further),
	],
	async run(api, { password, additionalFields: more, ...user }, call) {
		const reply = await createUser(api, call, user, {
			details: { PASSWORD: password, ...more, ISAPIUSER: false },
			mayHave: 'The user may have been created',
			find: 'Before you run it again, make sure that there is no such user',
		});
		// Clients read the result only. The user is there whatever becomes of the look-up.
		const told = readId(fieldNamed(recordOf(reply.details), 'USER ID'));
		const id =
			typeof told === 'string'
				? told
				: orElse(told, await api.ids.user({ by: 'name', value: user.userName }).catch(() => null));
		return {
			item: item('user', { id, ...user, created: true }),
			raw: reply.body,
			...(id === null && {
				hints: [`The user '${user.userName}' was created, but PAM360 did not return its ID.`],
			}),
		};
	},
});
