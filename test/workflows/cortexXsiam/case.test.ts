import type { IDataObject } from 'n8n-workflow';
import { describeOperation } from '../kit/operation';
import type { Refused } from '../kit/operation';
import type { Exchange } from '../kit/exchanges';
import { kit } from './kit';
import { published } from './published';

/** The sample of docs/api/cortex-xsiam.md, "Cases": the older contract. */
const record = {
	case_id: 123,
	creation_time: 1708950896000,
	case_domain: 'SECURITY',
	status_progress: 'NEW',
	severity: 'HIGH',
	score: 85,
	description: 'Unauthorized access detected',
	assigned_to: null,
	assigned_to_name: null,
	resolve_reason: null,
	resolve_comment: null,
	last_modified: 1708950896000,
	custom_fields: {},
	issues: ['123', 124],
	assets: [],
	artifacts: [],
};
const item = {
	vendor: 'cortexXsiam',
	type: 'case',
	id: '123',
	name: null,
	description: 'Unauthorized access detected',
	domain: 'SECURITY',
	status: 'NEW',
	severity: 'HIGH',
	userSeverity: null,
	score: 85,
	assignedTo: null,
	assignedToName: null,
	resolveReason: null,
	resolveComment: null,
	notes: null,
	createdAt: '2024-02-26T12:34:56.000Z',
	lastModifiedAt: '2024-02-26T12:34:56.000Z',
	resolvedAt: null,
	issueIds: ['123', '124'],
	issueCount: null,
	isStarred: null,
	isBlocked: null,
	tags: [],
	hosts: [],
	users: [],
	assets: [],
	url: null,
	customFields: {},
};

/** The same case as today's tenants send it: the fields of docs/api/cortex-xsiam.md, "Cases". */
const today = {
	case_id: 123,
	case_name: 'Access to host-1',
	case_domain: 'Security',
	description: 'Unauthorized access detected',
	creation_time: 1708950896000,
	modification_time: 1708950897000,
	resolved_timestamp: 1708950898000,
	severity: 'high',
	user_severity: 'low',
	status_progress: 'Resolved',
	aggregated_score: 85,
	assigned_user_mail: 'user1@acme.com',
	assigned_user_pretty_name: 'User One',
	resolve_reason: 'Resolved - False Positive',
	resolve_comment: 'Verified',
	notes: 'Seen before',
	starred: true,
	is_blocked: false,
	issue_ids: [123, 124],
	issue_count: 2,
	tags: ['keys'],
	custom_fields: { cost_center: '4711' },
	xdr_url: 'https://acme.xdr.us.paloaltonetworks.com/case-management/case/123',
	hosts: ['host-1:e1'],
	users: ['root'],
	assets: [{ asset_id: 'a1', asset_name: 'host-1' }],
};
const todaysItem = {
	...item,
	name: 'Access to host-1',
	domain: 'Security',
	status: 'Resolved',
	severity: 'high',
	userSeverity: 'low',
	assignedTo: 'user1@acme.com',
	assignedToName: 'User One',
	resolveReason: 'Resolved - False Positive',
	resolveComment: 'Verified',
	notes: 'Seen before',
	lastModifiedAt: '2024-02-26T12:34:57.000Z',
	resolvedAt: '2024-02-26T12:34:58.000Z',
	issueCount: 2,
	isStarred: true,
	isBlocked: false,
	tags: ['keys'],
	hosts: ['host-1:e1'],
	users: ['root'],
	assets: [{ asset_id: 'a1', asset_name: 'host-1' }],
	url: 'https://acme.xdr.us.paloaltonetworks.com/case-management/case/123',
	customFields: { cost_center: '4711' },
};
const search: Exchange = {
	method: 'POST',
	path: '/public_api/v1/case/search',
	body: '{"request_data":{"filters":[],"search_from":0,"search_to":50,"sort":{"field":"creation_time","keyword":"desc"}}}',
	reply: { reply: { TOTAL_COUNT: 1, FILTER_COUNT: 1, DATA: [record] } },
};

describeOperation(
	kit,
	'case',
	'getAll',
	published({
		cases: [
			{
				name: 'lists the newest first',
				parameters: {},
				exchanges: [search],
				items: [item],
				raw: [record],
			},
			{
				name: 'takes the form of today’s tenants',
				parameters: {},
				exchanges: [
					{ ...search, reply: { reply: { TOTAL_COUNT: 1, FILTER_COUNT: 1, DATA: [today] } } },
				],
				items: [todaysItem],
			},
			{
				name: 'filters by what has no parameter of its own',
				parameters: {
					returnAll: true,
					filters: {
						ids: '123',
						otherFilters:
							'[{"field":"assigned_user_pretty","operator":"in","value":["User One"]},{"field":"creation_time","operator":"gte","value":1708950896000}]',
					},
				},
				exchanges: [
					{
						...search,
						body: '{"request_data":{"filters":[{"field":"case_id","operator":"in","value":[123]},{"field":"assigned_user_pretty","operator":"in","value":["User One"]},{"field":"creation_time","operator":"gte","value":1708950896000}],"search_from":0,"search_to":100,"sort":{"field":"creation_time","keyword":"desc"}}}',
					},
				],
				items: [item],
			},
			{
				name: 'filters by everything',
				parameters: {
					returnAll: true,
					filters: {
						assetIds: 'a1',
						assetNames: 'host-1',
						assignedUsers: 'user1@acme.com',
						ids: '123, 124',
						isStarred: true,
						domains: 'Security',
						severities: ['high', 'critical'],
						statuses: '={{ ["New", "Waiting for Vendor"] }}',
						createdAfter: '2024-02-26T12:34:56Z',
						createdBefore: '2024-02-27T12:34:56+00:00',
						updatedAfter: 1708950896000,
						updatedBefore: 1708950897000,
					},
					sort: { field: 'case_id', keyword: 'asc' },
				},
				exchanges: [
					{
						...search,
						body: '{"request_data":{"filters":[{"field":"case_id","operator":"in","value":[123,124]},{"field":"case_domain","operator":"in","value":["Security"]},{"field":"severity","operator":"in","value":["high","critical"]},{"field":"status_progress","operator":"in","value":["New","Waiting for Vendor"]},{"field":"creation_time","operator":"gte","value":1708950896000},{"field":"creation_time","operator":"lte","value":1709037296000},{"field":"last_update_time","operator":"gte","value":1708950896000},{"field":"last_update_time","operator":"lte","value":1708950897000},{"field":"starred","operator":"in","value":[true]},{"field":"assigned_user","operator":"in","value":["user1@acme.com"]},{"field":"asset_ids","operator":"in","value":["a1"]},{"field":"asset_names","operator":"in","value":["host-1"]}],"search_from":0,"search_to":100,"sort":{"field":"case_id","keyword":"asc"}}}',
					},
				],
				items: [item],
			},
			{
				name: 'says today’s words, and those of the older contract to a tenant that takes no others',
				parameters: {
					filters: {
						severities: '={{ ["HIGH", "Critical"] }}',
						statuses: '={{ "UNDER_INVESTIGATION, In Progress" }}',
					},
				},
				exchanges: [
					{
						...search,
						body: '{"request_data":{"filters":[{"field":"severity","operator":"in","value":["high","critical"]},{"field":"status_progress","operator":"in","value":["In Progress","In Progress"]}],"search_from":0,"search_to":50,"sort":{"field":"creation_time","keyword":"desc"}}}',
						status: 400,
						reply: { error: 'Invalid request data' },
					},
					{
						...search,
						body: '{"request_data":{"filters":[{"field":"severity","operator":"in","value":["HIGH","CRITICAL"]},{"field":"status_progress","operator":"in","value":["UNDER_INVESTIGATION","UNDER_INVESTIGATION"]}],"search_from":0,"search_to":50,"sort":{"field":"creation_time","keyword":"desc"}}}',
					},
				],
				items: [item],
			},
			{
				name: 'takes the form of the contract: a text as ID, ISO times, small letters',
				parameters: {},
				exchanges: [
					{
						...search,
						reply: {
							reply: {
								total_count: 1,
								filter_count: 1,
								data: [
									{
										...record,
										case_id: '123',
										creation_time: '2024-02-26T12:34:56Z',
										last_modified: '2024-02-26T13:34:56+01:00',
									},
								],
							},
						},
					},
				],
				items: [item],
			},
		],
		refused: [
			[
				'an ID that is no number',
				{ filters: { ids: '123, CASE-124' } },
				"'Case IDs' must hold numbers only",
			],
			[
				'a number that JSON cannot hold',
				{ filters: { ids: '99999999999999999999' } },
				"'Case IDs' must hold numbers only",
			],
			...[
				['{"field":"asset_tags"}', 'must have field, operator and value in each filter'],
				['[{"field":"a","operator":"in","value":[1],"and":2}]', 'must have field, operator and'],
				['["asset_tags"]', 'must be a list of JSON objects'],
				['asset_tags', 'must be a list of JSON objects'],
			].map(([otherFilters = '', says = '']): Refused => [
				`filters that are none: ${otherFilters}`,
				{ filters: { otherFilters } },
				`'Other Filters' ${says}`,
			]),
		],
		failures: [
			{
				name: 'no list in the answer',
				exchanges: [{ ...search, reply: { reply: { DATA: null } } }],
				says: ['answered without a list of cases'],
			},
			{
				name: 'words that neither kind of tenant takes',
				parameters: { filters: { statuses: '={{ "NEW" }}' } },
				exchanges: [
					{
						...search,
						body: '{"request_data":{"filters":[{"field":"status_progress","operator":"in","value":["New"]}],"search_from":0,"search_to":50,"sort":{"field":"creation_time","keyword":"desc"}}}',
						status: 400,
						reply: { error: 'Invalid value, expected one of: Open' },
					},
					{
						...search,
						body: '{"request_data":{"filters":[{"field":"status_progress","operator":"in","value":["NEW"]}],"search_from":0,"search_to":50,"sort":{"field":"creation_time","keyword":"desc"}}}',
						status: 400,
						reply: { error: 'Invalid request data' },
					},
				],
				says: ['expected one of: Open'],
			},
		],
	}),
);

const fields: Exchange = {
	method: 'GET',
	path: '/public_api/v1/case/schema',
	reply: {
		reply: [
			{ field_name: 'case_id', field_pretty_name: 'Case ID', data_type: 'NUMBER' },
			{ field_name: 'cost_center', field_pretty_name: 'Cost Center', data_type: 'TEXT' },
		],
	},
};
const fieldItem = {
	vendor: 'cortexXsiam',
	type: 'caseField',
	name: 'case_id',
	label: 'Case ID',
	dataType: 'NUMBER',
};

describeOperation(
	kit,
	'case',
	'getFields',
	published({
		cases: [
			{
				name: 'lists those of the vendor and of the tenant',
				parameters: { returnAll: true },
				exchanges: [fields],
				items: [
					fieldItem,
					{ ...fieldItem, name: 'cost_center', label: 'Cost Center', dataType: 'TEXT' },
				],
				raw: (fields.reply as { reply: IDataObject[] }).reply,
			},
			{
				name: 'gives no more than wanted',
				parameters: { limit: 1 },
				exchanges: [fields],
				items: [fieldItem],
			},
		],
		failures: [
			{
				name: 'no list in the answer',
				exchanges: [{ ...fields, reply: { reply: {} } }],
				says: ['Cortex XSIAM answered without the fields of cases'],
			},
		],
	}),
);
