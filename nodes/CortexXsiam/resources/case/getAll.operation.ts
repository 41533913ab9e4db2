import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { filters } from '../../../shared/description';
import { asId } from '../../../shared/fields';
import { flag, ifGiven, textList, vendorValues } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { numericIds } from '../shared/numericId';
import { severitiesField, statusesField } from '../shared/resolution';
import { anyOf, between, moment, sortField, sortInput, timeFields } from '../shared/search';
import { caseSeverities, caseStatuses, listInEitherSpelling } from '../shared/words';
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
	fields: [
		...listFields,
		filters(
			{
				displayName: 'Asset IDs',
				name: 'assetIds',
				type: 'string',
				default: '',
				description: 'The assets concerned, separated by commas',
			},
			{
				displayName: 'Asset Names',
				name: 'assetNames',
				type: 'string',
				default: '',
				placeholder: 'e.g. my-data-bucket',
				description: 'Names of the assets concerned, separated by commas',
			},
			{
				displayName: 'Assigned Users',
				name: 'assignedUsers',
				type: 'string',
				default: '',
				placeholder: 'e.g. user1@acme.com',
				description: 'E-mail addresses of those who look after the case, separated by commas',
			},
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
				placeholder: 'e.g. Security',
				description: 'Domains, separated by commas, as the tenant names them',
			},
			severitiesField(caseSeverities, 'One of these severities'),
			{
				displayName: 'Starred',
				name: 'isStarred',
				type: 'boolean',
				default: true,
				description: 'Whether the case has a star',
			},
			statusesField(caseStatuses),
			...timeFields('Updated', 'updated', 'was changed last'),
		),
		sortField(SORTS),
	],
	input: z
		.object({
			...listInput,
			filters: z.object({
				assetIds: textList,
				assetNames: textList,
				assignedUsers: textList,
				ids: numericIds,
				isStarred: ifGiven(flag),
				domains: textList,
				severities: vendorValues,
				statuses: vendorValues,
				createdAfter: moment,
				createdBefore: moment,
				updatedAfter: moment,
				updatedBefore: moment,
			}),
			sort: sortInput(SORTS),
		})
		.transform(mostOf),
	async *run(api: CortexXsiamApi, { most, filters: wanted, sort }) {
		const list = {
			path: 'public_api/v1/case/search',
			sort,
			noun: 'cases',
			most,
			idOf: ({ case_id: id }: IDataObject) => asId(id),
		};
		const records = listInEitherSpelling(api, list, (spelling) => [
			...anyOf('case_id', wanted.ids),
			...anyOf('case_domain', wanted.domains),
			...anyOf('severity', caseSeverities.all(spelling, wanted.severities)),
			...anyOf('status_progress', caseStatuses.all(spelling, wanted.statuses)),
			...between('creation_time', wanted.createdAfter, wanted.createdBefore),
			// Of a tenant's two names for this time the one that all take.
			...between('last_update_time', wanted.updatedAfter, wanted.updatedBefore),
			...anyOf('starred', wanted.isStarred === undefined ? [] : [wanted.isStarred]),
			...anyOf('assigned_user', wanted.assignedUsers),
			...anyOf('asset_ids', wanted.assetIds),
			...anyOf('asset_names', wanted.assetNames),
		]);
		for await (const record of records) yield { item: caseItem(record), raw: record };
	},
});
