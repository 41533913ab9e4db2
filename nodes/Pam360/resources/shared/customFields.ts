import { z } from 'zod';
import { requiredSecret, requiredText } from '../../../shared/input';
import { entries, kind, sentAs } from '../../../shared/param';
import type { Param } from '../../../shared/param';

const label = sentAs(
	'CUSTOMLABEL',
	{
		displayName: 'Label',
		name: 'label',
		type: 'string',
		default: '',
		placeholder: 'e.g. Cost Center',
		description: 'The label of the field, as in PAM360',
	},
	requiredText,
);

/** Null empties a field, as in other texts; an expression that comes to nothing must not. */
const fieldValue = z
	.union([z.string(), z.number().finite('must be a text'), z.boolean(), z.null()], {
		errorMap: (_, { data }) => ({
			message: data === undefined ? 'is required' : 'must be a text',
		}),
	})
	.transform((value) => String(value ?? ''));

const kinds = {
	field: kind(
		'Custom Field',
		label,
		sentAs(
			'CUSTOMVALUE',
			{
				displayName: 'Value',
				name: 'value',
				type: 'string',
				default: '',
				placeholder: 'e.g. 4711',
				description: 'Kept in clear. For a field of the type Password add the other kind of entry.',
			},
			fieldValue,
		),
	),
	passwordField: kind(
		'Custom Field of the Type Password',
		label.looking({ placeholder: 'e.g. Boot Password' }),
		sentAs(
			'CUSTOMVALUE',
			{
				displayName: 'Password',
				name: 'password',
				type: 'string',
				typeOptions: { password: true },
				default: '',
				description: 'White space at its ends included',
			},
			requiredSecret,
		),
	),
};

type CustomField = Record<'CUSTOMLABEL' | 'CUSTOMVALUE', string>;

type Wire = 'RESOURCECUSTOMFIELD' | 'ACCOUNTCUSTOMFIELD';

/**
 * Values of custom fields, by their labels in PAM360 (docs/api/pam360.md, "Creating a resource" and
 * "Adding accounts").
 */
export function customFields(
	wire: Wire,
	displayName: string,
	name: string,
): Param<{ [Name in Wire]?: CustomField[] }> {
	const given: Param<Record<string, CustomField[] | undefined>> = entries(
		{
			displayName,
			name,
			placeholder: 'Add Custom Field',
			description: 'Values of additional fields that an administrator has added in PAM360',
		},
		kinds,
	);
	return given.as(({ [name]: list = [] }) => (list.length > 0 ? { [wire]: list } : {}));
}
