import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { filters } from '../../../shared/description';
import { asText } from '../../../shared/fields';
import { optionalText } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
import { users } from '../shared/directory';
import { containing } from '../shared/text';
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
			{
				displayName: 'Name or Email Contains',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. @acme.com',
				description:
					'A part of the first or last name or the e-mail address, in any case. Applied after the list was read.',
			},
			{
				displayName: 'Role Name',
				name: 'roleName',
				type: 'string',
				default: '',
				placeholder: 'e.g. Investigator',
				description:
					'The display name of the role that the user has directly, in any case. Applied after the list was read.',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'string',
				default: '',
				placeholder: 'e.g. Active',
				description: 'The status, in any case. Applied after the list was read.',
			},
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
				containing(search, record.user_email, record.user_first_name, record.user_last_name) &&
				equal(roleName, record.role_name) &&
				equal(status, record.status),
		);
		return first(wanted, most).map((record) => ({ item: userItem(record), raw: record }));
	},
});

function equal(wanted: string | undefined, value: unknown): boolean {
	return wanted === undefined || asText(value)?.trim().toLowerCase() === wanted.toLowerCase();
}
