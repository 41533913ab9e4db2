import { z } from 'zod';
import { plainId } from '../../api/id';
import { HOUR_MS } from '../../../shared/dates';
import {
	choice,
	flag,
	ifGiven,
	instant,
	optionalText,
	requiredText,
	wholeNumber,
} from '../../../shared/input';
import { nullIfAdded, oneOf, param, required } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { ID, apiKeyParam, commentParam } from './fields';
import type { Stored, Target } from './rotationWish';

/** A daily schedule misses 24 hours by seconds. */
export const DEFAULT_OVERLAP_HOURS = 20;

const lineageId = z.preprocess(
	(value) => (typeof value === 'number' ? String(value) : value),
	z
		.string({ required_error: 'is required', invalid_type_error: 'is required' })
		.trim()
		.regex(ID, "must be the field 'lineage' of an item of 'API Key: Get Many', which is a number")
		.transform(plainId),
);

const readTime = z
	.unknown()
	.transform((value, context) => {
		if (value !== undefined && value !== null && value !== '') return value;
		context.addIssue({
			code: 'custom',
			message: 'is required',
			params: { hint: "Take the field 'readAt' of the step that read the store." },
		});
		return z.NEVER;
	})
	.pipe(instant);

const lineage = param(
	{
		displayName: 'Lineage',
		name: 'lineage',
		type: 'string',
		required: true,
		default: '={{ $json.lineage }}',
		placeholder: 'e.g. 4267',
		description:
			"The ID of the first key of a row in which each key replaced the one before it: the field 'lineage' of the items of 'API Key: Get Many'",
	},
	lineageId,
);

const comment = required(
	commentParam(
		'The whole comment of the key, in the same letters, without the mark in brackets that this node adds',
		requiredText,
	),
);

const dueWithinDays = param(
	{
		displayName: 'Due Within (Days)',
		name: 'dueWithinDays',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		required: true,
		default: 14,
		description: 'How many days before it expires a key is due',
	},
	wholeNumber({ unit: 'days' }),
);

const apiKey = apiKeyParam('The API key to replace by a new one');

/** For an operation: a store may hold nothing, or an ID in a key's place. */
export const ofStore = { emptySecrets: ['storedSecret'], noSecret: ID };

/** What the store answered; one text and when it was read. */
const stored = [
	param(
		{
			displayName: 'Stored Secret',
			name: 'storedSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: "e.g. {{ $('Read Store').item.json.secret }}",
			description:
				"What the store holds now, as this execution has read it: an earlier output of this node ('ID:key' or the key alone), or the same encrypted for this node's credential. The node finds out which key it is, and decides by that what to do.",
		},
		optionalText,
	),
	param(
		{
			displayName: 'Read At',
			name: 'readAt',
			type: 'dateTime',
			required: true,
			default: '',
			placeholder: "e.g. {{ $('Read Store').item.json.readAt }}",
			description:
				"When the store was read: the field 'readAt' of the reading step. A value that is 60 minutes old, or comes from an earlier execution by Retry, issues and revokes nothing.",
		},
		readTime,
	),
] as const;

/**
 * Which keys are meant, and what is stored of them; the same for Rotate and Finish Rotation, so that both
 * mean the same. What is stored is not asked for where it is what the credential holds.
 */
export const target = oneOf(
	param(
		{
			displayName: 'Which Key',
			name: 'rotate',
			type: 'options',
			options: [
				{
					name: 'Key by Comment',
					value: 'comment',
					description:
						'The keys with a comment, however long they are still valid. A run that is repeated within 60 minutes rotates nothing.',
				},
				{
					name: 'Key by ID',
					value: 'apiKey',
					description: 'A key from the list, or by its ID, however long it is still valid',
				},
				{
					name: 'Lineage, When Due by Date',
					value: 'lineage',
					description:
						"The keys of an item of 'API Key: Get Many', when they expire soon: for schedules",
				},
				{
					name: "The Credential's Own Key",
					value: 'ownKey',
					description: 'The key that this credential uses, when it expires soon',
				},
			],
			default: 'lineage',
			description: 'Which key to replace by a new one',
		},
		choice(['apiKey', 'comment', 'lineage', 'ownKey']),
	),
	{
		lineage: [lineage, dueWithinDays, ...stored],
		apiKey: [apiKey, ...stored],
		comment: [comment, ...stored],
		ownKey: [dueWithinDays],
	},
);

type Given = ValuesOf<[typeof target]>;

export const overlap = param(
	{
		displayName: 'Revoke Old After (Hours)',
		name: 'revokeOldAfterHours',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: DEFAULT_OVERLAP_HOURS,
		description:
			'How many hours old the key in the store must be before the keys that it replaced are revoked. No key is ever revoked before it is 12 hours old.',
	},
	ifGiven(wholeNumber({ unit: 'hours' })).transform(
		(hours) => (hours ?? DEFAULT_OVERLAP_HOURS) * HOUR_MS,
	),
);

export const dryRun = nullIfAdded(
	param(
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description: 'Whether to say what would be done, and change nothing',
		},
		flag.default(false),
	),
);

/** Which lineage is meant. */
export function targetOf(given: Given): Target {
	switch (given.rotate) {
		case 'apiKey':
			return { by: 'apiKey', id: given.apiKey };
		case 'comment':
			return { by: 'comment', comment: given.comment };
		case 'lineage':
			return { by: 'lineage', lineage: given.lineage, days: given.dueWithinDays };
		case 'ownKey':
			return { by: 'ownKey', days: given.dueWithinDays };
	}
}

/**
 * What the store answered; undefined for the credential's own key.
 *
 * @param mayBeEmpty Whether an empty value is the store's answer. Else it may come of an expression
 * that found nothing.
 */
export function storedOf(
	given: Given,
	mayBeEmpty: boolean,
	context: z.RefinementCtx,
): Stored | undefined {
	if (given.rotate === 'ownKey') return undefined;
	const { storedSecret, readAt } = given;
	if (storedSecret === undefined && !mayBeEmpty) {
		context.addIssue({
			code: 'custom',
			path: ['storedSecret'],
			message: 'is empty',
			params: {
				hint: "Give what the store holds now. If the store answered that it holds nothing yet, turn on 'Nothing Stored Yet' in the additional fields, for that run or by an expression.",
			},
		});
	}
	return { value: storedSecret, readAt };
}
