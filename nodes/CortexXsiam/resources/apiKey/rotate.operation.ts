import { z } from 'zod';
import { nothingIssuedYet } from '../../api/lost';
import type { CortexXsiamApi } from '../../api/client';
import { LONGEST_DAYS } from '../../api/rotation';
import type { Rotated, RotationPlan, RotationWish } from '../../api/rotation';
import { levelOf } from '../../api/schemas';
import type { ApiKeyRecord } from '../../api/schemas';
import { epochTime } from '../../../shared/dates';
import { additionalFields } from '../../../shared/description';
import { Failure } from '../../../shared/failure';
import { choice, flag, ifGiven, optionalText, wholeNumber } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Result } from '../../../shared/operation';
import { allowOwnKey, allowOwnKeyField, apiKeyField, apiKeyId } from './fields';
import { reissueHints } from './reissueHints';
import { chosenKeys, successorOf } from './rotationChoice';
import type { Choice } from './rotationChoice';

const IF_ROTATED = ['skip', 'rotate'] as const;

const SCOPES = ['copy', 'copyIfReadable', 'leaveOut'] as const;

const ways = ['apiKey', 'comment', 'expiring'] as const;

const input = z
	.object({
		rotate: choice(ways),
		apiKey: z.unknown(),
		comment: optionalText,
		withinDays: z.unknown(),
		revokeOldKey: choice(['never', 'atOnce']),
		additionalFields: z.object({
			allowOwnKey,
			dryRun: flag.default(false),
			ifRotatedAlready: ifGiven(choice(IF_ROTATED)),
			scope: ifGiven(choice(SCOPES)),
			validDays: ifGiven(wholeNumber({ unit: 'days', min: 1, max: LONGEST_DAYS })),
		}),
	})
	.transform((given, context) => {
		const { rotate, apiKey, comment, withinDays, revokeOldKey, additionalFields: more } = given;
		const found = choose(rotate, { apiKey, comment, withinDays });
		if (!found.success) {
			for (const issue of found.error.issues) {
				context.addIssue({ ...issue, path: [NAMES[rotate]] });
			}
			return z.NEVER;
		}
		const wish: RotationWish = {
			days: more.validDays,
			scope: more.scope ?? 'copy',
			revoke: revokeOldKey === 'atOnce',
			allowOwnKey: more.allowOwnKey,
		};
		const isRepeated = more.ifRotatedAlready === 'rotate';
		return { choice: found.data, wish, dryRun: more.dryRun, isRepeated };
	});

type Input = z.output<typeof input>;

/** The parameter that belongs to each way of choosing keys; the others are hidden. */
const NAMES = { apiKey: 'apiKey', comment: 'comment', expiring: 'withinDays' } as const;

function choose(
	by: (typeof ways)[number],
	given: { apiKey?: unknown; comment?: string; withinDays?: unknown },
): z.SafeParseReturnType<unknown, Choice> {
	switch (by) {
		case 'apiKey':
			return apiKeyId.transform((id): Choice => ({ by, id })).safeParse(given.apiKey);
		case 'comment':
			return z
				.string({ required_error: 'is required' })
				.transform((comment): Choice => ({ by, comment }))
				.safeParse(given.comment);
		case 'expiring':
			return wholeNumber({ unit: 'days' })
				.transform((days): Choice => ({ by, days }))
				.safeParse(given.withinDays);
	}
}

/**
 * Issues a key like an old one, tries it and hands both over. Sources: "Generate an API key", "Delete
 * API keys", "Update scope"; fact sheet 4.7.
 */
export const rotate = operation({
	name: 'Rotate',
	value: 'rotate',
	action: 'Rotate API key',
	description:
		'Issue a new API key with the roles, security level, comment and scope of an old one, and try it. Whatever goes wrong, the new key is deleted again and the old one stays.',
	issues: 'API key',
	secretPaths: ['reply.key'],
	givesSecret: ({ dryRun }) => !dryRun,
	fields: [
		{
			displayName: 'Rotate',
			name: 'rotate',
			type: 'options',
			options: [
				{
					name: 'All Keys That Expire Soon',
					value: 'expiring',
					description: 'One item for each key that works now and expires within some days',
				},
				{ name: 'Key by Comment', value: 'comment', description: 'The one key with a comment' },
				{ name: 'Key by ID', value: 'apiKey', description: 'A key from the list, or by its ID' },
			],
			default: 'apiKey',
			description: 'Which keys to put new ones in the place of',
		},
		{
			...apiKeyField('The API key to put a new one in the place of'),
			displayOptions: { show: { rotate: ['apiKey'] } },
		},
		{
			displayName: 'Comment',
			name: 'comment',
			type: 'string',
			required: true,
			displayOptions: { show: { rotate: ['comment'] } },
			default: '',
			placeholder: 'e.g. SIEM collector, owned by SecOps',
			description:
				'The whole comment of the key, in the same letters. Only one key that works may have it.',
		},
		{
			displayName: 'Expires Within (Days)',
			name: 'withinDays',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			required: true,
			displayOptions: { show: { rotate: ['expiring'] } },
			default: 14,
			description:
				"How soon keys expire that are rotated. A key that cannot be rotated becomes an item whose 'status' is 'failed', so that the secrets of the others are not lost; if none can be, the node fails.",
		},
		{
			displayName: 'Revoke Old Key',
			name: 'revokeOldKey',
			type: 'options',
			options: [
				{
					name: 'At Once',
					value: 'atOnce',
					description:
						"As soon as the new key works. Whoever still uses the old one is refused. When another item fails then, the node gives it as an item with 'error' and does not stop, so that no new key is lost.",
				},
				{
					name: 'Never',
					value: 'never',
					description: 'Both keys work until a later step deletes the old one, or it expires',
				},
			],
			default: 'never',
			description: 'Whether the old key is deleted here',
		},
		additionalFields(
			allowOwnKeyField('revoke'),
			{
				displayName: 'Dry Run',
				name: 'dryRun',
				type: 'boolean',
				default: false,
				description: 'Whether to say what would be done, and change nothing',
			},
			{
				displayName: 'If Rotated Already',
				name: 'ifRotatedAlready',
				type: 'options',
				options: [
					{
						name: 'Rotate Again',
						value: 'rotate',
						description: 'Issue one more key, whatever there is',
					},
					{
						name: 'Skip',
						value: 'skip',
						description: "Issue nothing, and give the newer key's ID with the status 'skipped'",
					},
				],
				default: 'skip',
				description:
					"What to do with a key that has been replaced: there is a newer one that works, with the same comment, roles and security level. The successor of a key without comment is known by 'Replaces API key ID', which becomes its comment.",
			},
			{
				displayName: 'New Key Valid For (Days)',
				name: 'validDays',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: LONGEST_DAYS, numberPrecision: 0 },
				default: 90,
				description: `How long the new key works, at most ${LONGEST_DAYS} days. Without it, as long as the old one did from its creation to its expiration, at most ${LONGEST_DAYS} days; so long, too, where the old one never expires.`,
			},
			{
				displayName: 'Scope',
				name: 'scope',
				type: 'options',
				options: [
					{
						name: 'Copy If It Can Be Read',
						value: 'copyIfReadable',
						description: 'Go on without where the tenant or the key does not let the scope be read',
					},
					{
						name: 'Copy, or Stop',
						value: 'copy',
						description: 'Issue nothing where the scope cannot be read',
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
		),
	],
	input,
	// One after the other, so that a key that two items name is rotated once.
	run: async (api: CortexXsiamApi, wanted) =>
		await api.inTurn('rotation', async () => await rotateAll(api, wanted)),
});

async function rotateAll(api: CortexXsiamApi, wanted: Input): Promise<Result[]> {
	const { keys } = await api.listKeys().catch(nothingIssuedYet);
	const chosen = chosenKeys(keys, wanted.choice, api.ownKeyId);
	const outcomes: Outcome[] = [];
	for (const old of chosen) {
		const stop = outcomes.find(({ failure }) => failure?.declared?.cause === 'credential-invalid');
		outcomes.push(stop ? notTried(old) : await rotateOne(api, old, keys, wanted));
	}
	const failures = outcomes.flatMap(({ result, failure }) =>
		failure ? [{ id: String(result.item.oldId), failure }] : [],
	);
	const [first, ...others] = failures;
	const hasIssued = outcomes.some(({ result }) => result.issued !== false);
	if (first && !hasIssued && !wanted.dryRun) throw withOthers(first, others);
	if (first && chosen.length === 1) throw first.failure;
	return outcomes.map(({ result }) => result);
}

interface Outcome {
	result: Result;
	failure?: Failure;
}

async function rotateOne(
	api: CortexXsiamApi,
	old: ApiKeyRecord,
	keys: ApiKeyRecord[],
	{ wish, dryRun, isRepeated }: Input,
): Promise<Outcome> {
	const newer = isRepeated ? undefined : successorOf(old, keys);
	if (newer) return { result: skipped(old, newer) };
	try {
		const plan = await api.rotation.plan(old, wish);
		if (dryRun) return { result: planned(plan, wish) };
		return { result: done(plan, await api.rotation.carryOut(plan, wish.revoke)) };
	} catch (thrown) {
		const failure =
			thrown instanceof Failure
				? thrown
				: new Failure(`The API key ${old.id} could not be rotated`, { kind: 'lost' });
		return { result: failed(old, failure), failure };
	}
}

function notTried(old: ApiKeyRecord): Outcome {
	const failure = new Failure(`The API key ${old.id} was not tried`, {
		kind: 'refused',
		description: "The credential's key is not accepted any more.",
	});
	return { result: failed(old, failure), failure };
}

interface Failed {
	/** The key that was to be rotated. */
	id: string;
	failure: Failure;
}

/**
 * Nothing was issued for certain: the first failure stands for all, and says what became of the other
 * keys. Where one of them may have left a key behind, so may the whole.
 */
function withOthers({ id, failure }: Failed, others: Failed[]): Failure {
	if (others.length === 0) return failure;
	const unsure = [failure, ...others.map((other) => other.failure)].find(
		({ kind }) => kind === 'lost' || kind === 'unusable',
	);
	const list = others.map((other) => `${other.id}: ${sayAll(other.failure)}`);
	return failure
		.with(unsure ? { kind: unsure.kind, declared: undefined } : {})
		.plus(`This was the API key ${id}. No other key was rotated either. ${list.join(' ')}`);
}

function sayAll({ message, description }: Failure): string {
	return [`${message}.`, description].filter(Boolean).join(' ');
}

function done({ old, request }: RotationPlan, rotated: Rotated): Result {
	const { issued, scopeCopied, oldKeyRevoked, remarks } = rotated;
	const item = {
		...itemOf(old, 'rotated', remarks.join(' ') || null),
		id: issued.id,
		secret: issued.key,
		expiresAt: epochTime(request.expiration),
		comment: request.comment ?? null,
		scopeCopied,
		oldKeyRevoked,
	};
	return {
		item,
		raw: rawOf(old, item, issued.body),
		irreplaceable: oldKeyRevoked !== false,
		ifLost: `in place of API key ${old.id}, ${fateOf(oldKeyRevoked)}`,
		hints: [...reissueHints(issued), ...remarks],
	};
}

function fateOf(revoked: boolean | null): string {
	if (revoked === null) return 'of which nobody knows if it was revoked';
	return revoked ? 'which was revoked' : 'which was not revoked';
}

function skipped(old: ApiKeyRecord, newer: ApiKeyRecord): Result {
	const why = `The API key ${old.id} was rotated already: ${newer.id} has its comment and is newer.`;
	const item = {
		...itemOf(old, 'skipped', why),
		id: newer.id,
		expiresAt: epochTime(newer.expiration),
		comment: newer.comment?.trim() || null,
	};
	return {
		item,
		raw: rawOf(old, item),
		issued: false,
		hints: [why],
	};
}

function planned({ old, request, scope, remarks }: RotationPlan, { revoke }: RotationWish): Result {
	const steps = [
		`A key with the roles ${request.roles.join(', ')} would be issued.`,
		scope && 'The scope of the old one would be copied, if it has one.',
		revoke && 'The old one would be revoked.',
		...remarks,
	];
	const item = {
		...itemOf(old, 'planned', steps.filter(Boolean).join(' ')),
		expiresAt: epochTime(request.expiration),
		comment: request.comment ?? null,
	};
	return { item, raw: rawOf(old, item), issued: false };
}

function failed(old: ApiKeyRecord, failure: Failure): Result {
	const why = sayAll(failure);
	const item = itemOf(old, 'failed', why);
	return { item, raw: rawOf(old, item), issued: false, hints: [why] };
}

/**
 * Several calls made a rotation: the tenant's record of the old key, what it answered when it issued
 * the new one, and what no answer says.
 */
function rawOf(old: ApiKeyRecord, item: Result['item'], answer: object = {}): Result['raw'] {
	const { status, details, oldKeyRevoked } = item;
	return { ...answer, oldKey: old as Result['raw'], oldKeyRevoked, status, details };
}

/** What is known of every key: of the new one nothing yet. */
function itemOf(
	old: ApiKeyRecord,
	status: 'rotated' | 'skipped' | 'planned' | 'failed',
	details: string | null,
): Result['item'] {
	return {
		vendor: 'cortexXsiam',
		type: 'apiKey',
		id: null,
		secret: null,
		status,
		details,
		oldId: old.id,
		oldExpiresAt: epochTime(old.expiration),
		oldKeyRevoked: false,
		expiresAt: null,
		roles: old.roles ?? [],
		securityLevel: levelOf(old),
		comment: old.comment?.trim() || null,
		scopeCopied: false,
	};
}
