import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../api/client';
import type { List } from '../api/calls';
import { additionalFields } from '../../shared/description';
import { asId } from '../../shared/fields';
import { choices } from '../../shared/input';
import { triggerEvent } from '../../shared/trigger';
import { sinceLastLook } from '../../shared/watch';
import { issueItem } from '../resources/issue/issueItem';
import { SEVERITIES, severities } from '../resources/shared/resolution';
import { anyOf, between } from '../resources/shared/search';
import { collected, timed } from './timed';

/** Newest first: it cannot be sorted by the time of insertion, and IDs are given in turn. */
const issues: Omit<List, 'filters' | 'most'> = {
	path: 'public_api/v1/issue/search',
	sort: { field: 'id', keyword: 'desc' },
	rows: 'issues',
	noun: 'issues',
	idOf: ({ id }) => asId(id),
};

const resultOf = (row: IDataObject) => ({ item: issueItem(row), raw: row });

/** From `POST /public_api/v1/issue/search` (fact sheet 7.2). */
export const issueCreated = triggerEvent({
	name: 'New Issue',
	value: 'issueCreated',
	description: 'An issue came into the tenant, which was called alert before XSIAM 3',
	fields: [
		additionalFields({
			displayName: 'Severities',
			name: 'severities',
			type: 'multiOptions',
			options: SEVERITIES,
			default: [],
			description: 'Only issues with one of these severities when they are first seen',
		}),
	],
	input: z.object({ additionalFields: z.object({ severities: choices(severities) }) }),
	async look(api: CortexXsiamApi, { additionalFields: wanted }, memory) {
		const chosen = anyOf('severity', wanted.severities);
		return await sinceLastLook(
			memory,
			async (since) => {
				const filters = [...chosen, ...between('_insert_time', since, undefined)];
				const rows = await collected(api.list({ ...issues, filters, most: Infinity }));
				return rows.map((row) => timed(resultOf(row), 'insertedAt', since));
			},
			async () => {
				const [row] = await collected(api.list({ ...issues, filters: chosen, most: 1 }));
				return row && timed(resultOf(row), 'insertedAt', Date.now()).time;
			},
		);
	},
	async latest(api: CortexXsiamApi, { additionalFields: wanted }, count) {
		const filters = anyOf('severity', wanted.severities);
		return (await collected(api.list({ ...issues, filters, most: count }))).map(resultOf);
	},
});
