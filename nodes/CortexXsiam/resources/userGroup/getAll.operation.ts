import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { filters } from '../../../shared/description';
import { asTexts } from '../../../shared/fields';
import { optionalText } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
import { hasPart, isText, textFilter } from '../../../shared/textFilter';
import { userGroups } from '../shared/directory';
import { userGroupItem } from './userGroupItem';

/** `GET /platform/iam/v1/user-group`. Source: docs/api/cortex-xsiam.md, "User groups". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many user groups',
	description: 'List the user groups of the tenant, with their roles and members',
	fields: [
		...listFields,
		filters(
			textFilter(
				{ displayName: 'Name Contains', name: 'name', placeholder: 'e.g. SOC' },
				'A part of the name',
			),
			textFilter(
				{ displayName: 'Role Name Contains', name: 'roleName', placeholder: 'e.g. Investigator' },
				'A part of the display name of the role',
			),
			textFilter(
				{ displayName: 'User', name: 'user', placeholder: 'e.g. user1@acme.com' },
				'The e-mail address of a member',
			),
		),
	],
	input: z
		.object({
			...listInput,
			filters: z.object({ name: optionalText, roleName: optionalText, user: optionalText }),
		})
		.transform(mostOf),
	async run(api: CortexXsiamApi, { most, filters: { name, roleName, user } }) {
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
