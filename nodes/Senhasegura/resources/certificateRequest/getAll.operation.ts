import { certificateList } from '../../api/certificates';
import { filters } from '../../../shared/param';
import { returnAllOrLimit } from '../../../shared/list';
import { contentFilters, contentQuery, idOf } from '../certificate/fields';
import { operation } from '../shared/operation';
import { requestItem } from './requestItem';

/** `GET certificate/request/list`, page by page. Source: docs/api/senhasegura.md, "Certificates". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many certificate requests',
	description: 'Get requests for certificates with their status, without their passwords',
	params: [
		returnAllOrLimit,
		filters(
			contentFilters,
			idOf({
				displayName: 'Request ID',
				name: 'requestId',
				placeholder: 'e.g. 123',
				description: 'The number of one request',
			}),
			idOf({
				displayName: 'Status Code',
				name: 'statusCode',
				placeholder: 'e.g. 7',
				description: 'The number of a status; 7 is Signed',
			}),
		),
	],
	async *run(api, { most, filters: filter }) {
		const query = {
			status_request: filter.statusCode,
			...contentQuery(filter),
			responsible: filter.responsible,
		};
		const id = filter.requestId;
		for await (const record of certificateList(api, 'requests', { id, query, limit: most })) {
			yield { item: requestItem(record), raw: record };
		}
	},
});
