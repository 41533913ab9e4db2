import { operation } from '../shared/operation';
import { datasetGroupItem, permissionItem, readPermissionTree } from './permissionTree';

/**
 * `GET /platform/iam/v1/role/permission-config`. Source: docs/api/cortex-xsiam.md, "Roles".
 */
export const getPermissionTree = operation({
	name: 'Get Permission Tree',
	value: 'getPermissionTree',
	action: 'Get permission tree',
	description:
		'List what a role can permit, one item for each permission and for each category of datasets',
	params: [],
	async run(api) {
		const { permissions, datasetGroups } = await readPermissionTree(api);
		return [
			...permissions.map((permission) => ({
				item: permissionItem(permission),
				raw: {
					category_name: permission.category,
					sub_category_name: permission.subCategory,
					...permission.record,
				},
			})),
			...datasetGroups.map((record) => ({ item: datasetGroupItem(record), raw: record })),
		];
	},
});
