import { SCOPED } from '../../api/scope';
import { choice } from '../../../shared/input';
import { locatedId } from '../../../shared/locator';
import { oneOf, param } from '../../../shared/param';
import { apiKeyParam } from '../apiKey/fields';
import { userParam } from '../user/fields';
import { userGroupById } from '../userGroup/fields';

const apiKey = apiKeyParam(
	'The API key that the scope belongs to',
	locatedId(/^\d{1,15}$/, 'must be the ID of an API key'),
);

const user = userParam('The user that the scope belongs to');

const userGroup = userGroupById('The user group that the scope belongs to');

/** Whose scope it is: what kind of thing, and which. */
export const owner = oneOf(
	param(
		{
			displayName: 'Scope Of',
			name: 'entityType',
			type: 'options',
			options: [
				{ name: 'API Key', value: 'api-key' },
				{ name: 'User', value: 'user' },
				{ name: 'User Group', value: 'user-group' },
			],
			default: 'api-key',
			description: 'What the scope belongs to',
		},
		choice(SCOPED),
	),
	{
		'api-key': [apiKey.as((given) => ({ entityId: given.apiKey }))],
		user: [user.as((given) => ({ entityId: given.user }))],
		'user-group': [userGroup.as((given) => ({ entityId: given.userGroup }))],
	},
);
