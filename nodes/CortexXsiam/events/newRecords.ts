import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../api/client';
import type { List } from '../api/calls';
import { additionalFields } from '../../shared/description';
import { choices } from '../../shared/input';
import { triggerEvent } from '../../shared/trigger';
import { sinceLastLook } from '../../shared/watch';
import { severities, severitiesField } from '../resources/shared/resolution';
import { anyOf, between } from '../resources/shared/search';
import { collected, timed } from './timed';

export interface NewRecords {
	name: string;
	value: string;
	description: string;
	/** Newest first. */
	list: Omit<List, 'filters' | 'most'>;
	itemOf(row: IDataObject): IDataObject;
	/** The time by which a record is new, as the tenant filters by it and as the item has it. */
	time: { filter: string; field: string };
}

/** An event for records that have a time and a severity. */
export function newRecords({ list, itemOf, time, ...event }: NewRecords) {
	const resultOf = (row: IDataObject) => ({ item: itemOf(row), raw: row });
	const read = async (api: CortexXsiamApi, filters: List['filters'], most: number) =>
		(await collected(api.list({ ...list, filters, most }))).map(resultOf);

	return triggerEvent({
		...event,
		fields: [
			additionalFields(
				severitiesField(`Only ${list.noun} with one of these severities when they are first seen`),
			),
		],
		input: z.object({ additionalFields: z.object({ severities: choices(severities) }) }),
		async look(api: CortexXsiamApi, { additionalFields: wanted }, memory) {
			const chosen = anyOf('severity', wanted.severities);
			return await sinceLastLook(
				memory,
				async (since) => {
					const filters = [...chosen, ...between(time.filter, since, undefined)];
					const found = await read(api, filters, Infinity);
					return found.map((result) => timed(result, time.field, since));
				},
				async () => {
					const [newest] = await read(api, chosen, 1);
					return newest && timed(newest, time.field, Date.now()).time;
				},
			);
		},
		async latest(api: CortexXsiamApi, { additionalFields: wanted }, count) {
			return await read(api, anyOf('severity', wanted.severities), count);
		},
	});
}
