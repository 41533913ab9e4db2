import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { filters } from '../../../shared/description';
import { asId } from '../../../shared/fields';
import { choices, textList } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { numericIds } from '../shared/numericId';
import { severities, severitiesField } from '../shared/resolution';
import { anyOf, between, moment, sortField, sortInput, timeFields } from '../shared/search';
import { caseItem } from './caseItem';
import { STATUSES, statuses } from './status';

const SORTS = [
	{ name: 'Creation Time', value: 'creation_time' },
	{ name: 'ID', value: 'case_id' },
	{ name: 'Severity', value: 'severity' },
];

/** `POST /public_api/v1/case/search`. Source: "Search cases"; fact sheet 7.3. */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many cases',
	description: 'List cases, which were called incidents before XSIAM 3',
	fields: [
		...listFields,
		filters(
			{
				displayName: 'Case IDs',
				name: 'ids',
				type: 'string',
				default: '',
				placeholder: 'e.g. 123, 124',
				description: 'Numbers of cases, separated by commas',
			},
			...timeFields('Created', 'created', 'was created'),
			{
				displayName: 'Domains',
				name: 'domains',
				type: 'string',
				default: '',
				placeholder: 'e.g. SECURITY',
				description: 'Domains, separated by commas',
			},
			severitiesField('One of these severities'),
			{
				displayName: 'Statuses',
				name: 'statuses',
				type: 'multiOptions',
				options: STATUSES,
				default: [],
				description: 'One of these statuses',
			},
		),
		sortField(SORTS),
	],
	input: z
		.object({
			...listInput,
			filters: z.object({
				ids: numericIds,
				domains: textList,
				severities: choices(severities),
				statuses: choices(statuses),
				createdAfter: moment,
				createdBefore: moment,
			}),
			sort: sortInput(SORTS),
		})
		.transform(mostOf),
	async *run(api: CortexXsiamApi, { most, filters: wanted, sort }) {
		const records = api.list({
			path: 'public_api/v1/case/search',
			filters: [
				...anyOf('case_id', wanted.ids),
				...anyOf('case_domain', wanted.domains),
				...anyOf('severity', wanted.severities),
				...anyOf('status_progress', wanted.statuses),
				...between('creation_time', wanted.createdAfter, wanted.createdBefore),
			],
			sort,
			noun: 'cases',
			most,
			idOf: ({ case_id: id }) => asId(id),
		});
		for await (const record of records) yield { item: caseItem(record), raw: record };
	},
});
