import { z } from 'zod';
import type { EditorList } from '../../../shared/editor';
import { asObject } from '../../../shared/read';
import { refuse, requiredText, textList } from '../../../shared/input';
import { located, optionalLocated } from '../../../shared/locator';
import type { Located } from '../../../shared/locator';
import { filledBy, param, picker } from '../../../shared/param';
import { accountList, resourceGroupList, resourceList, userList } from './lists';

const ID = /^\d{1,19}$/;

const id = {
	regex: '^\\d{1,19}$',
	errorMessage: 'An ID consists of digits',
	placeholder: 'e.g. 301',
};

const DIGITS = 'must be an ID, which consists of digits';
const CHOOSE_BY_NAME = "To give a name, choose 'By Name'.";

function checkId(picked: Located | undefined, context: z.RefinementCtx): void {
	if (picked?.by === 'id' && !ID.test(picked.value)) refuse(context, DIGITS, CHOOSE_BY_NAME);
}

/** What a picker holds: a name, or an ID that is fit for a path. */
export const picked = located.superRefine(checkId);

/** "Resource" alone is what n8n calls a node's first parameter. */
const resourceLook = {
	displayName: 'PAM360 Resource',
	name: 'resourceId',
	description: 'The resource in PAM360: a server, domain, device, application or file store',
	list: resourceList,
	id,
	byName: { placeholder: 'e.g. WEB-LINUX-01' },
} as const;

export const resource = picker(resourceLook, picked);

/** For a call that takes the account alone: the resource is needed to find it by its name. */
export const resourceIfNeeded = picker(resourceLook, optionalLocated.superRefine(checkId));

export const account = picker(
	{
		displayName: 'Account',
		name: 'accountId',
		description: 'The account of the resource',
		list: accountList,
		id: { ...id, placeholder: 'e.g. 1501' },
		byName: { placeholder: 'e.g. administrator' },
	},
	picked,
);

/** Named before all: their list needs SCIM. */
const users = {
	list: userList,
	listHint: 'SCIM must be enabled in PAM360 for the list',
	byName: { placeholder: 'e.g. jdoe', hint: 'The username with which the user logs in' },
};

/** For calls that take a user's name. */
export const userByName = picker(
	{
		...users,
		displayName: 'Username',
		name: 'userName',
		description: 'The name with which the user logs in',
	},
	located,
);

/** What a picker of users holds: the entries of its list are names. */
const pickedUser = z.preprocess((given) => {
	const { mode, ...rest } = asObject(given) ?? {};
	return mode === 'list' ? { ...rest, mode: 'name' } : given;
}, picked);

/** For calls that take a user's ID. */
export const user = picker(
	{
		...users,
		displayName: 'User',
		name: 'userId',
		description: 'The user of PAM360',
		id: { ...id, placeholder: 'e.g. 21' },
	},
	pickedUser,
);

/** No call is known that lists user groups (docs/api/pam360.md, "Not found"). */
export const userGroup = picker(
	{
		displayName: 'User Group',
		name: 'userGroupId',
		description: 'The group of users in PAM360',
		byName: { placeholder: 'e.g. Web team' },
		id: { ...id, placeholder: 'e.g. 21' },
	},
	picked,
);

export const resourceGroup = picker(
	{
		displayName: 'Resource Group',
		name: 'resourceGroupId',
		description: 'The group of resources in PAM360',
		list: resourceGroupList,
		id: { ...id, placeholder: 'e.g. 304' },
		byName: { placeholder: 'e.g. Linux Servers' },
	},
	picked,
);

/**
 * Several resources.
 *
 * @param which As a sentence without its full stop.
 */
export const resourcesParam = <Schema extends z.ZodTypeAny>(
	list: EditorList<never> & { kind: 'options' },
	which: string,
	schema: Schema,
) =>
	filledBy(list, (loadOptionsMethod) =>
		param(
			{
				displayName: 'Resource Names or IDs',
				name: 'resourceIds',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod },
				required: true,
				default: [],
				description: `${which}. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`,
			},
			schema,
		),
	);

/** An ID alone, as text. */
export const idText = requiredText.refine((text) => ID.test(text), DIGITS);

/** Several IDs, as `textList` takes them. */
export const idList = textList.superRefine((ids, context) => {
	if (!ids.every((one) => ID.test(one))) refuse(context, 'must hold IDs, which consist of digits');
});

/** The same for a call that takes them as numbers: at least one, each once. */
export const numericIds = idList
	.superRefine((ids, context) => {
		if (ids.length === 0) refuse(context, 'is required');
		if (!ids.map(Number).every(Number.isSafeInteger))
			refuse(context, 'holds an ID that is too long');
	})
	.transform((ids) => [...new Set(ids)]);

/** A name where one was given: answers do not repeat it, so an item has it from the input. */
export function nameOf({ by, value }: Located): string | null {
	return by === 'name' ? value : null;
}
