import type { IDataObject } from 'n8n-workflow';
import { filters, param } from '../../../shared/param';
import { asId } from '../../../shared/read';
import { flag, ifGiven, textList } from '../../../shared/input';
import { returnAllOrLimit } from '../../../shared/list';
import { numericIds } from '../shared/numericId';
import { inSpelling, severitiesParam, statusesParam } from '../shared/resolution';
import { filterBy, filtersIn, otherFiltersParam, sortParam, timeParams } from '../shared/search';
import { caseSeverities, caseStatuses, domains, listInEitherSpelling } from '../shared/words';
import { operation } from '../shared/operation';
import { caseItem } from './caseItem';

const SORTS = [
	{ name: 'Creation Time', value: 'creation_time' },
	{ name: 'ID', value: 'case_id' },
	{ name: 'Modification Time', value: 'modification_time' },
	{ name: 'Severity', value: 'severity' },
];

/** `POST /public_api/v1/case/search`. Source: docs/api/cortex-xsiam.md, "Cases". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many cases',
	description: 'List cases, which were called incidents before XSIAM 3',
	params: [
		returnAllOrLimit,
		filters(
			param(
				{
					displayName: 'Case IDs',
					name: 'ids',
					type: 'string',
					default: '',
					placeholder: 'e.g. 123, 124',
					description: 'Numbers of cases, separated by commas',
				},
				filterBy('case_id', numericIds),
			),
			param(
				{
					displayName: 'Domains',
					name: 'domains',
					type: 'string',
					default: '',
					placeholder: 'e.g. Security',
					description: 'Domains, separated by commas, as the tenant names them',
				},
				inSpelling('case_domain', domains),
			),
			severitiesParam(caseSeverities, 'One of these severities'),
			statusesParam('status_progress', caseStatuses),
			timeParams('creation_time', 'Created', 'created', 'was created'),
			// Of a tenant's two names for this time the one that all take.
			timeParams('last_update_time', 'Updated', 'updated', 'was changed last'),
			param(
				{
					displayName: 'Starred',
					name: 'isStarred',
					type: 'boolean',
					default: true,
					description: 'Whether the case has a star',
				},
				filterBy('starred', ifGiven(flag)),
			),
			param(
				{
					displayName: 'Assigned Users',
					name: 'assignedUsers',
					type: 'string',
					default: '',
					placeholder: 'e.g. user1@acme.com',
					description: 'Email addresses of the assigned users, separated by commas',
				},
				filterBy('assigned_user', textList),
			),
			param(
				{
					displayName: 'Asset IDs',
					name: 'assetIds',
					type: 'string',
					default: '',
					description: 'The assets concerned, separated by commas',
				},
				filterBy('asset_ids', textList),
			),
			param(
				{
					displayName: 'Asset Names',
					name: 'assetNames',
					type: 'string',
					default: '',
					placeholder: 'e.g. my-data-bucket',
					description: 'Names of the assets concerned, separated by commas',
				},
				filterBy('asset_names', textList),
			),
			otherFiltersParam('asset_tags'),
		),
		sortParam(SORTS),
	],
	async *run(api, { most, filters: wanted, sort }) {
		const list = {
			path: 'public_api/v1/case/search',
			sort,
			noun: 'cases',
			most,
			idOf: ({ case_id: id }: IDataObject) => asId(id),
		};
		const records = listInEitherSpelling(api, list, (spelling) => filtersIn(wanted, spelling));
		for await (const record of records) yield { item: caseItem(record), raw: record };
	},
});
