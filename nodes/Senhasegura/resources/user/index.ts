import { resource } from '../shared/operation';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

/** The users of the vault itself, through SCIM 2.0. */
export const user = resource({
	name: 'User',
	value: 'user',
	operations: [getAll, get, create, update, remove],
});
