import { HOUR_MS } from '../../shared/dates';
import { wholeNumber } from '../../shared/input';
import { param } from '../../shared/param';
import { triggerEvent } from '../resources/shared/operation';
import { oncePerKey } from '../../shared/watch';
import type { ListedKey } from '../resources/sshKey/listedKey';
import { recordFilters, recordResult, unfinishedKeys } from './listedRecords';

/** From `GET pam/credential`: the usernames of the helper records tell the step and its date. */
export const sshKeyRotationUnfinished = triggerEvent({
	name: 'SSH Key Rotation Unfinished',
	value: 'sshKeyRotationUnfinished',
	action: 'On SSH key rotation unfinished',
	description:
		"The rotation of an SSH key has stood at the same step for some hours: 'rotationStep' says if the new key has to be installed on hosts or the former one removed, 'rotationSince' since when. Each step is reported once.",
	params: [
		param(
			{
				displayName: 'Hours',
				name: 'hours',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 36,
				required: true,
				description:
					'After how many hours a step counts as unfinished. A workflow that runs each day takes a day for a step.',
			},
			wholeNumber({ unit: 'hours', min: 1 }),
		),
		recordFilters,
	],
	async look(api, { hours, filters }, memory) {
		const now = Date.now();
		const late = (await unfinishedKeys(api, filters)).filter(({ key }) => {
			const { since } = key.rotation;
			// A helper that somebody has changed tells no date: nobody knows how long it has stood.
			return since === null || now - since >= hours * HOUR_MS;
		});
		return oncePerKey(
			memory,
			late.map((record) => ({
				key: [record.id, record.key.rotation.step, record.key.rotation.since].join(' '),
				result: recordResult(api, record, { hoursUnfinished: hoursOf(record.key, now) }),
			})),
		);
	},
	/** Those that have stood for the longest time, late or not. */
	async latest(api, { filters }, count) {
		const now = Date.now();
		const since = ({ key }: { key: ListedKey }) => key.rotation.since ?? 0;
		const records = await unfinishedKeys(api, filters);
		return records
			.sort((a, b) => since(a) - since(b))
			.slice(0, count)
			.map((record) => recordResult(api, record, { hoursUnfinished: hoursOf(record.key, now) }));
	},
});

function hoursOf({ rotation: { since } }: ListedKey, now: number): number | null {
	return since === null ? null : Math.floor((now - since) / HOUR_MS);
}
