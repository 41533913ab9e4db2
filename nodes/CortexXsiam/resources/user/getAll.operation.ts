import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { filters } from '../../../shared/description';
import { optionalText } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
import { hasPart, isText, textFilter } from '../../../shared/textFilter';
import { users } from '../shared/directory';
import { userItem } from './userItem';

/** `GET /platform/iam/v1/user`. Source: docs/api/cortex-xsiam.md, "Users". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many users',
	description: 'List the users of the tenant',
	fields: [
		...listFields,
		filters(
			textFilter(
				{ displayName: 'Name or Email Contains', name: 'search', placeholder: 'e.g. @acme.com' },
				'A part of the first or last name or the e-mail address',
			),
			textFilter(
				{ displayName: 'Role Name', name: 'roleName', placeholder: 'e.g. Investigator' },
				'The display name of the role that the user has directly',
			),
			textFilter(
				{ displayName: 'Status', name: 'status', placeholder: 'e.g. Active' },
				'The status',
			),
		),
	],
	input: z
		.object({
			...listInput,
			filters: z.object({
				search: optionalText,
				roleName: optionalText,
				status: optionalText,
			}),
		})
		.transform(mostOf),
	async run(api: CortexXsiamApi, { most, filters: { search, roleName, status } }) {
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
