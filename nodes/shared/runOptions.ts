import { z } from 'zod';
import { concurrency, perSecond, rateLimitWait, timeout } from './description';
import { parseInput } from './input';
import type { RunSettings } from './operation';
import { LONGEST_TIMER_MS } from './wait';

const notMilliseconds = 'must be a number of milliseconds';
const tooLong = `must be at most ${LONGEST_TIMER_MS} milliseconds`;

const runOptions = z.object({
	concurrency: z.coerce
		.number({ invalid_type_error: 'must be a number' })
		.int('must be a whole number')
		.min(1, 'must be at least 1')
		.max(50, 'must be at most 50')
		.default(Number(concurrency.default)),
	timeout: z.coerce
		.number({ invalid_type_error: notMilliseconds })
		.positive(`${notMilliseconds} greater than 0`)
		.max(LONGEST_TIMER_MS, tooLong)
		.default(Number(timeout.default)),
	rateLimitWait: z.coerce
		.number({ invalid_type_error: notMilliseconds })
		.nonnegative(`${notMilliseconds}, or 0`)
		.max(LONGEST_TIMER_MS, tooLong)
		.default(Number(rateLimitWait.default)),
	perSecond: z.coerce
		.number({ invalid_type_error: 'must be a number' })
		.positive('must be greater than 0')
		.optional(),
});

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
