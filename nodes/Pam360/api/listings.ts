import type { IDataObject } from 'n8n-workflow';
import { asId, asObject, recordsIn } from '../../shared/read';
import { pathSegment } from '../../shared/url';
import { recordOf } from './envelope';

/** `GET /resources` (docs/api/pam360.md, "Listing resources"). */
export const RESOURCES = {
	path: 'resources',
	noun: 'resources',
	rowsOf: recordsIn,
	idOf: (row: IDataObject) => asId(row['RESOURCE ID']),
};

/**
 * `GET /resources/{RESOURCEID}/accounts` (docs/api/pam360.md, "Listing accounts"): Details is the
 * resource.
 */
export function accountsOf(resourceId: string) {
	return {
		path: `resources/${pathSegment(resourceId)}/accounts`,
		subject: { resourceId },
		noun: 'accounts',
		rowsOf: (details: unknown) => recordsIn(recordOf(details)['ACCOUNT LIST']),
		idOf: (row: IDataObject) => asId(row['ACCOUNT ID']),
	};
}

/**
 * `GET /resourcegroup` (docs/api/pam360.md, "Resource groups"), with the two names that are known of a
 * row; the list may stand inside of an object.
 */
export const RESOURCE_GROUPS = {
	path: 'resourcegroup',
	key: 'details' as const,
	noun: 'resource groups',
	rowsOf: (details: unknown): unknown[] | undefined =>
		Object.values(asObject(details) ?? {}).find(Array.isArray) ?? recordsIn(details),
	idOf: (row: IDataObject) => asId(row.resourceGroupId),
};

/** Input of that list for those with a text in their names; for all of them where it is empty. */
export function resourceGroupsNamed(text: string): IDataObject {
	return text === ''
		? {}
		: { searchType: 'all', searchColumn: 'resourceGroupName', searchValue: text };
}
