import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { filters } from '../../../shared/description';
import { asId } from '../../../shared/fields';
import { ifGiven, textList, vendorValue, vendorValues } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { anyOf, between, moment, sortField, sortInput, timeFields } from '../shared/search';
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
	fields: [
		...listFields,
		filters(
			{
				displayName: 'Aliases',
				name: 'aliases',
				type: 'string',
				default: '',
				description: 'Aliases, separated by commas',
			},
			{
				displayName: 'Endpoint IDs',
				name: 'ids',
				type: 'string',
				default: '',
				description: 'IDs of endpoints, separated by commas',
			},
			...timeFields('First Seen', 'firstSeen', 'was seen for the first time'),
			{
				displayName: 'Groups',
				name: 'groups',
				type: 'string',
				default: '',
				placeholder: 'e.g. Servers',
				description: 'Names of endpoint groups, separated by commas',
			},
			{
				displayName: 'Host Names',
				name: 'hostNames',
				type: 'string',
				default: '',
				placeholder: 'e.g. host-1',
				description: 'Host names, separated by commas',
			},
			{
				displayName: 'IP Addresses',
				name: 'ipAddresses',
				type: 'string',
				default: '',
				placeholder: 'e.g. 10.0.0.1',
				description: 'IP addresses, separated by commas',
			},
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
			...timeFields('Last Seen', 'lastSeen', 'was seen last'),
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
			{
				displayName: 'Statuses',
				name: 'statuses',
				type: 'string',
				default: '',
				placeholder: 'e.g. connected, disconnected',
				description: 'Statuses of the connection, separated by commas',
			},
		),
		sortField(SORTS),
	],
	input: z
		.object({
			...listInput,
			filters: z.object({
				aliases: textList,
				groups: textList,
				hostNames: textList,
				ids: textList,
				ipAddresses: textList,
				isolation: ifGiven(vendorValue),
				platforms: vendorValues,
				statuses: textList,
				firstSeenAfter: moment,
				firstSeenBefore: moment,
				lastSeenAfter: moment,
				lastSeenBefore: moment,
			}),
			sort: sortInput(SORTS),
		})
		.transform(mostOf),
	async *run(api: CortexXsiamApi, { most, filters: wanted, sort }) {
		const records = api.list({
			path: 'public_api/v1/endpoints/get_endpoint',
			filters: [
				...anyOf('endpoint_id_list', wanted.ids),
				...anyOf('endpoint_status', wanted.statuses),
				...anyOf('hostname', wanted.hostNames),
				...anyOf('ip_list', wanted.ipAddresses),
				...anyOf('alias', wanted.aliases),
				...anyOf('group_name', wanted.groups),
				...anyOf('platform', wanted.platforms),
				...anyOf('isolate', wanted.isolation === undefined ? [] : [wanted.isolation]),
				...between('first_seen', wanted.firstSeenAfter, wanted.firstSeenBefore),
				...between('last_seen', wanted.lastSeenAfter, wanted.lastSeenBefore),
			],
			sort,
			rows: 'endpoints',
			noun: 'endpoints',
			most,
			idOf: ({ endpoint_id: id }) => asId(id),
		});
		for await (const record of records) yield { item: endpointItem(record), raw: record };
	},
});
