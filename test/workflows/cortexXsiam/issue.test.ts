import { describeOperation } from '../kit/operation';
import type { Exchange } from '../kit/exchanges';
import { kit } from './kit';
import { published } from './published';

/** The sample of docs/api/cortex-xsiam.md, "Issues". */
const record = {
	id: 123,
	external_id: 'abc-12345-def',
	name: 'Publicly Exposed Storage Bucket',
	description: 'A bucket is open',
	domain: 'Cloud Security',
	severity: 'HIGH',
	status: 'New',
	category: 'CONFIGURATION',
	detection_method: 'CSPM_SCANNER',
	observation_time: 1705312200000,
	_insert_time: '2024-01-15T10:30:00Z',
	last_modified: 1705312200000,
	asset_names: ['my-data-bucket', 'one, with a comma'],
	assigned_to: null,
	is_starred: false,
	tags: [],
	case_ids: [101],
};
const item = {
	vendor: 'cortexXsiam',
	type: 'issue',
	id: '123',
	externalId: 'abc-12345-def',
	name: 'Publicly Exposed Storage Bucket',
	description: 'A bucket is open',
	domain: 'Cloud Security',
	severity: 'HIGH',
	status: 'New',
	category: 'CONFIGURATION',
	detectionMethod: 'CSPM_SCANNER',
	observedAt: '2024-01-15T09:50:00.000Z',
	insertedAt: '2024-01-15T10:30:00.000Z',
	lastModifiedAt: '2024-01-15T09:50:00.000Z',
	assetNames: ['my-data-bucket', 'one, with a comma'],
	assignedTo: null,
	assignedToName: null,
	isStarred: false,
	tags: [],
	caseIds: ['101'],
	normalizedFields: null,
	customFields: null,
};
const search: Exchange = {
	method: 'POST',
	path: '/public_api/v1/issue/search',
	body: '{"request_data":{"filters":[],"search_from":0,"search_to":50,"sort":{"field":"observation_time","keyword":"desc"}}}',
	reply: { reply: { total_count: 1500, result_count: 1, issues: [record] } },
};

const notTaken = { status: 400, reply: { error: 'Invalid request data' } };

describeOperation(
	kit,
	'issue',
	'getAll',
	published({
		cases: [
			{
				name: 'lists the newest first',
				parameters: { limit: 1 },
				exchanges: [
					{
						...search,
						body: '{"request_data":{"filters":[],"search_from":0,"search_to":1,"sort":{"field":"observation_time","keyword":"desc"}}}',
					},
				],
				items: [item],
				raw: [record],
			},
			{
				name: 'takes the form that real tenants have, with the fields that were asked for',
				parameters: {
					additionalFields: { includeFields: ['custom_fields', 'normalized_fields'] },
				},
				exchanges: [
					{
						...search,
						body: '{"request_data":{"filters":[],"include_fields":["custom_fields","normalized_fields"],"search_from":0,"search_to":50,"sort":{"field":"observation_time","keyword":"desc"}}}',
						reply: {
							reply: {
								DATA: [
									{
										...record,
										// Of a live tenant, two names have a dot in them (docs/api/cortex-xsiam.md, "Issues").
										status: undefined,
										'status.progress': 'New',
										detection_method: undefined,
										'detection.method': 'CSPM_SCANNER',
										assigned_to: 'user1@acme.com',
										assigned_to_pretty: 'User One',
										normalized_fields: { 'xdm.source.ipv4': '10.0.0.1' },
										custom_fields: { owner: 'SOC' },
									},
								],
								FILTER_COUNT: 1,
								TOTAL_COUNT: 1500,
							},
						},
					},
				],
				items: [
					{
						...item,
						assignedTo: 'user1@acme.com',
						assignedToName: 'User One',
						normalizedFields: { 'xdm.source.ipv4': '10.0.0.1' },
						customFields: { owner: 'SOC' },
					},
				],
			},
			{
				name: 'filters by everything',
				parameters: {
					filters: {
						assetIds: 'a1',
						assetNames: 'my-data-bucket',
						assignedTo: 'user1@acme.com',
						categories: 'CONFIGURATION',
						detectionMethods: 'CSPM_SCANNER',
						domains: 'SECURITY',
						externalIds: 'abc-12345-def',
						ids: [123],
						severities: '={{ ["high"] }}',
						statuses: '={{ "in progress" }}',
						insertedAfter: 1705312200000,
						insertedBefore: 1705312200001,
						modifiedAfter: 1705312200002,
						modifiedBefore: 1705312200003,
						observedAfter: 1705312200004,
						observedBefore: 1705312200005,
					},
					sort: { field: 'severity' },
				},
				exchanges: [
					{
						...search,
						body: '{"request_data":{"filters":[{"field":"id","operator":"in","value":[123]},{"field":"asset_ids","operator":"in","value":["a1"]},{"field":"asset_names","operator":"in","value":["my-data-bucket"]},{"field":"assigned_to","operator":"in","value":["user1@acme.com"]},{"field":"category","operator":"in","value":["CONFIGURATION"]},{"field":"detection.method","operator":"in","value":["CSPM_SCANNER"]},{"field":"issue_domain","operator":"in","value":["SECURITY"]},{"field":"external_id","operator":"in","value":["abc-12345-def"]},{"field":"severity","operator":"in","value":["HIGH"]},{"field":"status.progress","operator":"in","value":["In Progress"]},{"field":"_insert_time","operator":"gte","value":1705312200000},{"field":"_insert_time","operator":"lte","value":1705312200001},{"field":"last_modified","operator":"gte","value":1705312200002},{"field":"last_modified","operator":"lte","value":1705312200003},{"field":"observation_time","operator":"gte","value":1705312200004},{"field":"observation_time","operator":"lte","value":1705312200005}],"search_from":0,"search_to":50,"sort":{"field":"severity","keyword":"desc"}}}',
						reply: { reply: { total_count: 0, result_count: 0, issues: [] } },
					},
				],
				items: [],
			},
			{
				name: 'filters by the other spelling of a domain where the tenant refuses the given one',
				parameters: { filters: { domains: 'SECURITY, Own' } },
				exchanges: [
					{
						...search,
						body: '{"request_data":{"filters":[{"field":"issue_domain","operator":"in","value":["SECURITY","Own"]}],"search_from":0,"search_to":50,"sort":{"field":"observation_time","keyword":"desc"}}}',
						...notTaken,
					},
					{
						...search,
						body: '{"request_data":{"filters":[{"field":"issue_domain","operator":"in","value":["Security","Own"]}],"search_from":0,"search_to":50,"sort":{"field":"observation_time","keyword":"desc"}}}',
						reply: { reply: { total_count: 0, result_count: 0, issues: [] } },
					},
				],
				items: [],
			},
		],
		refused: [
			[
				'an external ID where a number belongs',
				{ filters: { ids: 'abc-12345-def' } },
				"'Issue IDs' must hold numbers only",
			],
		],
	}),
);

const create: Exchange = {
	method: 'POST',
	path: '/public_api/v1/issue',
	body: '{"request_data":{"issue":{"name":"Unauthorized Access Detected","description":"Somebody was there","severity":"HIGH","category":"CONFIGURATION","observation_time":1700000000000,"issue_domain":"Security"}}}',
	status: 202,
	reply: {
		external_id: '7c96737d50f74c7b9487450426e9eafb',
		detection_method: 'CREATE_ALERT_PUBLIC_API',
	},
};
const wanted = {
	name: 'Unauthorized Access Detected',
	description: 'Somebody was there',
	severity: 'HIGH',
	domain: 'Security',
	category: 'CONFIGURATION',
	additionalFields: { observationTime: 1700000000000 },
};
const created = {
	vendor: 'cortexXsiam',
	type: 'issue',
	id: null,
	externalId: '7c96737d50f74c7b9487450426e9eafb',
	name: 'Unauthorized Access Detected',
	severity: 'HIGH',
	detectionMethod: 'CREATE_ALERT_PUBLIC_API',
};

describeOperation(
	kit,
	'issue',
	'create',
	published({
		cases: [
			{
				name: 'creates an issue, whose ID comes later',
				mayHave: 'The issue may have been created',
				parameters: wanted,
				exchanges: [create],
				items: created,
			},
			{
				name: 'creates one with everything',
				parameters: {
					...wanted,
					additionalFields: {
						observationTime: '2023-11-14T22:13:20Z',
						assetIds: 'a1, a2',
						assignedTo: 'user1@acme.com',
						customFields: '{"owner":"SOC"}',
						isExcluded: false,
						extendedDescription: 'More',
						impact: 'Much',
						initialEvidence: 'Logs',
						mitreTactics: 'TA0006 - Credential Access',
						mitreTechniques: ['T1552'],
						normalizedFields: { 'xdm.source.host.hostname': 'host-1', 'xdm.target.port': 22 },
						remediation: 'Rotate the key',
						isStarred: true,
						tags: 'keys',
						type: 'Access',
					},
				},
				exchanges: [
					{
						...create,
						body: '{"request_data":{"issue":{"name":"Unauthorized Access Detected","description":"Somebody was there","severity":"HIGH","category":"CONFIGURATION","observation_time":1700000000000,"asset_ids":["a1","a2"],"assigned_to":"user1@acme.com","custom_fields":{"owner":"SOC"},"is_excluded":false,"extended_description":"More","impact":"Much","initial_evidence":"Logs","mitre_tactics":["TA0006 - Credential Access"],"mitre_techniques":["T1552"],"normalized_fields":{"xdm.source.host.hostname":"host-1","xdm.target.port":22},"remediation":"Rotate the key","is_starred":true,"tags":["keys"],"type":"Access","issue_domain":"Security"}}}',
						reply: { external_id: '7c96737d50f74c7b9487450426e9eafb', detection_method: 7 },
					},
				],
				items: { ...created, detectionMethod: '7' },
			},
			{
				name: 'creates one at a tenant that knows the older contract only',
				parameters: { ...wanted, domain: '={{ "SECURITY" }}', severity: '={{ "high" }}' },
				exchanges: [
					{ ...create, ...notTaken },
					{
						...create,
						body: '{"request_data":{"issue":{"name":"Unauthorized Access Detected","description":"Somebody was there","severity":"HIGH","category":"CONFIGURATION","observation_time":1700000000000,"domain":"SECURITY"}}}',
					},
				],
				items: created,
			},
			{
				name: 'leaves to the tenant what it calls its own domains and severities',
				parameters: { ...wanted, domain: 'Fraud', severity: '={{ "SEV_040_HIGH" }}' },
				exchanges: [
					{
						...create,
						body: '{"request_data":{"issue":{"name":"Unauthorized Access Detected","description":"Somebody was there","severity":"SEV_040_HIGH","category":"CONFIGURATION","observation_time":1700000000000,"issue_domain":"Fraud"}}}',
					},
				],
				items: { ...created, severity: 'SEV_040_HIGH' },
			},
		],
		refused: [
			['no category', { category: '={{ "" }}' }, "'Category' is required"],
			[
				'fields that are no JSON',
				{ additionalFields: { customFields: '{owner}' } },
				"'Custom Fields' must be a JSON object",
			],
		],
		failures: [
			{
				name: 'what the tenant does not take',
				exchanges: [
					{ ...create, ...notTaken },
					{
						...create,
						body: '{"request_data":{"issue":{"name":"Unauthorized Access Detected","description":"Somebody was there","severity":"HIGH","category":"CONFIGURATION","observation_time":1700000000000,"domain":"SECURITY"}}}',
						...notTaken,
					},
				],
				says: ['Cortex XSIAM does not accept the issue', "'Domain', 'Category'"],
			},
			{
				name: 'no external ID in the answer',
				exchanges: [{ ...create, reply: { detection_method: 'CREATE_ALERT_PUBLIC_API' } }],
				says: ['answered without the external ID of the new issue'],
			},
		],
	}),
);

const update: Exchange = {
	method: 'POST',
	path: '/public_api/v1/issue/123',
	body: '{"request_data":{"update_data":{"status":"Resolved","status_resolution_reason":"Resolved - False Positive","status_resolution_comment":"Verified"}}}',
	status: 204,
	reply: '',
};
const updated = {
	vendor: 'cortexXsiam',
	type: 'issue',
	id: '123',
	severity: null,
	status: 'Resolved',
	resolutionReason: 'Resolved - False Positive',
	resolutionComment: 'Verified',
	updated: true,
};

describeOperation(
	kit,
	'issue',
	'update',
	published({
		cases: [
			{
				name: 'resolves an issue for a reason',
				parameters: {
					issue: '123',
					updateFields: {
						status: 'Resolved',
						resolutionReason: 'Resolved - False Positive',
						resolutionComment: 'Verified',
					},
				},
				exchanges: [update],
				items: updated,
				raw: {},
			},
			{
				name: 'accepts a risk, in the words of the older contract where the tenant takes no others',
				parameters: {
					issue: '123',
					updateFields: { status: 'Resolved', resolutionReason: 'Resolved - Risk Accepted' },
				},
				exchanges: [
					{
						...update,
						body: '{"request_data":{"update_data":{"status":"Resolved","status_resolution_reason":"Resolved - Risk Accepted"}}}',
						...notTaken,
					},
					{
						...update,
						body: '{"request_data":{"update_data":{"status":"Resolved","status_resolution_reason":"RESOLVED_RISK_ACCEPTED"}}}',
					},
				],
				items: {
					...updated,
					resolutionReason: 'RESOLVED_RISK_ACCEPTED',
					resolutionComment: null,
				},
			},
			// The contract has none of its fields as required, and tenants may have statuses of their own.
			...[
				{ status: 'Resolved' },
				{ status_resolution_reason: 'Resolved - Other' },
				{ status: 'Mitigated', status_resolution_reason: 'Resolved - Other' },
				{ status: 'New', status_resolution_comment: 'Again' },
			].map((data) => ({
				name: `leaves to the tenant what goes together: ${Object.keys(data).join()}`,
				parameters: {
					issue: '123',
					updateFields: {
						...(data.status !== undefined && { status: `={{ "${data.status}" }}` }),
						...(data.status_resolution_reason !== undefined && {
							resolutionReason: data.status_resolution_reason,
						}),
						...(data.status_resolution_comment !== undefined && {
							resolutionComment: data.status_resolution_comment,
						}),
					},
				},
				exchanges: [{ ...update, body: JSON.stringify({ request_data: { update_data: data } }) }],
				items: {
					...updated,
					status: data.status ?? null,
					resolutionReason: data.status_resolution_reason ?? null,
					resolutionComment: data.status_resolution_comment ?? null,
				},
			})),
			{
				name: 'sets the severity alone',
				parameters: { issue: 123, updateFields: { severity: 'CRITICAL' } },
				exchanges: [
					{ ...update, body: '{"request_data":{"update_data":{"severity":"CRITICAL"}}}' },
				],
				items: {
					...updated,
					severity: 'CRITICAL',
					status: null,
					resolutionReason: null,
					resolutionComment: null,
				},
			},
		],
		refused: [
			['an update of nothing', { updateFields: {} }, "'Update Fields' has nothing to change"],
			[
				'an external ID',
				{ issue: '={{ "abc-12345-def" }}' },
				"'Issue' must be the number of an issue",
			],
		],
		failures: [
			{
				name: 'an issue that is not there',
				exchanges: [
					{ ...update, ...notTaken },
					{
						...update,
						body: '{"request_data":{"update_data":{"status":"Resolved","status_resolution_reason":"RESOLVED_FALSE_POSITIVE","status_resolution_comment":"Verified"}}}',
						...notTaken,
					},
				],
				says: [
					'does not accept the change of the issue',
					'Invalid request data',
					"With the status 'Resolved' it may want 'Resolution Reason'; with another status it may refuse",
				],
			},
		],
	}),
);

/** The sample of the vendor's contract, "Retrieve issue schema". */
const fields = [
	{ field_name: 'xdm.issue.name', field_pretty_name: 'Name', data_type: 'TEXT' },
	{ field_name: 'my_custom_field', field_pretty_name: 'My custom field', data_type: 'boolean' },
];
const fieldItems = [
	{
		vendor: 'cortexXsiam',
		type: 'issueField',
		name: 'xdm.issue.name',
		label: 'Name',
		dataType: 'TEXT',
	},
	{
		vendor: 'cortexXsiam',
		type: 'issueField',
		name: 'my_custom_field',
		label: 'My custom field',
		dataType: 'boolean',
	},
];
const ofIssues: Exchange = {
	method: 'POST',
	path: '/public_api/v1/issue/schema',
	headers: { 'content-type': 'application/json' },
	body: '{}',
	reply: { reply: { data: fields } },
};

describeOperation(
	kit,
	'issue',
	'getFields',
	published({
		cases: [
			{
				name: 'lists them, of the form of the contract',
				parameters: { returnAll: true },
				exchanges: [ofIssues],
				items: fieldItems,
				raw: fields,
			},
			{
				name: 'lists them, of the form of the newer page',
				parameters: { limit: 1 },
				exchanges: [{ ...ofIssues, reply: { reply: { DATA: fields } } }],
				items: fieldItems.slice(0, 1),
			},
		],
		failures: [
			{
				name: 'no list in the answer',
				exchanges: [{ ...ofIssues, reply: { reply: {} } }],
				says: ['Cortex XSIAM answered without the fields of issues'],
			},
		],
	}),
);
