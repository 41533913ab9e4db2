import type { IDataObject } from 'n8n-workflow';
import { additionalFields, filters, param } from '../../../shared/param';
import { asId } from '../../../shared/read';
import { returnAllOrLimit } from '../../../shared/list';
import { numericIds } from '../shared/numericId';
import { severitiesParam, statusesParam } from '../shared/resolution';
import {
	anyOf,
	filterBy,
	filtersIn,
	otherFiltersParam,
	sortParam,
	timeParams,
} from '../shared/search';
import { domains, issueSeverities, issueStatuses, listInEitherSpelling } from '../shared/words';
import type { Spelling } from '../shared/words';
import { operation } from '../shared/operation';
import { textList } from '../../../shared/input';
import { issueItem } from './issueItem';

const SORTS = [
	{ name: 'Observation Time', value: 'observation_time' },
	{ name: 'ID', value: 'id' },
	{ name: 'Severity', value: 'severity' },
];

const listField = <const Name extends string>(
	name: Name,
	displayName: string,
	placeholder?: string,
) => ({
	displayName,
	name,
	type: 'string' as const,
	default: '',
	...(placeholder !== undefined && { placeholder }),
	description: 'One of these, separated by commas',
});

/** A filter that takes several texts. */
const texts = <const Name extends string>(
	field: string,
	...parameter: Parameters<typeof listField<Name>>
) => param(listField(...parameter), filterBy(field, textList));

/** As given, since a tenant that takes any text finds nothing by another; the other way where refused. */
const inGivenSpelling = textList.transform(
	(given) => (spelling: Spelling) =>
		anyOf('issue_domain', spelling === 'today' ? given : domains.other(given)),
);

/** `POST /public_api/v1/issue/search`. Source: docs/api/cortex-xsiam.md, "Issues". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many issues',
	description: 'List issues, which were called alerts before XSIAM 3',
	params: [
		returnAllOrLimit,
		filters(
			param(
				{
					displayName: 'Issue IDs',
					name: 'ids',
					type: 'string',
					default: '',
					placeholder: 'e.g. 123, 124',
					description: 'Numbers of issues, separated by commas',
				},
				filterBy('id', numericIds),
			),
			texts('asset_ids', 'assetIds', 'Asset IDs'),
			texts('asset_names', 'assetNames', 'Asset Names', 'e.g. my-data-bucket'),
			texts('assigned_to', 'assignedTo', 'Assigned To', 'e.g. user1@acme.com'),
			texts('category', 'categories', 'Categories', 'e.g. CONFIGURATION'),
			texts('detection.method', 'detectionMethods', 'Detection Methods', 'e.g. CSPM_SCANNER'),
			param(listField('domains', 'Domains', 'e.g. SECURITY'), inGivenSpelling),
			texts('external_id', 'externalIds', 'External IDs'),
			severitiesParam(issueSeverities, 'One of these severities'),
			statusesParam('status.progress', issueStatuses),
			timeParams('_insert_time', 'Inserted', 'inserted', 'came into the tenant'),
			timeParams('last_modified', 'Modified', 'modified', 'was changed last'),
			timeParams('observation_time', 'Observed', 'observed', 'was observed'),
			otherFiltersParam('asset_tags'),
		),
		sortParam(SORTS),
		additionalFields(
			param({
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
		),
	],
	async *run(api, { most, filters: wanted, sort, additionalFields: more }) {
		const { includeFields } = more;
		const list = {
			path: 'public_api/v1/issue/search',
			sort,
			...(includeFields.length > 0 && { more: { include_fields: includeFields } }),
			rows: 'issues',
			noun: 'issues',
			most,
			idOf: ({ id }: IDataObject) => asId(id),
		};
		const records = listInEitherSpelling(api, list, (spelling) => filtersIn(wanted, spelling));
		for await (const record of records) yield { item: issueItem(record), raw: record };
	},
});
