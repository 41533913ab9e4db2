import { filters } from '../../../shared/param';
import { returnAllOrLimit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import { hasPart, isText, textFilterParam } from '../../../shared/textFilter';
import { users } from '../shared/directory';
import { operation } from '../shared/operation';
import { userItem } from './userItem';

/** `GET /platform/iam/v1/user`. Source: docs/api/cortex-xsiam.md, "Users". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many users',
	description: 'List the users of the tenant',
	params: [
		returnAllOrLimit,
		filters(
			textFilterParam(
				{ displayName: 'Name or Email Contains', name: 'search', placeholder: 'e.g. @acme.com' },
				'A part of the first or last name or the email address',
			),
			textFilterParam(
				{ displayName: 'Role Name', name: 'roleName', placeholder: 'e.g. Investigator' },
				'The display name of the role that the user has directly',
			),
			textFilterParam(
				{ displayName: 'Status', name: 'status', placeholder: 'e.g. Active' },
				'The status',
			),
		),
	],
	async run(api, { most, filters: { search, roleName, status } }) {
		const records = await api.all(users.path, users.many);
		const wanted = records.filter(
			(record) =>
				hasPart(search, record.user_email, record.user_first_name, record.user_last_name) &&
				isText(roleName, record.role_name) &&
				isText(status, record.status),
		);
		return first(wanted, most).map((record) => ({ item: userItem(record), raw: record }));
	},
});
