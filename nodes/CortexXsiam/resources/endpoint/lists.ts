import type { CortexXsiamApi } from '../../api/client';
import { optionList } from '../../../shared/editor';
import { asId, asText } from '../../../shared/read';
import { cutList, entriesOf } from '../shared/lists';

/** In an order that stays the same while the list is read. */
export const endpointOptions = optionList({
	name: 'getEndpoints',
	load: async (api: CortexXsiamApi) =>
		await cutList(
			api,
			{
				path: 'public_api/v1/endpoints/get_endpoint',
				sort: { field: 'first_seen', keyword: 'asc' },
				rows: 'endpoints',
				noun: 'endpoints',
				idOf: ({ endpoint_id: id }) => asId(id),
			},
			'that were seen first',
			(records) =>
				entriesOf(records, 'endpoint_id', (record) => {
					const status = asText(record.endpoint_status)?.toLowerCase();
					return [asText(record.endpoint_name), status && `(${status})`].filter(Boolean).join(' ');
				}),
		),
});
