import type { INodeProperties, INodePropertyCollection, NodePropertyTypes } from 'n8n-workflow';
import { z } from 'zod';
import { collection as collectionField, preset as presetField } from './collection';
import type { AnyList } from './editor';
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
} from './input';
import { located, locator, optionalLocated } from './locator';
import type { Located, LocatorOptions } from './locator';
import { isShown } from './shown';

/** Takes the object that holds the parameters, as n8n gives it. */
type Reader<Values> = z.ZodType<Values, z.ZodTypeDef, unknown>;

/**
 * One parameter or several, declared once: what the user sees, what is taken, and under which names an
 * operation gets it. What was not given is left out of the values.
 */
export class Param<Values extends object = object> {
	constructor(
		readonly fields: INodeProperties[],
		readonly reader: Reader<Values>,
		/** That its pickers are filled from. */
		readonly lists: readonly AnyList[] = [],
		/** Which parameter gives a value, by the name of the value: for issues of values that are `sentAs`. */
		readonly names: Readonly<Record<string, string>> = {},
	) {}

	/** Adds issues for what does not go together; not called where a value by itself is wrong. */
	check(issuesOf: (values: Values, context: z.RefinementCtx) => void): Param<Values> {
		return this.as((values, context) => {
			issuesOf(values, context);
			return values;
		});
	}

	/** The same parameter, looking another way: for a use that has other words, or another default. */
	looking(look: Partial<Pick<INodeProperties, Look>>): Param<Values> {
		const fields = this.fields.map((field) => ({ ...field, ...look }));
		return new Param(fields, this.reader, this.lists, this.names);
	}

	/** The same parameters, of which something else is made. */
	as<Made extends object>(make: (values: Values, context: z.RefinementCtx) => Made): Param<Made> {
		const reader = this.reader.transform(make) as Reader<Made>;
		return new Param(this.fields, reader, this.lists, this.names);
	}
}

type Look = 'displayName' | 'description' | 'placeholder' | 'default' | 'hint';

type Flat<Values> = { [Name in keyof Values]: Values[Name] };

type Both<Params> = (
	Params extends Param<infer Values> ? (values: Values) => void : never
) extends (values: infer All) => void
	? All
	: never;

/** What an operation gets of a list of parameters. */
export type ValuesOf<Params extends readonly Param[]> = [Params[number]] extends [never]
	? Record<never, never>
	: Flat<Both<Params[number]>> & object;

/** A name that is not known as it is compiled is none: what an operation does not get it cannot misspell. */
type Named<Name extends string, Value> = string extends Name
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

/** What a parameter takes of which no schema says it. */
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

function declared(field: AnyField, key: string, schema = usualSchema(field)): Param {
	const { name } = field;
	return new Param(
		[field],
		z
			.object({ [name]: schema })
			.transform(({ [name]: value }) => (value === undefined ? {} : { [key]: value })),
		[],
		{ [key]: name },
	);
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

/** The same parameter where it must be given. */
export function required<Values extends object>(
	one: Param<Values>,
): Param<{ [Name in keyof Values]-?: NonNullable<Values[Name]> }> {
	const [field] = one.fields as [INodeProperties];
	return new Param([{ ...field, required: true }], one.reader, one.lists).check(
		(values, context) => {
			if (Object.keys(values).length > 0) return;
			context.addIssue({ code: 'custom', path: [field.name], message: 'is required' });
		},
	) as Param<{ [Name in keyof Values]-?: NonNullable<Values[Name]> }>;
}

/** What only the user sees. */
export function notice(field: AnyField & { type: 'notice' }): Param<Record<never, never>> {
	return new Param(
		[field],
		z.unknown().transform(() => ({})),
	);
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
		z.unknown().transform(read),
		params.flatMap(({ lists }) => lists),
		Object.assign({}, ...params.map(({ names }) => names)) as Record<string, string>,
	);
}

type Shown = Record<string, Array<string | number | boolean>>;

/** Parameters that are there for some values of another one; hidden, they are not looked at. */
export function shown<const Params extends readonly Param[]>(
	show: Shown,
	...params: Params
): Param<Partial<ValuesOf<Params>>> {
	const { fields, reader, lists } = group(...params);
	const displayOptions = { show };
	return new Param<Partial<ValuesOf<Params>>>(
		fields.map((field) => conditioned(field, show)),
		z
			.unknown()
			.transform((given, context) =>
				isShown({ displayOptions }, Object(given) as object) ? within(reader, given, context) : {},
			) as Reader<Partial<ValuesOf<Params>>>,
		lists,
	);
}

function conditioned(field: INodeProperties, show: Shown): INodeProperties {
	return { ...field, displayOptions: { show: { ...field.displayOptions?.show, ...show } } };
}

/** What a schema reads, with its issues where the context stands. */
function within<Values>(reader: Reader<Values>, given: unknown, context: z.RefinementCtx): Values {
	const parsed = reader.safeParse(given);
	if (parsed.success) return parsed.data;
	for (const issue of parsed.error.issues) context.addIssue(issue);
	return z.NEVER;
}

type Cases<Choice extends string | boolean> = Record<`${Choice}`, readonly Param[]>;

/** A union of what is given for each choice. */
type Chosen<
	Name extends string,
	Choice extends string | boolean,
	ByChoice extends Cases<Choice>,
> = Choice extends unknown
	? Flat<Record<Name, Choice> & ValuesOf<ByChoice[`${Choice}`]>> & object
	: never;

/**
 * A choice, and the parameters that each choice has; those of the others are hidden and not looked at.
 * One that several choices have is named in each of them; of two with one name the user sees the first.
 */
export function oneOf<
	const Name extends string,
	const Choice extends string | boolean,
	const ByChoice extends Cases<Choice>,
>(selector: Param<Record<Name, Choice>>, cases: ByChoice): Param<Chosen<Name, Choice, ByChoice>> {
	const [field] = selector.fields as [INodeProperties];
	const entries = Object.entries<readonly Param[]>(cases);
	const params = [...new Set(entries.flatMap(([, own]) => own))];
	const fields = new Map<string, { look: INodeProperties; choices: string[] }>();
	for (const [choice, own] of entries) {
		for (const look of own.flatMap((one) => one.fields)) {
			const known = fields.get(look.name);
			fields.set(look.name, { look, ...known, choices: [...(known?.choices ?? []), choice] });
		}
	}
	const isSwitch = field.type === 'boolean';
	const hidden = [...fields.values()].map(({ look, choices }) => {
		const values = isSwitch ? choices.map((choice) => choice === 'true') : choices;
		return conditioned(look, { [field.name]: values });
	});
	const readers = new Map(entries.map(([choice, own]) => [choice, group(...own).reader]));
	const read = (given: unknown, context: z.RefinementCtx) => {
		const chosen = within(selector.reader, given, context) as Record<string, unknown> | undefined;
		const reader = readers.get(String(Object.values(chosen ?? {})[0]));
		return reader ? { ...chosen, ...within(reader, given, context) } : z.NEVER;
	};
	return new Param(
		[...selector.fields, ...hidden],
		z.unknown().transform(read) as unknown as Reader<Chosen<Name, Choice, ByChoice>>,
		[...selector.lists, ...params.flatMap(({ lists }) => lists)],
	);
}

/** A parameter whose entries the editor takes from a list: the name of n8n's method is that of the list. */
export function filledBy<Values extends object>(
	list: AnyList,
	paramOf: (method: string) => Param<Values>,
): Param<Values> {
	const { fields, reader, lists } = paramOf(list.name);
	return new Param(fields, reader, [...lists, list]);
}

/**
 * A parameter to pick one thing, with the list that is searched; see `locator`.
 *
 * @param schema Where it is not any ID or name that is taken.
 */
export function picker<const Name extends string, const Required extends boolean = true>(
	options: LocatorOptions & { name: Name; required?: Required },
): Param<Named<Name, true extends Required ? Located : Located | undefined>>;
export function picker<const Name extends string, Schema extends z.ZodTypeAny>(
	options: LocatorOptions & { name: Name },
	schema: Schema,
): Param<Named<Name, z.output<Schema>>>;
export function picker(
	options: LocatorOptions,
	schema: z.ZodTypeAny = options.required === false ? optionalLocated : located,
): Param {
	const { fields, reader } = declared(locator(options), options.name, schema);
	return new Param(fields, reader, [options.list]);
}

/**
 * One in a collection whose value, where it was added and came out undefined, as an expression may, is
 * null: that tells it from one that was not added.
 */
export function nullIfAdded<Values extends object>(one: Param<Values>): Param<Values> {
	const nulled = (given: unknown) => {
		if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
		const values = { ...given } as Record<string, unknown>;
		for (const { name } of one.fields) if (name in values) values[name] ??= null;
		return values;
	};
	return new Param(one.fields, z.preprocess(nulled, one.reader) as Reader<Values>, one.lists);
}

/** A collection, its fields sorted as n8n wants them. */
export function collection<const Name extends string, const Params extends readonly Param[]>(
	displayName: string,
	name: Name,
	placeholder: string,
	params: Params,
): Param<Named<Name, ValuesOf<Params>>> {
	const { fields, reader, lists } = group(...params);
	return new Param(
		[collectionField(displayName, name, placeholder, fields)],
		z.preprocess(
			(given) => withEmpty(name, given),
			z.object({ [name]: reader }),
		) as unknown as Reader<Named<Name, ValuesOf<Params>>>,
		lists,
	);
}

/** A collection that is not there has nothing in it; an expression that came to nothing gives undefined. */
function withEmpty(name: string, given: unknown): unknown {
	const isWithout = typeof given === 'object' && given !== null && !(name in given);
	return isWithout ? { ...given, [name]: {} } : given;
}

/** The optional parameters of an operation. */
export function additionalFields<const Params extends readonly Param[]>(...params: Params) {
	return collection('Additional Fields', 'additionalFields', 'Add Field', params);
}

/** What narrows a list down. */
export function filters<const Params extends readonly Param[]>(...params: Params) {
	return collection('Filters', 'filters', 'Add Filter', params);
}

/** What an update changes. */
export function updateFields<const Params extends readonly Param[]>(...params: Params) {
	return collection('Update Fields', 'updateFields', 'Add Field', params);
}

/** The collection with some of its fields there from the start; see `preset` of collection.ts. */
export function preset<Values extends object>(
	{ fields, reader, lists }: Param<Values>,
	names: string[],
): Param<Values> {
	return new Param(
		fields.map((field) => presetField(field, names)),
		reader,
		lists,
	);
}

interface Kind<Values extends object> {
	displayName: string;
	entry: Param<Values>;
}

type EntryOf<OneKind> = OneKind extends Kind<infer Values> ? Values : never;

/** A kind of entry in a list, for `entries`. */
export function kind<const Params extends readonly Param[]>(
	displayName: string,
	...params: Params
): Kind<ValuesOf<Params>> {
	return { displayName, entry: group(...params) };
}

type EntryField<Name extends string> = Pick<
	INodeProperties,
	'displayName' | 'placeholder' | 'description' | 'hint' | 'required'
> & { name: Name };

/**
 * A list of which the user adds entries, of one kind or of several; an operation gets them all in one
 * list, those of the first kind first, or what is made of it. An empty list is not the same as none.
 *
 * @param kinds By the names under which n8n keeps them.
 */
export function entries<const Name extends string, Kinds extends Record<string, Kind<object>>>(
	field: EntryField<Name>,
	kinds: Kinds,
): Param<Named<Name, Array<EntryOf<Kinds[keyof Kinds]>> | undefined>>;
export function entries<
	const Name extends string,
	Kinds extends Record<string, Kind<object>>,
	Made,
>(
	field: EntryField<Name>,
	kinds: Kinds,
	make: (given: Array<EntryOf<Kinds[keyof Kinds]>> | undefined, context: z.RefinementCtx) => Made,
): Param<Named<Name, Made>>;
export function entries(
	field: EntryField<string>,
	kinds: Record<string, Kind<object>>,
	make: (given: never, context: z.RefinementCtx) => unknown = (given: unknown) => given,
): Param {
	const all = Object.entries(kinds);
	const lists = all.map(([name, { entry }]) => [name, listOf(entry.reader)] as const);
	const schema = z
		.object(Object.fromEntries(lists), { invalid_type_error: 'must be a list' })
		.nullish()
		.transform((given) => given && all.flatMap(([name]) => given[name] ?? []))
		.transform((given, context) => make((given ?? undefined) as never, context));
	return declared(
		{
			...field,
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			options: all.map(([name, { displayName, entry }]): INodePropertyCollection => ({
				displayName,
				name,
				values: entry.fields,
			})),
		},
		field.name,
		schema,
	);
}

/** n8n keeps a list also where there is one entry, and expressions give one alone. */
function listOf<Entry extends object>(reader: Reader<Entry>) {
	return z.preprocess((given) => [given ?? []].flat(), z.array(reader));
}
