import { resource } from '../shared/operation';
import { create } from './create.operation';
import { createApiUser } from './createApiUser.operation';
import { createLocalUser } from './createLocalUser.operation';
import { remove } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getId } from './getId.operation';
import { lock } from './lock.operation';
import { unlock } from './unlock.operation';
import { update } from './update.operation';

export const user = resource({
	name: 'User',
	value: 'user',
	operations: [
		createApiUser,
		create,
		createLocalUser,
		remove,
		get,
		getId,
		getAll,
		lock,
		unlock,
		update,
	],
});
