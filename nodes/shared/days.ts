import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { DAY_MS } from './dates';
import { textList, wholeNumber } from './input';
import { param } from './param';

/** A number of days, or several with commas between. */
export const days = z
	.preprocess((value) => (typeof value === 'number' ? [value] : value), textList)
	.refine((list) => list.length > 0, 'is required')
	.pipe(z.array(wholeNumber({ unit: 'days', min: 1 })));

/** A parameter for numbers of days, each of which is a threshold of its own. */
export function daysParam<const Name extends string>(
	field: Pick<INodeProperties, 'displayName' | 'default' | 'placeholder' | 'description'> & {
		name: Name;
	},
) {
	return param({ ...field, type: 'string', required: true }, days);
}

/**
 * The least of the numbers of days within which something happens.
 *
 * @param left Milliseconds until then.
 */
export function leastWithin(left: number, thresholds: number[]): number | null {
	const passed = thresholds.filter((threshold) => left <= threshold * DAY_MS);
	return passed.length > 0 ? Math.min(...passed) : null;
}
