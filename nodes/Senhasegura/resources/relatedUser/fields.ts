import type { INodeProperties } from 'n8n-workflow';
import { locatedId, locator } from '../../../shared/locator';
import { relatedUserList } from './lists';

export const relatedUserId = locatedId(/^\d{1,19}$/, 'must be the number of a related user');

export const relatedUserField: INodeProperties = locator({
	displayName: 'Related User',
	name: 'relatedUserId',
	description: 'The related user',
	list: relatedUserList,
	id: {
		regex: '^\\d{1,19}$',
		errorMessage: 'An ID has digits only',
		placeholder: 'e.g. 3',
	},
});

export const name: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Nathan Smith',
	description: 'The name of the person',
};

export const username: INodeProperties = {
	displayName: 'Username',
	name: 'username',
	type: 'string',
	default: '',
	placeholder: 'e.g. nathan.smith',
	description: 'The username of the person in other systems',
};
