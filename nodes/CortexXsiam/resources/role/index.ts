import { resource } from '../shared/operation';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getPermissionTree } from './getPermissionTree.operation';

export const role = resource({
	name: 'Role',
	value: 'role',
	operations: [getAll, get, create, remove, getPermissionTree],
});
