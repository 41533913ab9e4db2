import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { emptiableText, refuseNothing, requiredSecret, requiredText } from '../../../shared/input';
import { group, nullIfAdded, sentAs } from '../../../shared/param';
import type { Param } from '../../../shared/param';

export { exactText, requiredSecret } from '../../../shared/input';

/** A parameter that is a field of a call: what the user sees, and what PAM360 calls it. */
export interface WireField {
	field: INodeProperties;
	/** As in INPUT_DATA. */
	wire: string;
	/** Where the type of the parameter does not say what it takes. */
	schema?: z.ZodTypeAny;
}

export function wireField(wire: string, field: INodeProperties, schema?: z.ZodTypeAny): WireField {
	return { wire, field, ...(schema && { schema }) };
}

/** The parameters of wire fields, for a collection. */
export function fieldsOf(wireFields: WireField[]): INodeProperties[] {
	return wireFields.map(({ field }) => field);
}

/**
 * Takes a collection of wire fields and gives the fields of the call: what was not given is left
 * out, so that PAM360's defaults apply.
 */
export function wireInput(wireFields: WireField[]) {
	return collectionOf(wireFields.map(paramOf));
}

/** The same for an update: a text that was emptied is sent as such, and nothing at all is refused. */
export function wireUpdate(wireFields: WireField[]) {
	const keepsEmpty = ({ field, schema }: WireField) =>
		field.type === 'string' && schema === undefined && !isSecret(field);
	const params = wireFields.map((one) =>
		paramOf(keepsEmpty(one) ? { ...one, schema: emptiableText } : one),
	);
	return collectionOf(params).superRefine(refuseNothing);
}

function collectionOf(params: Param[]) {
	return z
		.preprocess((given) => (given === undefined ? {} : given), group(...params).reader)
		.transform((values) => values as IDataObject);
}

function paramOf({ wire, field, schema }: WireField): Param {
	const own: Omit<INodeProperties, 'displayOptions'> = field;
	const one = schema ? sentAs(wire, own, schema) : sentAs(wire, { ...own, required: false });
	return isSecret(field) ? nullIfAdded(one) : one;
}

function isSecret({ typeOptions }: INodeProperties): boolean {
	return typeOptions?.password === true;
}

/**
 * The entries of a list parameter, as n8n keeps them: `{ [kind]: [...] }`, or an empty object where
 * none was added.
 *
 * @param kinds The schema of an entry by the name of its kind.
 */
export function entriesOf<Entry extends z.ZodTypeAny>(kinds: Record<string, Entry>) {
	const lists = Object.entries(kinds).map(
		([kind, entry]) =>
			[kind, z.preprocess((entries) => [entries ?? []].flat(), z.array(entry))] as const,
	);
	return z
		.object(Object.fromEntries(lists), { invalid_type_error: 'must be a list' })
		.nullish()
		.transform((given): Array<z.output<Entry>> => Object.values(given ?? {}).flat());
}

const label: INodeProperties = {
	displayName: 'Label',
	name: 'label',
	type: 'string',
	default: '',
	placeholder: 'e.g. Cost Center',
	description: 'The label of the field, as in PAM360',
};

/** Null empties a field, as in other texts; an expression that comes to nothing must not. */
const fieldValue = z.union(
	[z.string(), z.number().finite('must be a text'), z.boolean(), z.null()],
	{
		errorMap: (_, { data }) => ({
			message: data === undefined ? 'is required' : 'must be a text',
		}),
	},
);

const customField = z
	.object({ label: requiredText, value: fieldValue })
	.transform(({ label: CUSTOMLABEL, value }) => ({
		CUSTOMLABEL,
		CUSTOMVALUE: String(value ?? ''),
	}));

const passwordField = z
	.object({ label: requiredText, password: requiredSecret })
	.transform(({ label: CUSTOMLABEL, password: CUSTOMVALUE }) => ({ CUSTOMLABEL, CUSTOMVALUE }));

/** Values of custom fields, by their labels in PAM360. */
export function customFields(
	wire: 'RESOURCECUSTOMFIELD' | 'ACCOUNTCUSTOMFIELD',
	displayName: string,
	name: string,
): WireField {
	return wireField(
		wire,
		{
			displayName,
			name,
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Custom Field',
			default: {},
			description: 'Values of additional fields that an administrator has added in PAM360',
			options: [
				{
					displayName: 'Custom Field',
					name: 'field',
					values: [
						label,
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							placeholder: 'e.g. 4711',
							description:
								'Kept in clear. For a field of the type Password add the other kind of entry.',
						},
					],
				},
				{
					displayName: 'Custom Field of the Type Password',
					name: 'passwordField',
					values: [
						{ ...label, placeholder: 'e.g. Boot Password' },
						{
							displayName: 'Password',
							name: 'password',
							type: 'string',
							typeOptions: { password: true },
							default: '',
							description: 'White space at its ends included',
						},
					],
				},
			],
		},
		entriesOf<typeof customField | typeof passwordField>({
			field: customField,
			passwordField,
		}).transform((list) => (list.length > 0 ? list : undefined)),
	);
}
