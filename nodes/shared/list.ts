import { z } from 'zod';
import { flag, wholeNumber } from './input';
import { oneOf, param } from './param';

/** As n8n words it. */
export const limit = param(
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 50,
		description: 'Max number of results to return',
	},
	z.preprocess((given) => given ?? 50, wholeNumber({ min: 1 })),
);

/** The two parameters of every list, as n8n words them, which give one number: `Infinity` for all. */
export const returnAllOrLimit = oneOf(
	param(
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		flag.default(false),
	),
	{
		true: [],
		false: [limit],
	},
).as((values) => ({ most: values.returnAll ? Infinity : values.limit }));
