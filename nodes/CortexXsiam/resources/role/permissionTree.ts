import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { asList, asObject, asText } from '../../../shared/fields';
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
	data: z
		.object({ rbac_permissions: z.array(z.unknown()), datasetGroups: z.unknown() })
		.passthrough(),
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
	const permissions = objects(value.data.rbac_permissions).flatMap((category) =>
		objects(category.sub_categories).flatMap((subCategory) =>
			objects(subCategory.permissions).map((record) => ({
				category: category.category_name,
				subCategory: subCategory.sub_category_name,
				record,
			})),
		),
	);
	return { permissions, datasetGroups: objects(value.data.datasetGroups) };
}

function objects(value: unknown): IDataObject[] {
	return asList(value).flatMap((entry): IDataObject[] => {
		const object = asObject(entry);
		return object ? [object] : [];
	});
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
			...objects(record.sub_permissions).map((sub) => ({
				name: `${where} > ${asText(sub.name) ?? ''}`,
				value: asText(sub.action_name),
			})),
		];
		return entries.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
	});
}
