import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { additionalFields } from '../../../shared/description';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { Rotation } from './rotation';
import {
	commonShape,
	dryRunField,
	overlapField,
	readStored,
	readTarget,
	storedFields,
	targetFields,
	targetShape,
} from './rotationInput';
import { rotationResult } from './rotationItem';
import type { Wish } from './rotationWish';

const input = z
	.object({ ...targetShape, additionalFields: z.object(commonShape) })
	.transform(({ additionalFields: more, ...given }, context): Wish => ({
		target: readTarget(given, context),
		stored: readStored(given, true, context),
		overlapMs: more.revokeOldAfterHours,
		dryRun: more.dryRun,
	}));

/** Proves what a store holds, then revokes what it replaced. Source: "Delete API keys". */
export const finishRotation = operation({
	name: 'Finish Rotation',
	value: 'finishRotation',
	action: 'Finish rotation of API key',
	description:
		'Find out which key the store holds, by a call that is signed with it, and revoke the keys that this one replaced. Safe to repeat; a daily Rotate does the same on the following days.',
	// What the store answered, too.
	emptySecrets: ['storedSecret'],
	byPerson: {
		targets: ['lineage', 'apiKey', 'comment'],
		guards: ['rotate', 'readAt', 'revokeOldAfterHours'],
	},
	fields: [...targetFields, ...storedFields, additionalFields(dryRunField, overlapField)],
	input,
	run: async (api: CortexXsiamApi, wish, call: Call) =>
		await api.inTurn('rotation', async () =>
			rotationResult(await new Rotation(api, wish, call).finish()),
		),
});
