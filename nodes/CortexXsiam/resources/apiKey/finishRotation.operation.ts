import { additionalFields, group } from '../../../shared/param';
import { operation } from '../shared/operation';
import { Rotation } from './rotation';
import { dryRun, ofStore, overlap, storedOf, target, targetOf } from './rotationInput';
import { rotationResult } from './rotationItem';
import type { Wish } from './rotationWish';

/**
 * Proves what a store holds, then revokes what it replaced. Source: docs/api/cortex-xsiam.md, "Deleting
 * API keys" and "Rotating an API key".
 */
export const finishRotation = operation({
	name: 'Finish Rotation',
	value: 'finishRotation',
	action: 'Finish rotation of API key',
	description:
		"Find out which key the store holds, by a call that is signed with it, and revoke the keys that this one replaced. Safe to repeat; a daily 'API Key: Rotate' does the same on the following days.",
	...ofStore,
	byPerson: {
		targets: ['lineage', 'apiKey', 'comment'],
		guards: ['dryRun', 'rotate', 'dueWithinDays', 'readAt', 'revokeOldAfterHours'],
	},
	params: [
		group(target, additionalFields(dryRun, overlap)).as(
			({ additionalFields: more, ...given }, context): Wish => ({
				target: targetOf(given),
				stored: storedOf(given, true, context),
				overlapMs: more.revokeOldAfterHours,
				dryRun: more.dryRun,
			}),
		),
	],
	run: async (api, wish, call) =>
		await api.inTurn('rotation', async () =>
			rotationResult(await new Rotation(api, wish, call).finish()),
		),
});
