import { accountsOf } from '../../api/listings';
import { returnAllOrLimit } from '../../../shared/list';
import { sentAs } from '../../../shared/param';
import { operation } from '../shared/operation';
import { nameOf, resource } from '../shared/pickers';
import { searchFilters } from '../shared/search';
import { accountResult } from './accountItem';

const group = sentAs('GROUPID', {
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
	readsKeys: true,
	params: [resource, returnAllOrLimit, searchFilters('ACCOUNT', group)],
	async *run(api, { resourceId: given, most, filters: details }) {
		const resourceId = await api.ids.resource(given);
		const context = { resourceId, resourceName: nameOf(given), zone: api.serverTimeZone };
		for await (const row of api.list({ ...accountsOf(resourceId), details, most })) {
			yield accountResult(row, context);
		}
	},
});
