import { resource } from '../shared/operation';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const userGroup = resource({
	name: 'User Group',
	value: 'userGroup',
	operations: [getAll, create, update, remove],
});
