import { audit } from './audit';
import type { Call } from './call';
import { inputError } from './errors';
import { isInteger, isText, refuseUnknown, strings } from './fields';
import { anyOf, type FilterFields, filtersOf, moment, testOf } from './filters';
import { counted, find, type Search, searchNames } from './search';
import type { CortexXsiamEndpoint } from './state';

/** `AGENT_OS_WINDOWS` as `windows`: filters and answers do not use the same words. */
const word = (value: string, prefix: string) => value.replace(prefix, '').toLowerCase();

const idFilter: FilterFields<CortexXsiamEndpoint> = {
	endpoint_id_list: anyOf((one) => one.endpoint_id),
};

const search: Search<CortexXsiamEndpoint> = {
	items: ({ context }) => context.state.endpoints,
	filters: {
		...idFilter,
		endpoint_status: anyOf(({ endpoint_status: status }) => [status, word(status, '')]),
		hostname: anyOf((one) => one.endpoint_name),
		ip_list: anyOf((one) => one.ip),
		alias: anyOf((one) => one.alias),
		group_name: anyOf((one) => one.group_name),
		platform: anyOf((one) => word(one.os_type, 'AGENT_OS_')),
		isolate: anyOf((one) => word(one.is_isolated, 'AGENT_')),
		first_seen: moment((one) => one.first_seen),
		last_seen: moment((one) => one.last_seen),
		// What the simulator's endpoints do not have: known to the vendor, never met.
		...Object.fromEntries(
			[
				'dist_name',
				'public_ip_list',
				'cloud_provider',
				'cloud_region',
				'cloud_provider_account_id',
				'cloud_instance_id',
				'cloud_id',
			].map((name) => [name, anyOf<CortexXsiamEndpoint>(() => null)]),
		),
	},
	sorts: {
		endpoint_id: (one) => one.endpoint_id,
		first_seen: (one) => one.first_seen,
		last_seen: (one) => one.last_seen,
	},
	sort: { field: 'first_seen', keyword: 'desc' },
	capitals: true,
};

/** POST endpoints/get_endpoint, docs/api/cortex-xsiam.md, "Endpoints". */
export function getEndpoint(call: Call): object {
	refuseUnknown(call.data, searchNames);
	const found = find(call, search);
	return { reply: counted(found.page, found, 'endpoints') };
}

/**
 * POST endpoints/get_endpoints, docs/api/cortex-xsiam.md, "Endpoints" and the contract's sample: all,
 * in one piece, under other names than those of get_endpoint.
 */
export function getEndpoints({ context, data }: Call): object {
	refuseUnknown(data, []);
	return {
		reply: context.state.endpoints.map((one) => ({
			agent_id: one.endpoint_id,
			agent_status: one.endpoint_status,
			operational_status: one.operational_status,
			host_name: one.endpoint_name,
			agent_type: /workstation/iu.test(one.endpoint_type) ? 'Workstation' : 'Server',
			ip: one.ip,
			last_seen: one.last_seen,
			tags: { server_tags: [], endpoint_tags: [] },
			users: one.users,
		})),
	};
}

/** Endpoints that one request may name (docs/api/cortex-xsiam.md, "Limits"). */
const mostEndpoints = 1_000;

/** The endpoints of an action: one by its id, or several by a filter, never both. */
function targets(call: Call): CortexXsiamEndpoint[] {
	const { context, data } = call;
	const { endpoint_id: id, filters } = data;
	if ((id === undefined) === (filters === undefined)) {
		throw inputError('Either endpoint_id or filters is expected');
	}
	if (id !== undefined && !isText(id)) throw inputError('endpoint_id must be a string');
	const list = filtersOf(data) ?? [{ field: 'endpoint_id_list', operator: 'in', value: [id] }];
	if (list.length === 0) throw inputError('filters must not be empty');
	const test = testOf(list, idFilter, call);
	const named = list.flatMap(({ value }) => (strings(value) ? value : []));
	if (named.length > mostEndpoints) {
		throw inputError(`More than ${mostEndpoints} endpoints in one request`);
	}
	const found = context.state.endpoints.filter(test);
	if (found.length === 0)
		throw inputError('No endpoint was found for creating the requested action');
	return found;
}

function act(call: Call, isolate: boolean): object {
	const { context, data } = call;
	const { settings, state } = context;
	refuseUnknown(data, ['endpoint_id', 'filters', 'incident_id']);
	if (data.incident_id !== undefined && !isText(data.incident_id)) {
		throw inputError('incident_id must be a string');
	}
	const endpoints = targets(call);
	const id = state.nextActionId;
	state.nextActionId += 1;
	state.actions.set(id, {
		isolate,
		endpointIds: endpoints.map((one) => one.endpoint_id),
		pendingPolls: settings.actionPendingPolls,
		fails: settings.actionsFail,
	});
	const what = isolate ? 'Isolate' : 'Cancel isolation of';
	const description = `${what} ${endpoints.length} endpoints`;
	audit(call, { entity: 'RESPONSE', subtype: what, description, objectId: String(id) });
	const count = String(endpoints.length);
	return { reply: { action_id: String(id), status: '1', endpoints_count: count } };
}

/** POST endpoints/isolate, docs/api/cortex-xsiam.md, "Endpoints". */
export const isolate = (call: Call): object => act(call, true);

/** POST endpoints/unisolate, docs/api/cortex-xsiam.md, "Endpoints". */
export const unisolate = (call: Call): object => act(call, false);

/**
 * POST actions/get_action_status, docs/api/cortex-xsiam.md, "Endpoints": pending, in progress, then
 * done or failed.
 */
export function getActionStatus({ context, data }: Call): object {
	const { state } = context;
	refuseUnknown(data, ['group_action_id']);
	const { group_action_id: id } = data;
	if (!isInteger(id)) throw inputError('group_action_id must be an integer');
	const action = state.actions.get(id);
	if (!action) throw inputError(`Action ${id} does not exist`);
	const statuses: Record<string, string> = {};
	const reasons: Record<string, string> = {};
	const waiting = action.pendingPolls > 0;
	const last = action.pendingPolls === 1;
	if (waiting) action.pendingPolls -= 1;
	for (const endpointId of action.endpointIds) {
		const endpoint = state.endpoints.find((one) => one.endpoint_id === endpointId);
		if (!endpoint || action.fails) {
			statuses[endpointId] = waiting ? 'IN_PROGRESS' : 'FAILED';
			if (!waiting) reasons[endpointId] = 'The endpoint did not carry out the action';
		} else if (endpoint.endpoint_status !== 'CONNECTED') {
			// Waits for the agent for as long as it is away.
			statuses[endpointId] = 'PENDING';
		} else if (waiting) {
			statuses[endpointId] = last ? 'IN_PROGRESS' : 'PENDING';
		} else {
			statuses[endpointId] = 'COMPLETED_SUCCESSFULLY';
			endpoint.is_isolated = action.isolate ? 'AGENT_ISOLATED' : 'AGENT_UNISOLATED';
			endpoint.isolated_date = action.isolate ? (endpoint.isolated_date ?? context.now()) : null;
		}
	}
	return { reply: { data: statuses, errorReasons: reasons } };
}
