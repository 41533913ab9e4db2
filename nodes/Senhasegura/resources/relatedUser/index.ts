import { resource } from '../shared/operation';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

/** People that are related to users of the vault. */
export const relatedUser = resource({
	name: 'Related User',
	value: 'relatedUser',
	operations: [getAll, get, create, update, remove],
});
