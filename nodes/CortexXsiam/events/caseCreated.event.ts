import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../api/client';
import type { List } from '../api/calls';
import { additionalFields } from '../../shared/description';
import { asId } from '../../shared/fields';
import { choices } from '../../shared/input';
import { triggerEvent } from '../../shared/trigger';
import { sinceLastLook } from '../../shared/watch';
import { caseItem } from '../resources/case/caseItem';
import { SEVERITIES, severities } from '../resources/shared/resolution';
import { anyOf, between } from '../resources/shared/search';
import { collected, timed } from './timed';

const cases: Omit<List, 'filters' | 'most'> = {
	path: 'public_api/v1/case/search',
	sort: { field: 'creation_time', keyword: 'desc' },
	noun: 'cases',
	idOf: ({ case_id: id }) => asId(id),
};

const resultOf = (row: IDataObject) => ({ item: caseItem(row), raw: row });

/** From `POST /public_api/v1/case/search` (fact sheet 7.3). */
export const caseCreated = triggerEvent({
	name: 'New Case',
	value: 'caseCreated',
	description: 'A case was created, which was called incident before XSIAM 3',
	fields: [
		additionalFields({
			displayName: 'Severities',
			name: 'severities',
			type: 'multiOptions',
			options: SEVERITIES,
			default: [],
			description: 'Only cases with one of these severities when they are first seen',
		}),
	],
	input: z.object({ additionalFields: z.object({ severities: choices(severities) }) }),
	async look(api: CortexXsiamApi, { additionalFields: wanted }, memory) {
		const chosen = anyOf('severity', wanted.severities);
		return await sinceLastLook(
			memory,
			async (since) => {
				const filters = [...chosen, ...between('creation_time', since, undefined)];
				const rows = await collected(api.list({ ...cases, filters, most: Infinity }));
				return rows.map((row) => timed(resultOf(row), 'createdAt', since));
			},
			async () => {
				const [row] = await collected(api.list({ ...cases, filters: chosen, most: 1 }));
				return row && timed(resultOf(row), 'createdAt', Date.now()).time;
			},
		);
	},
	async latest(api: CortexXsiamApi, { additionalFields: wanted }, count) {
		const filters = anyOf('severity', wanted.severities);
		return (await collected(api.list({ ...cases, filters, most: count }))).map(resultOf);
	},
});
