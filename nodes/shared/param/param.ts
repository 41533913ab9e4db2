import type { INodeProperties, NodePropertyTypes } from 'n8n-workflow';
import { z } from 'zod';
import type { AnyList } from '../editor';
import {
	exactText,
	flag,
	ifGiven,
	jsonObject,
	optionalText,
	requiredSecret,
	requiredText,
	vendorValue,
	vendorValues,
	wholeNumber,
} from '../input';

/** Takes the object that holds the parameters, as n8n gives it. */
export type Reader<Values> = z.ZodType<Values, z.ZodTypeDef, unknown>;

/**
 * One parameter or several, declared once: what the user sees, what is taken, and under which names an
 * operation gets it. What was not given is left out of the values.
 */
export class Param<Values extends object = object> {
	private made: Reader<Values> | undefined;

	/** @param makeReader Called when a reader is first asked for: of most operations none is in a process. */
	constructor(
		readonly fields: INodeProperties[],
		private readonly makeReader: () => Reader<Values>,
		/** That its pickers are filled from. */
		readonly lists: readonly AnyList[] = [],
		/** Which parameter gives a value, by the name of the value: for issues of values that are `sentAs`. */
		readonly names: Readonly<Record<string, string>> = {},
	) {}

	get reader(): Reader<Values> {
		this.made ??= this.makeReader();
		return this.made;
	}

	/** The same parameter with other fields or other lists. */
	with({
		fields = this.fields,
		lists = this.lists,
	}: Partial<Pick<Param<Values>, 'fields' | 'lists'>>): Param<Values> {
		return new Param(fields, () => this.reader, lists, this.names);
	}

	/** The same parameter, read in another way. */
	readBy<Read extends object>(
		readerOf: (reader: Reader<Values>) => Reader<Read>,
		fields = this.fields,
	): Param<Read> {
		return new Param(fields, () => readerOf(this.reader), this.lists, this.names);
	}

	/** Adds issues for what does not go together; not called where a value by itself is wrong. */
	check(issuesOf: (values: Values, context: z.RefinementCtx) => void): Param<Values> {
		return this.as((values, context) => {
			issuesOf(values, context);
			return values;
		});
	}

	/** The same parameter, looking another way: for a use that has other words, or another default. */
	looking(look: Partial<Pick<INodeProperties, Look>>): Param<Values> {
		return this.with({ fields: this.fields.map((field) => ({ ...field, ...look })) });
	}

	/** The same parameters, of which something else is made. */
	as<Made extends object>(make: (values: Values, context: z.RefinementCtx) => Made): Param<Made> {
		return this.readBy((reader) => reader.transform(make) as Reader<Made>);
	}
}

type Look = 'displayName' | 'description' | 'placeholder' | 'default' | 'hint';

export type Flat<Values> = { [Name in keyof Values]: Values[Name] };

type Both<Params> = (
	Params extends Param<infer Values> ? (values: Values) => void : never
) extends (values: infer All) => void
	? All
	: never;

/** What an operation gets of a list of parameters. */
export type ValuesOf<Params extends readonly Param[]> = [Params[number]] extends [never]
	? Record<never, never>
	: Flat<Both<Params[number]>> & object;

/** A name that TypeScript does not know is left out of the type, so no operation can use it. */
export type Named<Name extends string, Value> = string extends Name
	? Record<never, never>
	: Record<Name, Value>;

type Field<Name extends string, Type extends NodePropertyTypes, Required extends boolean> = Omit<
	INodeProperties,
	'name' | 'type' | 'required' | 'displayOptions'
> & {
	name: Name;
	type: Type;
	required?: Required;
	/** See `shown` and `oneOf`. */
	displayOptions?: never;
};

/** The type of a parameter that has no schema. */
type Usual<Type extends NodePropertyTypes, Required extends boolean> = Type extends 'boolean'
	? boolean | undefined
	: Type extends 'number'
		? number | undefined
		: Type extends 'multiOptions'
			? string[]
			: Type extends 'json'
				? z.output<typeof jsonObject> | undefined
				: true extends Required
					? string
					: string | undefined;

type AnyField = Omit<INodeProperties, 'displayOptions'>;

/**
 * A parameter.
 *
 * @param schema Where the type of the field does not say all: a text is trimmed, an empty one is not
 * given; a secret is taken as it is; a number is whole; of options the vendor decides what it takes.
 */
export function param<
	const Name extends string,
	const Type extends NodePropertyTypes,
	const Required extends boolean = false,
>(field: Field<Name, Type, Required>): Param<Named<Name, Usual<Type, Required>>>;
export function param<const Name extends string, Schema extends z.ZodTypeAny>(
	field: Field<Name, NodePropertyTypes, boolean>,
	schema: Schema,
): Param<Named<Name, z.output<Schema>>>;
export function param(field: AnyField, schema?: z.ZodTypeAny): Param {
	return declared(field, field.name, schema);
}

/**
 * A parameter that is a field of the vendor's call: an operation gets it under the vendor's name.
 *
 * @param wire The vendor's name.
 */
export function sentAs<
	const Wire extends string,
	const Type extends NodePropertyTypes,
	const Required extends boolean = false,
>(wire: Wire, field: Field<string, Type, Required>): Param<Named<Wire, Usual<Type, Required>>>;
export function sentAs<const Wire extends string, Schema extends z.ZodTypeAny>(
	wire: Wire,
	field: Field<string, NodePropertyTypes, boolean>,
	schema: Schema,
): Param<Named<Wire, z.output<Schema>>>;
export function sentAs(wire: string, field: AnyField, schema?: z.ZodTypeAny): Param {
	return declared(field, wire, schema);
}

export function declared(field: AnyField, key: string, schema?: z.ZodTypeAny): Param {
	return declaredBy(field, key, () => schema ?? usualSchema(field));
}

/** The same with a schema that is made when it is first needed. */
export function declaredBy(field: AnyField, key: string, makeSchema: () => z.ZodTypeAny): Param {
	const { name } = field;
	const makeReader = () =>
		z
			.object({ [name]: makeSchema() })
			.transform(({ [name]: value }) => (value === undefined ? {} : { [key]: value }));
	return new Param([field], makeReader, [], { [key]: name });
}

function usualSchema({ type, typeOptions, required }: AnyField): z.ZodTypeAny {
	if (typeOptions?.password === true) return required ? requiredSecret : exactText;
	switch (type) {
		case 'boolean':
			return ifGiven(flag);
		case 'number':
			return ifGiven(wholeNumber({ min: typeOptions?.minValue ?? 0, max: typeOptions?.maxValue }));
		case 'options':
			return required ? vendorValue : ifGiven(vendorValue);
		case 'multiOptions':
			return vendorValues;
		case 'json':
			return ifGiven(jsonObject);
		default:
			return required ? requiredText : optionalText;
	}
}

/** The same where it must be given; of several parameters, each. */
export function required<Values extends object>(
	one: Param<Values>,
): Param<{ [Name in keyof Values]-?: NonNullable<Values[Name]> }> {
	const fields = one.fields.map((field) => ({ ...field, required: true }));
	return one.with({ fields }).check((values, context) => {
		for (const [value, name] of Object.entries(one.names)) {
			if (value in values) continue;
			context.addIssue({ code: 'custom', path: [name], message: 'is required' });
		}
	}) as Param<{ [Name in keyof Values]-?: NonNullable<Values[Name]> }>;
}

/** What only the user sees. */
export function notice(field: AnyField & { type: 'notice' }): Param<Record<never, never>> {
	return new Param([field], () => z.unknown().transform(() => ({})));
}

/** Several parameters as one, to check or to make something of what they hold together. */
export function group<const Params extends readonly Param[]>(
	...params: Params
): Param<ValuesOf<Params>> {
	const read = (given: unknown, context: z.RefinementCtx) => {
		const parsed = params.map(({ reader }) => reader.safeParse(given));
		for (const { error } of parsed) {
			for (const issue of error?.issues ?? []) context.addIssue(issue);
		}
		return Object.assign({}, ...parsed.map(({ data }) => data)) as ValuesOf<Params>;
	};
	return new Param(
		params.flatMap(({ fields }) => fields),
		() => z.unknown().transform(read),
		params.flatMap(({ lists }) => lists),
		namesOf(params),
	);
}

/** The names of several parameters. */
export function namesOf(params: readonly Param[]): Record<string, string> {
	return Object.assign({}, ...params.map(({ names }) => names)) as Record<string, string>;
}
