import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { recordList } from '../../api/schemas';
import { NO_RECORD, asList, asObject, asRecord, asText, isSaid } from '../../../shared/read';
import { itemOf, readList, readText, readTexts } from '../../../shared/item';
import { item } from '../shared/operation';

/** One permission of the tree, with the names of the categories above it as the vendor has them. */
export interface Permission {
	category: IDataObject[string];
	subCategory: IDataObject[string];
	/** The vendor's own record. */
	record: IDataObject;
}

export interface PermissionTree {
	permissions: Permission[];
	/** Datasets by category, as the vendor has them. */
	datasetGroups: IDataObject[];
}

const configuration = z.object({
	data: z.object({ rbac_permissions: recordList, datasetGroups: z.unknown() }).passthrough(),
});

/**
 * `GET /platform/iam/v1/role/permission-config`, without its levels (docs/api/cortex-xsiam.md,
 * "Roles").
 */
export async function readPermissionTree(api: CortexXsiamApi): Promise<PermissionTree> {
	const { value } = await api.read({
		method: 'GET',
		path: 'platform/iam/v1/role/permission-config',
		answer: configuration,
		what: 'the permissions that roles can have',
	});
	const permissions = value.data.rbac_permissions.flatMap((category) =>
		below(category, 'sub_categories').flatMap((subCategory) =>
			below(subCategory, 'permissions').map((record) => ({
				category: category.category_name,
				subCategory: subCategory.sub_category_name,
				record,
			})),
		),
	);
	return { permissions, datasetGroups: records(value.data.datasetGroups) };
}

function records(value: unknown): IDataObject[] {
	return asList(value).filter(isSaid).map(asRecord);
}

/**
 * The records of a list within another. What is no record is all that is below it; what has no such list
 * comes in another form, of which all is kept.
 */
function below(record: IDataObject, list: string): IDataObject[] {
	if (NO_RECORD in record) return [record];
	const isMissing = isSaid(record) && (record[list] ?? null) === null;
	return isMissing ? [{ ...record, [NO_RECORD]: record }] : records(record[list]);
}

export function permissionItem({ category, subCategory, record }: Permission): IDataObject {
	return item('permission', {
		category: readText(category),
		subCategory: readText(subCategory),
		name: readText(record.name),
		viewName: readText(record.view_name),
		actionName: readText(record.action_name),
		subPermissions: readList((entry) => {
			const sub = asObject(entry);
			return sub && itemOf({ name: readText(sub.name), actionName: readText(sub.action_name) });
		}, record.sub_permissions),
		datasets: [],
	});
}

/** The datasets of a category, in the same form as a permission. */
export function datasetGroupItem(record: IDataObject): IDataObject {
	return item('datasetGroup', {
		category: readText(record.dataset_category),
		subCategory: null,
		name: null,
		viewName: null,
		actionName: null,
		subPermissions: [],
		datasets: readTexts(record.datasets),
	});
}

/** Everything that a role can permit, by the name that it is granted with. */
export function grants({ permissions }: PermissionTree): Array<{ name: string; value: string }> {
	return permissions.flatMap(({ category, record }) => {
		const where = [asText(category), asText(record.name)].filter(Boolean).join(' > ');
		const entries = [
			{ name: `${where}: View`, value: asText(record.view_name) },
			{ name: `${where}: View/Edit`, value: asText(record.action_name) },
			...records(record.sub_permissions).map((sub) => ({
				name: `${where} > ${asText(sub.name) ?? ''}`,
				value: asText(sub.action_name),
			})),
		];
		return entries.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
	});
}
