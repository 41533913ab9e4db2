import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { z } from 'zod';
import type { Filter } from '../../api/calls';
import { ifGiven, instant, vendorValue } from '../../../shared/input';

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

/** For the input of a filter by time. */
export const moment = ifGiven(instant);

/** Two filters of a time: `<name>After` and `<name>Before`. */
export function timeFields(label: string, name: string, what: string): INodeProperties[] {
	return [
		{
			displayName: `${label} After`,
			name: `${name}After`,
			type: 'dateTime',
			default: '',
			description: `Only what ${what} at this time or later`,
		},
		{
			displayName: `${label} Before`,
			name: `${name}Before`,
			type: 'dateTime',
			default: '',
			description: `Only what ${what} at this time or earlier`,
		},
	];
}

interface Sorting {
	field: string;
	keyword: string;
}

/** The parameter that orders a list. The first field is the default, in descending order. */
export function sortField(fields: INodePropertyOptions[]): INodeProperties {
	const field: INodeProperties = {
		displayName: 'Field',
		name: 'field',
		type: 'options',
		options: [...fields].sort((a, b) => a.name.localeCompare(b.name)),
		default: '',
		description: 'What the list is sorted by',
	};
	return {
		displayName: 'Sort',
		name: 'sort',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{
				displayName: 'Direction',
				name: 'keyword',
				type: 'options',
				options: [
					{ name: 'Ascending', value: 'asc' },
					{ name: 'Descending', value: 'desc' },
				],
				default: 'desc',
				description: 'Which end of the list comes first',
			},
			{ ...field, default: fields[0]?.value },
		],
	};
}

/** What `sortField` gives, with its defaults. */
export function sortInput(fields: INodePropertyOptions[]) {
	const first = String(fields[0]?.value);
	return z
		.object({
			field: ifGiven(vendorValue),
			keyword: ifGiven(vendorValue),
		})
		.default({})
		.transform(({ field = first, keyword = 'desc' }): Sorting => ({ field, keyword }));
}
