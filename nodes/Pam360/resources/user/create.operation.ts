import { choice, flag, ifGiven } from '../../../shared/input';
import { additionalFields, nullIfAdded, param, required } from '../../../shared/param';
import { sendOnce } from '../../../shared/sendOnce';
import { userName } from '../shared/commonFields';
import { operation } from '../shared/operation';
import { active, emails, firstName, lastName, lookedUp, roles } from './fields';
import { newScimUser } from './userAttributes';
import { USER_TYPES, userResult } from '../shared/userItem';

/** `POST /scim/v2/Users`. Source: docs/api/pam360.md, "SCIM". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create user',
	description: 'Create a user of PAM360 (SCIM)',
	issues: 'user',
	furtherTries: { are: 'refused', unlike: 'a user of the same name' },
	byPerson: { targets: ['email', 'roles'] },
	params: [
		userName,
		required(firstName),
		required(lastName),
		required(emails),
		required(roles),
		active(flag),
		additionalFields(
			param({
				displayName: 'Domain',
				name: 'domain',
				type: 'string',
				default: '',
				placeholder: 'e.g. EXAMPLE',
				description: 'The domain that the user belongs to',
			}),
			nullIfAdded(
				param({
					displayName: 'Password',
					name: 'password',
					type: 'string',
					typeOptions: { password: true },
					default: '',
					description: 'The password with which a local user logs in',
				}),
			),
			param(
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
				ifGiven(choice(USER_TYPES)),
			),
		),
	],
	async run(api, { additionalFields: more, ...user }, call) {
		const created = await sendOnce(call, LOST, async (change) => {
			return await api.scim
				.create(newScimUser({ ...user, ...more }), change)
				.catch(lookedUp(api, user.userName));
		});
		return userResult(created);
	},
});

const LOST = {
	mayHave: 'The user may have been created',
	find: "Look for it with 'User: Get Many'",
};
