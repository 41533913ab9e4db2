import { describeOperation } from '../kit/operation';
import type { Exchange } from '../kit/exchanges';
import { kit } from './kit';
import { published } from './published';

/** The sample of docs/api/cortex-xsiam.md, "Endpoints". */
const record = {
	endpoint_id: 'e1',
	endpoint_name: 'host-1',
	endpoint_type: 'AGENT_TYPE_SERVER',
	endpoint_status: 'CONNECTED',
	os_type: 'AGENT_OS_WINDOWS',
	ip: ['10.0.0.1'],
	users: ['XDR'],
	domain: 'WORKGROUP',
	alias: '',
	first_seen: 1606218761377,
	last_seen: 1606218769163,
	is_isolated: 'AGENT_UNISOLATED',
	isolated_date: null,
	group_name: [],
	operational_status: 'PARTIALLY_PROTECTED',
	scan_status: 'SCAN_STATUS_NONE',
	content_status: 'up_to_date',
	mac_address: ['42:00:00:00:00:00'],
	active_directory: null,
};
const item = {
	vendor: 'cortexXsiam',
	type: 'endpoint',
	id: 'e1',
	name: 'host-1',
	endpointType: 'AGENT_TYPE_SERVER',
	status: 'CONNECTED',
	operationalStatus: 'PARTIALLY_PROTECTED',
	osType: 'AGENT_OS_WINDOWS',
	ipAddresses: ['10.0.0.1'],
	macAddresses: ['42:00:00:00:00:00'],
	users: ['XDR'],
	domain: 'WORKGROUP',
	alias: null,
	groups: [],
	isolation: 'AGENT_UNISOLATED',
	isIsolated: false,
	isolatedAt: null,
	firstSeenAt: '2020-11-24T11:52:41.377Z',
	lastSeenAt: '2020-11-24T11:52:49.163Z',
};
const search: Exchange = {
	method: 'POST',
	path: '/public_api/v1/endpoints/get_endpoint',
	body: '{"request_data":{"filters":[],"search_from":0,"search_to":50,"sort":{"field":"first_seen","keyword":"desc"}}}',
	reply: { reply: { total_count: 1, result_count: 1, endpoints: [record] } },
};

describeOperation(
	kit,
	'endpoint',
	'getAll',
	published({
		cases: [
			{
				name: 'lists those that were seen first at the end',
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
						aliases: 'a',
						groups: 'Servers',
						hostNames: 'host-1, host-2',
						ids: 'e1',
						ipAddresses: '10.0.0.1',
						isolation: 'isolated',
						platforms: ['windows', 'linux'],
						statuses: 'connected',
						firstSeenAfter: 1606218761377,
						firstSeenBefore: 1606218761378,
						lastSeenAfter: 1606218769163,
						lastSeenBefore: 1606218769164,
					},
					sort: { field: 'last_seen', keyword: 'asc' },
				},
				exchanges: [
					{
						...search,
						body: '{"request_data":{"filters":[{"field":"endpoint_id_list","operator":"in","value":["e1"]},{"field":"endpoint_status","operator":"in","value":["connected"]},{"field":"hostname","operator":"in","value":["host-1","host-2"]},{"field":"ip_list","operator":"in","value":["10.0.0.1"]},{"field":"alias","operator":"in","value":["a"]},{"field":"group_name","operator":"in","value":["Servers"]},{"field":"platform","operator":"in","value":["windows","linux"]},{"field":"isolate","operator":"in","value":["isolated"]},{"field":"first_seen","operator":"gte","value":1606218761377},{"field":"first_seen","operator":"lte","value":1606218761378},{"field":"last_seen","operator":"gte","value":1606218769163},{"field":"last_seen","operator":"lte","value":1606218769164}],"search_from":0,"search_to":100,"sort":{"field":"last_seen","keyword":"asc"}}}',
					},
				],
				items: [item],
			},
			{
				name: 'leaves it to the tenant what a platform is',
				parameters: { filters: { platforms: '={{ ["beos"] }}' } },
				exchanges: [
					{
						...search,
						body: '{"request_data":{"filters":[{"field":"platform","operator":"in","value":["beos"]}],"search_from":0,"search_to":50,"sort":{"field":"first_seen","keyword":"desc"}}}',
					},
				],
				items: [item],
			},
			{
				name: 'tells isolated endpoints from those that are about to be',
				parameters: {},
				exchanges: [
					{
						...search,
						reply: {
							reply: {
								endpoints: [
									{
										...record,
										is_isolated: 'AGENT_ISOLATED',
										isolated_date: 1606218769163,
									},
									{ ...record, endpoint_id: 'e2', is_isolated: 'AGENT_PENDING_ISOLATION' },
								],
							},
						},
					},
				],
				items: [
					{
						...item,
						isolation: 'AGENT_ISOLATED',
						isIsolated: true,
						isolatedAt: '2020-11-24T11:52:49.163Z',
					},
					{ ...item, id: 'e2', isolation: 'AGENT_PENDING_ISOLATION', isIsolated: null },
				],
			},
		],
	}),
);

const PATH = '/public_api/v1/endpoints/isolate';
const one: Exchange = {
	method: 'POST',
	path: PATH,
	body: '{"request_data":{"endpoint_id":"e1"}}',
	reply: { reply: { action_id: '22519', status: '1', endpoints_count: '1' } },
};
const isolated = {
	vendor: 'cortexXsiam',
	type: 'endpointAction',
	id: '22519',
	action: 'isolate',
	status: '1',
	endpointCount: 1,
	endpointIds: ['e1'],
};
const many = Array.from({ length: 1_001 }, (_, index) => `e${index}`);

describeOperation(
	kit,
	'endpoint',
	'isolate',
	published({
		cases: [
			{
				name: 'isolates one by its ID',
				parameters: { endpoints: ['e1'] },
				exchanges: [one],
				items: isolated,
			},
			{
				name: 'isolates several by a filter, each once',
				parameters: {
					endpoints: 'e1, e2, e1',
					additionalFields: { incidentId: '123' },
				},
				exchanges: [
					{
						...one,
						body: '{"request_data":{"filters":[{"field":"endpoint_id_list","operator":"in","value":["e1","e2"]}],"incident_id":"123"}}',
						reply: { reply: { action_id: 22519, status: 1, endpoints_count: 2 } },
					},
				],
				items: { ...isolated, endpointCount: 2, endpointIds: ['e1', 'e2'] },
			},
			{
				name: 'says when the tenant took fewer',
				parameters: { endpoints: ['e1', 'e2'] },
				exchanges: [
					{
						...one,
						body: '{"request_data":{"filters":[{"field":"endpoint_id_list","operator":"in","value":["e1","e2"]}]}}',
					},
				],
				items: { ...isolated, endpointIds: ['e1', 'e2'] },
				hints: ['Cortex XSIAM accepted 1 of 2 endpoints for action 22519'],
			},
		],
		refused: [
			[
				'no endpoint, which could mean all',
				{ endpoints: '={{ [] }}' },
				"'Endpoint Names or IDs' must name at least one endpoint",
			],
			[
				'an expression that is empty',
				{ endpoints: '={{ " , " }}' },
				'must name at least one endpoint',
			],
			[
				'more than the tenant takes at once',
				{ endpoints: `={{ ${JSON.stringify(many)} }}` },
				'must name at most 1000 endpoints',
			],
		],
		failures: [
			{
				name: 'endpoints that are not there',
				exchanges: [
					{
						...one,
						status: 500,
						reply: {
							reply: {
								err_code: 500,
								err_msg: 'An unexpected error occurred by XDR public API',
								err_extra: 'No endpoint was found for creating the requested action',
							},
						},
					},
				],
				says: ["'Endpoint Names or IDs' names no endpoint of the tenant"],
			},
			{
				name: 'no action in the answer',
				exchanges: [{ ...one, reply: { reply: { status: '1' } } }],
				says: ['answered without the ID of the action'],
			},
		],
	}),
);

describeOperation(
	kit,
	'endpoint',
	'unisolate',
	published({
		cases: [
			{
				name: 'lets one in again',
				parameters: { endpoints: 'e1' },
				exchanges: [{ ...one, path: '/public_api/v1/endpoints/unisolate' }],
				items: { ...isolated, action: 'unisolate' },
			},
		],
		refused: [['no endpoint', { endpoints: '={{ "" }}' }, 'must name at least one endpoint']],
	}),
);

const status: Exchange = {
	method: 'POST',
	path: '/public_api/v1/actions/get_action_status',
	body: '{"request_data":{"group_action_id":123456789}}',
	reply: {
		reply: {
			data: { e1: 'COMPLETED_SUCCESSFULLY', e2: 'FAILED', e3: 'PENDING' },
			errorReasons: { e2: 'The agent is too old' },
		},
	},
};
const state = {
	vendor: 'cortexXsiam',
	type: 'endpointActionStatus',
	actionId: '123456789',
	isSuccessful: false,
	reason: null,
};

describeOperation(
	kit,
	'endpoint',
	'getActionStatus',
	published({
		cases: [
			{
				name: 'gives one item for each endpoint',
				parameters: { actionId: '123456789' },
				exchanges: [status],
				items: [
					{
						...state,
						endpointId: 'e1',
						status: 'COMPLETED_SUCCESSFULLY',
						isDone: true,
						isSuccessful: true,
					},
					{
						...state,
						endpointId: 'e2',
						status: 'FAILED',
						isDone: true,
						reason: 'The agent is too old',
					},
					{ ...state, endpointId: 'e3', status: 'PENDING', isDone: false },
				],
				raw: [
					{ data: { e1: 'COMPLETED_SUCCESSFULLY' }, errorReasons: {} },
					{ data: { e2: 'FAILED' }, errorReasons: { e2: 'The agent is too old' } },
					{ data: { e3: 'PENDING' }, errorReasons: {} },
				],
			},
			{
				name: 'takes reasons in any form, and none',
				parameters: { actionId: 123456789 },
				exchanges: [
					{
						...status,
						reply: {
							reply: { data: { e1: 'TIMEOUT' }, errorReasons: { e1: { errorText: 'no' } } },
						},
					},
				],
				items: [
					{
						...state,
						endpointId: 'e1',
						status: 'TIMEOUT',
						isDone: true,
						reason: '{"errorText":"no"}',
					},
				],
			},
			{
				name: 'takes a status that it does not know neither for the end nor for going on',
				parameters: { actionId: '123456789' },
				exchanges: [
					{
						...status,
						reply: {
							reply: { data: { e1: 'AWAITING_REBOOT', e2: null, e3: ' pending_abort ' } },
						},
					},
				],
				items: [
					{
						...state,
						endpointId: 'e1',
						status: 'AWAITING_REBOOT',
						isDone: null,
						isDoneText: 'AWAITING_REBOOT',
						isSuccessful: null,
					},
					{ ...state, endpointId: 'e2', status: null, isDone: null, isSuccessful: null },
					{ ...state, endpointId: 'e3', status: ' pending_abort ', isDone: false },
				],
				hints: ["'isDone' came in a form that the node does not understand"],
			},
			{
				name: 'has no items where the action has no endpoints',
				parameters: { actionId: '123456789' },
				exchanges: [{ ...status, reply: { reply: { data: {} } } }],
				items: [],
			},
		],
		refused: [
			['an ID that is no number', { actionId: '22519abc' }, "'Action ID' must be a whole number"],
			[
				'a number that JSON cannot hold',
				{ actionId: '99999999999999999999' },
				"'Action ID' must be",
			],
		],
		failures: [
			{
				name: 'no status in the answer',
				exchanges: [{ ...status, reply: { reply: null } }],
				says: ['answered without the status of the action'],
			},
		],
	}),
);
