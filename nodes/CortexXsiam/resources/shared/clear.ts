import type { z } from 'zod';
import { choices, refuseEmptyUpdate } from '../../../shared/input';
import { group, param, updateFields } from '../../../shared/param';
import type { Param } from '../../../shared/param';

interface Clearable {
	name: string;
	value: string;
}

/**
 * What an update changes, with the choice of fields that it empties.
 *
 * @param clearable Fields that can be emptied.
 * @param description Of the choice.
 */
export function clearableFields<const Params extends readonly Param[]>(
	clearable: Clearable[],
	description: string,
	...params: Params
) {
	const all = group(clearParam(clearable, description), ...params);
	return updateFields(
		all.check((update, context) => checkUpdate(update as Update, all.names, context)),
	);
}

/**
 * Which fields an update empties. That takes rights away or leaves members out, and so is never the
 * meaning of a field that an expression left empty.
 */
function clearParam(fields: Clearable[], description: string) {
	const [first, ...others] = fields.map(({ value }) => value) as [string, ...string[]];
	return param(
		{
			displayName: 'Clear Fields',
			name: 'clear',
			type: 'multiOptions',
			options: [...fields].sort((a, b) => a.name.localeCompare(b.name)),
			default: [],
			description,
		},
		choices([first, ...others]).transform((names) => new Set<string>(names)),
	);
}

interface Update {
	clear: Set<string>;
	[field: string]: unknown;
}

/**
 * Refuses an update of nothing, and one that sets and clears the same field.
 *
 * @param names Of the parameters, by those of their values.
 */
function checkUpdate(update: Update, names: Param['names'], context: z.RefinementCtx): void {
	const { clear, ...fields } = update;
	const given = Object.entries(fields).flatMap(([name, value]) => (isGiven(value) ? [name] : []));
	const both = given.find((name) => clear.has(names[name] ?? name));
	if (both !== undefined) {
		context.addIssue({
			code: 'custom',
			path: ['clear'],
			message: 'has a field that also has a value',
			params: { hint: 'Set a field or clear it, not both.' },
		});
	}
	if (given.length === 0 && clear.size === 0) {
		refuseEmptyUpdate(context);
	}
}

function isGiven(value: unknown): boolean {
	return Array.isArray(value) ? value.length > 0 : value !== undefined;
}
