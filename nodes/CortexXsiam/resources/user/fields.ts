import { picker } from '../../../shared/param';
import { locatedId } from '../../../shared/locator';
import { userList } from '../shared/lists';

/** A user goes by the email address; there is no other ID (docs/api/cortex-xsiam.md, "Users"). */
export function userParam(description: string) {
	return picker(
		{
			displayName: 'User',
			name: 'user',
			description,
			list: userList,
			id: {
				regex: '^[^\\s@]+@[^\\s@]+$',
				errorMessage: 'The ID of a user is the email address',
				placeholder: 'e.g. user1@acme.com',
			},
		},
		locatedId(/^[^\s@]+@[^\s@]+$/, 'must be an email address'),
	);
}
