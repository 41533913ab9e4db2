import { describeOperation } from '../kit/operation';
import type { Exchange } from '../kit/exchanges';
import { kit } from './kit';
import { published } from './published';

/** The sample of fact sheet 7.3. */
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
	description: 'Unauthorized access detected',
	domain: 'SECURITY',
	status: 'NEW',
	severity: 'HIGH',
	score: 85,
	assignedTo: null,
	assignedToName: null,
	resolveReason: null,
	resolveComment: null,
	createdAt: '2024-02-26T12:34:56.000Z',
	lastModifiedAt: '2024-02-26T12:34:56.000Z',
	issueIds: ['123', '124'],
	customFields: {},
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
				name: 'filters by everything',
				parameters: {
					returnAll: true,
					filters: {
						ids: '123, 124',
						domains: 'SECURITY',
						severities: ['HIGH', 'CRITICAL'],
						statuses: 'NEW,UNDER_INVESTIGATION',
						createdAfter: '2024-02-26T12:34:56Z',
						createdBefore: '2024-02-27T12:34:56+00:00',
					},
					sort: { field: 'case_id', keyword: 'asc' },
				},
				exchanges: [
					{
						...search,
						body: '{"request_data":{"filters":[{"field":"case_id","operator":"in","value":[123,124]},{"field":"case_domain","operator":"in","value":["SECURITY"]},{"field":"severity","operator":"in","value":["HIGH","CRITICAL"]},{"field":"status_progress","operator":"in","value":["NEW","UNDER_INVESTIGATION"]},{"field":"creation_time","operator":"gte","value":1708950896000},{"field":"creation_time","operator":"lte","value":1709037296000}],"search_from":0,"search_to":100,"sort":{"field":"case_id","keyword":"asc"}}}',
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
			{
				name: 'an ID that is no number',
				parameters: { filters: { ids: '123, CASE-124' } },
				says: "'Case IDs' must hold numbers only",
			},
			{
				name: 'a number that JSON cannot hold',
				parameters: { filters: { ids: '99999999999999999999' } },
				says: "'Case IDs' must hold numbers only",
			},
			{
				name: 'a severity that does not exist',
				parameters: { filters: { severities: '={{ ["high"] }}' } },
				says: "'Severities' must be one of INFO, LOW",
			},
		],
		failures: [
			{
				name: 'no list in the answer',
				exchanges: [{ ...search, reply: { reply: { DATA: null } } }],
				says: ['answered without a list of cases'],
			},
		],
	}),
);

const done = { status: 204, reply: '' };
const update: Exchange = {
	method: 'POST',
	path: '/public_api/v1/case/update/123',
	body: '{"request_data":{"update_data":{"status_progress":"RESOLVED","resolve_reason":"RESOLVED_FALSE_POSITIVE","resolve_comment":"Verified"}}}',
	...done,
};
const updated = {
	vendor: 'cortexXsiam',
	type: 'case',
	id: '123',
	status: 'RESOLVED',
	resolveReason: 'RESOLVED_FALSE_POSITIVE',
	resolveComment: 'Verified',
	updated: true,
};

describeOperation(
	kit,
	'case',
	'update',
	published({
		cases: [
			{
				name: 'resolves a case for a reason',
				parameters: {
					case: '123',
					status: 'RESOLVED',
					resolveReason: 'RESOLVED_FALSE_POSITIVE',
					resolveComment: ' Verified ',
				},
				exchanges: [update],
				items: updated,
				raw: {},
			},
			{
				name: 'sends no reason with another status, whatever the hidden fields hold',
				parameters: {
					case: { mode: 'list', value: 123 },
					status: 'UNDER_INVESTIGATION',
					resolveReason: 'NONE',
					resolveComment: 'Verified',
				},
				exchanges: [
					{
						...update,
						body: '{"request_data":{"update_data":{"status_progress":"UNDER_INVESTIGATION"}}}',
					},
				],
				items: {
					...updated,
					status: 'UNDER_INVESTIGATION',
					resolveReason: null,
					resolveComment: null,
				},
			},
			{
				name: 'resolves without a reason that an expression left empty',
				parameters: { case: '123', status: 'RESOLVED', resolveReason: '={{ "" }}' },
				exchanges: [
					{ ...update, body: '{"request_data":{"update_data":{"status_progress":"RESOLVED"}}}' },
				],
				items: { ...updated, resolveReason: null, resolveComment: null },
			},
		],
		refused: [
			{
				name: 'a case that is no number',
				parameters: { case: '={{ "CASE-3/../4" }}' },
				says: "'Case' must be the number of a case",
			},
			{
				name: 'the reason that only issues have',
				parameters: { status: 'RESOLVED', resolveReason: '={{ "RESOLVED_RISK_ACCEPTED" }}' },
				says: "'Resolve Reason' must be one of RESOLVED_KNOWN_ISSUE",
			},
			{
				name: 'the status of an issue',
				parameters: { status: '={{ "Resolved" }}' },
				says: "'Status' must be one of NEW, UNDER_INVESTIGATION, RESOLVED",
			},
		],
		failures: [
			{
				name: 'a case that is not there',
				exchanges: [{ ...update, status: 400, reply: { error: 'Invalid request data' } }],
				says: [
					'Cortex XSIAM does not accept the change of the case',
					"Check that 'Case' is the number",
					'Invalid request data',
				],
			},
		],
	}),
);
