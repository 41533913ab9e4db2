import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { coerced, ifGiven, parseInput } from './input';
import type { RunSettings } from './operation';
import { LONGEST_TIMER_MS } from './wait';

export const concurrency: INodeProperties = {
	displayName: 'Max Concurrent Items',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50, numberPrecision: 0 },
	default: 50,
	description:
		'The most input items to work on at the same time. The node begins with a few, takes more while the server answers quickly, and fewer when the server is busy.',
};

export const timeout: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 60000,
	description:
		"How long to wait for the server's answer, in milliseconds. A call that may be repeated is tried up to four times.",
};

export const perSecond: INodeProperties = {
	displayName: 'Requests per Second',
	name: 'perSecond',
	type: 'number',
	typeOptions: { minValue: 0.1 },
	default: 8,
	description:
		'The most requests to send in one second. All executions of this n8n process that use the same server and key share this limit. After the server has refused a request because it got too many, fewer are sent.',
};

export const rateLimitWait: INodeProperties = {
	displayName: 'Rate Limit Wait',
	name: 'rateLimitWait',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 120000,
	description:
		'How long a request waits in total, in milliseconds, while the server refuses it because it gets too many requests (HTTP 429). It is sent again as soon as the server may take it. Waiting for a turn among the other requests of this n8n does not count. With 0, the first refusal is an error.',
};

const notMilliseconds = 'must be a number of milliseconds';
const tooLong = `must be at most ${LONGEST_TIMER_MS} milliseconds`;

const number = z.coerce.number({ invalid_type_error: 'must be a number' });
const milliseconds = z.coerce.number({ invalid_type_error: notMilliseconds });

const runOptions = z.object({
	concurrency: orDefault(
		concurrency,
		number.int('must be a whole number').min(1, 'must be at least 1').max(50, 'must be at most 50'),
	),
	timeout: orDefault(
		timeout,
		milliseconds.positive(`${notMilliseconds} greater than 0`).max(LONGEST_TIMER_MS, tooLong),
	),
	rateLimitWait: orDefault(
		rateLimitWait,
		milliseconds.nonnegative(`${notMilliseconds}, or 0`).max(LONGEST_TIMER_MS, tooLong),
	),
	perSecond: ifGiven(coerced(number.positive('must be greater than 0'))),
});

function orDefault(field: INodeProperties, schema: z.ZodNumber) {
	return ifGiven(coerced(schema)).transform((value) => value ?? Number(field.default));
}

const FIELDS = [concurrency, timeout, rateLimitWait, perSecond];

/**
 * The options of a node that hold for a whole run or look.
 *
 * @param options The collection as the user filled it.
 * @param vendorsPerSecond What the vendor bears; undefined where it has no limit.
 * @throws Failure that names the option
 */
export function readRunOptions(
	options: unknown,
	vendorsPerSecond: number | undefined,
): RunSettings & { concurrency: number } {
	const read = parseInput(runOptions, FIELDS, options);
	return { ...read, perSecond: read.perSecond ?? vendorsPerSecond ?? 0 };
}
