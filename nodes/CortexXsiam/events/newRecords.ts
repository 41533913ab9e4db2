import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../api/client';
import type { List } from '../api/calls';
import { additionalFields } from '../../shared/description';
import { vendorValues } from '../../shared/input';
import { triggerEvent } from '../../shared/trigger';
import { sinceLastLook } from '../../shared/watch';
import { severitiesField } from '../resources/shared/resolution';
import { anyOf, between } from '../resources/shared/search';
import { listInEitherSpelling } from '../resources/shared/words';
import type { Words } from '../resources/shared/words';
import { collected, timed } from './timed';

export interface NewRecords {
	name: string;
	value: string;
	action: string;
	description: string;
	/** Newest first. */
	list: Omit<List, 'filters' | 'most'>;
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
		wanted: string[],
		most: number,
		more: List['filters'] = [],
	) => {
		const rows = listInEitherSpelling(api, { ...list, most }, (spelling) => [
			...anyOf('severity', severities.all(spelling, wanted)),
			...more,
		]);
		return (await collected(rows)).map(resultOf);
	};

	return triggerEvent({
		...event,
		fields: [
			additionalFields(
				severitiesField(
					severities,
					`Only ${list.noun} with one of these severities when they are first seen`,
				),
			),
		],
		input: z.object({ additionalFields: z.object({ severities: vendorValues }) }),
		async look(api: CortexXsiamApi, { additionalFields: wanted }, memory) {
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
		async latest(api: CortexXsiamApi, { additionalFields: wanted }, count) {
			return await read(api, wanted.severities, count);
		},
	});
}
