import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { SCOPED } from '../../api/scope';
import { choice } from '../../../shared/input';
import { locator, optionalLocated } from '../../../shared/locator';
import { apiKeyField } from '../apiKey/fields';
import { userGroupList, userList } from '../shared/lists';

/** Whose scope it is: what kind of thing, and which. */
export const ownerFields: INodeProperties[] = [
	{
		displayName: 'Scope Of',
		name: 'entityType',
		type: 'options',
		options: [
			{ name: 'API Key', value: 'api-key' },
			{ name: 'User', value: 'user' },
			{ name: 'User Group', value: 'user-group' },
		],
		default: 'api-key',
		description: 'What the scope belongs to',
	},
	{
		...apiKeyField('The API key that the scope belongs to'),
		displayOptions: { show: { entityType: ['api-key'] } },
	},
	{
		...locator({
			displayName: 'User',
			name: 'user',
			description: 'The user that the scope belongs to',
			list: userList,
			id: {
				regex: '^\\S+@\\S+$',
				errorMessage: 'The ID of a user is the e-mail address',
				placeholder: 'e.g. ada@example.com',
			},
		}),
		displayOptions: { show: { entityType: ['user'] } },
	},
	{
		...locator({
			displayName: 'User Group',
			name: 'userGroup',
			description: 'The user group that the scope belongs to',
			list: userGroupList,
			id: {
				regex: '^\\S+$',
				errorMessage: 'An ID has no spaces',
				placeholder: 'e.g. 7f3e5b2c-4d5e-4f6a-8b9c-1d3e5f4a5b6c',
			},
		}),
		displayOptions: { show: { entityType: ['user-group'] } },
	},
];

/** For `z.object({ ...ownerInput, ... }).transform(withOwner)`. */
export const ownerInput = {
	entityType: choice(SCOPED),
	// Those that are hidden may hold anything.
	apiKey: z.unknown(),
	user: z.unknown(),
	userGroup: z.unknown(),
};

const OWNERS = {
	'api-key': { name: 'apiKey', form: /^\d{1,15}$/, message: 'must be the ID of an API key' },
	user: { name: 'user', form: /^\S+@\S+$/, message: 'must be the e-mail address of a user' },
	'user-group': { name: 'userGroup', form: /^\S+$/, message: 'must be the ID of a user group' },
} as const;

type Owned = z.output<z.ZodObject<typeof ownerInput>>;

/** One id in place of the three parameters; one that cannot be used is an issue of its parameter. */
export function withOwner<Values extends Owned>(given: Values, context: z.RefinementCtx) {
	const { apiKey, user, userGroup, ...rest } = given;
	const { name, form, message } = OWNERS[given.entityType];
	const value = optionalLocated.safeParse({ apiKey, user, userGroup }[name]).data?.value;
	if (value !== undefined && form.test(value)) return { ...rest, entityId: value };
	context.addIssue({
		code: 'custom',
		path: [name],
		message: value === undefined ? 'is required' : message,
	});
	return z.NEVER;
}
