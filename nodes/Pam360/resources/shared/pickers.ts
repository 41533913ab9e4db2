import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { asObject } from '../../../shared/fields';
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

/** For calls that take a user's name; the list holds names. */
export const userByName = filledBy(userList, (searchListMethod) =>
	param(
		{
			displayName: 'User Name',
			name: 'userName',
			type: 'resourceLocator',
			default: { mode: 'name', value: '' },
			required: true,
			description: 'The name with which the user logs in',
			modes: [
				{
					displayName: 'By Name',
					name: 'name',
					type: 'string',
					hint: 'The user name with which the user logs in',
					placeholder: 'e.g. jdoe',
				},
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					hint: 'SCIM must be enabled in PAM360 for the list',
					typeOptions: { searchListMethod, searchable: true },
				},
			],
		},
		located,
	),
);

const [{ modes: userModes = [] }] = userByName.fields as [INodeProperties];

/** What a picker of users holds: the entries of its list are names. */
const pickedUser = z.preprocess((given) => {
	const { mode, ...rest } = asObject(given) ?? {};
	return mode === 'list' ? { ...rest, mode: 'name' } : given;
}, picked);

/** For calls that take a user's ID. */
export const user = filledBy(userList, () =>
	param(
		{
			displayName: 'User',
			name: 'userId',
			type: 'resourceLocator',
			default: { mode: 'name', value: '' },
			required: true,
			description: 'The user of PAM360',
			modes: [
				...userModes,
				{
					displayName: 'By ID',
					name: 'id',
					type: 'string',
					placeholder: 'e.g. 21',
					validation: [
						{ type: 'regex', properties: { regex: id.regex, errorMessage: id.errorMessage } },
					],
				},
			],
		},
		pickedUser,
	),
);

/** No call is known that lists user groups (docs/api/pam360.md, "Not found"). */
export const userGroup = param(
	{
		displayName: 'User Group',
		name: 'userGroupId',
		type: 'resourceLocator',
		default: { mode: 'name', value: '' },
		required: true,
		description: 'The group of users in PAM360',
		modes: [
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. Web team',
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 21',
				validation: [
					{ type: 'regex', properties: { regex: id.regex, errorMessage: id.errorMessage } },
				],
			},
		],
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
