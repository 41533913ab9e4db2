import { param, picker } from '../../../shared/param';
import { locatedId } from '../../../shared/locator';
import { relatedUserList } from './lists';

export const relatedUser = picker(
	{
		displayName: 'Related User',
		name: 'relatedUserId',
		description: 'The related user',
		list: relatedUserList,
		id: {
			regex: '^\\d{1,19}$',
			errorMessage: 'An ID has digits only',
			placeholder: 'e.g. 3',
		},
	},
	locatedId(/^\d{1,19}$/, 'must be the number of a related user'),
);

export const name = param({
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Nathan Smith',
	description: 'The name of the person',
});

export const username = param({
	displayName: 'Username',
	name: 'username',
	type: 'string',
	default: '',
	placeholder: 'e.g. nathan.smith',
	description: 'The username of the person in other systems',
});
