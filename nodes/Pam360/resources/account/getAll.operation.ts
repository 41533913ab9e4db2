import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { accountsOf } from '../../api/ids';
import { filters } from '../../../shared/description';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { nameOf, picked, resourcePicker } from '../shared/pickers';
import { searchFilters, searchInput } from '../shared/search';
import { wireField } from '../shared/wire';
import { accountResult } from './accountItem';

const group = wireField('GROUPID', {
	displayName: 'Resource Group ID',
	name: 'groupId',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 1,
	description: 'Only accounts of this resource group',
});

/**
 * `GET /resources/{RESOURCEID}/accounts`. Source: docs/api/pam360.md, "Listing accounts".
 */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many accounts',
	description: 'List the accounts of a resource, without their passwords',
	fields: [resourcePicker, ...listFields, filters(...searchFilters, group.field)],
	input: z
		.object({ resourceId: picked, ...listInput, filters: searchInput('ACCOUNT', group) })
		.transform(mostOf),
	async *run(api: Pam360Api, { resourceId: resource, most, filters: details }) {
		const resourceId = await api.ids.resource(resource);
		const context = { resourceId, resourceName: nameOf(resource), zone: api.serverTimeZone };
		for await (const row of api.list({ ...accountsOf(resourceId), details, most })) {
			yield accountResult(row, context);
		}
	},
});
