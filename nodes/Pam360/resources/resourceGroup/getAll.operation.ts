import type { IDataObject } from 'n8n-workflow';
import { RESOURCE_GROUPS } from '../../api/listings';
import { fieldNamed } from '../shared/spelling';
import { recordId, recordText } from '../shared/recordValues';
import { item, operation } from '../shared/operation';
import { asId } from '../../../shared/read';
import { returnAllOrLimit } from '../../../shared/list';
import type { Result } from '../../../shared/operation';
import { filters, sentAs } from '../../../shared/param';

const narrowing = filters(
	sentAs('searchType', {
		displayName: 'Group Type',
		name: 'groupType',
		type: 'options',
		options: [
			{ name: 'All', value: 'all' },
			{ name: 'Dynamic', value: 'dynamic', description: 'Groups by criteria' },
			{ name: 'Static', value: 'static', description: 'Groups of chosen resources' },
		],
		default: 'all',
		description: 'Which kind of groups to return',
	}),
	sentAs('searchColumn', {
		displayName: 'Search In',
		name: 'searchIn',
		type: 'options',
		options: [
			{ name: 'All', value: 'all' },
			{ name: 'Description', value: 'resourceGroupDescription' },
			{ name: 'Name', value: 'resourceGroupName' },
			{ name: 'Owner ID', value: 'ownerId' },
		],
		default: 'all',
		description: "Where to look for 'Search Text'",
	}),
	sentAs('searchValue', {
		displayName: 'Search Text',
		name: 'searchText',
		type: 'string',
		default: '',
		placeholder: 'e.g. Linux',
	}),
);

/** `GET /resourcegroup`. Source: docs/api/pam360.md, "Resource groups". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many resource groups',
	description: 'Get the resource groups that the API user sees',
	params: [returnAllOrLimit, narrowing],
	async *run(api, { most, filters: details }) {
		const groups = api.list({
			...RESOURCE_GROUPS,
			details,
			idOf: (group) => asId(idField(group)),
			most,
		});
		for await (const group of groups) yield groupResult(group);
	},
});

/** No source shows a row in full (docs/api/pam360.md, "Resource groups"). */
function idField(group: IDataObject): unknown {
	return fieldNamed(group, 'resourceGroupId', 'groupId', 'id');
}

function groupResult(group: IDataObject): Result {
	return {
		item: item('resourceGroup', {
			id: recordId(idField(group)),
			name: recordText(fieldNamed(group, 'resourceGroupName', 'groupName', 'name')),
			description: recordText(
				fieldNamed(group, 'resourceGroupDescription', 'groupDescription', 'description'),
			),
			groupType: recordText(fieldNamed(group, 'resourceGroupType', 'groupType', 'type')),
			ownerId: recordId(fieldNamed(group, 'ownerId')),
		}),
		raw: group,
	};
}
