import type { IDataObject } from 'n8n-workflow';
import type { CortexXsiamApi } from '../api/client';
import type { Filter, XsiamList } from '../api/calls';
import { additionalFields } from '../../shared/param';
import { sinceLastLook } from '../../shared/watch';
import { severitiesParam } from '../resources/shared/resolution';
import { between } from '../resources/shared/search';
import { listInEitherSpelling } from '../resources/shared/words';
import type { Spelling, Words } from '../resources/shared/words';
import { collected, timed } from './timed';
import { triggerEvent } from '../resources/shared/operation';

export interface NewRecords {
	name: string;
	value: string;
	action: string;
	description: string;
	/** Newest first. */
	list: Omit<XsiamList, 'filters' | 'most'>;
	/** What severities are called. */
	severities: Words;
	itemOf(row: IDataObject): IDataObject;
	/** The time by which a record is new, as the tenant filters by it and as the item has it. */
	time: { filter: string; field: string };
}

/** An event for records that have a time and a severity. */
export function newRecords({ list, severities, itemOf, time, ...event }: NewRecords) {
	const resultOf = (row: IDataObject) => ({ item: itemOf(row), raw: row });
	const read = async (
		api: CortexXsiamApi,
		wanted: (spelling: Spelling) => Filter[],
		most: number,
		more: XsiamList['filters'] = [],
	) => {
		const rows = listInEitherSpelling(api, { ...list, most }, (spelling) => [
			...wanted(spelling),
			...more,
		]);
		return (await collected(rows)).map(resultOf);
	};

	return triggerEvent({
		...event,
		params: [
			additionalFields(
				severitiesParam(
					severities,
					`Only ${list.noun} with one of these severities when they are first seen`,
				),
			),
		],
		async look(api, { additionalFields: wanted }, memory) {
			return await sinceLastLook(
				memory,
				async (since) => {
					const later = between(time.filter, since, undefined);
					const found = await read(api, wanted.severities, Infinity, later);
					return found.map((result) => timed(result, time.field, since));
				},
				async () => {
					const [newest] = await read(api, wanted.severities, 1);
					return newest && timed(newest, time.field, Date.now()).time;
				},
			);
		},
		async latest(api, { additionalFields: wanted }, count) {
			return await read(api, wanted.severities, count);
		},
	});
}
