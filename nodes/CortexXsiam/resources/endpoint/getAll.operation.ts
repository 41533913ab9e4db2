import { filters, param } from '../../../shared/param';
import { asId } from '../../../shared/read';
import { ifGiven, textList, vendorValue, vendorValues } from '../../../shared/input';
import { returnAllOrLimit } from '../../../shared/list';
import { filterBy, filtersIn, sortParam, timeParams } from '../shared/search';
import { operation } from '../shared/operation';
import { endpointItem } from './endpointItem';

const SORTS = [
	{ name: 'First Seen', value: 'first_seen' },
	{ name: 'ID', value: 'endpoint_id' },
	{ name: 'Last Seen', value: 'last_seen' },
];

/** `POST /public_api/v1/endpoints/get_endpoint`. Source: docs/api/cortex-xsiam.md, "Endpoints". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many endpoints',
	description: 'List endpoints, with their state and whether they are isolated',
	params: [
		returnAllOrLimit,
		filters(
			param(
				{
					displayName: 'Endpoint IDs',
					name: 'ids',
					type: 'string',
					default: '',
					description: 'IDs of endpoints, separated by commas',
				},
				filterBy('endpoint_id_list', textList),
			),
			param(
				{
					displayName: 'Statuses',
					name: 'statuses',
					type: 'string',
					default: '',
					placeholder: 'e.g. connected, disconnected',
					description: 'Statuses of the connection, separated by commas',
				},
				filterBy('endpoint_status', textList),
			),
			param(
				{
					displayName: 'Host Names',
					name: 'hostNames',
					type: 'string',
					default: '',
					placeholder: 'e.g. host-1',
					description: 'Host names, separated by commas',
				},
				filterBy('hostname', textList),
			),
			param(
				{
					displayName: 'IP Addresses',
					name: 'ipAddresses',
					type: 'string',
					default: '',
					placeholder: 'e.g. 10.0.0.1',
					description: 'IP addresses, separated by commas',
				},
				filterBy('ip_list', textList),
			),
			param(
				{
					displayName: 'Aliases',
					name: 'aliases',
					type: 'string',
					default: '',
					description: 'Aliases, separated by commas',
				},
				filterBy('alias', textList),
			),
			param(
				{
					displayName: 'Groups',
					name: 'groups',
					type: 'string',
					default: '',
					placeholder: 'e.g. Servers',
					description: 'Names of endpoint groups, separated by commas',
				},
				filterBy('group_name', textList),
			),
			param(
				{
					displayName: 'Platforms',
					name: 'platforms',
					type: 'multiOptions',
					// As the vendor's own pack for Cortex XDR gives them; the contract has no list.
					options: [
						{ name: 'Android', value: 'android' },
						{ name: 'Linux', value: 'linux' },
						{ name: 'macOS', value: 'macos' },
						{ name: 'Windows', value: 'windows' },
					],
					default: [],
					description: 'One of these platforms',
				},
				filterBy('platform', vendorValues),
			),
			param(
				{
					displayName: 'Isolation',
					name: 'isolation',
					type: 'options',
					options: [
						{ name: 'Isolated', value: 'isolated' },
						{ name: 'Not Isolated', value: 'unisolated' },
					],
					default: 'isolated',
					description: 'Whether the endpoint is cut off from the network',
				},
				filterBy('isolate', ifGiven(vendorValue)),
			),
			timeParams('first_seen', 'First Seen', 'firstSeen', 'was seen for the first time'),
			timeParams('last_seen', 'Last Seen', 'lastSeen', 'was seen last'),
		),
		sortParam(SORTS),
	],
	async *run(api, { most, filters: wanted, sort }) {
		const records = api.list({
			path: 'public_api/v1/endpoints/get_endpoint',
			filters: filtersIn(wanted),
			sort,
			rows: 'endpoints',
			noun: 'endpoints',
			most,
			idOf: ({ endpoint_id: id }) => asId(id),
		});
		for await (const record of records) yield { item: endpointItem(record), raw: record };
	},
});
