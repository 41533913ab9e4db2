import type { Call } from './call';
import { inputError } from './errors';
import {
	type Fields,
	fields,
	integers,
	isInteger,
	millisecondsOnly,
	strings,
	writtenAsFloat,
} from './fields';

export type Test<Item> = (item: Item) => boolean;

export interface Filter {
	field: string;
	operator: string;
	value: unknown;
}

/** How a list may be filtered by one of its fields. */
export interface FilterField<Item> {
	operators: readonly string[];
	/** Makes a test of a value; refuses one of the wrong kind. */
	test(filter: Filter, call: Call): Test<Item>;
}

export type FilterFields<Item> = Record<string, FilterField<Item>>;

/** Reads `filters`; absent is `undefined`. */
export function filtersOf(data: Fields): Filter[] | undefined {
	if (data.filters === undefined) return undefined;
	if (!Array.isArray(data.filters)) throw inputError('filters must be a list');
	return data.filters.map((entry: unknown) => {
		const { field, operator, value } = fields(entry) ?? {};
		if (typeof field !== 'string' || typeof operator !== 'string' || value === undefined) {
			throw inputError('A filter must have field, operator and value');
		}
		return { field, operator, value };
	});
}

export const unsupported = ({ field, operator }: Filter) =>
	inputError(`Unsupported operator '${operator}' for field ${field}`);

/**
 * A list passes what all its filters let through (docs/api/cortex-xsiam.md, "Requests and answers").
 */
export function testOf<Item>(filters: Filter[], known: FilterFields<Item>, call: Call): Test<Item> {
	const tests = filters.map((filter) => {
		const field = Object.hasOwn(known, filter.field) ? known[filter.field] : undefined;
		if (!field) throw inputError(`Invalid parameter names: ${filter.field}`);
		if (!field.operators.includes(filter.operator)) throw unsupported(filter);
		return field.test(filter, call);
	});
	return (item) => tests.every((test) => test(item));
}

type Value = string | number | boolean | null | undefined;

/** A field that may have several values at once is given as a list. */
type Read<Item> = (item: Item) => Value | readonly Value[];

const valuesOf = (value: Value | readonly Value[]): readonly Value[] =>
	Array.isArray(value) ? (value as readonly Value[]) : [value as Value];

/** A field of which one of several strings is wanted; `operator`: how the vendor calls that. */
export function anyOf<Item>(read: Read<Item>, operator = 'in'): FilterField<Item> {
	return {
		operators: [operator],
		test({ field, value }) {
			if (!strings(value)) throw inputError(`Value of ${field} must be a list of strings`);
			const wanted = new Set<Value>(value);
			return (item) => valuesOf(read(item)).some((one) => wanted.has(one));
		},
	};
}

/** A field of which one of several whole numbers is wanted. */
export function anyNumberOf<Item>(read: (item: Item) => number): FilterField<Item> {
	return {
		operators: ['in'],
		test({ field, value }) {
			if (!integers(value)) {
				throw inputError(`Value of ${field} must be a list of integers`);
			}
			const wanted = new Set(value);
			return (item) => wanted.has(read(item));
		},
	};
}

/** A field whose values are wanted as strings or as whole numbers, whatever it holds itself. */
export function eitherOf<Item>(read: Read<Item>): FilterField<Item> {
	return {
		operators: ['in'],
		test({ field, value }) {
			if (!strings(value) && !integers(value)) {
				throw inputError(`Value of ${field} must be a list of strings or integers`);
			}
			const wanted = new Set(value.map(String));
			return (item) => valuesOf(read(item)).some((one) => wanted.has(String(one)));
		},
	};
}

/** A time, milliseconds since the epoch; `never` judges the items that have none. */
export function moment<Item>(
	read: (item: Item) => number | null | undefined,
	never: (operator: string, call: Call) => boolean = () => false,
): FilterField<Item> {
	return {
		operators: ['gte', 'lte'],
		test({ operator, value }, call) {
			if (!isInteger(value) || writtenAsFloat(call.text, 'value')) {
				throw inputError(millisecondsOnly);
			}
			return (item) => {
				const at = read(item) ?? null;
				if (at === null) return never(operator, call);
				return operator === 'gte' ? at >= value : at <= value;
			};
		},
	};
}
