import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { parseJson } from './answer';
import { SMALLEST_MILLISECONDS } from './dates';
import { inputFailure } from './failure';
import { folded } from './shown';

/**
 * Zod schemas for parameters. Their messages complete a sentence that starts with the parameter's
 * display name; `hint` in a refinement's params becomes the description.
 */

const anyText = z
	.union([z.string(), z.number().finite('must be a text'), z.null()], {
		errorMap: () => ({ message: 'must be a text' }),
	})
	.optional();

/** A text without white space around it; empty counts as not given. */
export const optionalText = anyText.transform((value) => {
	const text = value === undefined || value === null ? '' : String(value).trim();
	return text === '' ? undefined : text;
});

/** A text that must be there. */
export const requiredText = optionalText.transform((value, context) => {
	if (value !== undefined) return value;
	context.addIssue({ code: 'custom', message: 'is required' });
	return z.NEVER;
});

/**
 * A secret: never trimmed, since white space may be part of it. Left empty it counts as not given; for
 * one whose expression came to nothing, the vendor would put another in its place unnoticed.
 */
export const exactText = anyText.transform((value, context) => {
	if (value !== null) return value === undefined || value === '' ? undefined : String(value);
	return refuse(
		context,
		'is empty',
		'Its expression gave no value. If no value is meant, leave the field empty or remove it.',
	);
});

/** A secret that must be there. */
export const requiredSecret = exactText.transform(
	(text, context): string => text ?? refuse(context, 'is required'),
);

/** A text of which an empty one says something, too: that there is to be none. */
export const emptiableText = anyText.transform((value) =>
	value === undefined ? undefined : String(value ?? '').trim(),
);

/**
 * For a text within `nullIfAdded` without which the operation would do something else.
 *
 * @param meaning What leaving it out means, as a sentence.
 */
export function textIfAdded(meaning: string) {
	return optionalText
		.transform((value, context): string => {
			if (value !== undefined) return value;
			return refuse(context, 'is empty', `${meaning} If that is meant, remove the field.`);
		})
		.optional();
}

/**
 * A list of texts: a real list, one text with commas or line breaks, as an expression may give it, or
 * JSON text.
 * White space around entries and empty entries are dropped.
 */
export const textList = z
	.union([z.string(), z.array(z.union([z.string(), z.number()])), z.null()], {
		errorMap: () => ({ message: 'must be a list of texts' }),
	})
	.optional()
	.transform((value, context) => {
		const entries = Array.isArray(value)
			? value
			: (jsonList(value) ?? (value ?? '').split(/[,\n]/));
		if (entries.some((entry) => typeof entry !== 'string' && typeof entry !== 'number')) {
			// A list all the same: refinements of this schema run on.
			context.addIssue({ code: 'custom', message: 'must be a list of texts' });
			return [];
		}
		return entries.map((entry) => String(entry).trim()).filter((entry) => entry !== '');
	});

/** A list as JSON text, which is how AI agents give one. */
function jsonList(text: string | null | undefined): unknown[] | undefined {
	const list = text?.trim().startsWith('[') ? parseJson(text) : undefined;
	return Array.isArray(list) ? list : undefined;
}

/** A boolean, or the text that an expression or an AI agent gives for one. */
export const flag = z.preprocess(
	(value) => (value === 'true' ? true : value === 'false' ? false : value),
	z.boolean({
		invalid_type_error: 'must be true or false',
		required_error: 'must be true or false',
	}),
);

/**
 * A value that the vendor judges: the editor offers the known ones, and any other that an expression gives
 * is sent as it is. For choices of the node's own, and for those that a secret or a right depends on, use
 * `choice`.
 */
export const vendorValue = requiredText;

/** Several of these: a real list, or what `textList` takes. */
export const vendorValues = textList;

/** One of a list of values, in whatever letters; made what the list has. */
export function choice<const Value extends string>(values: readonly [Value, ...Value[]]) {
	const offered = (given: unknown) =>
		values.find((one) => typeof given === 'string' && folded(one) === folded(given)) ?? given;
	return z.preprocess(
		offered,
		z.enum(values as [Value, ...Value[]], {
			errorMap: () => ({ message: `must be one of ${values.join(', ')}` }),
		}),
	);
}

/** Several of a list of values: a real list, or what `textList` takes. */
export function choices<const Value extends string>(values: readonly [Value, ...Value[]]) {
	return textList.pipe(z.array(choice(values)));
}

/**
 * A whole number, or its digits as an expression may give them.
 *
 * @param unit Of what, in the plural, for messages.
 */
export function wholeNumber({ unit, min = 0, max = Number.MAX_SAFE_INTEGER }: WholeNumber) {
	const message = unit ? `must be a whole number of ${unit}` : 'must be a whole number';
	return coerced(
		z.coerce
			.number({ invalid_type_error: message })
			.int(message)
			.min(min, `must be at least ${min}`)
			.max(max, `must be at most ${max}`),
	);
}

/** Coercion by itself makes numbers of `true`, of dates, of lists and of what is empty. */
export function coerced<Schema extends z.ZodTypeAny>(number: Schema) {
	return z.preprocess(
		(value) => (typeof value === 'number' || isFilled(value) ? value : NaN),
		number,
	);
}

function isFilled(value: unknown): boolean {
	return typeof value === 'string' && value.trim() !== '';
}

interface WholeNumber {
	unit?: string;
	min?: number;
	max?: number;
}

/** For a parameter in a collection: empty, as the editor and expressions leave it, is not given. */
export function ifGiven<Schema extends z.ZodTypeAny>(schema: Schema) {
	return z.preprocess(
		(value) => (value === '' || value === null ? undefined : value),
		schema.optional(),
	);
}

/** Of levels in a value. n8n, zod and JSON go through more than this; real values have a dozen. */
export const DEEPEST = 200;

/** Whether going through all of a value by recursion could take more stack than there is. */
export function isTooDeep(value: unknown): boolean {
	let level: unknown[] = [value];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > DEEPEST) return true;
		level = level.flatMap((entry) => {
			const isNode = typeof entry === 'object' && entry !== null;
			return isNode ? Object.values(entry) : [];
		});
	}
	return false;
}

/** An object, or one as JSON text. */
export const jsonObject = z.unknown().transform((given, context) => {
	const value = typeof given === 'string' ? parseJson(given) : given;
	if (isTooDeep(value)) {
		return refuse(context, 'is nested too deeply', `It may have up to ${DEEPEST} levels.`);
	}
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
		return value as IDataObject;
	}
	return refuse(context, 'must be a JSON object', 'Give an object such as {"key": "value"}.');
});

/** A list of JSON objects, or its text; a single object is a list of one. */
export const jsonObjects = z.unknown().transform((given, context): IDataObject[] => {
	const value = typeof given === 'string' ? parseJson(given) : given;
	if (isTooDeep(value)) {
		return refuse(context, 'is nested too deeply', `It may have up to ${DEEPEST} levels.`);
	}
	const list = Array.isArray(value) ? (value as unknown[]) : [value];
	const isObject = (one: unknown) => typeof one === 'object' && one !== null && !Array.isArray(one);
	if (list.every(isObject)) return list as IDataObject[];
	return refuse(
		context,
		'must be a list of JSON objects',
		'Give a list such as [{"key": "value"}].',
	);
});

/**
 * A point in time: ISO 8601 (the frame adds the workflow's offset where there is none), epoch
 * milliseconds, or a `Date` from an expression.
 *
 * @returns integer epoch milliseconds
 */
export const instant = z.unknown().transform((given, context) => {
	const value = given instanceof Date ? given.getTime() : given;
	const number =
		typeof value === 'number' || /^\d+$/.test(String(value)) ? Number(value) : undefined;
	if (number !== undefined && number < SMALLEST_MILLISECONDS) {
		return refuse(
			context,
			'must be in milliseconds, not in seconds',
			'Give an ISO 8601 date and time, or epoch milliseconds.',
		);
	}
	const milliseconds = number ?? DateTime.fromISO(String(value), { zone: 'utc' }).toMillis();
	if (Number.isFinite(milliseconds)) return Math.trunc(milliseconds);
	return refuse(
		context,
		'must be a date and time',
		'Pick one, or give ISO 8601 such as 2026-12-31T12:00:00Z.',
	);
});

/** Adds an issue with advice; for `superRefine` and `transform`. */
export function refuse(context: z.RefinementCtx, message: string, hint?: string): never {
	context.addIssue({ code: 'custom', message, params: { hint } });
	return z.NEVER;
}

/**
 * Refuses an update of nothing, which would be a success that changes nothing.
 *
 * @param collection Where the fields are, if not in what is checked.
 * @param or What else could be changed, as it completes "Add a field, or".
 */
export function refuseEmptyUpdate(
	context: z.RefinementCtx,
	{ collection, or }: { collection?: string; or?: string } = {},
): never {
	context.addIssue({
		code: 'custom',
		path: collection === undefined ? [] : [collection],
		message: 'has nothing to change',
		params: { hint: `Add at least one field with its new value${or ? `, or ${or}` : ''}.` },
	});
	return z.NEVER;
}

/** The same, by the fields that an update was given; null counts as not given. For `check`. */
export function refuseNothing(given: object, context: z.RefinementCtx): void {
	const isGiven = Object.values(given).some((value) => value !== undefined && value !== null);
	if (!isGiven) refuseEmptyUpdate(context);
}

/**
 * Checks an operation's parameters.
 *
 * @param fields Where the display names for messages come from.
 * @throws Failure that names the first parameter at fault, with the values left out
 */
export function parseInput<Schema extends z.ZodTypeAny>(
	schema: Schema,
	fields: INodeProperties[],
	values: unknown,
): z.output<Schema> {
	const parsed = schema.safeParse(values);
	if (parsed.success) return parsed.data as z.output<Schema>;
	const [issue] = parsed.error.issues;
	if (!issue) throw inputFailure('The parameters cannot be used');
	const hint = issue.code === 'custom' ? (issue.params?.hint as string | undefined) : undefined;
	throw inputFailure(`'${displayName(fields, issue.path)}' ${sentence(issue)}`, hint);
}

function sentence(issue: z.ZodIssue): string {
	// Zod's own messages start a sentence; ours continue one.
	if (/^(is|are|must|has|have|holds|does|cannot|needs) /.test(issue.message)) return issue.message;
	return `has a value that cannot be used (${issue.message.toLowerCase()})`;
}

/** The display name of the innermost parameter on a path such as `additionalFields.validityPeriod`. */
function displayName(fields: INodeProperties[], path: Array<string | number>): string {
	let known: Array<INodeProperties | INodePropertyCollection> = fields;
	let name = String(path[0] ?? 'Parameters');
	for (const key of path) {
		// One of several entries: all have the same parameters.
		if (typeof key === 'number') continue;
		const field = known.find((candidate) => candidate.name === key);
		if (!field) break;
		name = field.displayName;
		known = (
			'options' in field ? field.options : 'values' in field ? field.values : []
		) as INodeProperties[];
	}
	return name;
}
