import { filters } from '../../../shared/param';
import { asTexts } from '../../../shared/read';
import { returnAllOrLimit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import { hasPart, isText, textFilterParam } from '../../../shared/textFilter';
import { userGroups } from '../shared/directory';
import { operation } from '../shared/operation';
import { userGroupItem } from './userGroupItem';

/** `GET /platform/iam/v1/user-group`. Source: docs/api/cortex-xsiam.md, "User groups". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many user groups',
	description: 'List the user groups of the tenant, with their roles and members',
	params: [
		returnAllOrLimit,
		filters(
			textFilterParam(
				{ displayName: 'Name Contains', name: 'name', placeholder: 'e.g. SOC' },
				'A part of the name',
			),
			textFilterParam(
				{ displayName: 'Role Name Contains', name: 'roleName', placeholder: 'e.g. Investigator' },
				'A part of the display name of the role',
			),
			textFilterParam(
				{ displayName: 'User', name: 'user', placeholder: 'e.g. user1@acme.com' },
				'The email address of a member',
			),
		),
	],
	async run(api, { most, filters: { name, roleName, user } }) {
		const records = await api.all(userGroups.path, userGroups.many);
		const wanted = records.filter(
			(record) =>
				hasPart(name, record.group_name) &&
				hasPart(roleName, record.pretty_role_name) &&
				isText(user, ...asTexts(record.users)),
		);
		return first(wanted, most).map((record) => ({ item: userGroupItem(record), raw: record }));
	},
});
