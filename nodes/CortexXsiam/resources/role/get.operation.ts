import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { param } from '../../../shared/param';
import { asObject, asText } from '../../../shared/read';
import { flag } from '../../../shared/input';
import { itemOf, oddPart, readTexts } from '../../../shared/item';
import { pick, roles } from '../shared/directory';
import { roleParam } from '../shared/fields';
import { operation } from '../shared/operation';
import { roleItem } from './roleItem';

/**
 * A list of lists on real tenants, a plain list in the contract (docs/api/cortex-xsiam.md, "Users and
 * roles by the older calls").
 */
const details = z.object({ reply: z.array(z.unknown()) });

/**
 * `GET /platform/iam/v1/role` and `POST rbac/get_roles`. Source: docs/api/cortex-xsiam.md, "Users and
 * roles by the older calls" and "Roles".
 */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get role',
	description: 'Get one role, with what it permits and who has it',
	params: [
		roleParam('The role to get'),
		param(
			{
				displayName: 'Include Permissions',
				name: 'includePermissions',
				type: 'boolean',
				default: true,
				description:
					'Whether to get the permissions, users and user groups of the role too, which takes a second call',
			},
			flag,
		),
	],
	async run(api, { role, includePermissions }) {
		const record = pick(await api.all(roles.path, roles.many), roles, role);
		const name = asText(record.pretty_name) ?? '';
		const told = includePermissions ? await detailsOf(api, name) : [];
		const ofRole = told.map(asObject).find((one) => asText(one?.pretty_name) === name);
		const more = ofRole ?? null;
		return {
			item: {
				...roleItem(record),
				...itemOf({
					permissions: more && readTexts(more.permissions),
					users: more && readTexts(more.users),
					userGroups: more && readTexts(more.groups),
					// Whether they are of this role is not known.
					...(!more && oddPart('details', told)),
				}),
			},
			raw: { ...(more ?? (told.length > 0 && { details: told })), ...record },
		};
	},
});

async function detailsOf(api: CortexXsiamApi, name: string): Promise<unknown[]> {
	const { value } = await api.read({
		path: 'public_api/v1/rbac/get_roles',
		data: { role_names: [name] },
		answer: details,
		what: 'the permissions of the role',
	});
	return value.reply.flat();
}
