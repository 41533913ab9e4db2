import type { INodeProperties } from 'n8n-workflow';
import { locatedId, locator } from '../../../shared/locator';
import { userList } from '../shared/lists';

/** A user goes by the e-mail address; there is no other ID (docs/api/cortex-xsiam.md, "Users"). */
export function userField(description: string): INodeProperties {
	return locator({
		displayName: 'User',
		name: 'user',
		description,
		list: userList,
		id: {
			regex: '^[^\\s@]+@[^\\s@]+$',
			errorMessage: 'The ID of a user is the e-mail address',
			placeholder: 'e.g. user1@acme.com',
		},
	});
}

export const userInput = locatedId(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address');
