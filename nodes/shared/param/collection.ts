import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { z } from 'zod';
import { sortedBy } from '../sorted';
import { declaredBy, group, Param } from './param';
import type { Named, Reader, ValuesOf } from './param';

/**
 * For a field of a collection: if the user added it and its expression gave undefined, the value is null,
 * so it differs from a field that was not added.
 */
export function nullIfAdded<Values extends object>(one: Param<Values>): Param<Values> {
	const nulled = (given: unknown) => {
		if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
		const values = { ...given } as Record<string, unknown>;
		for (const { name } of one.fields) if (name in values) values[name] ??= null;
		return values;
	};
	return one.readBy((reader) => z.preprocess(nulled, reader) as Reader<Values>);
}

/** A collection of optional fields, sorted by name as n8n wants them. */
export function collection<const Name extends string, const Params extends readonly Param[]>(
	displayName: string,
	name: Name,
	placeholder: string,
	params: Params,
): Param<Named<Name, ValuesOf<Params>>> {
	const all = group(...params);
	const { fields, lists } = all;
	return new Param(
		[
			{
				displayName,
				name,
				type: 'collection',
				placeholder,
				default: {},
				options: sortedBy(fields, ({ displayName }) => displayName),
			},
		],
		() =>
			z.preprocess(
				(given) => withEmpty(name, given),
				z.object({ [name]: all.reader }),
			) as unknown as Reader<Named<Name, ValuesOf<Params>>>,
		lists,
		{ [name]: name },
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

/**
 * The collection with some of its fields there from the start, empty, so that nobody overlooks them.
 *
 * @param names Of fields for which empty means the same as absent.
 */
export function preset<Values extends object>(one: Param<Values>, names: string[]): Param<Values> {
	const fields = one.fields.map((field) => {
		const inner = (field.options ?? []) as INodeProperties[];
		const chosen = inner.filter(({ name }) => names.includes(name));
		return { ...field, default: Object.fromEntries(chosen.map((own) => [own.name, own.default])) };
	});
	return one.with({ fields });
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
	const makeSchema = () => {
		const lists = all.map(([name, { entry }]) => [name, listOf(entry.reader)] as const);
		return z
			.object(Object.fromEntries(lists), { invalid_type_error: 'must be a list' })
			.nullish()
			.transform((given) => given && all.flatMap(([name]) => given[name] ?? []))
			.transform((given, context) => make((given ?? undefined) as never, context));
	};
	return declaredBy(
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
		makeSchema,
	);
}

/** n8n keeps a list also where there is one entry, and expressions give one alone. */
function listOf<Entry extends object>(reader: Reader<Entry>) {
	return z.preprocess((given) => [given ?? []].flat(), z.array(reader));
}
