import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { filters } from '../../../shared/description';
import { asTexts } from '../../../shared/fields';
import { optionalText } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
import { userGroups } from '../shared/directory';
import { containing } from '../shared/text';
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
			{
				displayName: 'Name Contains',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. SOC',
				description: 'A part of the name, in any case. Applied after the list was read.',
			},
			{
				displayName: 'Role Name Contains',
				name: 'roleName',
				type: 'string',
				default: '',
				placeholder: 'e.g. Investigator',
				description:
					'A part of the display name of the role, in any case. Applied after the list was read.',
			},
			{
				displayName: 'User',
				name: 'user',
				type: 'string',
				default: '',
				placeholder: 'e.g. user1@acme.com',
				description:
					'The e-mail address of a member, in any case. Applied after the list was read.',
			},
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
				containing(name, record.group_name) &&
				containing(roleName, record.pretty_role_name) &&
				(user === undefined || isMember(user, record.users)),
		);
		return first(wanted, most).map((record) => ({ item: userGroupItem(record), raw: record }));
	},
});

function isMember(email: string, members: unknown): boolean {
	return asTexts(members).some((member) => member.toLowerCase() === email.toLowerCase());
}
