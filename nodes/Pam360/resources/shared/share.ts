import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { choice } from '../../../shared/input';
import type { Pam360Api } from '../../api/client';
import type { Located } from '../../../shared/locator';
import type { Result } from '../../../shared/operation';
import { nameOf, pickedUser, userPicker } from './pickers';

const ACCESS = ['view', 'modify', 'fullaccess', 'revoke'] as const;

/**
 * The parameters of sharing a resource or an account (docs/api/pam360.md, "Sharing a resource" and
 * "Sharing an account").
 */
export const shareFields: INodeProperties[] = [
	userPicker,
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
			{ name: 'Revoke', value: 'revoke', description: 'Take back what was shared with the user' },
			{ name: 'View', value: 'view', description: 'View passwords' },
		],
		default: 'view',
		description: 'What the user may do from now on',
	},
];

export const shareInput = { userId: pickedUser, accessType: choice(ACCESS) };

interface Share {
	/** Of the thing that is shared, below `/restapi/json/v1/`. */
	path: string;
	user: Located;
	accessType: (typeof ACCESS)[number];
	/** What is shared, for the item. */
	item: IDataObject & { type: string };
}

/** Shares something with a user, or takes that back; doing it twice does no more than once. */
export async function share(
	api: Pam360Api,
	{ path, user, accessType, item }: Share,
): Promise<Result> {
	const userId = await api.ids.user(user);
	const reply = await api.change({
		method: 'PUT',
		path: `${path}/share`,
		details: { ACCESSTYPE: accessType, USERID: userId },
		repeatable: true,
		mayHave: `The access to the ${item.type} may have changed`,
	});
	return {
		item: {
			vendor: 'pam360',
			...item,
			userId,
			userName: nameOf(user),
			accessType,
			shared: accessType !== 'revoke',
		},
		raw: reply.body,
	};
}
