import { lineagesOf, ServerClock } from '../api/lineages';
import { apiKeyRecord } from '../api/schemas';
import { HOUR_MS } from '../../shared/dates';
import { wholeNumber } from '../../shared/input';
import type { Result } from '../../shared/operation';
import { param } from '../../shared/param';
import { oncePerKey } from '../../shared/watch';
import { lineageResult, lineageState } from '../resources/apiKey/lineageItem';
import { keyRecords, lookAtKeys } from './allKeys';
import { triggerEvent } from '../resources/shared/operation';

/** A day and the usual overlap: a rotation that is run daily has ended by then. */
const DEFAULT_HOURS = 48;

interface Unfinished {
	key: string;
	since: number;
	result: Result;
}

/** From `POST /public_api/v1/api_keys/get_api_keys` (docs/api/cortex-xsiam.md, "Listing API keys"). */
export const rotationUnfinished = triggerEvent({
	name: 'Rotation Unfinished',
	value: 'rotationUnfinished',
	action: 'On API key rotation unfinished',
	description:
		'For some hours a lineage has had more than one live key, or none: a rotation stopped half-way. Each is reported once, and again when its keys have changed.',
	params: [
		param(
			{
				displayName: 'Unfinished for (Hours)',
				name: 'unfinishedForHours',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				required: true,
				default: DEFAULT_HOURS,
				description:
					"For how long. More than the time between two runs of the rotation and its 'Revoke Old After (Hours)' together.",
			},
			wholeNumber({ unit: 'hours', min: 1 }),
		),
	],
	look: async (api, { unfinishedForHours: hours }, memory) =>
		await lookAtKeys(api, memory, (rows) => oncePerKey(memory, unfinished(rows, hours * HOUR_MS))),
	async latest(api, _, count) {
		const found = unfinished(await keyRecords(api), 0);
		return found
			.sort((a, b) => b.since - a.since)
			.slice(0, count)
			.map(({ result }) => result);
	},
});

/** Keys that were never rotated and have expired are no rotation that stopped. */
function unfinished(rows: object[], longerThan: number): Unfinished[] {
	const keys = rows.flatMap((row) => apiKeyRecord.safeParse(row).data ?? []);
	const now = Date.now();
	const lineages = lineagesOf({ keys, clock: ServerClock.read(undefined) });
	return [...lineages.values()].flatMap((lineage) => {
		const state = lineageState(lineage, now, 0);
		const since = state.unfinishedSince ?? 0;
		const isRotated = lineage.members.some(({ mark }) => mark?.kind === 'lineage');
		if (!state.unfinished || !isRotated || since > now - longerThan) return [];
		const live = lineage.members.filter((one) => one.live).map(({ id }) => id);
		return [
			{
				key: `${lineage.id} ${live.join(' ')}`,
				since,
				result: lineageResult(lineage, state, now),
			},
		];
	});
}
