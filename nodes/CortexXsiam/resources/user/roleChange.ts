import type { CortexXsiamApi } from '../../api/client';
import { updated } from '../../api/schemas';
import { textList } from '../../../shared/input';
import type { Result } from '../../../shared/operation';
import { roleRefused } from '../shared/fields';
import { item } from '../shared/operation';

/** For the users whose role is changed. */
export const emails = textList
	.refine((given) => given.length > 0, 'must name at least one user')
	.refine(
		(given) => given.every((email) => /^[^\s@]+@[^\s@]+$/.test(email)),
		'must hold email addresses only',
	)
	.transform((given) => [...new Set(given)]);

/**
 * `POST /public_api/v1/rbac/set_user_role` (docs/api/cortex-xsiam.md, "Users and roles by the older
 * calls").
 *
 * @param roleName Its display name; an empty one takes the role away.
 */
export async function setRole(
	api: CortexXsiamApi,
	users: string[],
	roleName: string,
): Promise<Result> {
	const { value, body, reply } = await api.change({
		path: 'public_api/v1/rbac/set_user_role',
		data: { user_emails: users, role_name: roleName },
		answer: updated,
		what: 'the number of changed users',
		repeatable: true,
		meanings: [
			{
				when: ({ extra }) => /account admin/i.test(extra),
				message: "'Role' cannot be Account Admin",
				description: 'Cortex XSIAM lets nobody assign this role through its API.',
			},
			roleRefused(
				'Give it by the display name as in the console, or choose it from the list.',
				/\brole\b/i,
			),
		],
	});
	const count = value.reply.update_count;
	// A repeated call finds nothing left to change where only the answer to the first was lost.
	const isKnown = !reply.repeated || count === users.length;
	return {
		item: item('user', {
			emails: users,
			roleName: roleName === '' ? null : roleName,
			updated: isKnown ? count : null,
			unchanged: isKnown ? Math.max(0, users.length - count) : null,
		}),
		raw: body,
		hints: isKnown
			? []
			: ['An answer was lost and the call repeated, so how many users changed is not known.'],
	};
}
