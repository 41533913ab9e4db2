import type { INodePropertyOptions } from 'n8n-workflow';
import type { z } from 'zod';
import type { Filter } from '../../api/calls';
import { ifGiven, instant, jsonObjects, refuse } from '../../../shared/input';
import { collection, group, param } from '../../../shared/param';
import { sortedBy } from '../../../shared/sorted';
import type { Spelling } from './words';

/**
 * Lists that are filtered and sorted by the tenant (docs/api/cortex-xsiam.md, "Requests and answers").
 */

/** One of these values is wanted; no filter where none is named, since an empty list is refused. */
export function anyOf(
	field: string,
	values: Array<string | number | boolean> | undefined,
): Filter[] {
	return values && values.length > 0 ? [{ field, operator: 'in', value: values }] : [];
}

/** Epoch milliseconds from one time to another, both included; either may be left out. */
export function between(field: string, from: number | undefined, to: number | undefined): Filter[] {
	return [
		...(from === undefined ? [] : [{ field, operator: 'gte', value: from }]),
		...(to === undefined ? [] : [{ field, operator: 'lte', value: to }]),
	];
}

/** What a parameter of a list filters by; where the tenant has two ways to write it, in either. */
type Wanted = Filter[] | ((spelling: Spelling) => Filter[]);

/** All filters of a list, in the order in which its parameters are declared. */
export function filtersIn(wanted: Record<string, Wanted>, spelling: Spelling = 'today'): Filter[] {
	return Object.values(wanted).flatMap((one) => (typeof one === 'function' ? one(spelling) : one));
}

/** For a parameter that filters by one of several values, or by one. */
export function filterBy<Value extends string | number | boolean>(
	field: string,
	schema: z.ZodType<Value | Value[] | undefined, z.ZodTypeDef, unknown>,
) {
	return schema.transform((given) => anyOf(field, given === undefined ? [] : [given].flat()));
}

/**
 * Filters that have no parameter of their own, as the tenant takes them (docs/api/cortex-xsiam.md,
 * "Requests and answers").
 *
 * @param example A field of this list, for the placeholder.
 */
export const otherFiltersParam = (example: string) =>
	param(
		{
			displayName: 'Other Filters',
			name: 'otherFilters',
			type: 'json',
			default: '[]',
			placeholder: `e.g. [{ "field": "${example}", "operator": "contains", "value": "prod" }]`,
			description:
				"Filters as the tenant's API has them: a list of objects with field, operator and value. Operators are in, nin, gte, lte and, for some fields, contains, eq and neq. All filters must fit.",
		},
		ifGiven(
			jsonObjects.transform((list, context): Filter[] =>
				list.map((one) => {
					const { field, operator, value, ...rest } = one;
					const isNamed = [field, operator].every(
						(name) => typeof name === 'string' && name !== '',
					);
					if (isNamed && value !== undefined && value !== null && Object.keys(rest).length === 0) {
						return { field, operator, value } as Filter;
					}
					return refuse(
						context,
						'must have field, operator and value in each filter',
						`Give a list such as [{"field": "${example}", "operator": "contains", "value": "prod"}].`,
					);
				}),
			),
		).transform((given) => given ?? []),
	);

const moment = ifGiven(instant);

/** Two parameters that filter by a time: `<name>After` and `<name>Before`. */
export function timeParams<const Name extends string>(
	field: string,
	label: string,
	name: Name,
	what: string,
) {
	const after = param(
		{
			displayName: `${label} After`,
			name: `${name}After`,
			type: 'dateTime',
			default: '',
			description: `Only what ${what} at this time or later`,
		},
		moment,
	);
	const before = param(
		{
			displayName: `${label} Before`,
			name: `${name}Before`,
			type: 'dateTime',
			default: '',
			description: `Only what ${what} at this time or earlier`,
		},
		moment,
	);
	return group(after, before).as((given) => {
		const [from, to] = ['After', 'Before'].map(
			(end) => (given as Record<string, number | undefined>)[`${name}${end}`],
		);
		return { [name]: between(field, from, to) } as Record<Name, Filter[]>;
	});
}

/**
 * The parameter that orders a list. The first field is the default, in descending order.
 */
export function sortParam(fields: INodePropertyOptions[]) {
	const first = String(fields[0]?.value);
	return collection('Sort', 'sort', 'Add Field', [
		group(
			param({
				displayName: 'Direction',
				name: 'keyword',
				type: 'options',
				options: [
					{ name: 'Ascending', value: 'asc' },
					{ name: 'Descending', value: 'desc' },
				],
				default: 'desc',
				description: 'The direction in which the list is sorted',
			}),
			param({
				displayName: 'Field',
				name: 'field',
				type: 'options',
				options: sortedBy(fields, ({ name }) => name),
				default: first,
				description: 'What the list is sorted by',
			}),
		).as(({ field = first, keyword = 'desc' }) => ({ field, keyword })),
	]);
}
