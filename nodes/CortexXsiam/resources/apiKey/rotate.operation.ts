import { MINUTE_MS } from '../../../shared/dates';
import { additionalFields, group, param } from '../../../shared/param';
import { choice, flag, ifGiven, wholeNumber } from '../../../shared/input';
import { operation } from '../shared/operation';
import { secretAs } from './fields';
import { Rotation } from './rotation';
import { dryRun, ofStore, overlap, storedOf, target, targetOf } from './rotationInput';
import { rotationResult } from './rotationItem';
import type { RotateWish } from './rotationWish';
import { LONGEST_DAYS } from './successor';

const SCOPES = ['copy', 'copyIfReadable', 'leaveOut'] as const;

const TAKEN_OVER_AFTER_MINUTES = 60;

/**
 * Issues a key like one that is due, tries it and hands it over to be stored; revokes it only in a
 * later run, when the store was seen to open its successor. Source: docs/api/cortex-xsiam.md, "Rotating
 * an API key".
 */
export const rotate = operation({
	name: 'Rotate',
	value: 'rotate',
	action: 'Rotate API key',
	description:
		'Issue a new API key to replace one that is due. The next steps of the workflow store it; a later run revokes the old key, once it has seen that the store holds the new one. If a run stops half-way, the next one continues from there.',
	issues: 'API key',
	furtherTries: { are: 'resolved', by: "the marks in the comments of the lineage's keys" },
	secretPaths: ['reply.key'],
	givesSecret: ({ dryRun }) => !dryRun,
	...ofStore,
	byPerson: {
		targets: ['lineage', 'apiKey', 'comment'],
		guards: [
			'dryRun',
			'rotate',
			'dueWithinDays',
			'readAt',
			'nothingStoredYet',
			'revokeOldAfterHours',
			'takenOverAfterMinutes',
			'scope',
		],
	},
	params: [
		group(
			target,
			additionalFields(
				dryRun,
				param(
					{
						displayName: 'New Key Valid For (Days)',
						name: 'validDays',
						type: 'number',
						typeOptions: { minValue: 1, maxValue: LONGEST_DAYS, numberPrecision: 0 },
						default: 90,
						description: `How long the new key works, at most ${LONGEST_DAYS} days. Without it, as long as the old key was valid; ${LONGEST_DAYS} days if that was longer or the old key never expires.`,
					},
					ifGiven(wholeNumber({ unit: 'days', min: 1, max: LONGEST_DAYS })),
				),
				param(
					{
						displayName: 'Nothing Stored Yet',
						name: 'nothingStoredYet',
						type: 'boolean',
						default: false,
						description:
							"Whether an empty 'Stored Secret' is what the store answered. Without this, an empty value is refused, because it may come from an expression that found nothing.",
					},
					flag.default(false),
				),
				overlap,
				param(
					{
						displayName: 'Scope',
						name: 'scope',
						type: 'options',
						options: [
							{
								name: 'Copy If It Can Be Read',
								value: 'copyIfReadable',
								description:
									'Go on without a scope if the tenant or the key does not let it be read',
							},
							{
								name: 'Copy, or Stop',
								value: 'copy',
								description: 'Issue nothing if the scope cannot be read',
							},
							{
								name: 'Leave Out',
								value: 'leaveOut',
								description: 'The new key has no scope, whatever the old one has',
							},
						],
						default: 'copy',
						description:
							'Whether the new key may see only what the old one may. A key without a scope may see more.',
					},
					ifGiven(choice(SCOPES)),
				),
				secretAs.looking({
					description:
						"What 'secret' holds, to be stored as it is. The ID changes with each rotation: a client that gets the key alone has to learn the new ID in another way.",
				}),
				param(
					{
						displayName: 'Taken Over After (Minutes)',
						name: 'takenOverAfterMinutes',
						type: 'number',
						typeOptions: { minValue: 1, numberPrecision: 0 },
						default: TAKEN_OVER_AFTER_MINUTES,
						description:
							'How long the run that issued a new key has to store it. Until then, no other run issues a further key. Make it longer than your runs take.',
					},
					ifGiven(wholeNumber({ unit: 'minutes', min: 1 })),
				),
			),
		).as(({ additionalFields: more, ...given }, context): RotateWish => ({
			target: targetOf(given),
			stored: storedOf(given, more.nothingStoredYet, context),
			overlapMs: more.revokeOldAfterHours,
			takenOverAfterMs: (more.takenOverAfterMinutes ?? TAKEN_OVER_AFTER_MINUTES) * MINUTE_MS,
			validDays: more.validDays,
			scope: more.scope ?? 'copy',
			secretForm: more.secretAs ?? 'idAndKey',
			dryRun: more.dryRun,
		})),
	],
	// One after the other, so that a lineage that two items name is rotated once.
	run: async (api, wish, call) =>
		await api.inTurn('rotation', async () =>
			rotationResult(await new Rotation(api, wish, call).rotate(wish)),
		),
});
