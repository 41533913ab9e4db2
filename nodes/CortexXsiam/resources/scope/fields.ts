import { SCOPED } from '../../api/scope';
import { choice } from '../../../shared/input';
import { locatedId } from '../../../shared/locator';
import { oneOf, param, picker } from '../../../shared/param';
import { apiKeyParam } from '../apiKey/fields';
import { userGroupList } from '../shared/lists';
import { userParam } from '../user/fields';

const apiKey = apiKeyParam(
	'The API key that the scope belongs to',
	locatedId(/^\d{1,15}$/, 'must be the ID of an API key'),
);

const user = userParam('The user that the scope belongs to');

const userGroup = picker(
	{
		displayName: 'User Group',
		name: 'userGroup',
		description: 'The user group that the scope belongs to',
		list: userGroupList,
		id: {
			regex: '^\\S+$',
			errorMessage: 'An ID has no spaces',
			placeholder: 'e.g. 7f3e5b2c-4d5e-4f6a-8b9c-1d3e5f4a5b6c',
		},
	},
	locatedId(/^\S+$/, 'must be the ID of a user group'),
);

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
