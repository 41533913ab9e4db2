import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { RESOURCES } from '../../api/ids';
import { filters } from '../../../shared/description';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { searchFilters, searchInput } from '../shared/search';
import { resourceResult } from './resourceItem';

/**
 * `GET /resources`. Source: docs/api/pam360.md, "Listing resources".
 */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many resources',
	description: 'List the resources that the API user owns or that are shared with it',
	fields: [...listFields, filters(...searchFilters)],
	input: z.object({ ...listInput, filters: searchInput('RESOURCE') }).transform(mostOf),
	async *run(api: Pam360Api, { most, filters: details }) {
		for await (const row of api.list({ ...RESOURCES, details, most })) yield resourceResult(row);
	},
});
