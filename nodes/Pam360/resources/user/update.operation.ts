import { flag, ifGiven, refuseEmptyUpdate } from '../../../shared/input';
import { group, param, updateFields } from '../../../shared/param';
import { operation } from '../shared/operation';
import { user } from '../shared/pickers';
import { active, emails, firstName, lastName, roles } from './fields';
import { scimUserOf } from './scimUser';
import { attributesOf } from './userAttributes';
import { userResult } from '../shared/userItem';

const attributes = group(
	param({
		displayName: 'New Username',
		name: 'userName',
		type: 'string',
		default: '',
		placeholder: 'e.g. jdoe',
		description: 'The name with which the user logs in',
	}),
	firstName,
	lastName,
	emails,
	roles.looking({
		description: 'Names of roles in PAM360, which take the place of the present ones',
	}),
	active(ifGiven(flag)),
).as((given, context) => {
	const changes = attributesOf(given);
	return Object.keys(changes).length > 0 ? changes : refuseEmptyUpdate(context);
});

/** `PATCH /scim/v2/Users/{userId}`. Source: docs/api/pam360.md, "SCIM"; RFC 7644, 3.5.2. */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update user',
	description: 'Change attributes of a user of PAM360 and leave the others as they are (SCIM)',
	byPerson: { targets: ['userId', 'email', 'active', 'roles'] },
	params: [user, updateFields(attributes)],
	async run(api, { userId, updateFields: changes }) {
		if (userId.by === 'name') await scimUserOf(api, userId);
		return userResult(await api.scim.update(await api.ids.user(userId), changes));
	},
});
