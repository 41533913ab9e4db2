import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { additionalFields, filters } from '../../../shared/description';
import { asId } from '../../../shared/fields';
import { textList, vendorValues } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { numericIds } from '../shared/numericId';
import { severitiesField, statusesField } from '../shared/resolution';
import { anyOf, between, moment, sortField, sortInput, timeFields } from '../shared/search';
import { issueSeverities, issueStatuses } from '../shared/words';
import { issueItem } from './issueItem';

const SORTS = [
	{ name: 'Observation Time', value: 'observation_time' },
	{ name: 'ID', value: 'id' },
	{ name: 'Severity', value: 'severity' },
];

/** Filters that take several texts: parameter, label, the vendor's field, placeholder. */
const TEXTS = [
	['assetIds', 'Asset IDs', 'asset_ids', ''],
	['assetNames', 'Asset Names', 'asset_names', 'e.g. my-data-bucket'],
	['assignedTo', 'Assigned To', 'assigned_to', 'e.g. user1@acme.com'],
	['categories', 'Categories', 'category', 'e.g. CONFIGURATION'],
	['detectionMethods', 'Detection Methods', 'detection.method', 'e.g. CSPM_SCANNER'],
	['domains', 'Domains', 'issue_domain', 'e.g. SECURITY'],
	['externalIds', 'External IDs', 'external_id', ''],
] as const;

/** `POST /public_api/v1/issue/search`. Source: docs/api/cortex-xsiam.md, "Issues". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many issues',
	description: 'List issues, which were called alerts before XSIAM 3',
	fields: [
		...listFields,
		filters(
			...TEXTS.map(([name, displayName, , placeholder]): INodeProperties => ({
				displayName,
				name,
				type: 'string',
				default: '',
				...(placeholder !== '' && { placeholder }),
				description: 'One of these, separated by commas',
			})),
			{
				displayName: 'Issue IDs',
				name: 'ids',
				type: 'string',
				default: '',
				placeholder: 'e.g. 123, 124',
				description: 'Numbers of issues, separated by commas',
			},
			...timeFields('Inserted', 'inserted', 'came into the tenant'),
			...timeFields('Modified', 'modified', 'was changed last'),
			...timeFields('Observed', 'observed', 'was observed'),
			severitiesField(issueSeverities, 'One of these severities'),
			statusesField(issueStatuses),
		),
		sortField(SORTS),
		additionalFields({
			displayName: 'Include Fields',
			name: 'includeFields',
			type: 'multiOptions',
			options: [
				{ name: 'Custom Fields', value: 'custom_fields' },
				{ name: 'Normalized Fields', value: 'normalized_fields' },
			],
			default: [],
			description: 'What else to get of each issue; both are large',
		}),
	],
	input: z
		.object({
			...listInput,
			filters: z.object({
				assetIds: textList,
				assetNames: textList,
				assignedTo: textList,
				categories: textList,
				detectionMethods: textList,
				domains: textList,
				externalIds: textList,
				ids: numericIds,
				severities: vendorValues,
				statuses: vendorValues,
				insertedAfter: moment,
				insertedBefore: moment,
				modifiedAfter: moment,
				modifiedBefore: moment,
				observedAfter: moment,
				observedBefore: moment,
			}),
			sort: sortInput(SORTS),
			additionalFields: z.object({
				includeFields: vendorValues,
			}),
		})
		.transform(mostOf),
	async *run(api: CortexXsiamApi, { most, filters: wanted, sort, additionalFields: more }) {
		const { includeFields } = more;
		const records = api.list({
			path: 'public_api/v1/issue/search',
			filters: [
				...anyOf('id', wanted.ids),
				...TEXTS.flatMap(([name, , field]) => anyOf(field, wanted[name])),
				...anyOf('severity', issueSeverities.all('today', wanted.severities)),
				...anyOf('status.progress', issueStatuses.all('today', wanted.statuses)),
				...between('_insert_time', wanted.insertedAfter, wanted.insertedBefore),
				...between('last_modified', wanted.modifiedAfter, wanted.modifiedBefore),
				...between('observation_time', wanted.observedAfter, wanted.observedBefore),
			],
			sort,
			...(includeFields.length > 0 && { more: { include_fields: includeFields } }),
			rows: 'issues',
			noun: 'issues',
			most,
			idOf: ({ id }) => asId(id),
		});
		for await (const record of records) yield { item: issueItem(record), raw: record };
	},
});
