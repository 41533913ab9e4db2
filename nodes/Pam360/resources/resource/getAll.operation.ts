import { RESOURCES } from '../../api/listings';
import { returnAllOrLimit } from '../../../shared/list';
import { operation } from '../shared/operation';
import { searchFilters } from '../shared/search';
import { resourceResult } from './resourceItem';

/**
 * `GET /resources`. Source: docs/api/pam360.md, "Listing resources".
 */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many resources',
	description: 'List the resources that the API user owns or that are shared with it',
	params: [returnAllOrLimit, searchFilters('RESOURCE')],
	async *run(api, { most, filters: details }) {
		for await (const row of api.list({ ...RESOURCES, details, most })) yield resourceResult(row);
	},
});
