import type { SenhaseguraApi } from '../api/client';
import { asText } from '../../shared/read';
import { triggerEvent } from '../resources/shared/operation';
import { oncePerKey } from '../../shared/watch';
import { daysParam } from '../../shared/days';
import type { ListedRecord, RecordFilters } from './listedRecords';
import { listedRecords, recordFilters, recordResult } from './listedRecords';

interface AgedOptions {
	name: string;
	value: string;
	action: string;
	/** In the singular, for texts. */
	noun: string;
	isIt(record: ListedRecord): boolean;
}

/**
 * An event for what was changed last more than some days ago (docs/api/senhasegura.md, "Listing
 * credentials": `change`).
 */
export function aged({ name, value, action, noun, isIt }: AgedOptions) {
	return triggerEvent({
		name,
		value,
		action,
		description: `The last change of the ${noun} is older than some days. Reports each once for every number in 'Days', and again after each change. One whose date is not known is reported once, with 'ageUnknown'.`,
		params: [
			daysParam({
				displayName: 'Days',
				name: 'days',
				default: '90',
				placeholder: 'e.g. 60, 90',
				description: `After how many days without a change the ${noun} is reported; several numbers, separated by commas, report it several times`,
			}),
			recordFilters,
		],
		async look(api, { days: thresholds, filters }, memory) {
			const current = (await oldestFirst(api, filters, isIt)).flatMap((record) => {
				const passed = passedOf(record, thresholds);
				if (passed === null && record.age !== null) return [];
				// As the vault writes it: a time zone that is set later changes nothing.
				const change = asText(record.record.change) ?? '';
				return [
					{
						key: [record.id, change, passed ?? 'unknown'].join(' '),
						result: recordResult(api, record, { olderThanDays: passed }),
					},
				];
			});
			return oncePerKey(memory, current);
		},
		/** The oldest ones, young enough or not; those of which nobody knows how old they are come first. */
		async latest(api, { days: thresholds, filters }, count) {
			const records = await oldestFirst(api, filters, isIt);
			return records
				.slice(0, count)
				.map((record) =>
					recordResult(api, record, { olderThanDays: passedOf(record, thresholds) }),
				);
		},
	});
}

async function oldestFirst(
	api: SenhaseguraApi,
	filters: RecordFilters,
	isIt: (record: ListedRecord) => boolean,
): Promise<ListedRecord[]> {
	const records = await listedRecords(api, filters);
	const ageOf = ({ age }: ListedRecord) => age ?? Number.MAX_VALUE;
	return records.filter(isIt).sort((a, b) => ageOf(b) - ageOf(a));
}

/** The greatest of the numbers of days that have passed; null where none has, or nobody knows. */
function passedOf({ age }: ListedRecord, thresholds: number[]): number | null {
	const passed = thresholds.filter((threshold) => age !== null && age >= threshold);
	return passed.length > 0 ? Math.max(...passed) : null;
}
