import { describeOperation } from '../kit/operation';
import type { Exchange } from '../kit/exchanges';
import { kit } from './kit';
import { published } from './published';

/** The sample of docs/api/cortex-xsiam.md, "Audit log". */
const record = {
	AUDIT_ID: 1,
	AUDIT_OWNER_NAME: 'User Name',
	AUDIT_OWNER_EMAIL: 'username@paloaltonetworks.com',
	AUDIT_ASSET_JSON: '{}',
	AUDIT_ASSET_NAMES: '',
	AUDIT_HOSTNAME: '',
	AUDIT_RESULT: 'SUCCESS',
	AUDIT_REASON: '',
	AUDIT_DESCRIPTION: '',
	AUDIT_ENTITY: 'AUTH',
	AUDIT_ENTITY_SUBTYPE: 'Login',
	AUDIT_SESSION_ID: 382303947890,
	AUDIT_CASE_ID: 473829372,
	AUDIT_INSERT_TIME: 1565074114053,
	AUDIT_SEVERITY: 'SEV_020_LOW',
	AUDIT_LINK: null,
	AUDIT_SOURCE_IP: '31.174.156.148',
	AUDIT_USER_AGENT: 'Mozilla/5.0',
	AUDIT_USER_ROLES: ['Account Admin'],
	AUDIT_ADDITIONAL_INFORMATION: { endpoint_names: ['WIN-fgo6762G'], endpoint_count: 1 },
	AUDIT_OBJECT_ID: null,
};
const item = {
	vendor: 'cortexXsiam',
	type: 'auditLog',
	id: '1',
	insertedAt: '2019-08-06T06:48:34.053Z',
	auditType: 'AUTH',
	subType: 'Login',
	result: 'SUCCESS',
	reason: null,
	description: null,
	severity: 'SEV_020_LOW',
	userName: 'User Name',
	email: 'username@paloaltonetworks.com',
	userRoles: ['Account Admin'],
	sourceIp: '31.174.156.148',
	hostName: null,
	caseId: '473829372',
	objectId: null,
};
const nothing = Object.fromEntries(Object.keys(item).map((key) => [key, null]));

const search: Exchange = {
	method: 'POST',
	path: '/public_api/v1/audits/management_logs',
	body: '{"request_data":{"filters":[],"search_from":0,"search_to":50,"sort":{"field":"timestamp","keyword":"desc"}}}',
	headers: { 'content-type': 'application/json' },
	reply: { reply: { total_count: 1, result_count: 1, data: [record] } },
};

describeOperation(
	kit,
	'auditLog',
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
				name: 'filters by everything, from one time to another',
				parameters: {
					returnAll: true,
					filters: {
						emails: 'user1@acme.com, user2@acme.com',
						types: ['API_KEY', 'PUBLIC_API'],
						subTypes: 'Login',
						results: ['SUCCESS'],
						timeAfter: '2019-08-06T06:48:34.053Z',
						timeBefore: 1565074114054,
					},
					sort: { field: 'sub-type', keyword: 'asc' },
				},
				exchanges: [
					{
						...search,
						body: '{"request_data":{"filters":[{"field":"email","operator":"in","value":["user1@acme.com","user2@acme.com"]},{"field":"type","operator":"in","value":["API_KEY","PUBLIC_API"]},{"field":"sub_type","operator":"in","value":["Login"]},{"field":"result","operator":"in","value":["SUCCESS"]},{"field":"timestamp","operator":"gte","value":1565074114053},{"field":"timestamp","operator":"lte","value":1565074114054}],"search_from":0,"search_to":100,"sort":{"field":"sub-type","keyword":"asc"}}}',
					},
				],
				items: [item],
			},
			{
				name: 'takes a local time in the time zone of the workflow',
				parameters: { limit: 1, filters: { timeAfter: '2026-01-15T12:00:00' } },
				exchanges: [
					{
						...search,
						// n8n's default zone, America/New_York: 17:00 UTC.
						body: '{"request_data":{"filters":[{"field":"timestamp","operator":"gte","value":1768496400000}],"search_from":0,"search_to":1,"sort":{"field":"timestamp","keyword":"desc"}}}',
					},
				],
				items: [item],
			},
			{
				name: 'leaves out filters that an expression left empty',
				parameters: {
					filters: { emails: '', types: [], timeAfter: '', timeBefore: null },
					sort: {},
				},
				exchanges: [search],
				items: [item],
			},
			{
				name: 'takes whatever an entry lacks',
				parameters: {},
				exchanges: [{ ...search, reply: { reply: { data: [{ AUDIT_INSERT_TIME: 'soon' }] } } }],
				items: [
					{
						...nothing,
						vendor: 'cortexXsiam',
						type: 'auditLog',
						userRoles: [],
						insertedAtText: 'soon',
					},
				],
				hints: ["what came is in 'insertedAtText'"],
			},
		],
		refused: [
			[
				'a time in seconds',
				{ filters: { timeAfter: 1565074114 } },
				"'Time After' must be in milliseconds, not in seconds",
			],
			[
				'something that is no time',
				{ filters: { timeBefore: 'yesterday' } },
				"'Time Before' must be a date and time",
			],
		],
		failures: [
			{
				name: 'no list in the answer',
				exchanges: [{ ...search, reply: { reply: { total_count: 1 } } }],
				says: ['answered without a list of audit logs'],
			},
			{
				name: 'a filter that the tenant does not know',
				exchanges: [
					{
						...search,
						status: 500,
						reply: {
							reply: {
								err_code: 500,
								err_msg: 'An unexpected error occurred by XDR public API',
								err_extra: 'Invalid parameter names: creation_time',
							},
						},
					},
				],
				says: ['Invalid parameter names: creation_time'],
			},
		],
	}),
);

// Nothing that the contract knows.
describeOperation(kit, 'auditLog', 'getAll', {
	cases: [
		{
			name: 'leaves it to the tenant what it sorts by',
			parameters: { sort: { field: '={{ "email" }}', keyword: 'asc' } },
			exchanges: [
				{
					...search,
					body: '{"request_data":{"filters":[],"search_from":0,"search_to":50,"sort":{"field":"email","keyword":"asc"}}}',
				},
			],
			items: [item],
			raw: [record],
		},
	],
});
