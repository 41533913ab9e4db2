import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { flag } from './input';
import { oneOf, param } from './param';

/** The two parameters of every list, as n8n words them. */
export const listFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		displayOptions: { show: { returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
];

const wholeLimit = z.coerce
	.number({ invalid_type_error: 'must be a whole number' })
	.int('must be a whole number')
	.min(1, 'must be at least 1');

/** For the input of a list: `z.object({ ...listInput, ... })`; `mostOf` makes one number of both. */
export const listInput = {
	returnAll: flag.default(false),
	// Hidden where all are wanted, and then what it holds does not matter.
	limit: z.unknown(),
};

/**
 * How many records are wanted: `Infinity` for all.
 *
 * For `transform` on an object with `listInput`; a limit that cannot be used is an issue of it.
 */
export function mostOf<Values extends { returnAll: boolean; limit?: unknown }>(
	values: Values,
	context: z.RefinementCtx,
): Omit<Values, 'returnAll' | 'limit'> & { most: number } {
	const { returnAll, limit, ...rest } = values;
	if (returnAll) return { ...rest, most: Infinity };
	const parsed = wholeLimit.safeParse(limit ?? 50);
	if (parsed.success) return { ...rest, most: parsed.data };
	for (const issue of parsed.error.issues) context.addIssue({ ...issue, path: ['limit'] });
	return z.NEVER;
}

const [returnAll, limit] = listFields as [INodeProperties, INodeProperties];

/** The two parameters of every list, which give one number: `Infinity` for all. */
export const listed = oneOf(
	param({ ...returnAll, name: 'returnAll', displayOptions: undefined }, flag.default(false)),
	{
		true: [],
		false: [
			param(
				{ ...limit, name: 'limit', displayOptions: undefined },
				z.preprocess((given) => given ?? 50, wholeLimit),
			),
		],
	},
).as((values) => ({ most: values.returnAll ? Infinity : values.limit }));
