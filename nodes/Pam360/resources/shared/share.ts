import type { IDataObject } from 'n8n-workflow';
import { choice } from '../../../shared/input';
import type { Pam360Change } from '../../api/calls';
import type { Pam360Api } from '../../api/client';
import type { Located } from '../../../shared/locator';
import type { Result } from '../../../shared/operation';
import { group, oneOf, param } from '../../../shared/param';
import { item } from './operation';
import { nameOf, user, userGroup } from './pickers';

const ACCESS = ['view', 'modify', 'fullaccess', 'revoke'] as const;

type AccessType = (typeof ACCESS)[number];

const accessType = param(
	{
		displayName: 'Access',
		name: 'accessType',
		type: 'options',
		options: [
			{
				name: 'Full Access',
				value: 'fullaccess',
				description: 'View, change, share and delete',
			},
			{ name: 'Modify', value: 'modify', description: 'View and change passwords' },
			{ name: 'Revoke', value: 'revoke', description: 'Take back what was shared' },
			{ name: 'View', value: 'view', description: 'View passwords' },
		],
		default: 'view',
		description: 'What the user, or the users of the group, may do from now on',
	},
	choice(ACCESS),
);

/** Whose access changes. */
interface Holder extends Located {
	kind: 'user' | 'userGroup';
}

const holder = oneOf(
	param(
		{
			displayName: 'Share With',
			name: 'shareWith',
			type: 'options',
			options: [
				{ name: 'User', value: 'user' },
				{ name: 'User Group', value: 'userGroup', description: 'All users of a group' },
			],
			default: 'user',
			description: 'Whose access changes',
		},
		choice(['user', 'userGroup']).default('user'),
	),
	{
		user: [user.looking({ description: 'The user of PAM360 whose access changes' })],
		userGroup: [userGroup],
	},
).as((given): { holder: Holder } => {
	const picked = given.shareWith === 'user' ? given.userId : given.userGroupId;
	return { holder: { kind: given.shareWith, ...picked } };
});

/**
 * The parameters of sharing a resource, an account or a resource group (docs/api/pam360.md, "Sharing a
 * resource", "Sharing an account" and "Resource groups").
 */
export const sharing = group(holder, accessType);

/** The user or group whose access changes, by its ID. */
interface Known {
	kind: Holder['kind'];
	id: string;
}

interface Share {
	holder: Holder;
	accessType: AccessType;
	/** What is shared, for the item. */
	item: IDataObject & { type: string };
	/** For messages. */
	noun: string;
	call(known: Known): Pick<Pam360Change, 'path' | 'details'>;
}

/** Shares something, or takes that back; doing it twice does no more than once. */
export async function share(
	api: Pam360Api,
	{ holder, accessType, item: { type, ...what }, noun, call }: Share,
): Promise<Result> {
	const { kind } = holder;
	const isUser = kind === 'user';
	const id = isUser ? await api.ids.user(holder) : await api.ids.userGroup(holder);
	const name = nameOf(holder);
	const reply = await api.change({
		method: 'PUT',
		...call({ kind, id }),
		repeatable: true,
		failsWhole: true,
		mayHave: `The access to the ${noun} may have changed`,
	});
	return {
		item: item(type, {
			...what,
			userId: isUser ? id : null,
			userName: isUser ? name : null,
			userGroupId: isUser ? null : id,
			userGroupName: isUser ? null : name,
			accessType,
			shared: accessType !== 'revoke',
		}),
		raw: reply.body,
	};
}

/**
 * The call that shares a resource or an account.
 *
 * @param path Of the thing, below `/restapi/json/v1/`.
 */
export function shareCall(path: string, accessType: AccessType): Share['call'] {
	return ({ kind, id }) => ({
		path: `${path}/share`,
		details: { ACCESSTYPE: accessType, [kind === 'user' ? 'USERID' : 'USERGROUPID']: id },
	});
}
